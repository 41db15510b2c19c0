/// Finding: what is wrong with an access token, according to our own checks or to an API: a row in the table of
/// diagnoses.
#pragma once

#include "books/diagnosis.h"
#include "jose/token-kind.h"

namespace bookdesk::books {

/// One for each row of the table of diagnoses.
enum class Finding {
    verified,
    verifiedAppOnly,
    verifiedIdToken, ///< A good ID token, but not an access token.
    unchecked,
    opaque,
    encrypted,
    apiNotNamed, ///< Opaque or encrypted, because the sign-in named no API.
    tooLarge,
    unreadable,
    graphToken,
    version1,
    idToken,
    otherIssuer,
    otherAudience,
    expired,
    notYetValid,
    clockOff, ///< A time is wrong by this computer's clock, but not by the servers'.
    unknownKey,
    keyReplaced, ///< The tenant published the key before, and no longer does.
    wrongSignature,
    unverifiable, ///< By design; see jose::CheckFault.
    algorithm,    ///< It is signed in a way that is not allowed.
    claimMissing,
    claimType,
    otherType,  ///< Another kind of token, by its `typ` or its claim `events`.
    otherCheck, ///< A check that has no row of its own.
    // Only an API can report these.
    noToken,
    apiNamesNoAlgorithm,
    apiLacksKeys,
    noReason,
};

/// What our own checks find. Any thread.
Finding findingOf(const jose::Verification &verification);

/// The finding, or a better one if the kind of the token explains it: then a wrong issuer, key or audience is only a
/// consequence. Any thread.
Finding sharpened(Finding finding, jose::TokenKind kind);

/// The row of the table. If our own check found the same, @p verification adds what was expected and what was found.
/// Any thread.
Diagnosis describe(Finding finding, const jose::Verification &verification);

} // namespace bookdesk::books
