/// Verification: the ordered checks that were made of a token, and the verdict they add up to.
#pragma once

#include "core/clock.h"
#include "core/fact.h"
#include "jose/token-kind.h"

#include <QString>
#include <QVarLengthArray>

#include <array>
#include <chrono>
#include <optional>

namespace bookdesk::jose {

/// What is checked, in the order of the books API, so that the first failure is the one that the API reports.
enum class CheckKind {
    structure,
    algorithm,
    issuer,
    key,
    signature,
    requiredClaims,
    issuedAt,
    notBefore,
    expiry,
    audience,
    subject, ///< `sub` and `jti` are strings.
    claimTypes,
    // From here on, the API does not look.
    tokenType, ///< `typ` and `events`: whether it is of another kind.
    tenant,    ///< The tenant that the token names is the issuer's.
    nonce,
    authorizedParty,
    accessTokenHash, ///< `at_hash` binds the access token to the ID token.
};

inline constexpr std::array allCheckKinds{
    CheckKind::structure,      CheckKind::algorithm,      CheckKind::issuer,   CheckKind::key,
    CheckKind::signature,      CheckKind::requiredClaims, CheckKind::issuedAt, CheckKind::notBefore,
    CheckKind::expiry,         CheckKind::audience,       CheckKind::subject,  CheckKind::claimTypes,
    CheckKind::tokenType,      CheckKind::tenant,         CheckKind::nonce,    CheckKind::authorizedParty,
    CheckKind::accessTokenHash};

enum class CheckResult { passed, failed, notApplicable };

/// Why a check failed, or could not be made of a token that cannot be read.
enum class CheckFault {
    none,         ///< It did not fail, or does not apply to this token.
    mismatch,     ///< The value is not the expected one.
    replaced,     ///< The issuer published this key before, and no longer does.
    missing,      ///< The claim or header member is not there.
    wrongType,    ///< It is there, but has the wrong type.
    outOfTime,    ///< Expired, or not valid yet.
    notAllowed,   ///< The policy does not allow this algorithm, or the key is not for it.
    otherUse,     ///< The token says that it is for another use: an ID token in place of an access token.
    otherIssuer,  ///< The key says that it is for another issuer's tokens.
    unverifiable, ///< By design, only its audience can verify it (Microsoft Graph).
    tenant,       ///< The issuer depends on the tenant, and the token names none, or no GUID.
    opaque,       ///< No JWT at all.
    encrypted,    ///< A JWE, which only the API can read.
    apiNotNamed,  ///< Opaque or encrypted, as its issuer makes it where the sign-in names no API.
    malformed,    ///< A JWT that is damaged.
    tooLarge,
    exposedKey,        ///< The key was published with its private part, so anybody can sign with it.
    criticalExtension, ///< The header demands an extension (`crit`, `b64`) that is not understood.
};

/// One check with what was expected and what was got; texts are made when shown. Any thread.
struct Check
{
    CheckKind kind;
    CheckResult result;
    QString expected; ///< A raw value: an issuer, a claim's name, …; untrusted text.
    /// A raw value from the token; untrusted text. JSON where its type is wrong. Empty for a date that passed; see
    /// `time`.
    QString got;
    std::optional<TimePoint> time{}; ///< The claim's time, for expiry, notBefore and issuedAt.
    CheckFault fault = CheckFault::none;
    /// It failed by a rule that the books API does not have: it counts for our verdict, not for the API's answer.
    bool isOwnRule = false;

    friend bool operator==(const Check &, const Check &) = default;
};

/// Has room for one of each kind without an allocation, because every token gets one.
using Checks = QVarLengthArray<Check, allCheckKinds.size()>;

/// Every check is reported, also those after a failed one where they can still be made. Any thread.
struct Verification
{
    Checks checks;
    TimePoint at;                   ///< The time it was checked against.
    std::chrono::seconds leeway{0}; ///< How far dates may miss it.
    TokenKind kind = TokenKind::accessToken;

    /// The first failure, or nullptr: that is the verdict.
    const Check *firstFailure() const;
    /// The first one by a rule that the API has, too; or nullptr.
    const Check *firstFailureOfApi() const;
    bool passed() const { return !checks.empty() && !firstFailure(); }
    const Check *find(CheckKind sought) const;

    friend bool operator==(const Verification &, const Verification &) = default;
};

/// The same verification at another time: its dates are judged again; everything else stays, above all the signature.
/// Any thread.
Verification judgedAgain(Verification verification, TimePoint now);

/// "Signature", "Expiry", …
QString checkName(CheckKind kind);
/// A stable name for programs: "signature", "not-before", ….
QString checkCode(CheckKind kind);
/// "passed", "failed", "not applicable", for people.
QString checkResultName(CheckResult result);
/// The same for programs.
QString checkResultCode(CheckResult result);
/// The check, what it expected and what it got, for the error that a failed check leads to.
Facts checkFacts(const Check &check);
/// What it means that a check of this kind failed: "The token has expired."
QString failureSentence(CheckKind kind);
/// One sentence on a check: what was found, and for a failed one what was expected. Safe to show as plain text.
QString checkSentence(const Check &check, TimePoint now);
/// The same for reports that are shared: it repeats no claim's value, not even in part. Of the header it names `alg`,
/// `kid` and `typ`.
QString sharedCheckSentence(const Check &check, TimePoint now);

} // namespace bookdesk::jose
