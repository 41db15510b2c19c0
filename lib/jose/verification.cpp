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

bool isInTime(const Check &check, TimePoint now, std::chrono::seconds leeway)
{
    return check.kind == CheckKind::expiry ? now - leeway < *check.time : now + leeway >= *check.time;
}

/// As the claim's check would, except that the fraction of a date is lost.
void judgeAgain(Check &check, bool isInTime)
{
    const std::chrono::seconds date = std::chrono::floor<std::chrono::seconds>(check.time->time_since_epoch());
    check.result = isInTime ? CheckResult::passed : CheckResult::failed;
    check.fault = isInTime ? CheckFault::none : CheckFault::outOfTime;
    check.got = isInTime ? QString() : QString::number(date.count());
}

} // namespace

const Check *Verification::firstFailure() const
{
    const auto found = std::find_if(checks.begin(), checks.end(),
                                    [](const Check &check) { return check.result == CheckResult::failed; });
    return found == checks.end() ? nullptr : &*found;
}

const Check *Verification::find(CheckKind sought) const
{
    const auto found =
        std::find_if(checks.begin(), checks.end(), [sought](const Check &check) { return check.kind == sought; });
    return found == checks.end() ? nullptr : &*found;
}

Verification judgedAgain(Verification verification, TimePoint now)
{
    verification.at = now;
    for (Check &check : verification.checks) {
        if (check.time)
            judgeAgain(check, isInTime(check, now, verification.leeway));
    }
    return verification;
}

QString checkName(CheckKind kind)
{
    switch (kind) {
    case CheckKind::structure:
        return Texts::tr("Structure");
    case CheckKind::algorithm:
        return Texts::tr("Algorithm");
    case CheckKind::key:
        return Texts::tr("Key");
    case CheckKind::signature:
        return Texts::tr("Signature");
    case CheckKind::requiredClaims:
        return Texts::tr("Required claims");
    case CheckKind::issuedAt:
        return Texts::tr("Issued");
    case CheckKind::notBefore:
        return Texts::tr("Not before");
    case CheckKind::expiry:
        return Texts::tr("Expiry");
    case CheckKind::issuer:
        return Texts::tr("Issuer");
    case CheckKind::audience:
        return Texts::tr("Audience");
    case CheckKind::subject:
        return Texts::tr("Subject");
    case CheckKind::claimTypes:
        return Texts::tr("Claim types");
    case CheckKind::nonce:
        return Texts::tr("Nonce");
    case CheckKind::authorizedParty:
        return Texts::tr("Authorized party");
    case CheckKind::accessTokenHash:
        return Texts::tr("Access token hash");
    }
    return {};
}

QString checkCode(CheckKind kind)
{
    switch (kind) {
    case CheckKind::structure:
        return u"structure"_s;
    case CheckKind::algorithm:
        return u"algorithm"_s;
    case CheckKind::key:
        return u"key"_s;
    case CheckKind::signature:
        return u"signature"_s;
    case CheckKind::requiredClaims:
        return u"required-claims"_s;
    case CheckKind::issuedAt:
        return u"issued-at"_s;
    case CheckKind::notBefore:
        return u"not-before"_s;
    case CheckKind::expiry:
        return u"expiry"_s;
    case CheckKind::issuer:
        return u"issuer"_s;
    case CheckKind::audience:
        return u"audience"_s;
    case CheckKind::subject:
        return u"subject"_s;
    case CheckKind::claimTypes:
        return u"claim-types"_s;
    case CheckKind::nonce:
        return u"nonce"_s;
    case CheckKind::authorizedParty:
        return u"authorized-party"_s;
    case CheckKind::accessTokenHash:
        return u"access-token-hash"_s;
    }
    return {};
}

QString checkResultName(CheckResult result)
{
    switch (result) {
    case CheckResult::passed:
        return Texts::tr("passed");
    case CheckResult::failed:
        return Texts::tr("failed");
    case CheckResult::notApplicable:
        return Texts::tr("not applicable");
    }
    return {};
}

Facts checkFacts(const Check &check)
{
    return merged({}, {{facts::check, checkCode(check.kind)},
                       foreignFact(facts::expected, check.expected),
                       foreignFact(facts::got, check.got)});
}

QString checkResultCode(CheckResult result)
{
    switch (result) {
    case CheckResult::passed:
        return u"passed"_s;
    case CheckResult::failed:
        return u"failed"_s;
    case CheckResult::notApplicable:
        return u"not applicable"_s;
    }
    return {};
}

} // namespace bookdesk::jose
