// What a check found, as a sentence. What is the same for all checks of a kind is in check-names.cpp.
#include "core/durations.h"
#include "core/text.h"
#include "jose/explained-kind.h"
#include "jose/verification.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Verification)
};

constexpr qsizetype longestValue = 160;

QString shown(const QString &value) { return visible(shortened(value, longestValue)); }

/// Key IDs are shortened: nobody reads more than the beginning. But half of a number is another one.
QString shownKeyId(const QString &keyId)
{
    constexpr qsizetype longestNumber = 24;
    constexpr qsizetype told = 4;
    const bool isNumber = std::all_of(keyId.begin(), keyId.end(), [](QChar letter) { return letter.isDigit(); });
    if (isNumber && keyId.size() <= longestNumber)
        return keyId;
    return visible(keyId.size() > 2 * told ? keyId.left(told) + QChar(0x2026) : keyId);
}

/// What was found where the type is wrong, from its JSON: "the text "7"".
QString shownAsType(const QString &json)
{
    const QString value = shown(json);
    if (json.startsWith(u'"'))
        return Texts::tr("the text %1").arg(value);
    if (json.startsWith(u'['))
        return Texts::tr("the array %1").arg(value);
    if (json.startsWith(u'{'))
        return Texts::tr("the object %1").arg(value);
    const bool isNumber = json.startsWith(u'-') || (!json.isEmpty() && json.front().isDigit());
    return isNumber ? Texts::tr("the number %1").arg(value) : value;
}

QString mustBeText(const QString &name, const QString &json)
{
    return Texts::tr("%1 must be a string, got %2").arg(name, shownAsType(json));
}

QString expectedGot(const Check &check)
{
    if (check.fault == CheckFault::wrongType)
        return Texts::tr("expected %1, got %2").arg(shown(check.expected), shownAsType(check.got));
    if (check.got.isEmpty())
        return Texts::tr("expected %1, got nothing").arg(shown(check.expected));
    return Texts::tr("expected %1, got %2").arg(shown(check.expected), shown(check.got));
}

QString structureSentence(const Check &check)
{
    switch (check.fault) {
    case CheckFault::none:
        return Texts::tr("three parts, header and claims are JSON");
    case CheckFault::opaque:
        return Texts::tr("not a JWT: only its issuer and the API know what it says");
    case CheckFault::encrypted:
        return Texts::tr("encrypted: only the API can read it");
    case CheckFault::apiNotNamed:
        return Texts::tr("not readable here: its issuer makes such tokens where the sign-in names no API");
    case CheckFault::tooLarge:
        return Texts::tr("larger than Bookdesk accepts");
    case CheckFault::criticalExtension:
        return Texts::tr("the header demands an extension that is not understood: %1").arg(shown(check.got));
    default:
        return check.got.isEmpty() ? Texts::tr("damaged or incomplete")
                                   : Texts::tr("damaged or incomplete: %1").arg(shown(check.got));
    }
}

QString algorithmSentence(const Check &check)
{
    switch (check.fault) {
    case CheckFault::none:
        return Texts::tr("%1, on the allow-list").arg(shown(check.got));
    case CheckFault::missing:
        return Texts::tr("the header names none; allowed is %1").arg(shown(check.expected));
    default:
        return Texts::tr("%1 is not allowed, only %2 is").arg(shown(check.got), shown(check.expected));
    }
}

QString keySentence(const Check &check)
{
    if (check.result == CheckResult::notApplicable)
        return Texts::tr("its issuer's keys are not known here");
    switch (check.fault) {
    case CheckFault::none:
        return Texts::tr("kid %1 found").arg(shownKeyId(check.got));
    case CheckFault::missing:
        return Texts::tr("the header names no key (kid)");
    case CheckFault::wrongType:
        return Texts::tr("the key ID (kid) must be a string, got %1").arg(shownAsType(check.got));
    case CheckFault::exposedKey:
        return Texts::tr("kid %1 was published with its private part, so anybody can sign with it")
            .arg(shown(check.got));
    case CheckFault::mismatch:
        if (check.isOwnRule)
            return Texts::tr("kid %1 is published, but Bookdesk left that key out as unsafe").arg(shown(check.got));
        return check.expected.isEmpty()
                   ? Texts::tr("kid %1 not found: the issuer publishes no usable key").arg(shown(check.got))
                   : Texts::tr("kid %1 not found among the issuer's keys").arg(shown(check.got));
    case CheckFault::replaced:
        return Texts::tr("kid %1 is no longer among the issuer's keys: it has been replaced").arg(shown(check.got));
    case CheckFault::otherIssuer:
        return Texts::tr("the key is for tokens from %1, but the token is from %2")
            .arg(shown(check.expected), shown(check.got));
    default:
        return Texts::tr("the key is for %1, but the token is signed with %2")
            .arg(shown(check.expected), shown(check.got));
    }
}

