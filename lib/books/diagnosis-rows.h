/// The rows of the table of diagnoses: what is said about each Finding. For this folder's .cpp files only.
#pragma once

#include "books/diagnosis.h"

namespace bookdesk::books::rows {

// Good tokens, tokens that cannot be judged here, and tokens of another kind: diagnosis-kinds.cpp.
Diagnosis verified();
Diagnosis verifiedAppOnly();
Diagnosis verifiedIdToken();
Diagnosis unchecked();
Diagnosis opaque();
Diagnosis encrypted();
Diagnosis apiNotNamed();
Diagnosis tooLarge();
Diagnosis unreadable();
Diagnosis graphToken();
Diagnosis version1();
Diagnosis idToken();

// Failed checks: diagnosis-checks.cpp.
Diagnosis otherIssuer(const jose::Verification &verification);
Diagnosis otherAudience(const jose::Verification &verification);
Diagnosis expired();
Diagnosis notYetValid();
Diagnosis clockOff();
Diagnosis unknownKey();
Diagnosis keyReplaced();
Diagnosis wrongSignature();
Diagnosis unverifiable();
Diagnosis algorithm(const jose::Verification &verification);
Diagnosis claimMissing(const jose::Verification &verification);
Diagnosis claimType(const jose::Verification &verification);
Diagnosis otherType(const jose::Verification &verification);
Diagnosis otherCheck(const jose::Verification &verification);

// What only an API can report: diagnosis-answers.cpp.
Diagnosis noToken();
Diagnosis apiNamesNoAlgorithm();
Diagnosis apiLacksKeys();
Diagnosis noReason();

/// "The API answers 401 “Invalid token” until then."
QString invalidTokenExpected();

} // namespace bookdesk::books::rows
