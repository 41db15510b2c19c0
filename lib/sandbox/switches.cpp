#include "sandbox/switches.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {

QString switchCode(Switch which)
{
    switch (which) {
    case Switch::rotatesStrictly:
        return u"strict-rotation"_s;
    case Switch::publishesRevocation:
        return u"revocation"_s;
    case Switch::namesLoginHint:
        return u"login-hint"_s;
    case Switch::signsInOnce:
        return u"single-sign-on"_s;
    }
    return {};
}

std::optional<Switch> switchFromCode(const QString &code)
{
    const auto found = std::find_if(allSwitches.begin(), allSwitches.end(),
                                    [&code](Switch which) { return switchCode(which) == code; });
    return found == allSwitches.end() ? std::nullopt : std::optional(*found);
}

} // namespace bookdesk::sandbox
