// A tenant that accepts each refresh token once and revokes them all when one comes again, as Auth0 does: programs that
// share a stored sign-in never cause that, and a lost answer costs a sign-in and nothing else.
#include "core/wait-until.h"
#include "identity/connection.h"
#include "identity/errors.h"
#include "identity/fake-tenant.h"
#include "identity/system-keychain.h"
#include "identity/token-vault.h"
#include "workspace/kept-program.h"

#include <QCoroTask>
#include <QDeadlineTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <chrono>
#include <memory>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using namespace bookdesk::test;

namespace {

class StrictTenant
{
public:
    StrictTenant()
    {
        m_tenant.onAuthorize = [this](const Form &asked) {
            m_tenant.nonce = asked.value("nonce");
            return answerOfTenant(asked, "a-code");
        };
        m_tenant.onToken = [this](const Form &form) { return answer(form); };
    }

    QByteArray connectionFile() const { return writeConnection(m_tenant.connection(identity::ResponseMode::query)); }
    bool losesAnswers = false;               ///< To refreshes, on the way.
    std::chrono::milliseconds answerTime{0}; ///< Until an answer is out.
    /// Whether it does nothing that it is asked for.
    bool &ignoresRequests() { return m_tenant.isSilent; }
    std::size_t requests() const { return m_tenant.tokenRequests().size(); }
    int refreshes() const { return m_refreshes; }
    bool isRevoked() const { return m_isRevoked; }
    const QByteArray &lastToken() const { return m_tenant.refreshToken; }

private:
    QByteArray answer(const Form &form)
    {
        const bool isRefresh = form.value("grant_type") == "refresh_token";
        if (isRefresh) {
            ++m_refreshes;
            m_isRevoked = m_isRevoked || form.value("refresh_token") != m_tenant.refreshToken;
            if (m_isRevoked)
                return oauthFailure("invalid_grant", "Unknown or invalid refresh token.");
        }
        m_isRevoked = false;
        m_tenant.refreshToken = "RT-" + QByteArray::number(++m_made) + "~";
        const QByteArray tokens = m_tenant.tokenAnswer(m_tenant.idClaims(), m_tenant.accessClaims());
        waitUntil([end = QDeadlineTimer(answerTime)] { return end.hasExpired(); });
        return isRefresh && losesAnswers ? QByteArray() : tokens;
    }

    FakeTenant m_tenant;
    int m_made = 0;
    int m_refreshes = 0;
    bool m_isRevoked = false;
};

} // namespace

class StrictRotationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_place = {m_folder.filePath(u"connection.json"_s), m_folder.filePath(u"vault.lock"_s)};
        QFile file(m_place.connectionFile);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(m_tenant.connectionFile()) > 0);
        file.close();
        m_vault = std::make_unique<identity::TokenVault>(std::make_unique<identity::SystemKeychain>(m_place.service),
                                                         identity::TokenVault::Settings{m_place.lockFile}, Redactor());
        QVERIFY(QCoro::waitFor(m_vault->check()));
    }
    void init()
    {
        m_tenant.answerTime = {};
        signIn();
    }
    void cleanupTestCase() { QVERIFY(QCoro::waitFor(m_vault->turnOff())); }

    void programsNeverRedeemATokenTwice()
    {
        // Longer than a program waits before it tries the lock again.
        m_tenant.answerTime = std::chrono::milliseconds(150);
        const int before = m_tenant.refreshes();
        std::array programs{std::make_unique<KeptProgram>(m_place), std::make_unique<KeptProgram>(m_place)};
        for (int round = 0; round < 15; ++round) {
            const QByteArray command = round == 0 ? "resume"_ba : "refresh"_ba;
            for (const auto &program : programs)
                program->tell(command);
            for (const auto &program : programs)
                QCOMPARE(program->answer(), "ok"_ba);
            QVERIFY2(!m_tenant.isRevoked(), QByteArray::number(round).constData());
        }
        QCOMPARE(m_tenant.refreshes() - before, 30);
        QCOMPARE(accounts(), 1);
    }

    /// Before the tenant has done anything for the one that is killed.
    void aProgramThatWaitsGoesOnWhenTheOtherIsKilled()
    {
        KeptProgram waiting(m_place);
        QCOMPARE(waiting.ask("resume"), "ok"_ba);
        for (int round = 0; round < 5; ++round) {
            KeptProgram killed(m_place);
            m_tenant.ignoresRequests() = true;
            const std::size_t before = m_tenant.requests();
            killed.tell("resume");
            QVERIFY(waitUntil([this, before] { return m_tenant.requests() > before; }));
            m_tenant.ignoresRequests() = false;
            waiting.tell("refresh");
            killed.kill();
            QCOMPARE(waiting.answer(), "ok"_ba);
            QVERIFY(!m_tenant.isRevoked());
        }
    }

    void aLostAnswerNeedsASignIn_data()
    {
        QTest::addColumn<QByteArray>("command");
        QTest::newRow("at a start") << "resume"_ba;
        QTest::newRow("while it runs") << "refresh"_ba;
    }

    void aLostAnswerNeedsASignIn()
    {
        QFETCH(const QByteArray, command);
        for (int time = 0; time < 5; ++time) {
            loseAnAnswer(command);
            KeptProgram next(m_place);
            const QByteArray refused = next.ask("resume");
            QVERIFY(m_tenant.isRevoked());
            QCOMPARE(refused, "sign-in.grant-invalid"_ba);
            QVERIFY(identity::errors::needsPerson(identity::errors::grantInvalid));
            QVERIFY(!next.hasSaid("browser"));
            QVERIFY(QCoro::waitFor(identity::lockVault(m_place.lockFile, std::chrono::seconds(5), {})));
            QCOMPARE(accounts(), 1);
            QCOMPARE(next.ask("sign-in"), "ok"_ba);
            QVERIFY(waitUntil([this] { return keptToken() == m_tenant.lastToken(); }));
            QCOMPARE(accounts(), 1);
            QCOMPARE(next.ask("refresh"), "ok"_ba);
        }
    }

private:
    void signIn()
    {
        KeptProgram program(m_place);
        QCOMPARE(program.ask("sign-in"), "ok"_ba);
        QVERIFY(waitUntil([this] { return keptToken() == m_tenant.lastToken(); }));
    }

    /// Kills a program that waits for an answer that does not come.
    void loseAnAnswer(const QByteArray &command)
    {
        KeptProgram program(m_place);
        if (command == "refresh")
            QCOMPARE(program.ask("resume"), "ok"_ba);
        m_tenant.losesAnswers = true;
        const int before = m_tenant.refreshes();
        program.tell(command);
        QVERIFY(waitUntil([this, before] { return m_tenant.refreshes() > before; }));
        program.kill();
        m_tenant.losesAnswers = false;
    }

    /// How many the vault lists; less than none where it cannot be read.
    int accounts() const
    {
        const auto accounts = QCoro::waitFor(m_vault->accounts());
        return accounts ? static_cast<int>(accounts->size()) : -1;
    }

    /// Of the one account.
    QByteArray keptToken() const
    {
        const auto accounts = QCoro::waitFor(m_vault->accounts());
        if (!accounts || accounts->size() != 1)
            return {};
        const auto kept = QCoro::waitFor(m_vault->find(accounts->front().id()));
        return kept && *kept ? (*kept)->refreshToken.reveal().toByteArray() : QByteArray();
    }

    QTemporaryDir m_folder;
    KeptPlace m_place;
    StrictTenant m_tenant;
    std::unique_ptr<identity::TokenVault> m_vault;
};

QTEST_GUILESS_MAIN(StrictRotationTest)
#include "strict-rotation-test.moc"
