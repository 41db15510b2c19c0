// Tokens of each provider, good and bad, as its own rules judge them: signed with a real key, read by the connection.
// The slashes in raw strings are escaped, because moc takes two of them for a comment.
#include "books/claim-types.h"
#include "books/diagnosis.h"
#include "books/prediction.h"
#include "core/json.h"
#include "identity/connection.h"
#include "identity/trust.h"
#include "jose/grants.h"
#include "jose/token-issuer.h"
#include "jose/verify.h"

#include <QTest>

using namespace bookdesk;
using namespace Qt::StringLiterals;

namespace {

JsonObject file(const QString &provider, const QString &authority, const JsonObject &more)
{
    JsonObject object{{u"name"_s, u"Contoso"_s},   {u"provider"_s, provider},
                      {u"authority"_s, authority}, {u"clientId"_s, u"the-client"_s},
                      {u"scopes"_s, JsonArray{}},  {u"apiBaseUrl"_s, u"https://books.contoso.com"_s}};
    for (const auto &[name, value] : more.members())
        object.set(name, value);
    return object;
}

identity::Connection read(const JsonObject &object)
{
    const Result<identity::Connection> connection = identity::readConnection(toCompactJson(object));
    if (!connection)
        qFatal("%s", qPrintable(connection.error().message));
    return *connection;
}

identity::Connection auth0()
{
    return read(file(u"auth0"_s, u"https://contoso.eu.auth0.com"_s,
                     {{u"audience"_s, u"https://books.contoso.com"_s}, {u"scopes"_s, JsonArray{u"Books.Read"_s}}}));
}

identity::Connection cognito(const JsonObject &more = {})
{
    JsonObject members{{u"scopes"_s, JsonArray{u"books/Books.Read"_s}}};
    members.append(more);
    return read(file(u"cognito"_s, u"https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Pool"_s, members));
}

identity::Connection firebase()
{
    return read({{u"name"_s, u"Contoso"_s},
                 {u"provider"_s, u"firebase"_s},
                 {u"authority"_s, u"https://securetoken.google.com/contoso-books"_s},
                 {u"apiBaseUrl"_s, u"https://books.contoso.com"_s}});
}

identity::Connection generic(const QString &id, const QString &authority, const JsonObject &more = {})
{
    JsonObject members{{u"audience"_s, u"books-api"_s}};
    members.append(more);
    return read(file(id, authority, members));
}

} // namespace

Q_DECLARE_METATYPE(bookdesk::identity::Connection)

class ProviderTokensTest : public QObject
{
    Q_OBJECT

private:
    jose::TokenIssuer m_issuer;

    identity::Trust trustOf(const identity::Connection &connection) const
    {
        const QString issuer = connection.provider.expectedIssuer(connection.authority);
        identity::Trust trust = identity::makeTrust(connection, issuer, {books::claimTypes()});
        trust.keys = std::make_shared<const jose::JwkSet>(m_issuer.keys());
        return trust;
    }

