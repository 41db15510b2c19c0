/// The checks that come before a token's claims count: was it signed by the trusted issuer?
#pragma once

#include "jose/decoded-token.h"
#include "jose/jwk-set.h"
#include "jose/known-claims.h"
#include "jose/token-policy.h"
#include "jose/verification.h"

namespace bookdesk::jose {

/// Adds structure, algorithm, issuer, key and signature (the last only where algorithm and key allow it), which the API
/// checks before it believes a claim. Any thread. Source: RFC 7515 section 5.2, RFC 8725 sections 3.1 to 3.3.
void addSignatureChecks(Checks &checks, const DecodedToken &token, const KnownClaims &claims, const JwkSet &keys,
                        const TokenPolicy &policy);

/// The header's algorithm, where the policy allows it.
std::optional<Algorithm> allowedAlgorithm(const DecodedToken &token, const TokenPolicy &policy);

} // namespace bookdesk::jose
