// Sign-ins that outlive the program: kept in a real keyring, used by the next run and by several at once.
#include "core/json.h"
#include "identity/errors.h"
#include "identity/fake-tenant.h"
#include "identity/system-keychain.h"
#include "sandbox/sandbox-server.h"
#include "workspace/desk.h"
#include "workspace/persona-browser.h"

#include <QCoroTask>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using identity::Account;
using identity::TokenVault;
using workspace::Desk;

namespace {

/// One run of the program: a vault and a desk of its own.
struct Run
{
    Run(const identity::Connection &connection, const QString &lockFile,
        std::chrono::milliseconds lockLimit = std::chrono::seconds(60))
        : vault(std::make_shared<TokenVault>(std::make_unique<identity::SystemKeychain>(u"Bookdesk test"_s),
                                             TokenVault::Settings{lockFile, lockLimit}, Redactor()))
    {
        workspace::Surroundings surroundings;
        surroundings.open = [this](const QUrl &url) -> identity::Opening {
            ++browsers;
            browser = workspace::personaBrowser({persona}, {});
            return browser(url);
        };
        surroundings.vault = vault;
        if (!QCoro::waitFor(vault->check()))
            qFatal("The keyring cannot be used.");
        desk = std::make_unique<Desk>(connection, surroundings);
    }

    QString signIn() { return codeOf(QCoro::waitFor(desk->signIn({}))); }
    QString resume(const Account &account) { return codeOf(QCoro::waitFor(desk->resume(account))); }
    QString refresh() { return codeOf(QCoro::waitFor(desk->session().refresh())); }
    QString signOut() { return codeOf(QCoro::waitFor(desk->signOut())); }
    std::vector<Account> accounts() const { return QCoro::waitFor(vault->accounts()).value_or(std::vector<Account>()); }
    QByteArray keptToken(const Account &account) const
    {
        const auto kept = QCoro::waitFor(vault->find(account.id()));
        return kept && *kept ? (*kept)->refreshToken.reveal().toByteArray() : QByteArray();
    }
    QStringList scopes() const { return desk->session().current()->grants.scopes; }
    QByteArray tokenInUse() const { return desk->session().current()->tokens.refreshToken.reveal().toByteArray(); }

    static QString codeOf(const Result<void> &result) { return result ? QString() : result.error().code.toString(); }

    QString persona = u"riley"_s;
    int browsers = 0;
    identity::OpenUrl browser; ///< Lives as long as its visits.
    std::shared_ptr<TokenVault> vault;
    std::unique_ptr<Desk> desk;
};

} // namespace

class DeskKeptTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const auto server = QCoro::waitFor(sandbox::SandboxServer::start({}));
        QVERIFY(server);
        m_sandbox = *server;
        const auto connection = identity::readConnection(toCompactJson(m_sandbox->connectionFile()));
        QVERIFY(connection);
        m_connection = *connection;
        m_connection.id = u"contoso"_s;
    }
    void cleanupTestCase() { m_sandbox.reset(); }
    void cleanup()
    {
        Run run(m_connection, lockFile());
        QVERIFY(QCoro::waitFor(run.vault->turnOff()));
    }

    void theNextRunNeedsNoBrowser()
    {
        const Account account = signedInAccount();
        Run next(m_connection, lockFile());
        QCOMPARE(next.accounts(), std::vector{account});
        QCOMPARE(next.resume(account), QString());
        QCOMPARE(next.browsers, 0);
        QCOMPARE(next.desk->session().current()->identity.name(), u"Riley Reader"_s);
        QVERIFY(next.desk->tokenFacts().verification.passed());
        QVERIFY(QCoro::waitFor(next.desk->books().list()).outcome.isOk());
    }

    void whatWasConsentedToIsAskedForInTheNextRunToo()
    {
        const Account account = signedInAccount(u"ada"_s);
        {
            Run run(m_connection, lockFile());
            run.persona = u"ada"_s;
            Run other(m_connection, lockFile());
            QCOMPARE(run.resume(account), QString());
            QCOMPARE(other.resume(account), QString());
            QCOMPARE(run.scopes(), QStringList{u"Books.Read"_s});
            QCOMPARE(Run::codeOf(QCoro::waitFor(run.desk->getScopes({u"Books.Write"_s}))), QString());
            QVERIFY(QTest::qWaitFor([&] { return run.keptToken(account) == run.tokenInUse(); }));
            QCOMPARE(other.refresh(), QString());
            QCOMPARE(other.scopes(), QStringList{u"Books.Read"_s});
        }
        Run next(m_connection, lockFile());
        QCOMPARE(next.resume(account), QString());
        QCOMPARE(next.scopes(), (QStringList{u"Books.Read"_s, u"Books.Write"_s}));
        QCOMPARE(next.refresh(), QString());
        QCOMPARE(next.scopes(), (QStringList{u"Books.Read"_s, u"Books.Write"_s}));
    }

    void whatIsKeptIsTheLastToken()
    {
        const Account account = signedInAccount();
        Run next(m_connection, lockFile());
        QCOMPARE(next.resume(account), QString());
        QCOMPARE(next.keptToken(account), next.tokenInUse());
        const QByteArray before = next.tokenInUse();
        QCOMPARE(next.refresh(), QString());
        QVERIFY(next.tokenInUse() != before);
        QCOMPARE(next.keptToken(account), next.tokenInUse());
    }

    void theTokenOfAnotherProgramCounts()
    {
        const Account account = signedInAccount();
        Run one(m_connection, lockFile());
        Run other(m_connection, lockFile());
        QCOMPARE(one.resume(account), QString());
        QCOMPARE(other.resume(account), QString());
        Task<void> first = one.desk->session().refresh();
        Task<void> second = other.desk->session().refresh();
        QCOMPARE(Run::codeOf(QCoro::waitFor(std::move(first))), QString());
        QCOMPARE(Run::codeOf(QCoro::waitFor(std::move(second))), QString());
        QVERIFY(one.tokenInUse() != other.tokenInUse());
        const QByteArray kept = one.keptToken(account);
        QVERIFY(kept == one.tokenInUse() || kept == other.tokenInUse());
        QCOMPARE(one.refresh(), QString());
        QCOMPARE(one.keptToken(account), one.tokenInUse());
    }

    void aRefreshRedeemsWhatIsKept()
    {
        const Account account = signedInAccount();
        Run next(m_connection, lockFile());
        QCOMPARE(next.resume(account), QString());
        QVERIFY(QCoro::waitFor(next.vault->add(account, {Secret("no-such-refresh-token"), {}})));
        QCOMPARE(next.refresh(), u"sign-in.refresh-token-rejected"_s);
        QVERIFY(next.accounts().empty());
    }

    void aSignOutWhileTheFreshTokenIsStoredIsFinal_data()
    {
        QTest::addColumn<int>("turns");
        for (const int turns : {1, 4, 8, 16, 32})
            QTest::addRow("after %d turns of the event loop", turns) << turns;
    }

    /// The keychain takes its time, and the sign-out comes meanwhile.
    void aSignOutWhileTheFreshTokenIsStoredIsFinal()
    {
        QFETCH(int, turns);
        const Account account = signedInAccount();
        Run next(m_connection, lockFile());
        QCOMPARE(next.resume(account), QString());
        std::optional<Result<void>> refreshed;
        std::optional<Result<void>> signedOut;
        QTimer turn;
        connect(&turn, &QTimer::timeout, this, [&] {
            if (--turns > 0)
                return;
            turn.stop();
            QCoro::connect(next.desk->signOut(), this, [&](const Result<void> &result) { signedOut = result; });
        });
        connect(&next.desk->exchanges(), &net::ExchangeLog::ended, &turn, [&] { turn.start(0); });
        QCoro::connect(next.desk->session().refresh(), this, [&](const Result<void> &result) { refreshed = result; });
        QTRY_VERIFY(refreshed && signedOut);
        QCOMPARE(Run::codeOf(*signedOut), QString());
        QVERIFY(!next.desk->session().current());
        QVERIFY(!next.desk->account());
        QVERIFY(next.accounts().empty());
        QVERIFY(next.keptToken(account).isEmpty());
    }

    void aTokenOfANewSignInElsewhereIsRedeemedWithItsNonce()
    {
        test::FakeTenant tenant;
        identity::Connection connection = tenant.connection();
        connection.id = u"fabrikam"_s;
        Run window(connection, lockFile());
        const JsonObject claims = tenant.idClaims();
        const auto claim = [&claims](QStringView name) { return *claims.find(name)->asString(); };
        const Account account{connection.id,
                              claim(u"iss"),
                              connection.clientId,
                              {},
                              claim(u"sub"),
                              claim(u"tid"),
                              claim(u"oid"),
                              {},
                              {},
                              {}};
        tenant.nonce = "first";
        QVERIFY(QCoro::waitFor(window.vault->add(account, {Secret("RT-1~"), u"first"_s})));
        QCOMPARE(window.resume(account), QString());
        tenant.nonce = "second";
        QVERIFY(QCoro::waitFor(window.vault->add(*window.desk->account(), {Secret("RT-1~"), u"second"_s})));
        QCOMPARE(window.refresh(), QString());
    }

    void signingOutForgetsIt()
    {
        const Account account = signedInAccount();
        Run next(m_connection, lockFile());
        QCOMPARE(next.resume(account), QString());
        QCOMPARE(next.signOut(), QString());
        QVERIFY(!next.desk->session().current());
        QVERIFY(next.accounts().empty());
        QVERIFY(next.keptToken(account).isEmpty());
        QCOMPARE(next.resume(account), u"session.not-kept"_s);
    }

    void whatAnotherProgramHasRenewedIsRevokedToo()
    {
        m_sandbox->switchOn(sandbox::Switch::publishesRevocation);
        const Account account = signedInAccount();
        Run next(m_connection, lockFile());
        QCOMPARE(next.resume(account), QString());
        Run other(m_connection, lockFile());
        QCOMPARE(other.signIn(), QString());
        QTRY_COMPARE(other.keptToken(account), other.tokenInUse());
        const identity::SignedIn person = *next.desk->session().current();
        QCOMPARE(next.signOut(), QString());
        QCOMPARE(other.refresh(), u"sign-in.refresh-token-rejected"_s);
        next.desk->session().begin(person);
        QCOMPARE(next.refresh(), u"sign-in.refresh-token-rejected"_s);
    }

    void whoIsNotSignedInYetCanSignOut_data()
    {
        QTest::addColumn<bool>("isResuming");
        QTest::newRow("reserved") << false;
        QTest::newRow("just being signed in") << true;
    }

    void whoIsNotSignedInYetCanSignOut()
    {
        QFETCH(const bool, isResuming);
        const Account account = signedInAccount();
        Run next(m_connection, lockFile());
        next.desk->reserveFor(account);
        if (isResuming)
            QCoro::connect(next.desk->resume(account), next.desk.get(), [](const Result<void> &) {});
        QCOMPARE(next.desk->isResuming(), isResuming);
        Task<void> signingOut = next.desk->signOut();
        QVERIFY(next.desk->isVacant());
        QCOMPARE(Run::codeOf(QCoro::waitFor(std::move(signingOut))), QString());
        QVERIFY(next.accounts().empty());
        QVERIFY(next.keptToken(account).isEmpty());
        QVERIFY(!next.desk->session().current());
    }

    void whatAnotherProgramHasRemovedIsNotKeptAgain()
    {
        const Account account = signedInAccount();
        Run next(m_connection, lockFile());
        QCOMPARE(next.resume(account), QString());
        Run other(m_connection, lockFile());
        QVERIFY(QCoro::waitFor(other.vault->remove(account.id())));
        QCOMPARE(next.refresh(), QString());
        QVERIFY(next.accounts().empty());
        QVERIFY(next.keptToken(account).isEmpty());
    }

    void anotherPersonsTokenIsNotUsed()
    {
        const Account riley = signedInAccount();
        const Account ada = signedInAccount(u"ada"_s);
        Run next(m_connection, lockFile());
        auto adas = QCoro::waitFor(next.vault->find(ada.id()));
        QVERIFY(adas && *adas);
        QVERIFY(QCoro::waitFor(next.vault->add(riley, **adas)));
        QCOMPARE(next.resume(riley), u"session.user-changed"_s);
        QVERIFY(!next.desk->session().current());
        QCOMPARE(next.accounts(), std::vector{ada});
    }

    void aTokenThatIsRefusedSignsNobodyIn()
    {
        const Account account = signedInAccount();
        Run next(m_connection, lockFile());
        QVERIFY(QCoro::waitFor(next.vault->add(account, {Secret("no-such-refresh-token"), {}})));
        QCOMPARE(next.resume(account), u"sign-in.refresh-token-rejected"_s);
        QVERIFY(!next.desk->session().current());
        QVERIFY(!next.desk->isSigningIn());
        QVERIFY(next.accounts().empty());
    }

    void whatARefusalAsksForIsProvenNext()
    {
        const QByteArray policy = R"({"access_token":{"polids":{"essential":true,"values":["device"]}}})";
        test::FakeTenant tenant;
        tenant.onToken = [policy](const test::Form &) {
            const JsonObject refusal{{u"error"_s, u"interaction_required"_s}, {u"claims"_s, QString::fromUtf8(policy)}};
            return test::httpAnswer("400 Bad Request", {{"Content-Type"_ba, "application/json"_ba}},
                                    toCompactJson(refusal));
        };
        identity::Connection connection = tenant.connection();
        connection.id = u"fabrikam"_s;
        Run run(connection, lockFile());
        const Account account{connection.id, tenant.issuer(), connection.clientId, u"https://books.test"_s, u"riley"_s,
                              u"tid"_s,      u"oid"_s,        u"Riley"_s,          u"riley@contoso.com"_s,  {}};
        QVERIFY(QCoro::waitFor(run.vault->add(account, {Secret("a-refresh-token"), {}})));
        QCOMPARE(run.resume(account), u"sign-in.interaction-required"_s);
        const identity::SignInOptions again = run.desk->againOptions();
        QCOMPARE(again.again, std::optional(account));
        QCOMPARE(identity::claimsParameter(again.proof, {}), policy);

        const Task<void> onDevice = run.desk->signInByDeviceCode(again.again);
        QTRY_COMPARE(tenant.deviceRequests().size(), 1U);
        QVERIFY(tenant.deviceRequests().front().value("claims").contains("polids"));
        run.desk->cancelSignIn();
        run.desk->reserveFor(account);
        QVERIFY(run.desk->againOptions().proof.isEmpty());
    }

    void theUseCanBeCancelled()
    {
        const Account account = signedInAccount();
        Run next(m_connection, lockFile());
        Task<void> resuming = next.desk->resume(account);
        QVERIFY(next.desk->isResuming());
        next.desk->cancelSignIn();
        QCOMPARE(Run::codeOf(QCoro::waitFor(std::move(resuming))), u"sign-in.cancelled"_s);
        QVERIFY(!next.desk->isResuming());
        QCOMPARE(next.resume(account), QString());
    }

    void aVaultThatIsInUseKeepsNobodyFromRefreshing()
    {
        const Account account = signedInAccount();
        Run next(m_connection, lockFile(), std::chrono::milliseconds(100));
        QCOMPARE(next.resume(account), QString());
        const QByteArray kept = next.keptToken(account);
        const auto held = QCoro::waitFor(next.vault->lock({}));
        QVERIFY(held);
        QCOMPARE(next.refresh(), QString());
        QCOMPARE(next.keptToken(account), kept);
        QVERIFY(next.tokenInUse() != kept);
    }

    void aTokenThatCouldNotBeStoredIsRedeemedAndStoredLater()
    {
        const Account account = signedInAccount();
        Run next(m_connection, lockFile(), std::chrono::milliseconds(100));
        QCOMPARE(next.resume(account), QString());
        m_sandbox->switchOn(sandbox::Switch::rotatesStrictly);
        auto held = QCoro::waitFor(next.vault->lock({}));
        QVERIFY(held);
        QCOMPARE(next.refresh(), QString());
        *held = {};
        QVERIFY(next.keptToken(account) != next.tokenInUse());
        QCOMPARE(next.refresh(), QString());
        QCOMPARE(next.keptToken(account), next.tokenInUse());
        QCOMPARE(next.refresh(), QString());
        m_sandbox->switchOff(sandbox::Switch::rotatesStrictly);
    }

    void theSandboxIsNotKept()
    {
        identity::Connection sandbox = m_connection;
        sandbox.isSandbox = true;
        Run run(sandbox, lockFile());
        QCOMPARE(run.signIn(), QString());
        QCOMPARE(run.refresh(), QString());
        QVERIFY(run.accounts().empty());
    }

private:
    QString lockFile() const { return m_folder.filePath(u"vault.lock"_s); }

    /// Signs in with the browser in a run of its own, which has ended.
    Account signedInAccount(const QString &persona = u"riley"_s)
    {
        Run run(m_connection, lockFile());
        run.persona = persona;
        if (const QString code = run.signIn(); !code.isEmpty())
            qFatal("%s", qPrintable(code));
        const Account account = identity::accountOf(m_connection, run.desk->session().current()->identity);
        const bool isKept = QTest::qWaitFor([&] { return std::ranges::count(run.accounts(), account) == 1; });
        if (!isKept)
            qFatal("The sign-in was not kept.");
        return account;
    }

    QTemporaryDir m_folder;
    std::shared_ptr<sandbox::SandboxServer> m_sandbox;
    identity::Connection m_connection;
};

QTEST_GUILESS_MAIN(DeskKeptTest)
#include "desk-kept-test.moc"
