/// Finding: what is known to be wrong with an access token, by our own checks or by an API's words: a row in the table
/// of diagnoses.
#pragma once

#include "books/diagnosis.h"
#include "jose/token-kind.h"

namespace bookdesk::books {

/// One for each row of the table of diagnoses.
enum class Finding {
    verified,
    verifiedAppOnly,
    verifiedIdToken, ///< A good ID token, which is no access token for all that.
    unchecked,
    opaque,
    encrypted,
    tooLarge,
    unreadable,
    graphToken,
    version1,
    idToken,
    otherIssuer,
    otherAudience,
    expired,
    notYetValid,
    unknownKey,
    wrongSignature,
    unverifiable, ///< By design; see jose::CheckFault.
    algorithm,    ///< It is signed in a way that is not allowed.
    claimMissing,
    claimType,
    otherCheck, ///< A check that has no row of its own.
    // These only an API can say.
    noToken,
    apiNamesNoAlgorithm,
    apiLacksKeys,
    noReason,
};

/// What our own checks find. Any thread.
Finding findingOf(const jose::Verification &verification);

/// What the kind of a token explains better than a failed check does, or an API that only says what failed: a wrong
/// issuer, key or audience is then no more than a consequence. Any thread.
Finding sharpened(Finding finding, jose::TokenKind kind);

/// The row of the table. Where our own check found the same, @p verification adds what was expected and got. Any
/// thread.
Diagnosis describe(Finding finding, const jose::Verification &verification);

} // namespace bookdesk::books
