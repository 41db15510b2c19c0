/// The checks that only a token for the client itself needs: an ID token.
#pragma once

#include "jose/decoded-token.h"
#include "jose/known-claims.h"
#include "jose/token-policy.h"
#include "jose/verification.h"

namespace bookdesk::jose {

/// Adds nonce, authorized party and access token hash; not applicable where the policy does not ask. Any thread.
/// Source: OpenID Connect Core sections 3.1.3.7 and 3.1.3.8.
void addIdTokenChecks(Checks &checks, const DecodedToken &token, const KnownClaims &claims, const TokenPolicy &policy);

/// The left half of the access token's hash, by the hash of the ID token's algorithm, as `at_hash` spells it.
QString accessTokenHash(const Secret &accessToken, Algorithm algorithm);

} // namespace bookdesk::jose
