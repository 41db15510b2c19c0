/// Switch: what the tenant does for as long as it is switched on; Entra, as an app is registered at first, does not.
#pragma once

#include <QString>

#include <array>
#include <optional>
#include <set>

namespace bookdesk::sandbox {

enum class Switch {
    rotatesStrictly, ///< A refresh token that is used again revokes its whole family, as at Auth0.
};

inline constexpr std::array allSwitches{Switch::rotatesStrictly};

using SwitchSet = std::set<Switch>;

/// A stable name for forms and programs: "strict-rotation", ….
QString switchCode(Switch which);
std::optional<Switch> switchFromCode(const QString &code);

} // namespace bookdesk::sandbox