    /// A token with these claims and what all tokens have.
    Secret token(const QByteArray &claims) const
    {
        const JsonObject common{
            {u"sub"_s, u"somebody"_s}, {u"iat"_s, jose::testNowSeconds - 60}, {u"exp"_s, jose::testNowSeconds + 3600}};
        return m_issuer.sign(jose::patched(common, claims));
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_issuer.isReady()); }

    void judgesAccessTokens_data()
    {
        QTest::addColumn<identity::Connection>("connection");
        QTest::addColumn<QByteArray>("claims");
        QTest::addColumn<QString>("diagnosis"); // "verified", or what is wrong.
        QTest::addColumn<QStringList>("scopes");
        QTest::addColumn<QStringList>("roles");
        const auto row = [](const char *name, const identity::Connection &connection, const QByteArray &claims,
                            const QString &diagnosis, const QStringList &scopes = {}, const QStringList &roles = {}) {
            QTest::newRow(name) << connection << claims << diagnosis << scopes << roles;
        };
        const QString good = u"verified"_s;
        const QByteArray byAuth0 = R"("iss":"https:\/\/contoso.eu.auth0.com/",)";
        row("Auth0: with a list of audiences", auth0(),
            "{" + byAuth0 +
                R"("aud":["https:\/\/books.contoso.com","https:\/\/contoso.eu.auth0.com/userinfo"],"azp":"the-client",)"
                R"("scope":"openid Books.Read","permissions":["Books.Admin"]})",
            good, {u"openid"_s, u"Books.Read"_s}, {u"Books.Admin"_s});
        row("Auth0: with one audience", auth0(),
            "{" + byAuth0 + R"("aud":"https:\/\/books.contoso.com","scope":"a b"})", good, {u"a"_s, u"b"_s});
        row("Auth0: issuer without the slash", auth0(),
            R"({"iss":"https:\/\/contoso.eu.auth0.com","aud":"https:\/\/books.contoso.com"})", u"other-issuer"_s);
        row("Auth0: another tenant", auth0(),
            R"({"iss":"https:\/\/fabrikam.eu.auth0.com/","aud":"https:\/\/books.contoso.com"})", u"other-issuer"_s);
        row("Auth0: for its own API alone", auth0(),
            "{" + byAuth0 + R"("aud":["https:\/\/contoso.eu.auth0.com/userinfo"],"scope":"openid"})",
            u"other-audience"_s, {u"openid"_s});
        row("Auth0: the audience with a slash", auth0(), "{" + byAuth0 + R"("aud":"https:\/\/books.contoso.com/"})",
            u"other-audience"_s);
        row("Auth0: permissions that are a text", auth0(),
            "{" + byAuth0 + R"("aud":"https:\/\/books.contoso.com","permissions":"Books.Admin"})", good);
        identity::Connection namespaced =
            read(file(u"auth0"_s, u"https://contoso.eu.auth0.com"_s,
                      {{u"audience"_s, u"https://books.contoso.com"_s},
                       {u"roleClaims"_s, JsonArray{u"[\"https://contoso.com/roles\"]"_s}}}));
        row("Auth0: a namespaced role", namespaced,
            "{" + byAuth0 + R"("aud":"https:\/\/books.contoso.com","https:\/\/contoso.com/roles":["Books.Admin"]})",
            good, {}, {u"Books.Admin"_s});

        const QByteArray byCognito = R"("iss":"https:\/\/cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Pool",)";
        row("Cognito: by the client", cognito(),
            "{" + byCognito +
                R"("token_use":"access","client_id":"the-client","scope":"openid books/Books.Read",)"
                R"("cognito:groups":["Books.Admin"],"username":"riley"})",
            good, {u"openid"_s, u"Books.Read"_s}, {u"Books.Admin"_s});
        row("Cognito: a scope of another API", cognito(),
            "{" + byCognito + R"("token_use":"access","client_id":"the-client","scope":"shop/Books.Read"})", good,
            {u"shop/Books.Read"_s});
        row("Cognito: not bound to the API", cognito({{u"audience"_s, u"https://books.contoso.com"_s}}),
            "{" + byCognito + R"("token_use":"access","client_id":"the-client"})", u"other-audience"_s);
        row("Cognito: of another client", cognito(), "{" + byCognito + R"("token_use":"access","client_id":"another"})",
            u"other-audience"_s);
        row("Cognito: of no client", cognito(), "{" + byCognito + R"("token_use":"access"})", u"other-audience"_s);
        row("Cognito: bound to the API", cognito({{u"audience"_s, u"https://books.contoso.com"_s}}),
            "{" + byCognito + R"("token_use":"access","client_id":"the-client","aud":"https:\/\/books.contoso.com"})",
            good);
        row("Cognito: bound to another API", cognito({{u"audience"_s, u"https://books.contoso.com"_s}}),
            "{" + byCognito + R"("token_use":"access","client_id":"the-client","aud":"https:\/\/other.contoso.com"})",
            u"other-audience"_s);
        row("Cognito: of no use", cognito(), "{" + byCognito + R"("client_id":"the-client"})", u"other-type"_s);
        row("Cognito: of an unknown use", cognito(),
            "{" + byCognito + R"("token_use":"refresh","client_id":"the-client"})", u"other-type"_s);
        row("Cognito: of another pool", cognito(),
            R"({"iss":"https:\/\/cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Else","token_use":"access",)"
            R"("client_id":"the-client"})",
            u"other-issuer"_s);
        row("Cognito: issuer with a slash", cognito(),
            R"({"iss":"https:\/\/cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Pool/","token_use":"access",)"
            R"("client_id":"the-client"})",
            u"other-issuer"_s);

        const QByteArray byFirebase = R"("iss":"https:\/\/securetoken.google.com/contoso-books",)";
        row("Firebase: with custom claims", firebase(),
            "{" + byFirebase + R"("aud":"contoso-books","auth_time":1799999000,"roles":["Books.Admin"]})", good, {},
            {u"Books.Admin"_s});
        row("Firebase: with one role as a text", firebase(),
            "{" + byFirebase + R"("aud":"contoso-books","auth_time":1799999000,"role":"Books.Admin"})", good, {},
            {u"Books.Admin"_s});
        row("Firebase: of another project", firebase(),
            R"({"iss":"https:\/\/securetoken.google.com/other","aud":"other","auth_time":1799999000})",
            u"other-issuer"_s);
        row("Firebase: for another project", firebase(), "{" + byFirebase + R"("aud":"other","auth_time":1799999000})",
            u"other-audience"_s);
        row("Firebase: without the time of the sign-in", firebase(), "{" + byFirebase + R"("aud":"contoso-books"})",
            u"claim-missing"_s);
        row("Firebase: signed in in the future", firebase(),
            "{" + byFirebase + R"("aud":"contoso-books","auth_time":1800000900})", u"not-yet-valid"_s);
        row("Firebase: with a time that is a text", firebase(),
            "{" + byFirebase + R"("aud":"contoso-books","auth_time":"today"})", u"claim-type"_s);

        const identity::Connection plain = generic(u"generic"_s, u"https://id.contoso.com/"_s);
        row("Any: with the slash of its authority", plain,
            R"({"iss":"https:\/\/id.contoso.com/","aud":"books-api","scope":"a b","roles":"r"})", good,
            {u"a"_s, u"b"_s}, {u"r"_s});
        row("Any: without the slash of its authority", plain, R"({"iss":"https:\/\/id.contoso.com","aud":"books-api"})",
            u"other-issuer"_s);
        row("Keycloak: roles of the realm", generic(u"keycloak"_s, u"https://sso.contoso.com/realms/contoso"_s),
            R"({"iss":"https:\/\/sso.contoso.com/realms/contoso","aud":["books-api","account"],"typ":"Bearer",)"
            R"("scope":"profile Books.Read","realm_access":{"roles":["Books.Admin"]}})",
            good, {u"profile"_s, u"Books.Read"_s}, {u"Books.Admin"_s});
        row("Keycloak: roles of a client",
            generic(u"keycloak"_s, u"https://sso.contoso.com/realms/contoso"_s,
                    {{u"roleClaims"_s, JsonArray{u"resource_access[\"books-api\"].roles"_s, u"realm_access.roles"_s}}}),
            R"({"iss":"https:\/\/sso.contoso.com/realms/contoso","aud":"books-api",)"
            R"("realm_access":{"roles":["b"]},"resource_access":{"books-api":{"roles":["a"]}}})",
            good, {}, {u"a"_s, u"b"_s});
        row("Keycloak: of another realm", generic(u"keycloak"_s, u"https://sso.contoso.com/realms/contoso"_s),
            R"({"iss":"https:\/\/sso.contoso.com/realms/other","aud":"books-api"})", u"other-issuer"_s);
        row("Okta: a list of scopes", generic(u"okta"_s, u"https://contoso.okta.com/oauth2/default"_s),
            R"({"iss":"https:\/\/contoso.okta.com/oauth2/default","aud":"books-api","scp":["openid","Books.Read"],)"
            R"("groups":["Everyone"]})",
            good, {u"openid"_s, u"Books.Read"_s}, {u"Everyone"_s});
        row("authentik: with a slash", generic(u"authentik"_s, u"https://auth.contoso.com/application/o/books"_s),
            R"({"iss":"https:\/\/auth.contoso.com/application/o/books/","aud":"books-api","scope":"a","groups":["g"]})",
            good, {u"a"_s}, {u"g"_s});
        row("ZITADEL: roles as an object", generic(u"zitadel"_s, u"https://contoso.zitadel.cloud"_s),
            R"({"iss":"https:\/\/contoso.zitadel.cloud","aud":["1","books-api"],)"
            R"("urn:zitadel:iam:org:project:roles":{"Books.Admin":{"2":"contoso.com"}}})",
            good, {}, {u"Books.Admin"_s});
        row("ZITADEL: roles of the project", generic(u"zitadel"_s, u"https://contoso.zitadel.cloud"_s),
            R"({"iss":"https:\/\/contoso.zitadel.cloud","aud":["1","books-api"],)"
            R"("urn:zitadel:iam:org:project:books-api:roles":{"Books.Admin":{"2":"contoso.com"}},)"
            R"("urn:zitadel:iam:org:project:shop-api:roles":{"Shop.Admin":{"2":"contoso.com"}}})",
            good, {}, {u"Books.Admin"_s});
    }

    void judgesAccessTokens()
    {
        QFETCH(const identity::Connection, connection);
        QFETCH(const QByteArray, claims);
        const identity::Trust trust = trustOf(connection);
        const jose::InspectedToken inspected = trust.inspect(token(claims), jose::testNow);
        QVERIFY(inspected.decoded);
        const books::Diagnosis diagnosis = books::diagnoseAccessToken(inspected.verification);
        QTEST(diagnosis.code, "diagnosis");
        const jose::Grants grants = jose::readGrants(*inspected.decoded, trust.accessTokens.claims);
        QTEST(grants.scopes, "scopes");
        QTEST(grants.roles, "roles");
    }

    void predictsCognitosAnswers()
    {
        const auto predicted = [this](const QString &scope) {
            const identity::Trust trust = trustOf(cognito());
            const JsonObject claims{{u"iss"_s, trust.issuer()},
                                    {u"token_use"_s, u"access"_s},
                                    {u"client_id"_s, u"the-client"_s},
                                    {u"scope"_s, scope}};
            const jose::InspectedToken inspected = trust.inspect(token(toCompactJson(claims)), jose::testNow);
            const books::TokenFacts facts{jose::readGrants(*inspected.decoded, trust.accessTokens.claims),
                                          inspected.verification};
            return books::predict(books::listRule(), facts).status;
        };
        QCOMPARE(predicted(u"books/Books.Read"_s), 200);
        QCOMPARE(predicted(u"shop/Books.Read"_s), 403);
    }

    void tellsCognitosIdTokensByTheirUse()
    {
        const identity::Trust trust = trustOf(cognito());
        const QByteArray iss = R"("iss":"https:\/\/cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Pool")";
        const Secret idToken = token("{" + iss + R"(,"aud":"the-client","token_use":"id","cognito:username":"riley"})");
        QVERIFY(trust.inspect(idToken, jose::testNow).verification.passed());
        const jose::Verification asAccess = jose::verify(idToken, *trust.keys, trust.accessTokens, jose::testNow);
        QCOMPARE(books::diagnoseAccessToken(asAccess).code, u"id-token"_s);
        const Secret accessToken = token("{" + iss + R"(,"aud":"the-client","token_use":"access"})");
        QVERIFY2(!jose::verify(accessToken, *trust.keys, trust.idTokens, jose::testNow).passed(),
                 "an access token signs nobody in");
    }

    void explainsWhatCannotBeRead_data()
    {
        QTest::addColumn<identity::Connection>("connection");
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QString>("diagnosis");
        const QByteArray opaque = "H2bq7oXnQ8K1tJ4y";
        const QByteArray encrypted = "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAA.AAAA.AAAA";
        QTest::newRow("Auth0: opaque without an audience") << auth0() << opaque << u"api-not-named"_s;
        QTest::newRow("Auth0: encrypted without an audience") << auth0() << encrypted << u"api-not-named"_s;
        QTest::newRow("Any: opaque") << generic(u"generic"_s, u"https://id.contoso.com"_s) << opaque << u"opaque"_s;
        QTest::newRow("Any: encrypted") << generic(u"generic"_s, u"https://id.contoso.com"_s) << encrypted
                                        << u"encrypted"_s;
    }

    void explainsWhatCannotBeRead()
    {
        QFETCH(const identity::Connection, connection);
        QFETCH(const QByteArray, token);
        const jose::InspectedToken inspected = trustOf(connection).inspect(Secret(token), jose::testNow);
        QTEST(books::diagnoseAccessToken(inspected.verification).code, "diagnosis");
    }

    void takesTheAlgorithmsOfTheProvider()
    {
        const Result<jose::SigningKey> key = jose::SigningKey::generateEc(jose::Curve::p256);
        const Result<jose::JwkSet> keys =
            jose::parseJwkSet(toCompactJson(JsonObject{{u"keys"_s, JsonArray{key->publicJwk()}}}));
        const auto passes = [&](const identity::Connection &connection) {
            identity::Trust trust = trustOf(connection);
            trust.keys = std::make_shared<const jose::JwkSet>(*keys);
            const JsonObject claims{{u"iss"_s, trust.issuer()},
                                    {u"aud"_s, connection.audience},
                                    {u"sub"_s, u"somebody"_s},
                                    {u"exp"_s, jose::testNowSeconds + 60}};
            return trust.inspect(*key->sign({}, claims), jose::testNow).verification.passed();
        };
        QVERIFY(passes(generic(u"generic"_s, u"https://id.contoso.com"_s)));
        QVERIFY2(!passes(generic(u"okta"_s, u"https://contoso.okta.com/oauth2/default"_s)), "Okta signs with RS256");
    }
};

QTEST_GUILESS_MAIN(ProviderTokensTest)
#include "provider-tokens-test.moc"
