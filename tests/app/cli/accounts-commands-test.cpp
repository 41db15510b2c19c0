// Which sign-ins are kept, and signing out, from the command line: with a real keyring.
#include "app/cli/cli-process.h"
#include "identity/errors.h"
#include "identity/fake-tenant.h"
#include "workspace/connection-store.h"
#include "workspace/keychain-vault.h"

#include <QCoroTask>
#include <QDir>
#include <QFile>
#include <QScopeGuard>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;

class AccountsCommandsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_tenant.moreDiscovery = {{u"revocation_endpoint"_s, m_tenant.address(u"/oauth2/v2.0/revoke"_s)}};
        identity::Connection connection = m_tenant.connection();
        connection.name = u"Library"_s;
        const Result<identity::Connection> added = workspace::ConnectionStore(settingsFolder()).add(connection);
        QVERIFY(added);
        m_riley = {added->id,         added->provider.expectedIssuer(added->authority),
                   added->clientId,   added->apiBaseUrl.toString(QUrl::RemovePath),
                   u"riley-sub"_s,    u"tid"_s,
                   u"riley-oid"_s,    u"Riley Reader"_s,
                   u"riley@a.test"_s, identity::bindingOf(*added)};
        m_ada = m_riley;
        m_ada.connectionId = u"gone"_s;
        m_ada.subject = u"ada-sub"_s;
        m_ada.name = u"Ada \u202eAdmin"_s;
        m_ada.userName = u"ada@a.test"_s;
        QVERIFY(QCoro::waitFor(m_vault->check()));
    }
    void init()
    {
        for (const identity::Account &account : {m_riley, m_ada})
            QVERIFY(QCoro::waitFor(m_vault->add(account, {m_token, {}})));
    }

    void theyAreListed()
    {
        const Run text = run({u"accounts"_s, u"list"_s});
        QCOMPARE(text.status, 0);
        QVERIFY(text.out.contains(m_riley.id().toUtf8() + "  Riley Reader (riley@a.test), Library\n"));
        QVERIFY(text.out.contains("(ada@a.test), of a connection that is no longer stored\n"));
        QVERIFY(!text.out.contains("\u202e") && !text.out.contains(m_token.reveal().toByteArray()));
        const Run json = run({u"accounts"_s, u"list"_s, u"--json"_s});
        const JsonObject object = json.json();
        QCOMPARE(json.outcome(u"code"_s), u"accounts.ok"_s);
        const JsonArray *accounts = object.find(u"accounts") ? object.find(u"accounts")->asArray() : nullptr;
        QVERIFY(accounts);
        QCOMPARE(accounts->size(), std::size_t{2});
        QCOMPARE(*accounts->at(0).asObject()->find(u"id")->asString(), m_riley.id());
        QCOMPARE(*accounts->at(0).asObject()->find(u"connection")->asString(), u"Library"_s);
        QVERIFY(accounts->at(1).asObject()->find(u"connection")->isNull());
    }

    void oneIsSignedOut_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("by the ID") << m_riley.id();
        QTest::newRow("by the sign-in name") << u"Riley@A.test"_s;
        QTest::newRow("by the name") << u"riley reader"_s;
    }

    void oneIsSignedOut()
    {
        QFETCH(const QString, name);
        const Run signedOut = run({u"sign-out"_s, u"--account"_s, name});
        QCOMPARE(signedOut.status, 0);
        QVERIFY(signedOut.out.startsWith("Signed out: Riley Reader"));
        QCOMPARE(accounts(), std::vector{m_ada});
        QVERIFY(!QCoro::waitFor(m_vault->find(m_riley.id()))->has_value());
    }

    void theRefreshTokenIsRevoked()
    {
        const std::size_t before = m_tenant.revocations().size();
        const Run signedOut = run({u"sign-out"_s, u"--account"_s, m_riley.id(), u"--json"_s});
        QCOMPARE(signedOut.status, 0);
        QVERIFY(signedOut.json().find(u"notRevoked")->asArray()->empty());
        QCOMPARE(m_tenant.revocations().size(), before + 1);
        QCOMPARE(m_tenant.revocations().back().value("token"), m_token.reveal().toByteArray());
    }

    void aServerThatRevokesNothingKeepsNobodySignedIn_data()
    {
        QTest::addColumn<bool>("asJson");
        QTest::newRow("for people") << false;
        QTest::newRow("for programs") << true;
    }

    void aServerThatRevokesNothingKeepsNobodySignedIn()
    {
        QFETCH(const bool, asJson);
        m_tenant.onRevoke = [](const Form &) { return httpAnswer("503 Service Unavailable"); };
        const QStringList options = asJson ? QStringList{u"--json"_s} : QStringList();
        const Run signedOut = run(QStringList{u"sign-out"_s, u"--account"_s, m_riley.id()} + options);
        m_tenant.onRevoke = {};
        QCOMPARE(signedOut.status, 0);
        QCOMPARE(accounts(), std::vector{m_ada});
        if (asJson)
            QCOMPARE(*signedOut.json().find(u"notRevoked")->asArray(), JsonArray{Json(m_riley.id())});
        else
            QVERIFY2(signedOut.err.contains("did not revoke the refresh token"), signedOut.err);
    }

    void nothingIsRevokedWhereTheConnectionIsGone()
    {
        const Run signedOut = run({u"sign-out"_s, u"--account"_s, m_ada.id(), u"--json"_s});
        QCOMPARE(signedOut.status, 0);
        QCOMPARE(accounts(), std::vector{m_riley});
        QVERIFY(signedOut.json().find(u"notRevoked")->asArray()->empty());
        QVERIFY(signedOut.err.isEmpty());
    }

    void allAreSignedOut()
    {
        QCOMPARE(run({u"sign-out"_s, u"--all"_s}).status, 0);
        QVERIFY(accounts().empty());
        const Run again = run({u"sign-out"_s, u"--all"_s, u"--json"_s});
        QCOMPARE(again.status, 0);
        QCOMPARE(again.outcome(u"code"_s), u"sign-out.ok"_s);
        QVERIFY(run({u"accounts"_s, u"list"_s}).out.startsWith("No sign-in is kept"));
    }

    /// Where the folder of the vault's lock should be, there is a file.
    void oneWhoCannotBeSignedOutDoesNotEndTheCommand_data()
    {
        QTest::addColumn<bool>("asJson");
        QTest::newRow("for people") << false;
        QTest::newRow("for programs") << true;
    }

    void oneWhoCannotBeSignedOutDoesNotEndTheCommand()
    {
        QFETCH(const bool, asJson);
        const QString folder = QDir::cleanPath(settingsFolder() + u"/.."_s);
        QVERIFY(QDir().rename(folder, folder + u"-away"_s));
        const auto back = qScopeGuard([&folder] {
            QFile::remove(folder);
            QDir().rename(folder + u"-away"_s, folder);
        });
        QVERIFY(QFile(folder).open(QIODevice::WriteOnly));
        const Run failed =
            run(QStringList{u"sign-out"_s, u"--all"_s} + (asJson ? QStringList{u"--json"_s} : QStringList()));
        QCOMPARE(failed.status, 1);
        QCOMPARE(accounts().size(), std::size_t{2});
        if (asJson) {
            QCOMPARE(failed.outcome(u"code"_s), identity::errors::vaultLockFailed.toString());
            QCOMPARE(failed.json().find(u"notSignedOut")->asArray()->size(), std::size_t{2});
            QVERIFY(failed.json().find(u"signedOut")->asArray()->empty());
        } else {
            QCOMPARE(failed.err.count("Not signed out: "), 2);
            QVERIFY2(failed.err.contains("riley@a.test") && failed.err.contains("ada@a.test"), failed.err.constData());
            QVERIFY2(failed.out.isEmpty(), failed.out.constData());
        }
    }

    void removingAConnectionSignsItsAccountsOut()
    {
        identity::Connection connection = m_tenant.connection();
        connection.name = u"Reading room"_s;
        const Result<identity::Connection> added = workspace::ConnectionStore(settingsFolder()).add(connection);
        QVERIFY(added);
        identity::Account riley = m_riley;
        riley.connectionId = added->id;
        QVERIFY(QCoro::waitFor(m_vault->add(riley, {m_token, {}})));
        const QStringList line{u"connection"_s, u"remove"_s, u"Reading room"_s, u"--json"_s};
        const Run refused = run(line);
        QCOMPARE(refused.status, 2);
        QVERIFY2(refused.fact(u"reason"_s).contains(u"Will be signed out: Riley Reader"_s), refused.out.constData());
        QCOMPARE(accounts().size(), std::size_t{3});

        const std::size_t before = m_tenant.revocations().size();
        const Run removed = run(line + QStringList{u"--yes"_s});
        QCOMPARE(removed.status, 0);
        const JsonObject json = removed.json();
        QCOMPARE(json.find(u"signedOut")->asArray()->size(), std::size_t{1});
        QVERIFY(json.find(u"notSignedOut")->asArray()->empty());
        QCOMPARE(m_tenant.revocations().size(), before + 1);
        QCOMPARE(accounts().size(), std::size_t{2});
        for (const identity::Account &left : accounts())
            QVERIFY(left.connectionId != added->id);
    }

    void nobodyIsSignedOutByMistake_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("without a name, where there are several") << QStringList();
        QTest::newRow("somebody else") << QStringList{u"--account"_s, u"nobody@a.test"_s};
        QTest::newRow("one and all") << QStringList{u"--account"_s, m_riley.id(), u"--all"_s};
    }

    void nobodyIsSignedOutByMistake()
    {
        QFETCH(const QStringList, options);
        QCOMPARE(run(QStringList{u"sign-out"_s} + options).status, 2);
        QCOMPARE(accounts().size(), std::size_t{2});
    }

private:
    std::vector<identity::Account> accounts() const
    {
        return QCoro::waitFor(m_vault->accounts()).value_or(std::vector<identity::Account>());
    }

    FakeTenant m_tenant;
    const Secret m_token{"a-stored-refresh-token-0123456789"};
    identity::Account m_riley;
    identity::Account m_ada;
    std::shared_ptr<identity::TokenVault> m_vault = workspace::keychainVault({});
};

QTEST_GUILESS_MAIN(AccountsCommandsTest)
#include "accounts-commands-test.moc"
