/// The checks of a token's header and signature.
#pragma once

#include "jose/decoded-token.h"
#include "jose/jwk-set.h"
#include "jose/known-claims.h"
#include "jose/token-policy.h"
#include "jose/verification.h"

#include <array>

namespace bookdesk::jose {

/// Structure, algorithm, key and signature; the last only where the others allow it. Any thread.
/// Source: RFC 7515 section 5.2, RFC 8725 sections 3.1 to 3.3.
std::array<Check, 4> signatureChecks(const DecodedToken &token, const KnownClaims &claims, const JwkSet &keys,
                                     const TokenPolicy &policy);

/// The header's algorithm, where the policy allows it.
std::optional<Algorithm> allowedAlgorithm(const DecodedToken &token, const TokenPolicy &policy);

} // namespace bookdesk::jose
