/// The program's icons: SVG drawings in one colour, recoloured as they are painted.
#pragma once

#include "style/colors.h"

#include <QIcon>
#include <QPixmap>
#include <QString>

namespace bookdesk::style {

/// An icon that takes its colour from the application's palette each time it is painted, at any size and scale.
/// Disabled ones are muted. @p name is the file's name without `.svg`: "trash". GUI thread.
QIcon icon(const QString &name, Role role = Role::text);

/// The same for a mark whose colour says what it belongs to: it keeps the colour when disabled.
QIcon steadyIcon(const QString &name, Role role);

/// The program's own multicoloured icon.
QIcon appIcon();

} // namespace bookdesk::style