QString signatureSentence(const Check &check)
{
    switch (check.result) {
    case CheckResult::passed:
        return Texts::tr("valid, %1").arg(shown(check.got));
    case CheckResult::failed:
        return check.fault == CheckFault::unverifiable
                   ? Texts::tr("cannot be verified by design: the nonce in the header is for the API it was made for")
                   : Texts::tr("wrong: the token was changed, or another key signed it");
    case CheckResult::notApplicable:
        break;
    }
    return check.expected.isEmpty() ? Texts::tr("cannot be checked without the key that made it")
                                    : Texts::tr("cannot be checked without an allowed algorithm");
}

QString requiredSentence(const Check &check)
{
    if (check.result == CheckResult::failed)
        return Texts::tr("missing: %1").arg(shown(check.got));
    return check.expected.isEmpty() ? Texts::tr("the policy requires none") : shown(check.expected);
}

QString notANumber(const Check &check)
{
    return Texts::tr("expected a number of seconds, got %1").arg(shownAsType(check.got));
}

QString expiredSentence(std::chrono::seconds since)
{
    return since.count() == 0 ? Texts::tr("expired just now") : Texts::tr("expired %1 ago").arg(durationText(since));
}

QString expirySentence(const Check &check, TimePoint now)
{
    if (check.fault == CheckFault::missing)
        return Texts::tr("the token does not say when it expires");
    if (check.fault == CheckFault::wrongType)
        return notANumber(check);
    if (check.result == CheckResult::notApplicable)
        return Texts::tr("the token does not say");
    const bool isPassed = check.result == CheckResult::passed;
    if (!check.time)
        return isPassed ? Texts::tr("in the far future") : Texts::tr("expired long ago");
    if (!isPassed)
        return expiredSentence(secondsBetween(*check.time, now));
    const QString when = relativeText(*check.time, now);
    return *check.time > now ? when : Texts::tr("%1, within the leeway for clocks that differ").arg(when);
}

/// For `nbf` and `iat`.
QString beginSentence(const Check &check, TimePoint now)
{
    if (check.result == CheckResult::notApplicable)
        return Texts::tr("the token does not say");
    if (check.fault == CheckFault::wrongType)
        return notANumber(check);
    const bool isPassed = check.result == CheckResult::passed;
    const QString when = check.time ? relativeText(*check.time, now)
                         : isPassed ? Texts::tr("long ago")
                                    : Texts::tr("in the far future");
    if (!isPassed && !check.expected.isEmpty())
        return Texts::tr("%1 must not be in the future: %2").arg(shown(check.expected), when);
    return isPassed ? when : Texts::tr("not yet valid: %1").arg(when);
}

QString valueSentence(const Check &check)
{
    return check.result == CheckResult::passed ? shown(check.got) : expectedGot(check);
}

QString issuerSentence(const Check &check)
{
    if (check.fault != CheckFault::tenant)
        return valueSentence(check);
    return check.got.isEmpty() ? Texts::tr("the token names no tenant, so its issuer is in doubt")
                               : Texts::tr("its tenant must be a GUID, got %1").arg(shown(check.got));
}

QString subjectSentence(const Check &check)
{
    if (check.result == CheckResult::passed)
        return check.got.isEmpty() ? Texts::tr("an empty text") : shown(check.got);
    if (check.result == CheckResult::notApplicable)
        return Texts::tr("the token names none");
    return mustBeText(shown(check.expected), check.got);
}

QString claimTypesSentence(const Check &check)
{
    if (check.result == CheckResult::passed)
        return Texts::tr("as the API reads them");
    if (check.expected == "roles"_L1)
        return Texts::tr("%1 must be an array of strings, got %2").arg(shown(check.expected), shownAsType(check.got));
    if (check.expected == "exp"_L1 || check.expected == "iat"_L1 || check.expected == "nbf"_L1)
        return Texts::tr("%1 must be a number, got %2").arg(shown(check.expected), shownAsType(check.got));
    return mustBeText(shown(check.expected), check.got);
}

QString tokenTypeSentence(const Check &check)
{
    switch (check.fault) {
    case CheckFault::none:
        return check.got.isEmpty() ? Texts::tr("not named, which is allowed") : shown(check.got);
    case CheckFault::wrongType:
        return mustBeText(shown(check.expected), check.got);
    case CheckFault::otherUse:
        return check.got.isEmpty()
                   ? Texts::tr("the token does not say what it is for; expected %1").arg(shown(check.expected))
                   : Texts::tr("it is for another use: %1").arg(shown(check.got));
    case CheckFault::mismatch:
        return Texts::tr("the claim %1 makes it a report of events, such as a logout token").arg(shown(check.got));
    default:
        return Texts::tr("%1 is the type of another kind of token").arg(shown(check.got));
    }
}

