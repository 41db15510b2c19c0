/// TokenPolicy: what a token must be to pass.
#pragma once

#include "core/secret.h"
#include "jose/algorithm.h"
#include "jose/claim-names.h"
#include "jose/claim-types.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace bookdesk::jose {

/// What a token is for, and so who judges it.
enum class TokenUse {
    api,    ///< An access token. The API judges it, and has fewer rules than we have.
    signIn, ///< An ID token, which is judged here alone.
};

/// A sign-in that sent no nonce, because its protocol has none (RFC 8628): a token with one answers another sign-in.
struct NoNonce
{
    friend bool operator==(const NoNonce &, const NoNonce &) = default;
};

/// What a sign-in sent as its nonce.
using SentNonce = std::variant<NoNonce, QString>;

/// A plain value. Source: RFC 8725 section 3, the books API's own rules. Any thread.
struct TokenPolicy
{
    TokenUse use = TokenUse::api;
    /// Compared exactly. Where it contains tenantMark (multi-tenant Entra, v2 tokens only), that stands for the token's
    /// tenant, which must be a GUID.
    QString issuer;
    /// Where the provider's tokens name their tenant, scopes and object. Without a name for the tenant, issuers and
    /// keys with tenantMark fit no token.
    ClaimNames claims;
    QStringList audiences;                               ///< The token's `aud` must be or contain one of them.
    std::vector<Algorithm> algorithms{Algorithm::rs256}; ///< The allow-list. It decides, never the token.
    QStringList requiredClaims{QStringLiteral("exp"), QStringLiteral("iss"), QStringLiteral("sub")};
    QStringList pastClaims; ///< Dates besides `iat` and `nbf` that must not be in the future: Firebase's `auth_time`.
    ClaimTypes claimTypes;  ///< Of the claims that are read, by the API or by us.
    std::chrono::seconds leeway{0};
    QString clientId;               ///< The client whose ID tokens are recognized by their audience; may be empty.
    std::optional<SentNonce> nonce; ///< ID tokens: what was sent; without it, any nonce will do.
    /// For ID tokens: with several audiences, `azp` must be this client.
    std::optional<QString> authorizedParty;
    /// What a sign-in names the API with, for issuers whose tokens cannot be read otherwise: Auth0's `audience`.
    QString apiParameter;
    std::optional<Secret> accessToken; ///< ID tokens: the one that came with it; `at_hash`, if present, must match it.

    friend bool operator==(const TokenPolicy &, const TokenPolicy &) = default;
};

/// The policy for an access token, as the API sees it: no leeway. @p clientId may be empty.
inline TokenPolicy accessTokenPolicy(QString issuer, QString audience, QString clientId = {})
{
    TokenPolicy policy;
    policy.issuer = std::move(issuer);
    policy.audiences = {std::move(audience)};
    policy.clientId = std::move(clientId);
    return policy;
}

/// The policy for an ID token at sign-in: for our client, with our nonce, and 120 s of leeway for clocks that differ.
inline TokenPolicy idTokenPolicy(QString issuer, QString clientId, QString nonce)
{
    TokenPolicy policy = accessTokenPolicy(std::move(issuer), clientId, clientId);
    policy.use = TokenUse::signIn;
    policy.requiredClaims += QStringLiteral("iat"); // OpenID Connect Core section 2
    policy.leeway = std::chrono::seconds{120};
    policy.nonce = std::move(nonce);
    policy.authorizedParty = std::move(clientId);
    return policy;
}

} // namespace bookdesk::jose
