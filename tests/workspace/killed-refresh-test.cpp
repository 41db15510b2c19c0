// `kill -9` at each of the steps of a refresh, a hundred times, with a real keyring: the next start signs in without a
// browser, because the tenant (as Entra does) accepts the old token as well as its successor.
#include "core/results.h"
#include "core/wait-until.h"
#include "e2e/fault-proxy.h"
#include "identity/system-keychain.h"
#include "identity/token-vault.h"
#include "sandbox/sandbox-server.h"
#include "workspace/kept-program.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <functional>
#include <sys/stat.h>
#include <tuple>
#include <utility>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using namespace bookdesk::test;

namespace {

/// When the program is killed.
enum class Moment {
    lockTaken,        ///< The keyring does not answer yet.
    tokenRead,        ///< The tenant's addresses are asked for.
    requestSent,      ///< The tenant has not got it.
    answerGiven,      ///< The tenant has made a successor, and the answer is on its way.
    answerReceived,   ///< The keyring does not answer to the successor.
    successorWritten, ///< In the keyring's file.
    lockReleased,
    anyTime,
};

/// The keyring of this test.
class Keyring
{
public:
    ~Keyring() { goOn(); }
    /// What it is asked waits.
    void pause() const { signal(SIGSTOP); }
    void goOn() const { signal(SIGCONT); }

    /// Changes with everything that is written.
    static auto version()
    {
        struct stat file = {};
        ::stat(qPrintable(qEnvironmentVariable("XDG_DATA_HOME") + u"/keyrings/login.keyring"_s), &file);
        return std::tuple(file.st_ino, file.st_mtim.tv_sec, file.st_mtim.tv_nsec);
    }

private:
    void signal(int number) const
    {
        if (::kill(qEnvironmentVariableIntValue("BOOKDESK_KEYRING_PID"), number) != 0)
            qFatal("There is no keyring.");
    }
};

/// As waitUntil, without a pause, for what is over soon.
bool watchUntil(const std::function<bool()> &isSo)
{
    const QDeadlineTimer deadline(std::chrono::minutes(1));
    while (!isSo() && !deadline.hasExpired())
        QCoreApplication::processEvents();
    return isSo();
}

} // namespace

Q_DECLARE_METATYPE(Moment)

class KilledRefreshTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        sandbox::SandboxOptions options;
        options.publicPort = m_proxy.port();
        options.onSecretMade = [this](const Secret &secret) {
            m_made.push_back(secret.reveal().toByteArray());
            if (m_onMade)
                m_onMade();
        };
        m_sandbox = valueOf(QCoro::waitFor(sandbox::SandboxServer::start(options)));
        m_proxy.setTarget(m_sandbox->port());
        m_place = {m_folder.filePath(u"connection.json"_s), m_folder.filePath(u"vault.lock"_s)};
        QFile file(m_place.connectionFile);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(toCompactJson(m_sandbox->connectionFile())) > 0);
        file.close();
        m_vault = std::make_unique<identity::TokenVault>(std::make_unique<identity::SystemKeychain>(m_place.service),
                                                         identity::TokenVault::Settings{m_place.lockFile}, Redactor());
        QVERIFY(QCoro::waitFor(m_vault->check()));
        signIn();
    }
    void cleanupTestCase()
    {
        m_keyring.goOn();
        QVERIFY(QCoro::waitFor(m_vault->turnOff()));
        m_sandbox.reset();
    }

    void theNextStartNeedsNoBrowser_data()
    {
        QTest::addColumn<QByteArray>("command");
        QTest::addColumn<Moment>("moment");
        QTest::addColumn<int>("times");
        int kills = 0;
        const auto row = [&kills](const char *name, Moment moment, int atStart, int later) {
            kills += atStart + later;
            if (atStart > 0)
                QTest::addRow("at a start, %s", name) << "resume"_ba << moment << atStart;
            if (later > 0)
                QTest::addRow("while it runs, %s", name) << "refresh"_ba << moment << later;
        };
        row("with the lock taken", Moment::lockTaken, 6, 6);
        row("with the token read", Moment::tokenRead, 6, 0); // Later on, the request follows at once.
        row("with the request sent", Moment::requestSent, 6, 6);
        row("with the answer given", Moment::answerGiven, 6, 6);
        row("with the answer received", Moment::answerReceived, 6, 6);
        row("with the successor written", Moment::successorWritten, 8, 8);
        row("with the lock released", Moment::lockReleased, 4, 4);
        row("at any time", Moment::anyTime, 11, 11);
        QCOMPARE(kills, 100);
    }

    void theNextStartNeedsNoBrowser()
    {
        QFETCH(const QByteArray, command);
        QFETCH(const Moment, moment);
        QFETCH(const int, times);
        for (int time = 0; time < times; ++time) {
            QVERIFY2(killAt(moment, command), QByteArray::number(time).constData());
            QCOMPARE(trouble(moment), QString());
            KeptProgram next(m_place);
            QCOMPARE(next.ask("resume"), "ok"_ba);
            QVERIFY(!next.hasSaid("browser"));
            QCOMPARE(next.ask("books"), "ok"_ba);
        }
        QCOMPARE(std::exchange(m_kills, 0), times);
    }

