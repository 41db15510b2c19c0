/// Kind: what a chip or banner means. Never shown by colour alone: every kind but neutral has an icon.
#pragma once

#include "style/colors.h"

#include <QString>

namespace bookdesk::widgets {

enum class Kind {
    neutral,
    ok,
    bad,
    warn,
    accent,
    loud, ///< An accepted forged token, nothing else.
};

QString kindName(Kind kind);       ///< As the style sheet calls it: "ok".
style::Role kindInk(Kind kind);    ///< The colour of its text and icon.
style::Role kindGround(Kind kind); ///< The background colour.
QString kindIcon(Kind kind);       ///< "check", "cross", "warning", "info"; empty for neutral.

} // namespace bookdesk::widgets
