#include "style/colors.h"

#include <QGuiApplication>
#include <QPalette>

namespace bookdesk::style {

const std::array<RoleColor, 21> roleColors{{
    {Role::ground, "ground", 0xfff3f5f8, 0xff1a1e23},
    {Role::surface, "surface", 0xffffffff, 0xff22272e},
    {Role::raised, "raised", 0xfffafbfc, 0xff272d35},
    {Role::line, "line", 0xffd5dbe3, 0xff3b434d},
    {Role::controlLine, "control-line", 0xff7d8896, 0xff77828f},
    {Role::text, "text", 0xff18202b, 0xffe7ebf0},
    {Role::muted, "muted", 0xff566273, 0xffa3aebb},
    {Role::accent, "accent", 0xff0b5cad, 0xff6fb1fb},
    {Role::onAccent, "on-accent", 0xffffffff, 0xff0d1117},
    {Role::accentGround, "accent-ground", 0xffe6f0fa, 0xff1d3247},
    {Role::selection, "selection", 0xffdbe9f8, 0xff23405d},
    {Role::ok, "ok", 0xff17713f, 0xff5dcb8d},
    {Role::okGround, "ok-ground", 0xffe4f4ea, 0xff17352a},
    {Role::bad, "bad", 0xffb3261e, 0xffff9088},
    {Role::badGround, "bad-ground", 0xfffcebe9, 0xff42211f},
    {Role::warn, "warn", 0xff855600, 0xfff0c267},
    {Role::warnGround, "warn-ground", 0xfffff3d9, 0xff3b2f14},
    {Role::chip, "chip", 0xffeaeef3, 0xff323943},
    {Role::onBad, "on-bad", 0xffffffff, 0xff26090a},
    {Role::claimsPart, "claims-part", 0xff7b2f9b, 0xffd8a6f0},
    {Role::signaturePart, "signature-part", 0xff0a6b70, 0xff5ccbd0},
}};

QColor color(Role role, Theme theme)
{
    const RoleColor &entry = roleColors.at(static_cast<std::size_t>(role));
    return QColor::fromRgb(theme == Theme::light ? entry.light : entry.dark);
}

Theme themeOf(const QPalette &palette)
{
    const bool isDark = palette.color(QPalette::WindowText).lightness() > palette.color(QPalette::Window).lightness();
    return isDark ? Theme::dark : Theme::light;
}

QColor color(Role role, const QPalette &palette) { return color(role, themeOf(palette)); }

QColor color(Role role) { return color(role, themeOf(QGuiApplication::palette())); }

QPalette paletteFor(Theme theme)
{
    const auto of = [theme](Role role) { return color(role, theme); };
    QPalette palette(of(Role::text), of(Role::surface), of(Role::surface), of(Role::line), of(Role::controlLine),
                     of(Role::text), of(Role::text), of(Role::surface), of(Role::ground));
    palette.setColor(QPalette::Window, of(Role::ground));
    palette.setColor(QPalette::Base, of(Role::surface));
    palette.setColor(QPalette::AlternateBase, of(Role::raised));
    palette.setColor(QPalette::Highlight, of(Role::selection));
    palette.setColor(QPalette::HighlightedText, of(Role::text));
    palette.setColor(QPalette::PlaceholderText, of(Role::muted));
    palette.setColor(QPalette::Link, of(Role::accent));
    palette.setColor(QPalette::LinkVisited, of(Role::accent));
    palette.setColor(QPalette::ToolTipBase, of(Role::raised));
    palette.setColor(QPalette::ToolTipText, of(Role::text));
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, of(Role::muted));
    return palette;
}

} // namespace bookdesk::style
