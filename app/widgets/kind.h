/// Kind: how a chip or banner is meant. Never told by colour alone: every kind has an icon.
#pragma once

#include "style/colors.h"

#include <QString>

namespace bookdesk::widgets {

enum class Kind { neutral, ok, bad, warn, accent };

QString kindName(Kind kind);       ///< As the style sheet calls it: "ok".
style::Role kindInk(Kind kind);    ///< The colour of its text and icon.
style::Role kindGround(Kind kind); ///< The colour it stands on.
QString kindIcon(Kind kind);       ///< "check", "cross", "warning", "info"; empty for neutral.

} // namespace bookdesk::widgets
