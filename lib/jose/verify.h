/// verify: checks a token against a policy and an issuer's keys.
#pragma once

#include "core/clock.h"
#include "core/secret.h"
#include "jose/decoded-token.h"
#include "jose/errors.h"
#include "jose/jwk-set.h"
#include "jose/token-policy.h"
#include "jose/verification.h"

namespace bookdesk::jose {

/// All checks of a decoded token. The policy's allow-list decides on the algorithm, never the token. Any thread, no
/// network, no lock. Source: RFC 7515 section 5.2, RFC 7519 section 7.2, RFC 8725.
Verification verify(const DecodedToken &token, const JwkSet &keys, const TokenPolicy &policy, TimePoint now);

/// As above, for an encoded token; one that cannot be decoded gets a failed `structure` check.
Verification verify(const Secret &token, const JwkSet &keys, const TokenPolicy &policy, TimePoint now);

/// A token with everything known about it, for display, whether or not it can be read.
struct InspectedToken
{
    Secret token;
    Result<DecodedToken> decoded = failure(errors::tokenMalformed, {});
    Verification verification;
};

/// What the token says and how it was judged, without anything that could be used as a token.
InspectedToken withoutSecret(InspectedToken token);

/// Decodes and verifies in one go.
InspectedToken inspect(Secret token, const JwkSet &keys, const TokenPolicy &policy, TimePoint now);

} // namespace bookdesk::jose
