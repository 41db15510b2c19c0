/// The check of a token's issuer.
#pragma once

#include "jose/known-claims.h"
#include "jose/token-policy.h"
#include "jose/verification.h"

namespace bookdesk::jose {

/// `iss` is the policy's issuer: exactly, or with the token's own tenant where that is a pattern for every tenant. Any
/// thread. Source: OpenID Connect Core section 3.1.3.7, the Microsoft page "Access tokens" ("Validate the
/// issuer").
Check issuerCheck(const KnownClaims &claims, const TokenPolicy &policy);

} // namespace bookdesk::jose
