/// Where the window is: opened in the size of last time, but never beyond the screen, and brought to the front.
#pragma once

#include <QByteArray>
#include <QRect>

class QWidget;

namespace bookdesk::window {

/// @p wanted, made smaller and moved where it reaches beyond @p space.
QRect fittedTo(const QRect &space, QRect wanted);

/// Places a window that was not shown yet. @param remembered as QWidget::saveGeometry gave it; may be empty or useless.
void placeWindow(QWidget &window, const QByteArray &remembered, QSize usualSize);

/// Where the system forbids that, the window at least asks for attention.
void bringToFront(QWidget &window);

} // namespace bookdesk::window
