// Which access tokens stay here.
#include "books/claim-types.h"
#include "identity/gate.h"
#include "identity/sample-connection.h"
#include "identity/scope-resource.h"
#include "identity/trust.h"
#include "jose/token-issuer.h"
#include "net/errors.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk::identity {

using jose::TokenIssuer;

class GateTest : public QObject
{
    Q_OBJECT

private:
    TokenIssuer m_issuer;

    static Connection connectionBetween(const QString &authority, const QString &api)
    {
        Connection connection = sampleConnection(u"https://login.microsoftonline.com/contoso.com"_s);
        connection.authority = QUrl(authority);
        connection.apiBaseUrl = QUrl(api);
        connection.audience = TokenIssuer::api();
        connection.clientId = TokenIssuer::client();
        return connection;
    }
    static Connection remote()
    {
        return connectionBetween(u"https://login.microsoftonline.com/contoso.com"_s, u"https://books.example.org"_s);
    }

    jose::InspectedToken inspected(const Secret &token) const
    {
        Trust trust = makeTrust(remote(), TokenIssuer::issuer(), {books::claimTypes()});
        trust.keys = std::make_shared<const jose::JwkSet>(m_issuer.keys());
        return trust.inspect(token, jose::testNow);
    }
    jose::InspectedToken tokenWith(const QByteArray &changes) const
    {
        return inspected(m_issuer.sign(jose::patched(TokenIssuer::accessClaims(), changes)));
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_issuer.isReady()); }

    void aReadableTokenForSomebodyElseStaysHere_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<QString>("check"); // which one decides; empty where the token may go
        QTest::newRow("a good token goes") << "{}"_ba << QString();
        QTest::newRow("one that has expired goes") << R"({"exp":1})"_ba << QString();
        QTest::newRow("one without a subject goes") << R"({"sub":null})"_ba << QString();
        QTest::newRow("one for another API stays") << R"({"aud":"payroll"})"_ba << u"audience"_s;
        QTest::newRow("one for Microsoft Graph stays")
            << R"({"aud":"00000003-0000-0000-c000-000000000000"})"_ba << u"audience"_s;
        QTest::newRow("one for nobody stays") << R"({"aud":null})"_ba << u"audience"_s;
        QTest::newRow("one of another issuer stays") << R"({"iss":"https://evil.example/v2.0"})"_ba << u"issuer"_s;
        QTest::newRow("one of nobody stays") << R"({"iss":null})"_ba << u"issuer"_s;
    }

    void aReadableTokenForSomebodyElseStaysHere()
    {
        QFETCH(const QByteArray, changes);
        QFETCH(const QString, check);
        const std::optional<Error> withheld = whyWithheld(remote(), tokenWith(changes));
        QCOMPARE(withheld.has_value(), !check.isEmpty());
        if (!withheld)
            return;
        QCOMPARE(withheld->code, net::errors::tokenWithheld);
        QVERIFY(withheld->remedy.contains("--send-anyway"_L1));
        QCOMPARE(factValue(withheld->facts, facts::check), check);
    }

    void aBrokenSignatureIsTheApisAffair()
    {
        QByteArray token = m_issuer.sign(TokenIssuer::accessClaims()).reveal().toByteArray();
        token[token.size() - 20] = token.at(token.size() - 20) == 'A' ? 'B' : 'A';
        QVERIFY(!whyWithheld(remote(), inspected(Secret(token))));
    }

    void aTokenThatCannotBeReadGoes() { QVERIFY(!whyWithheld(remote(), inspected(Secret("an-opaque-token")))); }

    void onlyWhereBothAreOnLoopbackEverythingGoes_data()
    {
        QTest::addColumn<QString>("authority");
        QTest::addColumn<QString>("api");
        QTest::addColumn<bool>("goes");
        const QString authority = u"https://login.microsoftonline.com/t"_s;
        QTest::newRow("both") << u"http://localhost:1/t"_s << u"http://127.0.0.1:2"_s << true;
        QTest::newRow("the API alone") << authority << u"http://localhost:2"_s << false;
        QTest::newRow("the authority alone") << u"http://localhost:1/t"_s << u"https://books.example.org"_s << false;
        QTest::newRow("a name that only begins so")
            << u"http://localhost:1/t"_s << u"https://localhost.example.org"_s << false;
        QTest::newRow("a name that leads to loopback")
            << u"http://localhost:1/t"_s << u"https://ip6-localhost:2"_s << false;
    }

    void onlyWhereBothAreOnLoopbackEverythingGoes()
    {
        QFETCH(const QString, authority);
        QFETCH(const QString, api);
        const auto withheld = whyWithheld(connectionBetween(authority, api), tokenWith(R"({"aud":"payroll"})"));
        QTEST(!withheld.has_value(), "goes");
    }

    void onlyScopesOfTheAudienceAreAskedFor_data()
    {
        QTest::addColumn<QStringList>("scopes");
        QTest::addColumn<QString>("reason"); // a part of it; empty where they are accepted
        const auto row = [](const char *name, const QStringList &scopes, const QString &reason) {
            QTest::newRow(name) << scopes << reason;
        };
        const QString own = u"api://6f1c6f1c-6f1c-4f1c-8f1c-6f1c6f1c6f1c"_s;
        row("the audience's own", {own + u"/Books.Read"_s, own + u"/Books.Write"_s}, {});
        row("the same in capitals", {u"API://6F1C6F1C-6F1C-4F1C-8F1C-6F1C6F1C6F1C/Books.Read"_s}, {});
        row("the audience's without api:", {u"6f1c6f1c-6f1c-4f1c-8f1c-6f1c6f1c6f1c/.default"_s}, {});
        row("a URI that the tenant made up", {u"api://books/Books.Read"_s}, {});
        row("a web address of the tenant's", {u"https://contoso.com/books/Books.Read"_s}, {});
        row("OpenID Connect's", {u"openid"_s, u"email"_s, u"offline_access"_s, own + u"/Books.Read"_s}, {});
        row("Graph's", {u"https://graph.microsoft.com/User.Read"_s}, u"Microsoft Graph"_s);
        row("Graph's beside the own", {own + u"/Books.Read"_s, u"https://graph.microsoft.com/Mail.Read"_s},
            u"Microsoft Graph"_s);
        row("Graph's in capitals", {u"HTTPS://Graph.Microsoft.com/User.Read"_s}, u"Microsoft Graph"_s);
        row("Graph's with two slashes", {u"https://graph.microsoft.com//User.Read"_s}, u"Microsoft Graph"_s);
        row("Graph's by its ID", {u"00000003-0000-0000-c000-000000000000/.default"_s}, u"Microsoft Graph"_s);
        row("Graph's without a resource", {u"User.Read"_s}, u"names no API"_s);
        row("Graph's of another cloud", {u"https://microsoftgraph.chinacloudapi.cn/User.Read"_s}, u"Microsoft Graph"_s);
        row("those of subscriptions", {u"https://management.azure.com/user_impersonation"_s},
            u"service of Microsoft"_s);
        row("those of a mailbox", {u"https://outlook.office365.com/Mail.Read"_s}, u"service of Microsoft"_s);
        row("those of another registration", {u"api://0d440d44-0d44-4d44-8d44-0d440d440d44/Pay.Read"_s},
            u"another API"_s);
        row("those of two APIs", {u"api://books/Books.Read"_s, u"api://payroll/Pay.Read"_s}, u"another API"_s);
    }

    void onlyScopesOfTheAudienceAreAskedFor()
    {
        QFETCH(const QStringList, scopes);
        QFETCH(const QString, reason);
        const QString refused = refusedScopeReason(scopes, u"6f1c6f1c-6f1c-4f1c-8f1c-6f1c6f1c6f1c"_s);
        QCOMPARE(refused.isEmpty(), reason.isEmpty());
        QVERIFY2(refused.contains(reason), qPrintable(refused));

        JsonArray written;
        for (const QString &scope : scopes)
            written.emplace_back(scope);
        JsonObject file = sampleFile();
        file.set(u"scopes"_s, std::move(written));
        const Result<Connection> connection = readConnection(toCompactJson(file));
        QCOMPARE(connection.has_value(), reason.isEmpty());
        QVERIFY(connection || connection.error().message.contains(reason));
    }
};

} // namespace bookdesk::identity

QTEST_GUILESS_MAIN(bookdesk::identity::GateTest)
#include "gate-test.moc"
