#include "widgets/round-frame.h"

#include "style/colors.h"
#include "style/metrics.h"
#include "style/properties.h"
#include "widgets/card.h"

#include <QAbstractItemView>
#include <QEvent>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <QVariant>

namespace bookdesk::widgets {

using namespace Qt::StringLiterals;

namespace {

RoundFrame *frameOf(const QWidget &framed)
{
    return framed.findChild<RoundFrame *>(QString(), Qt::FindDirectChildrenOnly);
}

} // namespace

RoundFrame::RoundFrame(QWidget *framed)
    : QWidget(framed)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    framed->installEventFilter(this);
    // Qt raises what holds the scroll bar whenever it lays the view out.
    if (const auto *area = qobject_cast<QAbstractScrollArea *>(framed))
        area->verticalScrollBar()->parentWidget()->installEventFilter(this);
    setGeometry(framed->rect());
}

bool RoundFrame::isFlush() const { return parentWidget()->property("flush").toBool(); }

bool RoundFrame::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Resize:
        setGeometry(parentWidget()->rect());
        raise();
        break;
    case QEvent::Show:
    case QEvent::ZOrderChange:
        raise();
        break;
    case QEvent::FocusIn:
    case QEvent::FocusOut:
    case QEvent::DynamicPropertyChange:
        update();
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void RoundFrame::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    raise();
    if (!isFlush())
        return;
    QWidget *around = parentWidget();
    while (around && !qobject_cast<Card *>(around))
        around = around->parentWidget();
    if (!around || frameOf(*around))
        return;
    (new RoundFrame(around))->show();
}

QPainterPath RoundFrame::outline() const
{
    const double radius = style::metricsOf(*this).px(8);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath path;
    path.addRoundedRect(frame, radius, radius);
    if (parentWidget()->property("attached").toBool()) {
        QPainterPath below;
        below.addRect(frame.adjusted(0, frame.height() / 2, 0, 0));
        path = path.united(below);
    }
    return path;
}

void RoundFrame::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPen ring(style::color(style::Role::accent), 2);
    const bool hasRing = parentWidget()->hasFocus();
    if (isFlush()) {
        if (!hasRing)
            return;
        const double radius = style::metricsOf(*this).px(6);
        painter.setPen(ring);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), radius, radius);
        return;
    }
    QPainterPath corners;
    corners.addRect(QRectF(rect()));
    painter.fillPath(corners.subtracted(outline()), style::color(style::Role::ground));
    painter.setPen(QPen(style::color(style::Role::line), 1));
    painter.drawPath(outline());
    if (!hasRing)
        return;
    const double radius = style::metricsOf(*this).px(8) - 0.5;
    painter.setPen(ring);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), radius, radius);
}

void setFlush(QAbstractItemView &view)
{
    view.setFrameShape(QFrame::NoFrame);
    style::setStyleProperty(view, "flush", true);
    if (!frameOf(view))
        new RoundFrame(&view);
}

QWidget *headerCorner(QAbstractItemView &view)
{
    auto *corner = new QWidget(&view);
    corner->setProperty("ground", u"raised"_s);
    style::setEdge(*corner, u"bottom"_s);
    view.addScrollBarWidget(corner, Qt::AlignTop);
    return corner;
}

} // namespace bookdesk::widgets
