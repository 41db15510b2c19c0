#include "sandbox/authorize-request.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

OAuthFailure invalidRequest(int number, const QString &text) { return {u"invalid_request"_s, number, text, {}}; }

/// The mistakes that leave no trusted address to send an answer to.
std::optional<OAuthFailure> refusalOnPage(const FormFields &fields, const Registrations &registrations,
                                          const QString &redirectPath)
{
    if (const QByteArray repeated = fields.repeated(); !repeated.isEmpty())
        return invalidRequest(9000411,
                              u"The request is not properly formatted. The parameter '%1' is duplicated."_s.arg(
                                  QString::fromUtf8(repeated)));
    if (!fields.has("client_id"))
        return parameterMissing(u"client_id"_s);
    if (fields.text("client_id") != registrations.clientId)
        return unknownClient(fields.text("client_id"));
    if (!fields.has("redirect_uri"))
        return invalidRequest(900971, u"No reply address provided."_s);
    if (!isRegisteredRedirect(fields.text("redirect_uri"), redirectPath))
        return redirectNotRegistered(fields.text("redirect_uri"), registrations.clientId);
    return std::nullopt;
}

OrFailure<ResponseMode> readMode(const FormFields &fields)
{
    const QString mode = fields.text("response_mode");
    if (mode.isEmpty() || mode == "query"_L1)
        return ResponseMode::query;
    if (mode == "form_post"_L1)
        return ResponseMode::formPost;
    return tl::unexpected<OAuthFailure>(
        invalidRequest(70007, u"'%1' is not a supported value of 'response_mode'."_s.arg(mode)));
}

std::optional<OAuthFailure> wrongResponseType(const FormFields &fields)
{
    if (!fields.has("response_type"))
        return parameterMissing(u"response_type"_s);
    if (fields.text("response_type") == "code"_L1)
        return std::nullopt;
    return OAuthFailure{u"unsupported_response_type"_s,
                        700054,
                        u"response_type '%1' is not enabled for the application."_s.arg(fields.text("response_type")),
                        {}};
}

std::optional<OAuthFailure> wrongChallenge(const FormFields &fields)
{
    static const QRegularExpression base64UrlOfSha256(u"^[A-Za-z0-9_-]{43}$"_s);
    if (!fields.has("code_challenge"))
        return invalidRequest(50147, u"Missing code challenge: this tenant asks public clients for PKCE."_s);
    if (fields.text("code_challenge_method") != "S256"_L1)
        return invalidRequest(50147, u"The code challenge method must be S256."_s);
    if (!base64UrlOfSha256.match(fields.text("code_challenge")).hasMatch())
        return invalidRequest(501491, u"Invalid size of Code_Challenge parameter."_s);
    return std::nullopt;
}

std::optional<OAuthFailure> wrongPrompt(const QString &prompt)
{
    if (prompt.isEmpty() || prompt == "login"_L1 || prompt == "select_account"_L1 || prompt == "consent"_L1)
        return std::nullopt;
    if (prompt == "none"_L1)
        return OAuthFailure{
            u"login_required"_s,
            50058,
            u"A silent sign-in request was sent but no user is signed in. The cookies used to represent "
            "the user's session were not sent in the request to the tenant."_s,
            {}};
    return invalidRequest(90023, u"'%1' is not a supported value of 'prompt'."_s.arg(prompt));
}

std::optional<OAuthFailure> refusalSentBack(const FormFields &fields)
{
    if (auto wrong = wrongResponseType(fields))
        return wrong;
    if (auto wrong = wrongChallenge(fields))
        return wrong;
    return wrongPrompt(fields.text("prompt"));
}

} // namespace

AuthorizeOutcome readAuthorizeRequest(const FormFields &fields, const Registrations &registrations,
                                      const QString &redirectPath)
{
    if (const auto refusal = refusalOnPage(fields, registrations, redirectPath))
        return RefusalOnPage{*refusal};
    AuthorizeRequest request;
    request.back.redirectUri = fields.text("redirect_uri");
    if (fields.has("state"))
        request.back.state = fields.text("state");
    const OrFailure<ResponseMode> mode = readMode(fields);
    if (!mode)
        return RefusalSentBack{request.back, mode.error()};
    request.back.mode = *mode;
    if (const auto refusal = refusalSentBack(fields))
        return RefusalSentBack{request.back, *refusal};
    OrFailure<AskedScopes> scopes = readScopes(fields.text("scope"), registrations);
    if (!scopes)
        return RefusalSentBack{request.back, scopes.error()};
    request.scopes = std::move(*scopes);
    OrFailure<AskedProof> proof = readAskedProof(fields);
    if (!proof)
        return RefusalSentBack{request.back, proof.error()};
    request.proof = *std::move(proof);
    request.nonce = fields.text("nonce");
    request.codeChallenge = fields.text("code_challenge").toLatin1();
    request.prompt = fields.text("prompt");
    // A hint would defeat the choice (Microsoft: they are mutually exclusive).
    if (request.prompt != "select_account"_L1)
        request.loginHint = fields.text("login_hint");
    return request;
}

bool isRegisteredRedirect(const QString &redirectUri, const QString &path)
{
    static const QRegularExpression registered(u"\\Ahttp://localhost(?::([0-9]{1,5}))?(/.*)?\\z"_s);
    const QRegularExpressionMatch match = registered.match(redirectUri);
    if (!match.hasMatch() || match.captured(2) != path)
        return false;
    constexpr int highestPort = 65535;
    const int port = match.captured(1).isEmpty() ? 80 : match.captured(1).toInt();
    return port > 0 && port <= highestPort;
}

OAuthFailure parameterMissing(const QString &name)
{
    return invalidRequest(900144, u"The request body must contain the following parameter: '%1'."_s.arg(name));
}

OAuthFailure unknownClient(const QString &clientId)
{
    return {u"unauthorized_client"_s,
            700016,
            u"Application with identifier '%1' was not found in the directory 'Sandbox'. This can happen if the "
            "application has not been installed by the administrator of the tenant or consented to by any user in the "
            "tenant."_s.arg(clientId),
            {}};
}

OAuthFailure unknownTenant(const QString &tenant)
{
    return {
        u"invalid_tenant"_s,
        90002,
        u"Tenant '%1' not found. Check to make sure you have the correct tenant ID and are signing into the correct "
        "cloud."_s.arg(tenant),
        {}};
}

OAuthFailure redirectNotRegistered(const QString &redirectUri, const QString &clientId)
{
    return invalidRequest(50011,
                          u"The redirect URI '%1' specified in the request does not match the redirect URIs "
                          "configured for the application '%2'. Make sure the redirect URI sent in the request "
                          "matches one added to your application in the Azure portal."_s.arg(redirectUri, clientId));
}

OAuthFailure personNotAssigned(const QString &userName, const QString &clientId)
{
    return {u"access_denied"_s,
            50105,
            u"Your administrator has configured the application Bookdesk ('%1') to block users unless they are "
            "specifically granted ('assigned') access to the application. The signed in user '%2' is blocked, because "
            "nobody has assigned them."_s.arg(clientId, userName),
            {}};
}

OAuthFailure accessBlocked(const QString &error)
{
    return {error, 53003,
            u"Access has been blocked by Conditional Access policies. The access policy does not allow token "
            "issuance."_s,
            u"message_only"_s};
}

} // namespace bookdesk::sandbox
