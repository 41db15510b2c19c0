/// SignedIn: everything known about a person after a sign-in or a refresh.
#pragma once

#include "identity/token-set.h"
#include "jose/grants.h"
#include "jose/identity.h"
#include "jose/verify.h"

#include <algorithm>
#include <optional>

namespace bookdesk::identity {

/// A plain value; the ID token passed, the access token's verification is a finding. Any thread.
struct SignedIn
{
    TokenSet tokens;
    jose::Identity identity;
    jose::InspectedToken idToken;
    jose::InspectedToken accessToken;
    jose::Grants grants;
    /// The one that was in use before the last renewal, without its secret: only what it said.
    std::optional<jose::InspectedToken> accessTokenBefore = {};

    /// When the access token expires: by its own `exp` or by the tenant's `expires_in`, whichever is earlier. Many
    /// tokens have only the latter, because only the API can read them.
    TimePoint accessTokenEnd() const
    {
        const std::optional<TimePoint> claimed =
            accessToken.decoded ? accessToken.decoded->dateClaim(u"exp") : std::nullopt;
        return std::min(claimed.value_or(tokens.expiresAt), tokens.expiresAt);
    }
};

} // namespace bookdesk::identity
