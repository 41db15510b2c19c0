/// Attack: one token, or one key, that must be refused, and the reason that must be given.
#pragma once

#include "jose/rfc8725-forge.h"
#include "jose/token-policy.h"
#include "jose/verification.h"

#include <QByteArray>

#include <array>
#include <functional>
#include <vector>

namespace bookdesk::jose::attacks {

using Kind = CheckKind;
using Fault = CheckFault;

/// Everything that a verifier gets.
struct Trial
{
    QByteArray token;
    KeySet keys;
    TokenPolicy policy;
    TimePoint now = testNow;
};

/// A row of the table: what is tried, the check that must fail first, and why it must fail.
struct Attack
{
    QByteArray name;
    Kind kind;
    Fault fault;
    std::function<Trial(const Forge &)> attempt;
};

using Attacks = std::vector<Attack>;

// The rows by the section of RFC 8725 that forbids them.
Attacks algorithmVerification();   // 3.1
Attacks appropriateAlgorithms();   // 3.2
Attacks cryptographicOperations(); // 3.3
Attacks cryptographicInputs();     // 3.4
Attacks keyEntropy();              // 3.5
Attacks compression();             // 3.6
Attacks utf8();                    // 3.7
Attacks issuerAndSubject();        // 3.8
Attacks audience();                // 3.9
Attacks receivedClaims();          // 3.10
Attacks explicitTyping();          // 3.11
Attacks mutuallyExclusiveRules();  // 3.12
// The rows by other rules.
Attacks serialization();  // RFC 7515 sections 3.1, 4.1.11 and 5.2, RFC 7797
Attacks jsonTexts();      // RFC 7519 section 4, RFC 8259
Attacks lifetime();       // RFC 7519 sections 4.1.4 to 4.1.6
Attacks idTokens();       // OpenID Connect Core section 3.1.3.7
Attacks contractClaims(); // the books API's own rules

/// Which rows cover which rule.
struct Section
{
    const char *number;
    const char *title;
    Attacks (*rows)();
};

inline constexpr std::array sections{
    Section{"RFC 8725 3.1", "Perform algorithm verification", &algorithmVerification},
    Section{"RFC 8725 3.2", "Use appropriate algorithms", &appropriateAlgorithms},
    Section{"RFC 8725 3.3", "Validate all cryptographic operations", &cryptographicOperations},
    Section{"RFC 8725 3.4", "Validate cryptographic inputs", &cryptographicInputs},
    Section{"RFC 8725 3.5", "Ensure cryptographic keys have sufficient entropy", &keyEntropy},
    Section{"RFC 8725 3.6", "Avoid compression of encryption inputs", &compression},
    Section{"RFC 8725 3.7", "Use UTF-8", &utf8},
    Section{"RFC 8725 3.8", "Validate issuer and subject", &issuerAndSubject},
    Section{"RFC 8725 3.9", "Use and validate audience", &audience},
    Section{"RFC 8725 3.10", "Do not trust received claims", &receivedClaims},
    Section{"RFC 8725 3.11", "Use explicit typing", &explicitTyping},
    Section{"RFC 8725 3.12", "Use mutually exclusive validation rules for different kinds of JWTs",
            &mutuallyExclusiveRules},
    Section{"RFC 7515", "One serialization, and no extension that is not understood", &serialization},
    Section{"RFC 8259", "JSON that means one thing", &jsonTexts},
    Section{"RFC 7519 4.1", "Lifetimes to the second", &lifetime},
    Section{"OpenID Core 3.1.3.7", "ID tokens", &idTokens},
    Section{"contract", "The types of the books API's claims", &contractClaims},
};

} // namespace bookdesk::jose::attacks
