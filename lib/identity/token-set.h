/// TokenSet: what the token endpoint gave.
#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "core/secret.h"

#include <QStringList>
#include <QUrl>

#include <optional>
#include <vector>

namespace bookdesk::identity {

/// A plain value. Source: RFC 6749 section 5.1, OpenID Connect Core section 3.1.3.3. Any thread.
struct TokenSet
{
    Secret accessToken;
    Secret idToken;      ///< May be empty after a refresh.
    Secret refreshToken; ///< May be empty.
    TimePoint receivedAt;
    TimePoint expiresAt;                      ///< By `expires_in`, or else by the access token's own `exp`.
    QStringList grantedScopes;                ///< From `scope`; what was asked for where the answer has none.
    std::optional<TimePoint> renewAt = {};    ///< By `refresh_in`, where the answer has it.
    QStringList askedScopes = {};             ///< What the request for these tokens asked for.
    std::optional<TimePoint> serverDate = {}; ///< The answer's `Date`, which shows whether a clock is wrong.

    /// The tokens, for a redactor.
    std::vector<Secret> secrets() const { return {accessToken, idToken, refreshToken}; }

    friend bool operator==(const TokenSet &, const TokenSet &) = default;
};

/// Reads a token response, good or bad. With a status of 5xx the server failed, whatever the body says.
/// Errors: sign-in.* with advice for an OAuth error (see oauth-error.h), sign-in.refused (also for redirects, which are
/// not followed, and web pages, which proxies and gateways send), sign-in.response-invalid.
/// @param redirectUri what was sent, for the error's facts.
/// @param location where the answer redirects to.
Result<TokenSet> readTokenResponse(int status, const Secret &body, const QStringList &askedScopes, TimePoint now,
                                   const QString &redirectUri = {}, const QUrl &location = {});

} // namespace bookdesk::identity
