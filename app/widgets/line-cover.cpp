#include "widgets/line-cover.h"

#include "style/colors.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>

#include <algorithm>

namespace bookdesk::widgets {

namespace {

/// The upper edge of the line of this label that is at @p y, both in the label's coordinates; @p y where there is none.
int lineTop(const QLabel &label, int y)
{
    const int margin = label.margin();
    const QRect inner = label.contentsRect().adjusted(0, margin, 0, -margin);
    if (y <= inner.top() || y > inner.bottom())
        return y;
    const int lines = std::max(1, qRound(inner.height() / qreal(label.fontMetrics().lineSpacing())));
    const qreal pitch = inner.height() / qreal(lines);
    return inner.top() + static_cast<int>(static_cast<int>((y - inner.top()) / pitch) * pitch);
}

} // namespace

LineCover::LineCover(QScrollArea &area)
    : QWidget(area.viewport())
    , m_area(area)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    area.viewport()->installEventFilter(this);
    area.widget()->installEventFilter(this);
    connect(area.verticalScrollBar(), &QScrollBar::valueChanged, this, &LineCover::place);
    connect(area.verticalScrollBar(), &QScrollBar::rangeChanged, this, &LineCover::place);
    place();
}

bool LineCover::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)
        QMetaObject::invokeMethod(this, &LineCover::place, Qt::QueuedConnection); // The labels have their places then.
    return QWidget::eventFilter(watched, event);
}

void LineCover::place()
{
    const QWidget *viewport = m_area.viewport();
    const int edge = viewport->height();
    int top = edge;
    for (const QLabel *label : m_area.widget()->findChildren<QLabel *>()) {
        if (label->isHidden())
            continue;
        const int offset = label->mapTo(viewport, QPoint(0, 0)).y();
        top = std::min(top, lineTop(*label, edge - offset) + offset);
    }
    // A line that is all there is to see is better cut than hidden.
    setVisible(top > 0 && top < edge);
    setGeometry(0, top, viewport->width(), edge - top);
    raise();
}

void LineCover::paintEvent(QPaintEvent *) { QPainter(this).fillRect(rect(), style::color(style::Role::surface)); }

} // namespace bookdesk::widgets
