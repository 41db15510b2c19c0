/// The checks of a token's claims, as the books API makes them.
#pragma once

#include "jose/decoded-token.h"
#include "jose/known-claims.h"
#include "jose/token-policy.h"
#include "jose/verification.h"

namespace bookdesk::jose {

/// Adds required claims, the three dates, audience, subject and the types, in the API's order. Any thread.
/// Source: the books API's contract, RFC 7519 section 4.1.
void addClaimChecks(Checks &checks, const DecodedToken &token, const KnownClaims &claims, const TokenPolicy &policy,
                    TimePoint now);

} // namespace bookdesk::jose
