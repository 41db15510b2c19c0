/// AuthorizeRequest: a client's request to the authorize endpoint, checked.
#pragma once

#include "sandbox/asked-proof.h"
#include "sandbox/http.h"
#include "sandbox/oauth-failure.h"
#include "sandbox/registrations.h"
#include "sandbox/scopes.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <variant>

namespace bookdesk::sandbox {

enum class ResponseMode { query, formPost };

/// Where the browser is sent with the answer. Any thread.
struct ReturnAddress
{
    QString redirectUri; ///< As sent; the token request must repeat it.
    ResponseMode mode = ResponseMode::query;
    std::optional<QString> state;
};

/// A plain value. Source: Microsoft "Authorization code flow", RFC 7636. Any thread.
struct AuthorizeRequest
{
    ReturnAddress back;
    AskedScopes scopes;
    QString nonce;
    QByteArray codeChallenge; ///< base64url of SHA-256 of the verifier.
    AskedProof proof;
    QString prompt;
    QString loginHint; ///< Empty if an account is to be selected anyway.
};

/// A refusal that is shown on the tenant's page, because there is no trusted address to send it to.
struct RefusalOnPage
{
    OAuthFailure failure;
};

/// A refusal that is sent back to the client.
struct RefusalSentBack
{
    ReturnAddress back;
    OAuthFailure failure;
};

using AuthorizeOutcome = std::variant<AuthorizeRequest, RefusalOnPage, RefusalSentBack>;

/// @param redirectPath of the redirect URI that is registered for the client.
AuthorizeOutcome readAuthorizeRequest(const FormFields &fields, const Registrations &registrations,
                                      const QString &redirectPath);

/// True for `http://localhost` with any port and exactly @p path.
bool isRegisteredRedirect(const QString &redirectUri, const QString &path);

/// "The request body must contain the following parameter: 'code'." and the like.
OAuthFailure parameterMissing(const QString &name);
OAuthFailure unknownClient(const QString &clientId);
OAuthFailure unknownTenant(const QString &tenant);
OAuthFailure redirectNotRegistered(const QString &redirectUri, const QString &clientId);
/// @param userName of the person who is not assigned to the client.
OAuthFailure personNotAssigned(const QString &userName, const QString &clientId);
/// By Conditional Access. @param error `access_denied` at a sign-in, `invalid_grant` at a refresh.
OAuthFailure accessBlocked(const QString &error);

} // namespace bookdesk::sandbox
