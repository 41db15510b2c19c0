// An account belongs to a connection as it was when the person signed in, and to no other.
#include "identity/account.h"
#include "identity/sample-connection.h"
#include "sandbox/sandbox-server.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using identity::Account;
using identity::Connection;

namespace {

using Change = std::function<void(Connection &)>;

Connection sample()
{
    Connection connection =
        identity::sampleConnection(u"https://login.microsoftonline.com/c6b1a2d3-0f5e-4a7b-9c8d-1e2f3a4b5c6d"_s);
    connection.id = u"contoso"_s;
    return connection;
}

Account accountAt(const Connection &connection)
{
    Account account;
    account.connectionId = connection.id;
    account.issuer = connection.provider.expectedIssuer(connection.authority);
    account.clientId = connection.clientId;
    account.apiOrigin = connection.apiBaseUrl.adjusted(QUrl::RemovePath).toString();
    account.subject = u"one"_s;
    account.binding = identity::bindingOf(connection);
    return account;
}

} // namespace

Q_DECLARE_METATYPE(Change)

class AccountTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void belongsToItsConnection()
    {
        QVERIFY(accountAt(sample()).belongsTo(sample()));
        Account before = accountAt(sample());
        before.binding.clear();
        QVERIFY(!before.belongsTo(sample()));
    }

    void aChangedConnectionHasNoneOfItsAccounts_data()
    {
        QTest::addColumn<Change>("change");
        const auto add = [](const char *row, const Change &change) { QTest::newRow(row) << change; };
        add("provider", [](Connection &one) { one.provider.id += u'x'; });
        add("another connection", [](Connection &one) { one.id += u'x'; });
        add("client ID", [](Connection &one) { one.clientId += u'x'; });
        add("audience", [](Connection &one) { one.audience += u'x'; });
        add("one scope more", [](Connection &one) { one.scopes += u"api://6f1c/Books.Write"_s; });
        add("one scope less", [](Connection &one) { one.scopes.removeLast(); });
        add("two scopes as one", [](Connection &one) { one.scopes = {one.scopes.join(u' ')}; });
        add("API host", [](Connection &one) { one.apiBaseUrl.setHost(u"elsewhere.test"_s); });
        add("API path", [](Connection &one) { one.apiBaseUrl.setPath(u"/v2"_s); });
        add("tenant", [](Connection &one) {
            one.authority = QUrl(u"https://login.microsoftonline.com/00000000-0f5e-4a7b-9c8d-1e2f3a4b5c6d"_s);
        });
        add("CA", [](Connection &one) {
            sandbox::SandboxOptions options;
            options.usesTls = true;
            const auto server = QCoro::waitFor(sandbox::SandboxServer::start(options));
            one.authorities = QSslCertificate::fromData(server ? (*server)->certificateAuthority() : QByteArray());
        });
    }

    void aChangedConnectionHasNoneOfItsAccounts()
    {
        QFETCH(const Change, change);
        Connection changed = sample();
        change(changed);
        QVERIFY(changed != sample());
        QVERIFY(!accountAt(sample()).belongsTo(changed));
        QCOMPARE(accountAt(sample()).id() == accountAt(changed).id(), false);
    }

    void aChangedNameChangesNothing()
    {
        Connection renamed = sample();
        renamed.name += u'x';
        QVERIFY(accountAt(sample()).belongsTo(renamed));
    }
};

QTEST_GUILESS_MAIN(AccountTest)
#include "account-test.moc"
