/// The checks that tell kinds of tokens apart, and tenants: rules of our own, which the books API does not have.
#pragma once

#include "jose/decoded-token.h"
#include "jose/known-claims.h"
#include "jose/token-policy.h"
#include "jose/verification.h"

#include <QStringView>

namespace bookdesk::jose {

/// Adds tokenType and tenant. Tokens of all kinds are signed with the same keys, so the type is what keeps a logout
/// token from signing somebody in. Any thread. Source: RFC 8725 sections 3.11 and 3.12, RFC 9068 section 2.1, OpenID
/// Connect Back-Channel Logout 1.0 section 2.4, the Microsoft page "ID token claims reference" (`tid`).
void addTypeChecks(Checks &checks, const DecodedToken &token, const KnownClaims &claims, const TokenPolicy &policy);

/// Whether the header's `typ` is @p type, as media types are compared: in any case, and with or without
/// `application/` in front. Source: RFC 7515 section 4.1.9.
bool isTokenType(const QString &typ, QStringView type);

} // namespace bookdesk::jose
