/// Switch: what the tenant does for as long as it is switched on.
#pragma once

#include <QString>

#include <array>
#include <optional>
#include <set>

namespace bookdesk::sandbox {

/// Off, the tenant does as Entra does for an app that was just registered; but it always asks who signs in, because
/// its people are there to be changed.
enum class Switch {
    rotatesStrictly,     ///< A refresh token that is used again revokes its whole family, as at Auth0.
    publishesRevocation, ///< RFC 7009.
    namesLoginHint,      ///< The optional claim `login_hint` in ID tokens, with which a client can name who signs out.
    signsInOnce,         ///< Whoever is signed in in the browser is not asked again.
};

inline constexpr std::array allSwitches{Switch::rotatesStrictly, Switch::publishesRevocation, Switch::namesLoginHint,
                                        Switch::signsInOnce};

using SwitchSet = std::set<Switch>;

/// A stable name for forms and programs: "strict-rotation", ….
QString switchCode(Switch which);
std::optional<Switch> switchFromCode(const QString &code);

} // namespace bookdesk::sandbox
