/// AttemptSecrets: the random values that protect one sign-in attempt.
#pragma once

#include "core/secret.h"

#include <QByteArray>

namespace bookdesk::identity {

/// Fresh for every attempt: 32 bytes each from the system's generator, as base64url. Source: RFC 6749 section 10.12,
/// RFC 7636 section 4, OpenID Connect Core section 3.1.2.1. Any thread.
struct AttemptSecrets
{
    QByteArray state;
    QByteArray nonce;
    Secret verifier;
};

AttemptSecrets makeAttemptSecrets();

/// The PKCE S256 challenge of a verifier.
QByteArray codeChallenge(const Secret &verifier);

/// 32 random bytes from the system's generator, as base64url.
QByteArray randomText();

} // namespace bookdesk::identity
