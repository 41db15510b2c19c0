#include "identity/device-code-answer.h"

#include "core/json.h"
#include "identity/oauth-error.h"

namespace bookdesk::identity {

using namespace Qt::StringLiterals;

DeviceCodeAnswer readDeviceCodeAnswer(const net::HttpResponse &response)
{
    if (response.status == 200)
        return DeviceCodeAnswer::last;
    const Result<ObjectWithSecrets> answer = parseObjectWithSecrets(response.body);
    const QString error = answer ? readOAuthError(answer->shown).error : QString();
    if (error == "authorization_pending"_L1)
        return DeviceCodeAnswer::pending;
    if (error == "slow_down"_L1)
        return DeviceCodeAnswer::slowDown;
    const bool isUnavailable =
        response.status == 429 || response.status >= 500 || error == "temporarily_unavailable"_L1;
    return isUnavailable ? DeviceCodeAnswer::unavailable : DeviceCodeAnswer::last;
}

} // namespace bookdesk::identity