QString tenantSentence(const Check &check)
{
    if (check.result == CheckResult::notApplicable)
        return Texts::tr("only in tokens of a tenant that its issuer names by an ID");
    return valueSentence(check);
}

QString nonceSentence(const Check &check)
{
    switch (check.result) {
    case CheckResult::passed:
        return check.expected.isEmpty() ? Texts::tr("none was sent, and the token carries none")
                                        : Texts::tr("the one that was sent");
    case CheckResult::notApplicable:
        return Texts::tr("compared only when a sign-in brings an ID token");
    case CheckResult::failed:
        break;
    }
    if (check.fault == CheckFault::missing)
        return Texts::tr("the token carries none, so it may not be the answer to this sign-in");
    if (check.expected.isEmpty())
        return Texts::tr("none was sent, but the token carries one, so it is the answer to another sign-in");
    return expectedGot(check);
}

QString authorizedPartySentence(const Check &check)
{
    switch (check.result) {
    case CheckResult::passed:
        return shown(check.got);
    case CheckResult::notApplicable:
        return Texts::tr("only in tokens for several audiences");
    case CheckResult::failed:
        break;
    }
    return expectedGot(check);
}

QString accessTokenHashSentence(const Check &check)
{
    switch (check.result) {
    case CheckResult::passed:
        return Texts::tr("the access token that came with it");
    case CheckResult::notApplicable:
        return Texts::tr("compared only when a sign-in brings an ID token that names one");
    case CheckResult::failed:
        break;
    }
    return Texts::tr("it belongs to another access token: %1").arg(expectedGot(check));
}

/// What was found, be it by the API's rule or by one of ours.
QString findingSentence(const Check &check, TimePoint now)
{
    if (check.result == CheckResult::notApplicable && check.fault != CheckFault::none)
        return Texts::tr("the token cannot be read");
    switch (check.kind) {
    case CheckKind::structure:
        return structureSentence(check);
    case CheckKind::algorithm:
        return algorithmSentence(check);
    case CheckKind::key:
        return keySentence(check);
    case CheckKind::signature:
        return signatureSentence(check);
    case CheckKind::requiredClaims:
        return requiredSentence(check);
    case CheckKind::expiry:
        return expirySentence(check, now);
    case CheckKind::issuedAt:
    case CheckKind::notBefore:
        return beginSentence(check, now);
    case CheckKind::issuer:
        return issuerSentence(check);
    case CheckKind::audience:
        return check.result == CheckResult::notApplicable ? Texts::tr("no connection says which audience to expect")
                                                          : valueSentence(check);
    case CheckKind::subject:
        return subjectSentence(check);
    case CheckKind::claimTypes:
        return claimTypesSentence(check);
    case CheckKind::tokenType:
        return tokenTypeSentence(check);
    case CheckKind::tenant:
        return tenantSentence(check);
    case CheckKind::nonce:
        return nonceSentence(check);
    case CheckKind::authorizedParty:
        return authorizedPartySentence(check);
    case CheckKind::accessTokenHash:
        return accessTokenHashSentence(check);
    }
    return {};
}

QString withRule(const Check &check, const QString &found)
{
    return check.isOwnRule ? Texts::tr("%1; the API does not check this").arg(found) : found;
}

/// Whether the sentence would repeat what a claim says.
bool repeatsAClaim(const Check &check)
{
    if (check.fault == CheckFault::wrongType)
        return true;
    switch (check.kind) {
    case CheckKind::structure:
        return !check.got.isEmpty();
    case CheckKind::key:
        return check.fault == CheckFault::otherIssuer;
    case CheckKind::issuer:
    case CheckKind::audience:
    case CheckKind::subject:
    case CheckKind::claimTypes:
    case CheckKind::tenant:
    case CheckKind::nonce:
    case CheckKind::authorizedParty:
    case CheckKind::accessTokenHash:
        return check.result != CheckResult::notApplicable;
    default:
        return false;
    }
}

} // namespace

QString checkSentence(const Check &check, TimePoint now) { return withRule(check, findingSentence(check, now)); }

QString sharedCheckSentence(const Check &check, TimePoint now)
{
    if (!repeatsAClaim(check))
        return checkSentence(check, now);
    return check.result == CheckResult::passed ? withRule(check, Texts::tr("as expected"))
                                               : failureSentence(explainedKind(check));
}

} // namespace bookdesk::jose