private:
    /// With a browser, in a program that has ended.
    void signIn()
    {
        KeptProgram program(m_place);
        QCOMPARE(program.ask("sign-in"), "ok"_ba);
        QVERIFY(program.hasSaid("browser"));
        QVERIFY(waitUntil([this] { return accounts().size() == 1; }));
        m_accounts = accounts();
        KeptProgram next(m_place);
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(next.ask("resume"), "ok"_ba);
        m_usual = static_cast<int>(timer.elapsed());
    }

    /// @return whether the moment came.
    bool killAt(Moment moment, const QByteArray &command)
    {
        KeptProgram program(m_place);
        if (command == "refresh" && program.ask("resume") != "ok")
            return false;
        m_before = keptToken();
        m_madeBefore = m_made.size();
        const bool hasCome = bring(program, moment, command);
        program.kill();
        ++m_kills;
        m_onMade = {};
        m_proxy.clear();
        m_keyring.goOn();
        return hasCome;
    }

    bool bring(KeptProgram &program, Moment moment, const QByteArray &command)
    {
        switch (moment) {
        case Moment::lockTaken:
            m_keyring.pause();
            program.tell(command);
            return waitUntil([this] { return isLocked(); });
        case Moment::tokenRead:
            return strike(program, command, Step::discovery, Wrong::stall);
        case Moment::requestSent:
            return strike(program, command, Step::refresh, Wrong::stall);
        case Moment::answerGiven:
            return strike(program, command, Step::refresh, Wrong::lostAnswer) &&
                   waitUntil([this] { return m_made.size() > m_madeBefore; });
        case Moment::answerReceived:
            m_onMade = [this] { m_keyring.pause(); };
            program.tell(command);
            return waitUntil([&program] { return program.hasSaid("answered"); });
        case Moment::successorWritten:
            program.tell(command);
            return watchUntil([before = Keyring::version()] { return Keyring::version() != before; });
        case Moment::lockReleased:
            program.tell(command);
            return waitUntil([this] { return m_made.size() > m_madeBefore && !isLocked(); });
        case Moment::anyTime:
            program.tell(command);
            return waitUntil([end = QDeadlineTimer(m_random.bounded(m_usual))] { return end.hasExpired(); });
        }
        return false;
    }

    bool strike(KeptProgram &program, const QByteArray &command, Step step, Wrong what)
    {
        m_proxy.arm(step, what);
        program.tell(command);
        return waitUntil([this] { return m_proxy.struck() > 0; });
    }

    /// What is wrong after a kill, if anything.
    QString trouble(Moment moment)
    {
        const bool isBeforeEnd = moment < Moment::successorWritten;
        if (isBeforeEnd && !isLocked())
            return u"the lock was not held"_s;
        if (!QCoro::waitFor(identity::lockVault(m_place.lockFile, std::chrono::seconds(5), {})))
            return u"the lock is not free"_s;
        if (accounts() != m_accounts)
            return u"the list of accounts has changed"_s;
        const QByteArray kept = keptToken();
        if (moment < Moment::answerReceived && kept != m_before)
            return u"the old token is gone"_s;
        const bool isAfterWriting = moment == Moment::successorWritten || moment == Moment::lockReleased;
        if (isAfterWriting && kept == m_before)
            return u"the successor is not kept"_s;
        return kept == m_before || m_made.contains(kept) ? QString() : u"no token of the tenant's is kept"_s;
    }

    bool isLocked() const { return QFile::exists(m_place.lockFile); }

    std::vector<identity::Account> accounts() const
    {
        return QCoro::waitFor(m_vault->accounts()).value_or(std::vector<identity::Account>());
    }

    QByteArray keptToken() const
    {
        const auto kept = QCoro::waitFor(m_vault->find(m_accounts.front().id()));
        return kept && *kept ? (*kept)->refreshToken.reveal().toByteArray() : QByteArray();
    }

    QTemporaryDir m_folder;
    KeptPlace m_place;
    Keyring m_keyring;
    FaultProxy m_proxy;
    std::shared_ptr<sandbox::SandboxServer> m_sandbox;
    std::unique_ptr<identity::TokenVault> m_vault;
    std::vector<identity::Account> m_accounts; ///< One.
    QByteArrayList m_made;                     ///< All secrets of the tenant's.
    std::function<void()> m_onMade;
    QByteArray m_before; ///< What was kept before the refresh.
    qsizetype m_madeBefore = 0;
    int m_usual = 1; ///< Milliseconds that a refresh takes.
    int m_kills = 0;
    QRandomGenerator m_random{7};
};

QTEST_GUILESS_MAIN(KilledRefreshTest)
#include "killed-refresh-test.moc"
