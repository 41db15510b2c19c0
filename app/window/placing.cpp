#include "window/placing.h"

#include <QApplication>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QScreen>
#include <QStyle>
#include <QVBoxLayout>
#include <QWidget>

#include <algorithm>

namespace bookdesk::window {
namespace {

/// What is left of the screen at @p point for a window's content. Frames are not known before a window is shown.
QRect spaceAt(const QPoint &point, const QWidget &window)
{
    const QScreen *screen = QGuiApplication::screenAt(point);
    if (!screen)
        screen = QGuiApplication::primaryScreen();
    return screen->availableGeometry().adjusted(0, window.style()->pixelMetric(QStyle::PM_TitleBarHeight), 0, 0);
}

} // namespace

QRect fittedTo(const QRect &space, QRect wanted)
{
    wanted.setSize(wanted.size().boundedTo(space.size()));
    wanted.moveLeft(std::clamp(wanted.left(), space.left(), space.right() - wanted.width() + 1));
    wanted.moveTop(std::clamp(wanted.top(), space.top(), space.bottom() - wanted.height() + 1));
    return wanted;
}

void placeWindow(QWidget &window, const QByteArray &remembered, QSize usualSize)
{
    if (remembered.isEmpty() || !window.restoreGeometry(remembered)) {
        // Where it opens is left to the system.
        window.resize(usualSize.boundedTo(spaceAt(window.pos(), window).size()));
        return;
    }
    if (!window.isMaximized() && !window.isFullScreen())
        window.setGeometry(fittedTo(spaceAt(window.geometry().center(), window), window.geometry()));
}

void layOut(QWidget &window, const Frame &frame)
{
    auto *content = new QVBoxLayout;
    content->setSpacing(0);
    content->addWidget(frame.notice);
    content->addWidget(frame.content, 1);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(0);
    columns->addWidget(frame.side);
    columns->addLayout(content, 1);
    auto *rows = new QVBoxLayout(&window);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addLayout(columns, 1);
    rows->addWidget(frame.status);
}

void bringToFront(QWidget &window)
{
    if (window.isMinimized())
        window.showNormal();
    if (window.isActiveWindow())
        return;
    window.raise();
    window.activateWindow();
    QApplication::alert(&window);
}

} // namespace bookdesk::window
