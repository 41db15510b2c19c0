#include "books/diagnosis.h"

#include "books/diagnosis-rows.h"
#include "books/finding.h"
#include "core/durations.h"
#include "core/text.h"

#include <QCoreApplication>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace bookdesk::books {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Diagnosis)
};

bool isOutOfTime(const jose::Verification &verification)
{
    const jose::Check *failure = verification.firstFailure();
    return failure && failure->fault == jose::CheckFault::outOfTime;
}

/// A clock that is off is a finding only where it changes the verdict.
std::optional<Diagnosis> diagnoseClock(const jose::Verification &verification, std::chrono::seconds clockAhead)
{
    const TimePoint serverTime = verification.at - clockAhead;
    const QString difference = clockDifference(verification.at, serverTime);
    const jose::Verification byServer = jose::judgedAgain(verification, serverTime);
    const bool isOnlyOfTime =
        (verification.passed() || isOutOfTime(verification)) && (byServer.passed() || isOutOfTime(byServer));
    if (difference.isEmpty() || !isOnlyOfTime || verification.passed() == byServer.passed())
        return std::nullopt;
    Diagnosis diagnosis = describe(Finding::clockOff, verification);
    diagnosis.why = difference + u' ' +
                    (byServer.passed() ? Texts::tr("By the server's time, the token is valid.")
                                       : Texts::tr("By the server's time, the token is not valid now."));
    return diagnosis;
}

} // namespace

Diagnosis diagnoseAccessToken(const jose::Verification &verification, std::optional<std::chrono::seconds> clockAhead)
{
    if (clockAhead) {
        if (std::optional<Diagnosis> clock = diagnoseClock(verification, *clockAhead))
            return *std::move(clock);
    }
    Diagnosis diagnosis = describe(findingOf(verification), verification);
    if (verification.firstFailure() && !verification.firstFailureOfApi())
        diagnosis.expectation = Texts::tr("The API does not check this, so it may accept the token.");
    return diagnosis;
}

QString actorCode(Actor actor)
{
    switch (actor) {
    case Actor::nobody:
        return {};
    case Actor::user:
        return u"user"_s;
    case Actor::apiOwner:
        return u"api-owner"_s;
    case Actor::administrator:
        return u"administrator"_s;
    }
    return {};
}

QString ownerRequest(const Diagnosis &diagnosis, const jose::Verification &verification, const QString &api)
{
    QStringList lines{Texts::tr("For the owner of the API at %1").arg(visible(api)),
                      {},
                      diagnosis.headline,
                      diagnosis.why,
                      Texts::tr("To fix: %1").arg(diagnosis.remedy),
                      {}};
    for (const jose::Check &check : verification.checks) {
        if (check.result == jose::CheckResult::failed)
            lines += u"%1: %2"_s.arg(jose::checkName(check.kind), jose::checkSentence(check, verification.at));
    }
    return lines.join(u'\n') + u'\n';
}

Diagnosis describe(Finding finding, const jose::Verification &verification)
{
    switch (finding) {
    case Finding::verified:
        return rows::verified();
    case Finding::verifiedAppOnly:
        return rows::verifiedAppOnly();
    case Finding::verifiedIdToken:
        return rows::verifiedIdToken();
    case Finding::unchecked:
        return rows::unchecked();
    case Finding::opaque:
        return rows::opaque();
    case Finding::encrypted:
        return rows::encrypted();
    case Finding::apiNotNamed:
        return rows::apiNotNamed();
    case Finding::tooLarge:
        return rows::tooLarge();
    case Finding::unreadable:
        return rows::unreadable();
    case Finding::graphToken:
        return rows::graphToken();
    case Finding::version1:
        return rows::version1();
    case Finding::idToken:
        return rows::idToken();
    case Finding::otherIssuer:
        return rows::otherIssuer(verification);
    case Finding::otherAudience:
        return rows::otherAudience(verification);
    case Finding::expired:
        return rows::expired();
    case Finding::notYetValid:
        return rows::notYetValid();
    case Finding::clockOff:
        return rows::clockOff();
    case Finding::unknownKey:
        return rows::unknownKey();
    case Finding::keyReplaced:
        return rows::keyReplaced();
    case Finding::wrongSignature:
        return rows::wrongSignature();
    case Finding::unverifiable:
        return rows::unverifiable();
    case Finding::algorithm:
        return rows::algorithm(verification);
    case Finding::claimMissing:
        return rows::claimMissing(verification);
    case Finding::claimType:
        return rows::claimType(verification);
    case Finding::otherType:
        return rows::otherType(verification);
    case Finding::otherCheck:
        return rows::otherCheck(verification);
    case Finding::noToken:
        return rows::noToken();
    case Finding::apiNamesNoAlgorithm:
        return rows::apiNamesNoAlgorithm();
    case Finding::apiLacksKeys:
        return rows::apiLacksKeys();
    case Finding::noReason:
        return rows::noReason();
    }
    return {};
}

} // namespace bookdesk::books
