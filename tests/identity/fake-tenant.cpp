#include "identity/fake-tenant.h"

namespace bookdesk::test {
namespace {

using namespace Qt::StringLiterals;

const QString tenantId = u"11111111-2222-4333-8444-555555555555"_s;
const QString clientId = u"0d440d44-0d44-4d44-8d44-0d440d440d44"_s;
const QString apiId = u"6f1c6f1c-6f1c-4f1c-8f1c-6f1c6f1c6f1c"_s;

QByteArray jsonAnswer(const QByteArray &status, const JsonObject &body)
{
    return httpAnswer(status, {{"Content-Type"_ba, "application/json"_ba}}, toCompactJson(body));
}

std::int64_t secondsOf(TimePoint time)
{
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

} // namespace

const jose::SigningKey &tenantKey(std::size_t index)
{
    static const std::vector<Result<jose::SigningKey>> keys = [] {
        std::vector<Result<jose::SigningKey>> made;
        for (int i = 0; i < 2; ++i)
            made.push_back(jose::SigningKey::generateRsa());
        return made;
    }();
    return *keys.at(index);
}

Form readFormBody(const QByteArray &body)
{
    Form form;
    for (const QByteArray &pair : body.split('&')) {
        const qsizetype equals = pair.indexOf('=');
        const auto decoded = [](QByteArray text) { return QByteArray::fromPercentEncoding(text.replace('+', ' ')); };
        form.insert(decoded(pair.first(equals)), decoded(pair.sliced(equals + 1)));
    }
    return form;
}

FakeTenant::FakeTenant()
    : issuingTenant(tenantId)
    , m_server([this](const SeenRequest &request) { return answer(request); })
{}

identity::Connection FakeTenant::connection(identity::ResponseMode mode) const
{
    const JsonObject file{
        {u"name"_s, u"Fake tenant"_s},
        {u"provider"_s, u"entra"_s},
        {u"authority"_s, m_server.url(u'/' + tenantId).toString()},
        {u"clientId"_s, clientId},
        {u"scopes"_s, JsonArray{u"api://%1/Books.Read"_s.arg(apiId)}},
        {u"apiBaseUrl"_s, m_server.url(u"/api"_s).toString()},
        {u"audience"_s, apiId},
        {u"responseMode"_s, mode == identity::ResponseMode::query ? u"query"_s : u"form_post"_s},
    };
    const Result<identity::Connection> read = identity::readConnection(toCompactJson(file));
    if (!read)
        qFatal("The fake tenant's connection is not valid: %s", qPrintable(read.error().message));
    return *read;
}

QString FakeTenant::issuer() const { return m_server.url(u"/%1/v2.0"_s.arg(issuingTenant)).toString(); }

JsonObject FakeTenant::idClaims() const
{
    const std::int64_t seconds = secondsOf(now);
    return {{u"iss"_s, issuer()},
            {u"aud"_s, clientId},
            {u"iat"_s, seconds},
            {u"nbf"_s, seconds},
            {u"exp"_s, seconds + 3600},
            {u"sub"_s, u"subject-of-riley"_s},
            {u"tid"_s, tenantId},
            {u"oid"_s, u"object-of-riley"_s},
            {u"name"_s, u"Riley Reader"_s},
            {u"preferred_username"_s, u"riley@fake.test"_s},
            {u"nonce"_s, QString::fromLatin1(nonce)}};
}

JsonObject FakeTenant::accessClaims() const
{
    JsonObject claims = idClaims();
    claims.set(u"aud"_s, apiId);
    claims.set(u"scp"_s, u"Books.Read"_s);
    claims.set(u"roles"_s, JsonArray{u"Books.Reader"_s});
    claims.remove(u"nonce");
    return claims;
}

QByteArray FakeTenant::tokenAnswer(const JsonObject &idTokenClaims, const JsonObject &accessTokenClaims) const
{
    const jose::SigningKey &key = tenantKey(signingKey);
    const auto text = [&key](const JsonObject &claims) { return QString::fromLatin1(key.sign({}, claims)->reveal()); };
    JsonObject body{{u"token_type"_s, u"Bearer"_s},
                    {u"scope"_s, u"api://%1/Books.Read openid profile offline_access"_s.arg(apiId)},
                    {u"expires_in"_s, 3600},
                    {u"access_token"_s, text(accessTokenClaims)}};
    if (!refreshToken.isEmpty())
        body.set(u"refresh_token"_s, QString::fromLatin1(refreshToken));
    if (!idTokenMember.isEmpty())
        body.set(QString::fromLatin1(idTokenMember), text(idTokenClaims));
    return jsonAnswer("200 OK", body);
}

QByteArray FakeTenant::answer(const SeenRequest &request)
{
    if (request.target.endsWith("/.well-known/openid-configuration"))
        return discovery();
    if (request.target.endsWith("/keys"))
        return keys();
    if (request.target.endsWith("/token"))
        return token(request);
    if (request.target.endsWith("/devicecode"))
        return device(request);
    if (request.target.endsWith("/revoke"))
        return revoke(request);
    const qsizetype question = request.target.indexOf('?');
    if (onAuthorize && question > 0 && request.target.first(question).endsWith("/authorize"))
        return onAuthorize(readFormBody(request.target.sliced(question + 1)));
    if (honestEndpoint.isValid() && question > 0 && request.target.first(question).endsWith("/authorize"))
        return httpAnswer("302 Found", {{"Location"_ba, honestEndpoint.toEncoded() + request.target.sliced(question)}});
    return jsonAnswer("404 Not Found", {});
}

QByteArray FakeTenant::discovery() const
{
    const QString base = m_server.url(u'/' + tenantId).toString();
    JsonObject document{{u"issuer"_s, issuer()},
                        {u"authorization_endpoint"_s, QString(base + "/oauth2/v2.0/authorize"_L1)},
                        {u"token_endpoint"_s, QString(base + "/oauth2/v2.0/token"_L1)},
                        {u"jwks_uri"_s, QString(base + "/discovery/v2.0/keys"_L1)},
                        {u"authorization_response_iss_parameter_supported"_s, promisesIssuer}};
    if (givesDeviceCodes)
        document.append(u"device_authorization_endpoint"_s, QString(base + "/oauth2/v2.0/devicecode"_L1));
    for (const auto &[name, value] : moreDiscovery.members())
        document.append(name, value);
    return jsonAnswer("200 OK", document);
}

QString FakeTenant::address(const QString &path) const { return m_server.url(u'/' + tenantId).toString() + path; }

QByteArray FakeTenant::keys()
{
    ++m_keyFetches;
    JsonArray published;
    for (const std::size_t index : publishedKeys)
        published.push_back(tenantKey(index).publicJwk());
    return jsonAnswer("200 OK", {{u"keys"_s, published}});
}

QByteArray FakeTenant::token(const SeenRequest &request)
{
    m_tokenRequests.push_back(readFormBody(request.body));
    if (isSilent)
        return {};
    return onToken ? onToken(m_tokenRequests.back()) : tokenAnswer(idClaims(), accessClaims());
}

QByteArray FakeTenant::device(const SeenRequest &request)
{
    m_deviceRequests.push_back(readFormBody(request.body));
    return onDevice ? onDevice(m_deviceRequests.back()) : deviceCodeAnswer(900);
}

QByteArray FakeTenant::revoke(const SeenRequest &request)
{
    m_revocations.push_back(readFormBody(request.body));
    return onRevoke ? onRevoke(m_revocations.back()) : httpAnswer("200 OK");
}

QByteArray deviceCodeAnswer(int seconds)
{
    return jsonAnswer("200 OK", {{u"user_code"_s, u"F7QK2XRMT"_s},
                                 {u"device_code"_s, u"the-secret-device-code"_s},
                                 {u"verification_uri"_s, u"https://microsoft.com/devicelogin"_s},
                                 {u"expires_in"_s, seconds},
                                 {u"interval"_s, 0}});
}

QByteArray answerOfTenant(const Form &asked, const QByteArray &code)
{
    const QByteArray back = asked.value("redirect_uri");
    const QByteArray state = asked.value("state");
    if (asked.value("response_mode") == "query")
        return httpAnswer("302 Found", {{"Location"_ba, back + "?code=" + code + "&state=" + state}});
    return httpAnswer("200 OK", {{"Content-Type"_ba, "text/html"_ba}},
                      "<!doctype html><body onload=\"document.forms[0].submit()\"><form method=\"post\" action=\"" +
                          back + "\"><input type=\"hidden\" name=\"code\" value=\"" + code +
                          "\"><input type=\"hidden\" name=\"state\" value=\"" + state + "\"></form></body>");
}

QByteArray oauthFailure(const QByteArray &error, const QByteArray &description)
{
    return jsonAnswer("400 Bad Request", {{u"error"_s, QString::fromLatin1(error)},
                                          {u"error_description"_s, QString::fromLatin1(description)},
                                          {u"trace_id"_s, u"trace-1"_s},
                                          {u"correlation_id"_s, u"correlation-1"_s}});
}

} // namespace bookdesk::test
