#include "sandbox/faults.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {

QString faultCode(Fault fault)
{
    switch (fault) {
    case Fault::accessTokenExpired:
        return u"access-token-expired"_s;
    case Fault::accessTokenWrongAudience:
        return u"access-token-wrong-audience"_s;
    case Fault::accessTokenSignatureBroken:
        return u"access-token-signature-broken"_s;
    case Fault::consentDeclined:
        return u"consent-declined"_s;
    case Fault::consentNeedsAdmin:
        return u"consent-needs-admin"_s;
    case Fault::deviceCodeExpired:
        return u"device-code-expired"_s;
    case Fault::deviceCodeSlowsDown:
        return u"device-code-slows-down"_s;
    case Fault::redirectNotRegistered:
        return u"redirect-not-registered"_s;
    case Fault::clientUnknown:
        return u"client-unknown"_s;
    case Fault::tenantUnknown:
        return u"tenant-unknown"_s;
    case Fault::personNotAssigned:
        return u"person-not-assigned"_s;
    case Fault::accessBlocked:
        return u"access-blocked"_s;
    case Fault::tokensAnswer429:
        return u"tokens-answer-429"_s;
    case Fault::apiAnswers429:
        return u"api-answers-429"_s;
    case Fault::apiAnswers500:
        return u"api-answers-500"_s;
    case Fault::apiLosesToken:
        return u"api-loses-token"_s;
    case Fault::apiNamesNoAlgorithm:
        return u"api-names-no-algorithm"_s;
    case Fault::apiAsksForClaims:
        return u"api-asks-for-claims"_s;
    case Fault::apiAsksForPerson:
        return u"api-asks-for-person"_s;
    case Fault::apiAsksForRecentSignIn:
        return u"api-asks-for-recent-sign-in"_s;
    case Fault::apiAsksForScope:
        return u"api-asks-for-scope"_s;
    case Fault::apiGivesNoReason:
        return u"api-gives-no-reason"_s;
    case Fault::gatewayForbids:
        return u"gateway-forbids"_s;
    case Fault::apiRedirects:
        return u"api-redirects"_s;
    case Fault::apiAnswers405:
        return u"api-answers-405"_s;
    case Fault::apiAnswersTooMuch:
        return u"api-answers-too-much"_s;
    case Fault::apiAnswersWebPage:
        return u"api-answers-web-page"_s;
    case Fault::gatewayTimesOut:
        return u"gateway-times-out"_s;
    case Fault::bookNotFound:
        return u"book-not-found"_s;
    case Fault::bookOnLoan:
        return u"book-on-loan"_s;
    case Fault::bookIdRefused:
        return u"book-id-refused"_s;
    }
    return {};
}

std::optional<Fault> faultFromCode(const QString &code)
{
    const auto found =
        std::find_if(allFaults.begin(), allFaults.end(), [&code](Fault fault) { return faultCode(fault) == code; });
    return found == allFaults.end() ? std::nullopt : std::optional(*found);
}

} // namespace bookdesk::sandbox
