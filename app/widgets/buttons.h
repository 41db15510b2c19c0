/// Buttons as the UI specification has them.
#pragma once

#include <QString>

class QPushButton;
class QToolButton;
class QWidget;

namespace bookdesk::widgets {

/// How prominent a button is.
enum class ButtonLook {
    plain,
    primary, ///< One a page.
    danger,
    flat,  ///< Without a frame, as a link.
    quiet, ///< As flat, muted.
};

/// @p icon is one of the program's icons, or empty.
QPushButton *pushButton(const QString &text, const QString &icon, ButtonLook look, QWidget *parent = nullptr);

/// An icon-only button; @p name is its accessible name and its tool tip.
QToolButton *toolButton(const QString &icon, const QString &name, QWidget *parent = nullptr);

} // namespace bookdesk::widgets
