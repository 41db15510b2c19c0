/// The program's look: Fusion with our palette and one style sheet.
#pragma once

#include "style/colors.h"

#include <QString>

#include <functional>
#include <optional>

class QApplication;

namespace bookdesk::style {

/// Sets style, palette and style sheet; may be called again to change the theme. GUI thread.
void apply(QApplication &application, Theme theme);

/// "light" or "dark".
QString themeText(Theme theme);

/// The inverse; nothing for any other text.
std::optional<Theme> themeFromText(const QString &text);

/// The desktop's own theme, by the palette before the first apply(), or as the platform reported it last.
Theme desktopTheme();
void noteDesktopTheme(Theme theme);

/// Calls back when the desktop's theme changes, where the platform reports it (Qt 6.5 and later).
void onDesktopThemeChange(QApplication &application, std::function<void(Theme)> callback);

/// The style sheet of a theme: the template with its `@role@` marks filled in.
QString styleSheetFor(Theme theme, const class Metrics &metrics);

} // namespace bookdesk::style
