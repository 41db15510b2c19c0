/// Colors: the program's colours by what they are for, light and dark.
#pragma once

#include <QColor>
#include <QString>

#include <array>

class QPalette;

namespace bookdesk::style {

enum class Theme { light, dark };

/// What a colour is for. Widgets ask for a role, never for a colour.
enum class Role {
    ground,      ///< Page background.
    surface,     ///< Cards, tables, fields.
    raised,      ///< Side bar, table header, status bar.
    line,        ///< Dividers, card borders.
    controlLine, ///< Borders of fields and check boxes (3:1).
    text,
    muted,
    accent, ///< Primary button, selection mark, links.
    onAccent,
    accentGround, ///< A chosen card.
    selection,    ///< Selected row, current page.
    ok,
    okGround,
    bad,
    badGround,
    warn,
    warnGround,
    chip,          ///< Neutral chips.
    onBad,         ///< On a ground of bad: an accepted forged token, nothing else.
    claimsPart,    ///< The claims of a token. Its header is in `accent`.
    signaturePart, ///< The signature of a token.
};

/// One row of the table of colours: a role and its colour in each theme.
struct RoleColor
{
    Role role;
    const char *name; ///< As the style sheet calls it.
    QRgb light;
    QRgb dark;
};

/// All colours, in the order of Role. Source: UI specification section 1.
extern const std::array<RoleColor, 21> roleColors;

QColor color(Role role, Theme theme);

/// The theme that a palette belongs to: dark if its text is lighter than its background. Widgets ask their own palette,
/// so that nobody has to inform them of a change.
Theme themeOf(const QPalette &palette);

QColor color(Role role, const QPalette &palette);

/// In the application's theme. For widgets that paint themselves: a style rule with a transparent background changes a
/// widget's own palette.
QColor color(Role role);

/// The palette of a theme, for every widget that no style rule mentions.
QPalette paletteFor(Theme theme);

} // namespace bookdesk::style
