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
    case Fault::apiAnswers429:
        return u"api-answers-429"_s;
    case Fault::apiAnswers500:
        return u"api-answers-500"_s;
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
