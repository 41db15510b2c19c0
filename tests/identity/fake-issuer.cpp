#include "identity/fake-issuer.h"

namespace bookdesk::test {
namespace {

using namespace Qt::StringLiterals;

const QString clientId = u"the-client"_s;
const QString apiId = u"https://books.contoso.com"_s;

QByteArray jsonAnswer(const QByteArray &status, const JsonObject &body)
{
    return httpAnswer(status, {{"Content-Type"_ba, "application/json"_ba}}, toCompactJson(body));
}

JsonObject common(const QString &issuer)
{
    const std::int64_t now = std::chrono::duration_cast<std::chrono::seconds>(systemNow().time_since_epoch()).count();
    return {{u"iss"_s, issuer}, {u"sub"_s, u"riley"_s}, {u"iat"_s, now}, {u"exp"_s, now + 3600}};
}

} // namespace

FakeIssuer::FakeIssuer(QString kind, QString path)
    : m_kind(std::move(kind))
    , m_path(std::move(path))
    , m_server([this](const SeenRequest &request) { return answer(request); })
{}

identity::Connection FakeIssuer::connection(const JsonObject &more) const
{
    JsonObject file{{u"name"_s, u"Fake issuer"_s},
                    {u"provider"_s, m_kind},
                    {u"authority"_s, QString(m_server.url({}).toString() + m_path)},
                    {u"clientId"_s, clientId},
                    {u"scopes"_s, JsonArray{u"books/Books.Read"_s}},
                    {u"apiBaseUrl"_s, m_server.url(u"/api"_s).toString()},
                    {u"audience"_s, apiId}};
    for (const auto &[name, value] : more.members())
        file.set(name, value);
    const Result<identity::Connection> read = identity::readConnection(toCompactJson(file));
    if (!read)
        qFatal("The fake issuer's connection is not valid: %s", qPrintable(read.error().message));
    return *read;
}

QString FakeIssuer::issuer() const
{
    const identity::Connection here = connection();
    return here.provider.expectedIssuer(here.authority);
}

JsonObject FakeIssuer::document() const
{
    JsonObject document{{u"issuer"_s, issuer()},
                        {u"authorization_endpoint"_s, m_server.url(u"/authorize"_s).toString()},
                        {u"token_endpoint"_s, m_server.url(u"/token"_s).toString()},
                        {u"jwks_uri"_s, m_server.url(u"/keys"_s).toString()},
                        {u"response_types_supported"_s, JsonArray{u"code"_s}},
                        {u"subject_types_supported"_s, JsonArray{u"public"_s}},
                        {u"id_token_signing_alg_values_supported"_s, JsonArray{u"RS256"_s}}};
    for (const auto &[name, value] : changes.members()) {
        if (value.isNull())
            document.remove(name);
        else
            document.set(name, value);
    }
    return document;
}

JsonObject FakeIssuer::idClaims() const
{
    JsonObject claims = common(issuer());
    claims.set(u"aud"_s, clientId);
    claims.set(u"name"_s, u"Riley Reader"_s);
    claims.set(u"nonce"_s, QString::fromLatin1(nonce));
    if (m_kind == "cognito"_L1)
        claims.set(u"token_use"_s, u"id"_s);
    return claims;
}

JsonObject FakeIssuer::accessClaims() const
{
    JsonObject claims = common(issuer());
    claims.set(u"aud"_s, JsonArray{apiId, QString(issuer() + u"userinfo"_s)});
    claims.set(u"scope"_s, u"openid books/Books.Read"_s);
    if (m_kind == "cognito"_L1) {
        // Bound to the resource that its connection asks for.
        claims.set(u"aud"_s, apiId);
        claims.set(u"token_use"_s, u"access"_s);
        claims.set(u"client_id"_s, clientId);
    }
    return claims;
}

QByteArray FakeIssuer::tokenAnswer(const JsonObject &idTokenClaims, const JsonObject &accessTokenClaims) const
{
    const auto text = [](const JsonObject &claims) {
        return QString::fromLatin1(tenantKey(0).sign({}, claims)->reveal());
    };
    return jsonAnswer("200 OK", {{u"token_type"_s, tokenType},
                                 {u"expires_in"_s, 3600},
                                 {u"access_token"_s, text(accessTokenClaims)},
                                 {u"id_token"_s, text(idTokenClaims)}});
}

QByteArray FakeIssuer::answer(const SeenRequest &request)
{
    const QByteArray target = request.target.split('?').front();
    if (hasOpenIdDocument && target == m_path.toLatin1() + "/.well-known/openid-configuration")
        return jsonAnswer("200 OK", document());
    if (hasOAuthDocument && target == "/.well-known/oauth-authorization-server" + m_path.toLatin1())
        return jsonAnswer("200 OK", document());
    if (target == "/keys")
        return jsonAnswer("200 OK", {{u"keys"_s, JsonArray{tenantKey(0).publicJwk()}}});
    if (target == "/token")
        return token(request);
    if (target == "/push")
        return push(request);
    if (target == "/authorize" && honestEndpoint.isValid())
        return httpAnswer("302 Found", {{"Location"_ba, honestEndpoint.toEncoded() + request.target.sliced(10)}});
    return jsonAnswer("404 Not Found", {});
}

QByteArray FakeIssuer::token(const SeenRequest &request)
{
    m_tokenRequests.push_back(readFormBody(request.body));
    return onToken ? onToken(m_tokenRequests.back()) : tokenAnswer(idClaims(), accessClaims());
}

QByteArray FakeIssuer::push(const SeenRequest &request)
{
    m_pushes.push_back(readFormBody(request.body));
    if (onPush)
        return onPush(m_pushes.back());
    return jsonAnswer("201 Created",
                      {{u"request_uri"_s, u"urn:ietf:params:oauth:request_uri:a/b+c"_s}, {u"expires_in"_s, 60}});
}

} // namespace bookdesk::test
