// Connection files of all providers: what they may leave out, what they say more, and what is refused.
#include "core/json.h"
#include "identity/connection.h"
#include "identity/errors.h"
#include "identity/scope-resource.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace Qt::StringLiterals;

namespace {

/// A file as the editor would write it from the examples of the provider's form.
JsonObject exampleFile(const Provider &provider)
{
    JsonObject file{{u"name"_s, u"Contoso"_s},
                    {u"provider"_s, provider.id},
                    {u"authority"_s, provider.form.authorityExample},
                    {u"apiBaseUrl"_s, u"https://books.contoso.com"_s}};
    if (provider.hasSignIn) {
        file.set(u"clientId"_s, u"the-client"_s);
        const QString scope = provider.form.scopeExample;
        file.set(u"scopes"_s, scope.isEmpty() ? JsonArray{} : JsonArray{scope});
    }
    if (!provider.form.audienceExample.isEmpty())
        file.set(u"audience"_s, provider.form.audienceExample);
    return file;
}

JsonObject exampleFile(const QString &id) { return exampleFile(findProvider(id).value()); }

Result<Connection> readWith(JsonObject file, const QString &member, const Json &value)
{
    file.set(member, value);
    return readConnection(toCompactJson(file));
}

QString codeOf(const Result<Connection> &connection)
{
    return connection ? u"no error"_s : connection.error().code.toString() + u": "_s + connection.error().message;
}

} // namespace

Q_DECLARE_METATYPE(bookdesk::Json)

class ProviderConnectionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theExamplesAreGoodAndSurvive_data()
    {
        QTest::addColumn<QString>("id");
        for (const QString &id : providerIds())
            QTest::newRow(qPrintable(id)) << id;
    }

    void theExamplesAreGoodAndSurvive()
    {
        QFETCH(const QString, id);
        const Result<Connection> connection = readConnection(toCompactJson(exampleFile(id)));
        QVERIFY2(connection, qPrintable(codeOf(connection)));
        const Result<Connection> again = readConnection(writeConnection(*connection));
        QVERIFY2(again, qPrintable(codeOf(again)));
        QVERIFY(*again == *connection);
        QVERIFY(!connection->audience.isEmpty());
        for (const QString &scope : connection->provider.extraScopes)
            QVERIFY(connection->scopes.contains(scope));
    }

    void fillsInTheAudience()
    {
        JsonObject file = exampleFile(u"cognito"_s);
        file.remove(u"audience");
        QCOMPARE(readConnection(toCompactJson(file))->audience, u"the-client"_s);
        file = exampleFile(u"firebase"_s);
        file.remove(u"audience");
        QCOMPARE(readConnection(toCompactJson(file))->audience, u"contoso-books"_s);
        file = exampleFile(u"auth0"_s);
        file.remove(u"audience");
        QVERIFY2(!readConnection(toCompactJson(file)), "Auth0's tokens would be opaque");
    }

    void keepsItsOwnClaimPathsAndPorts()
    {
        JsonObject file = exampleFile(u"keycloak"_s);
        file.set(u"roleClaims"_s, JsonArray{u"resource_access[\"books.api\"].roles"_s, u"roles"_s});
        file.set(u"scopeClaims"_s, JsonArray{u"permissions"_s});
        file.set(u"redirectPorts"_s, JsonArray{8400, 8401});
        const Connection connection = readConnection(toCompactJson(file)).value();
        QCOMPARE(connection.redirect.ports, (std::vector<quint16>{8400, 8401}));
        const Result<JsonObject> claims = parseJsonObject(
            R"({"resource_access":{"books.api":{"roles":["a"]}},"roles":"b c","permissions":["d"],"scope":"e"})");
        const jose::ClaimNames &names = connection.provider.claims;
        QCOMPARE(jose::namesIn(*claims, names.roles), (QStringList{u"a"_s, u"b c"_s}));
        QCOMPARE(jose::namesIn(*claims, names.scopes), QStringList{u"d"_s});
        QVERIFY(readConnection(writeConnection(connection)).value() == connection);
    }

    void writesNoPortsOfTheProvider()
    {
        const Connection connection = readConnection(toCompactJson(exampleFile(u"auth0"_s))).value();
        QVERIFY(!connection.redirect.ports.empty());
        QVERIFY(!writeConnection(connection).contains("redirectPorts"));
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("member");
        QTest::addColumn<Json>("value");
        const auto row = [](const char *name, const QString &provider, const QString &member, const Json &value) {
            QTest::newRow(name) << provider << member << value;
        };
        const QString authority = u"authority"_s;
        row("Microsoft as any provider", u"generic"_s, authority, u"https://login.microsoftonline.com/contoso.com"_s);
        row("Microsoft in capitals", u"keycloak"_s, authority, u"https://LOGIN.MicrosoftOnline.com/a"_s);
        row("any provider without TLS", u"generic"_s, authority, u"http://id.contoso.com"_s);
        row("the document itself", u"generic"_s, authority,
            u"https://id.contoso.com/.well-known/openid-configuration"_s);
        row("Auth0 with a path", u"auth0"_s, authority, u"https://contoso.eu.auth0.com/v2"_s);
        row("Auth0 with a port", u"auth0"_s, authority, u"https://contoso.eu.auth0.com:8443"_s);
        row("Cognito without a pool", u"cognito"_s, authority, u"https://cognito-idp.eu-central-1.amazonaws.com"_s);
        row("Firebase elsewhere", u"firebase"_s, authority, u"https://securetoken.example.org/contoso"_s);
        row("Firebase with more path", u"firebase"_s, authority, u"https://securetoken.google.com/a/b"_s);
        row("Google elsewhere", u"google"_s, authority, u"https://accounts.google.example"_s);
        row("a scope without its server", u"cognito"_s, u"scopes"_s, JsonArray{u"Books.Read"_s});
        row("a scope without its name", u"cognito"_s, u"scopes"_s, JsonArray{u"books/"_s});
        row("no scope at Cognito", u"cognito"_s, u"scopes"_s, JsonArray{});
        row("Cognito's own scope", u"cognito"_s, u"scopes"_s,
            JsonArray{u"books/Books.Read"_s, u"aws.cognito.signin.user.admin"_s});
        row("Okta's own scope", u"okta"_s, u"scopes"_s, JsonArray{u"okta.users.manage"_s});
        row("GitLab's own scope", u"gitlab"_s, u"scopes"_s, JsonArray{u"read_api"_s});
        row("ZITADEL's own API", u"zitadel"_s, u"scopes"_s, JsonArray{u"urn:zitadel:iam:org:project:id:zitadel:aud"_s});
        row("a claim path that is none", u"keycloak"_s, u"roleClaims"_s, JsonArray{u"realm_access..roles"_s});
        row("a claim path that is no text", u"keycloak"_s, u"scopeClaims"_s, JsonArray{1});
        row("too many claim paths", u"keycloak"_s, u"roleClaims"_s, JsonArray(21, Json(u"a"_s)));
        row("a port for administrators", u"auth0"_s, u"redirectPorts"_s, JsonArray{80});
        row("a port that there is not", u"auth0"_s, u"redirectPorts"_s, JsonArray{65536});
        row("half a port", u"auth0"_s, u"redirectPorts"_s, JsonArray{8400.5});
        row("too many ports", u"auth0"_s, u"redirectPorts"_s, JsonArray(21, Json(8400)));
        row("the path that is Entra's alone", u"generic"_s, u"redirectPath"_s, u"/"_s);
        row("another issuer's path", u"generic"_s, u"redirectPath"_s, u"/cb/0123456789abcdef"_s);
    }

    void refuses()
    {
        QFETCH(const QString, provider);
        QFETCH(const QString, member);
        QFETCH(const Json, value);
        const Result<Connection> connection = readWith(exampleFile(provider), member, value);
        QVERIFY(!connection);
        QVERIFY2(connection.error().message.contains(member) || connection.error().message.contains(u"http"_s),
                 qPrintable(connection.error().message));
    }

    void takesTheSlashOfAnIssuerAsItIsWritten()
    {
        const auto issuerOf = [](const QString &id, const QString &authority) {
            const Connection connection = readWith(exampleFile(id), u"authority"_s, authority).value();
            return connection.provider.expectedIssuer(connection.authority);
        };
        QCOMPARE(issuerOf(u"generic"_s, u"https://id.contoso.com"_s), u"https://id.contoso.com"_s);
        QCOMPARE(issuerOf(u"generic"_s, u"https://id.contoso.com/"_s), u"https://id.contoso.com/"_s);
        QCOMPARE(issuerOf(u"generic"_s, u"https://id.contoso.com:8443/a/"_s), u"https://id.contoso.com:8443/a/"_s);
        QCOMPARE(issuerOf(u"auth0"_s, u"https://contoso.eu.auth0.com"_s), u"https://contoso.eu.auth0.com/"_s);
        QCOMPARE(issuerOf(u"auth0"_s, u"https://contoso.eu.auth0.com/"_s), u"https://contoso.eu.auth0.com/"_s);
        QCOMPARE(issuerOf(u"authentik"_s, u"https://a.contoso.com/application/o/b"_s),
                 u"https://a.contoso.com/application/o/b/"_s);
    }

    void everyIssuerHasItsOwnRedirect()
    {
        const auto pathOf = [](const QString &authority) {
            return readWith(exampleFile(u"generic"_s), u"authority"_s, authority)->redirect.path;
        };
        QSet<QString> paths;
        for (const QString &authority : {u"https://id.contoso.com"_s, u"https://id.contoso.com/a"_s,
                                         u"https://id.contoso.com/b"_s, u"https://id.fabrikam.com"_s})
            paths += pathOf(authority);
        QCOMPARE(paths.size(), 4);
        QVERIFY(!paths.contains(u"/"_s));
    }

    void aPrivateAuthorityVouchesForItsOwnServerOnly()
    {
        const Connection own = readConnection(toCompactJson(exampleFile(u"generic"_s))).value();
        QVERIFY(ownAuthorities(own).hosts.contains(u"id.contoso.com"_s));
        const Connection google = readConnection(toCompactJson(exampleFile(u"google"_s))).value();
        QVERIFY(!ownAuthorities(google).hosts.contains(u"accounts.google.com"_s));
    }
};

QTEST_GUILESS_MAIN(ProviderConnectionTest)
#include "provider-connection-test.moc"
