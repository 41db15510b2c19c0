#include "sandbox/tenant.h"

#include "sandbox/pages.h"

#include <QCryptographicHash>

#include <array>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

constexpr QLatin1StringView discoveryPath{"/v2.0/.well-known/openid-configuration"};
constexpr QLatin1StringView authorizePath{"/oauth2/v2.0/authorize"};
constexpr QLatin1StringView tokenPath{"/oauth2/v2.0/token"};
constexpr QLatin1StringView devicePath{"/oauth2/v2.0/devicecode"};
constexpr QLatin1StringView keysPath{"/discovery/v2.0/keys"};
constexpr QLatin1StringView signInPath{"/sign-in"};
constexpr QLatin1StringView logoutPath{"/oauth2/v2.0/logout"};
constexpr QLatin1StringView revocationPath{"/oauth2/v2.0/revoke"};
constexpr std::array paths{discoveryPath, authorizePath, tokenPath,  devicePath,
                           keysPath,      signInPath,    logoutPath, revocationPath};
/// Where codes are typed: short, and the same for every tenant, as Entra's.
constexpr QLatin1StringView devicePagePath{"/devicelogin"};

struct TenantPath
{
    QString tenant;
    QLatin1StringView endpoint;
};

std::optional<TenantPath> splitPath(const QString &path)
{
    for (const QLatin1StringView endpoint : paths) {
        const qsizetype length = path.size() - endpoint.size();
        if (length > 1 && path.startsWith(u'/') && path.endsWith(endpoint) &&
            !QStringView(path).sliced(1, length - 1).contains(u'/'))
            return TenantPath{path.sliced(1, length - 1), endpoint};
    }
    return std::nullopt;
}

JsonArray texts(std::initializer_list<QLatin1StringView> all)
{
    JsonArray array;
    for (const QLatin1StringView text : all)
        array.emplace_back(QString(text));
    return array;
}

TokenMint::Settings withIssuer(TokenMint::Settings minting, QString issuer)
{
    minting.issuer = std::move(issuer);
    return minting;
}

} // namespace

Tenant::Tenant(SandboxState &state, Settings settings, TokenMint::Settings minting)
    : m_state(state)
    , m_settings(std::move(settings))
    , m_mint(state, withIssuer(std::move(minting), issuer()))
    , m_sessions(state, '/' + state.registrations().tenantId.toLatin1())
    , m_deviceCodes(state, m_mint, m_settings.deviceCodes)
    , m_authorize(state, m_mint, m_codes, {u'/' + state.registrations().tenantId + signInPath, redirectPath()})
    , m_device(state, m_mint, m_deviceCodes, {m_settings.baseUrl + devicePagePath, devicePagePath})
    , m_token(state, m_mint, m_codes, m_refreshTokens, m_deviceCodes)
    , m_logout(m_sessions, redirectPath())
    , m_revocation(state, m_mint, m_refreshTokens)
{}

QString Tenant::authority() const { return m_settings.baseUrl + u'/' + m_state.registrations().tenantId; }

QString Tenant::issuer() const { return authority() + "/v2.0"_L1; }

QString Tenant::redirectPath() const
{
    constexpr qsizetype digits = 16;
    const QByteArray hash = QCryptographicHash::hash(issuer().toUtf8(), QCryptographicHash::Sha256).toHex();
    return u"/cb/"_s + QString::fromLatin1(hash.first(digits));
}

std::optional<Response> Tenant::answer(const Request &request)
{
    if (request.decodedPath() == devicePagePath)
        return m_device.answer(request);
    const std::optional<TenantPath> path = splitPath(request.decodedPath());
    if (!path)
        return std::nullopt;
    if (path->tenant != m_state.registrations().tenantId)
        return unknownTenant(path->tenant, path->endpoint == authorizePath || path->endpoint == signInPath ||
                                               path->endpoint == logoutPath);
    if (path->endpoint == tokenPath) {
        Response response = m_token.answer(request);
        response.delay = m_state.slowness();
        return response;
    }
    if (path->endpoint == devicePath)
        return m_device.issue(request);
    if (path->endpoint == authorizePath)
        return authorize(request);
    if (path->endpoint == signInPath)
        return request.method == "POST" ? submit(request) : methodNotAllowed("POST");
    if (path->endpoint == logoutPath)
        return m_logout.answer(request);
    if (path->endpoint == revocationPath)
        return m_state.isOn(Switch::publishesRevocation) ? m_revocation.answer(request) : notFound();
    if (!request.isRead())
        return methodNotAllowed("GET, HEAD");
    return path->endpoint == keysPath ? keys() : discovery();
}

