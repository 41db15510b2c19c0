/// Where the window and its parts are: opened in the size of last time, but never beyond the screen, and brought to
/// the front.
#pragma once

#include <QByteArray>
#include <QRect>

class QWidget;

namespace bookdesk::window {

/// @p wanted, made smaller and moved where it reaches beyond @p space.
QRect fittedTo(const QRect &space, QRect wanted);

/// Places a window that was not shown yet. @param remembered as QWidget::saveGeometry gave it; may be empty or useless.
void placeWindow(QWidget &window, const QByteArray &remembered, QSize usualSize);

/// The parts of the window.
struct Frame
{
    QWidget *side;    ///< At the left of notice and content.
    QWidget *notice;  ///< Above the content.
    QWidget *content; ///< Gets the room that is left.
    QWidget *status;  ///< Below everything.
};

/// Gives @p window its layout. Its parts touch each other and its edges.
void layOut(QWidget &window, const Frame &frame);

/// Where the system forbids that, the window at least asks for attention.
void bringToFront(QWidget &window);

} // namespace bookdesk::window
