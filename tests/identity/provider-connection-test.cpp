// Connection files of all providers: what they may leave out, what they say more, and what is refused.
#include "core/json.h"
#include "identity/connection.h"
#include "identity/errors.h"
#include "identity/scope-resource.h"
#include "identity/token-request.h"

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
        row("Okta as any provider", u"generic"_s, authority, u"https://contoso.okta.com/oauth2/default"_s);
        row("Okta in capitals with a dot", u"keycloak"_s, authority, u"https://Contoso.OKTA.com./oauth2/default"_s);
        row("GitLab as Okta", u"okta"_s, authority, u"https://gitlab.com"_s);
        row("Cognito as any provider", u"generic"_s, authority,
            u"https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Pool"_s);
        row("Cognito in China as any provider", u"generic"_s, authority,
            u"https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_Pool"_s);
        row("Cognito elsewhere", u"cognito"_s, authority, u"https://cognito.example.org/eu-central-1_Pool"_s);
        row("Cognito without a region", u"cognito"_s, authority, u"https://cognito-idp.amazonaws.com/a_Pool"_s);
        row("Cognito in two regions", u"cognito"_s, authority, u"https://cognito-idp.a.b.amazonaws.com/a_Pool"_s);
        row("Auth0's Management API", u"auth0"_s, u"audience"_s, u"https://contoso.eu.auth0.com/api/v2/"_s);
        row("Auth0's Management API in capitals", u"auth0"_s, u"audience"_s, u"HTTPS://Contoso.EU.Auth0.com/api/v2/"_s);
        row("another tenant's Management API", u"auth0"_s, u"audience"_s, u"https://fabrikam.us.auth0.com/api/v2/"_s);
        row("Auth0's names of persons", u"auth0"_s, u"audience"_s, u"https://fabrikam.auth0.com/userinfo"_s);
        row("Auth0's My Account API", u"auth0"_s, u"audience"_s, u"https://fabrikam.auth0.com/me/"_s);
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
        for (const char *scope : {"aws.cognito.signin.user.admin", "okta.users.read", "p1:read:user",
                                  "urn:zitadel:iam:org:project:id:zitadel:aud"})
            row(qPrintable(u"another provider's API: %1"_s.arg(QLatin1StringView(scope))), u"generic"_s, u"scopes"_s,
                JsonArray{QString::fromLatin1(scope)});
        row("a scope of GitLab that came later", u"gitlab"_s, u"scopes"_s, JsonArray{u"manage_everything"_s});
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

    void namesWhoseHostItIs()
    {
        const Result<Connection> okta =
            readWith(exampleFile(u"generic"_s), u"authority"_s, u"https://contoso.okta.com/oauth2/default"_s);
        QVERIFY(!okta);
        QVERIFY2(okta.error().message.contains(u"\"okta\""_s), qPrintable(okta.error().message));
    }

    void takesTheHostsOfRegions_data()
    {
        QTest::addColumn<QString>("authority");
        QTest::newRow("Europe") << u"https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Pool"_s;
        QTest::newRow("China") << u"https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_Pool"_s;
        QTest::newRow("here") << u"http://localhost:8080/eu-central-1_Pool"_s;
    }

    void takesTheHostsOfRegions()
    {
        QFETCH(const QString, authority);
        const Result<Connection> read = readWith(exampleFile(u"cognito"_s), u"authority"_s, authority);
        QVERIFY2(read, qPrintable(codeOf(read)));
    }

    void anAudienceOnTheServersOwnHostIsItsOwnApi()
    {
        JsonObject file = exampleFile(u"auth0"_s);
        file.set(u"authority"_s, u"https://id.contoso.com"_s);
        const auto isAccepted = [&file](const QString &audience) {
            return readWith(file, u"audience"_s, audience).has_value();
        };
        QVERIFY(!isAccepted(u"https://id.contoso.com/api/v2/"_s));
        QVERIFY(!isAccepted(u"https://ID.contoso.com./anything"_s));
        QVERIFY(isAccepted(u"https://books.contoso.com/api/v2/"_s));
        QVERIFY(isAccepted(u"https://books.auth0.com/books"_s));
        QVERIFY(isAccepted(u"books-api"_s));
    }

    void anAudienceBesidesTheClientIsAskedFor()
    {
        JsonObject file = exampleFile(u"cognito"_s);
        const net::FormFields asked = authorizeParameters(readConnection(toCompactJson(file)).value());
        QCOMPARE(asked.size(), std::size_t{1});
        QCOMPARE(asked.front().first, "resource"_ba);
        QCOMPARE(asked.front().second, Secret("https://books.contoso.com"));
        file.remove(u"audience");
        QVERIFY(authorizeParameters(readConnection(toCompactJson(file)).value()).empty());
        const Connection auth0 = readConnection(toCompactJson(exampleFile(u"auth0"_s))).value();
        QCOMPARE(authorizeParameters(auth0).size(), std::size_t{1});
    }

    void namesTheRedirectWithItsPort()
    {
        const auto remedyOf = [](const QString &id) {
            return readWith(exampleFile(id), u"redirectPath"_s, u"/cb/0123456789abcdef"_s).error().remedy;
        };
        QVERIFY2(remedyOf(u"okta"_s).contains(u"http://localhost:61640/cb/"_s), qPrintable(remedyOf(u"okta"_s)));
        QVERIFY(remedyOf(u"generic"_s).contains(u"http://127.0.0.1/cb/"_s));
    }

    void onlyEntrasRedirectIsTheSameInCapitals()
    {
        const auto pathOf = [](const QString &id, const QString &authority) {
            const Provider provider = findProvider(id).value();
            return provider.redirectOf(QUrl(authority)).path;
        };
        QVERIFY(pathOf(u"generic"_s, u"https://id.contoso.com/A"_s) !=
                pathOf(u"generic"_s, u"https://id.contoso.com/a"_s));
        QCOMPARE(pathOf(u"entra"_s, u"https://login.microsoftonline.us/CONTOSO.com"_s),
                 pathOf(u"entra"_s, u"https://login.microsoftonline.us/contoso.com"_s));
    }

    void takesOpenIdScopesOnly()
    {
        const Result<Connection> read =
            readWith(exampleFile(u"gitlab"_s), u"scopes"_s, JsonArray{u"openid"_s, u"email"_s});
        QVERIFY2(read, qPrintable(codeOf(read)));
        QVERIFY(readWith(exampleFile(u"gitlab"_s), u"scopes"_s, JsonArray{}));
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

    void nobodyElseSpeaksForMicrosoft_data()
    {
        QTest::addColumn<QString>("host");
        const Provider entra = findProvider(u"entra"_s).value();
        for (QString host : entra.hosts) {
            host.replace(u'*', u"contoso"_s);
            QTest::newRow(qPrintable(host)) << host;
            QTest::addRow("%s with a dot", qPrintable(host)) << QString(host + u'.');
        }
        for (const char *host : {"graph.microsoft.com", "graph.svc.sovcloud.fr", "graph.svc.sovcloud.de",
                                 "graph.svc.sovcloud.sg", "graph.microsoft.com."})
            QTest::newRow(host) << QString::fromLatin1(host);
    }

    void nobodyElseSpeaksForMicrosoft()
    {
        QFETCH(const QString, host);
        QVERIFY(isMicrosoftsHost(host));
        const QString authority = u"https://%1/contoso"_s.arg(host);
        for (const QString &id : providerIds()) {
            if (id != u"entra"_s)
                QVERIFY2(!readWith(exampleFile(id), u"authority"_s, authority), qPrintable(id));
        }
        const QStringList scopes{u"https://%1/User.Read"_s.arg(host)};
        QVERIFY(refusedScopeReason(scopes, u"https://books.contoso.com"_s).contains(u"another service of Microsoft"_s));
    }

    void isNotMicrosoftsByItsEnd_data()
    {
        QTest::addColumn<QString>("host");
        for (const char *host : {"", ".", "notmicrosoft.com", "sovcloud.fr.example.org", "mysovcloud.fr", "live.com.."})
            QTest::newRow(host) << QString::fromLatin1(host);
    }

    void isNotMicrosoftsByItsEnd()
    {
        QFETCH(const QString, host);
        QVERIFY(!isMicrosoftsHost(host));
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
