/// The check of a token's issuer.
#pragma once

#include "jose/known-claims.h"
#include "jose/verification.h"

#include <QString>

namespace bookdesk::jose {

/// `iss` is the expected issuer: exactly, or with the token's own tenant where @p expected is a pattern for every
/// tenant. Any thread. Source: OpenID Connect Core section 3.1.3.7, the Microsoft page "Access tokens" ("Validate the
/// issuer").
Check issuerCheck(const KnownClaims &claims, const QString &expected);

} // namespace bookdesk::jose