Response Tenant::authorize(const Request &request)
{
    const Persona *signedIn = m_state.isOn(Switch::signsInOnce) ? m_sessions.find(request) : nullptr;
    if (request.method == "POST")
        return m_authorize.authorize(FormFields::parse(request.body), signedIn);
    if (request.method == "GET")
        return m_authorize.authorize(FormFields::parse(request.query), signedIn);
    return methodNotAllowed("GET, POST");
}

/// Whoever chooses a persona is signed in in that browser, whatever becomes of the client's request.
Response Tenant::submit(const Request &request)
{
    const FormFields fields = FormFields::parse(request.body);
    Response response = m_authorize.submit(fields);
    const Persona *persona = m_state.findPersona(fields.text("persona"));
    if (persona && !fields.has("decline"))
        m_sessions.begin(*persona, response);
    return response;
}

Response Tenant::discovery() const
{
    const QString at = authority();
    JsonObject document{
        {u"token_endpoint"_s, at + tokenPath},
        {u"token_endpoint_auth_methods_supported"_s,
         texts({"client_secret_post"_L1, "private_key_jwt"_L1, "client_secret_basic"_L1})},
        {u"device_authorization_endpoint"_s, at + devicePath},
        {u"jwks_uri"_s, at + keysPath},
        {u"response_modes_supported"_s, texts({"query"_L1, "form_post"_L1})},
        {u"subject_types_supported"_s, texts({"pairwise"_L1})},
        {u"id_token_signing_alg_values_supported"_s, texts({"RS256"_L1})},
        {u"response_types_supported"_s, texts({"code"_L1})},
        {u"scopes_supported"_s, texts({"openid"_L1, "profile"_L1, "email"_L1, "offline_access"_L1})},
        {u"issuer"_s, issuer()},
        {u"request_uri_parameter_supported"_s, Json(false)},
        {u"authorization_endpoint"_s, at + authorizePath},
        {u"claims_supported"_s, texts({"sub"_L1, "iss"_L1, "aud"_L1, "exp"_L1, "iat"_L1, "nbf"_L1, "nonce"_L1,
                                       "preferred_username"_L1, "name"_L1, "tid"_L1, "ver"_L1, "oid"_L1, "uti"_L1})},
        {u"end_session_endpoint"_s, at + logoutPath}};
    if (m_state.isOn(Switch::publishesRevocation))
        document.append(u"revocation_endpoint"_s, at + revocationPath);
    return jsonResponse(200, document);
}

Response Tenant::keys() const
{
    return jsonResponse(200, m_state.keys().published(issuer(), m_settings.keysCarryAlgorithm));
}

Response Tenant::unknownTenant(const QString &tenant, bool isForPeople) const
{
    const bool isForAnyTenant = tenant == "common"_L1 || tenant == "organizations"_L1;
    const OAuthFailure failure =
        isForAnyTenant
            ? OAuthFailure{u"invalid_request"_s,
                           50194,
                           u"Application '%1' is not configured as a multi-tenant application. Usage of the /common "
                           "endpoint is not supported for such apps. Use a tenant-specific endpoint."_s.arg(
                               m_state.registrations().clientId),
                           {}}
            : sandbox::unknownTenant(tenant);
    const FailureTrace trace = makeTrace(m_mint.now());
    return isForPeople ? failurePage(failure, trace) : jsonResponse(failure.status, failureBody(failure, trace));
}

} // namespace bookdesk::sandbox
