/// The order in which Tab goes through a window: the order in which it is read.
#pragma once

#include <QList>

class QWidget;

namespace bookdesk::widgets {

/// Everything visible in @p parent that Tab reaches, in the order of its layouts. Of buttons that exclude each other it
/// is the chosen one; arrow keys lead to the others. GUI thread.
QList<QWidget *> tabStops(const QWidget &parent);

/// Moves the focus to the next or previous of them, and around, and scrolls to it. Qt goes in the order in which
/// widgets were made, which is another one as soon as rows or buttons come later. For QWidget::focusNextPrevChild of a
/// window.
bool moveFocus(const QWidget &window, bool isForward);

/// Whether the focus of its window is in @p widget. QWidget::focusWidget of the widget itself says where it was last.
bool holdsFocus(const QWidget &widget);

} // namespace bookdesk::widgets
