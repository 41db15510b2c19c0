#include "jose/verification.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

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

const Check *Verification::firstFailureOfApi() const
{
    const auto found = std::find_if(checks.begin(), checks.end(), [](const Check &check) {
        return check.result == CheckResult::failed && !check.isOwnRule;
    });
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

} // namespace bookdesk::jose
