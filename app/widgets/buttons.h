/// Buttons as in the UI specification.
#pragma once

#include <QString>

class QPushButton;
class QToolButton;
class QWidget;

namespace bookdesk::widgets {

/// How prominent a button is.
enum class ButtonLook {
    plain,
    primary, ///< One per page.
    danger,
    flat,  ///< Without a frame, like a link.
    quiet, ///< As flat, muted.
    row,   ///< One of several below each other, as wide as their column.
};

/// @p icon is one of the program's icons, or empty.
QPushButton *pushButton(const QString &text, const QString &icon, ButtonLook look, QWidget *parent = nullptr);

/// Gives a button another look, with its icon in the colour that goes with it.
void setButtonLook(QPushButton &button, const QString &icon, ButtonLook look);

/// An icon-only button; @p name is its accessible name and its tool tip.
QToolButton *toolButton(const QString &icon, const QString &name, QWidget *parent = nullptr);

/// Shows @p second in place of @p first, and gives it the focus if @p first had it.
void swapFor(QWidget &first, QWidget &second);

} // namespace bookdesk::widgets
