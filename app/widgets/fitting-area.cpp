#include "widgets/fitting-area.h"

#include "style/metrics.h"

#include <QEvent>
#include <QResizeEvent>

#include <algorithm>

namespace bookdesk::widgets {

FittingArea::FittingArea(int least, int most, QWidget *parent)
    : QScrollArea(parent)
    , m_least(style::metricsOf(*this).px(least))
    , m_most(style::metricsOf(*this).px(most))
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    viewport()->setAutoFillBackground(false);
}

void FittingArea::setContent(QWidget *content)
{
    setWidget(content);
    content->setAutoFillBackground(false);
    content->installEventFilter(this);
}

int FittingArea::contentHeight() const
{
    return widget()->hasHeightForWidth() ? widget()->heightForWidth(viewport()->width())
                                         : widget()->sizeHint().height();
}

QSize FittingArea::sizeHint() const
{
    const int frame = 2 * frameWidth();
    return {widget()->sizeHint().width() + frame, std::min(contentHeight() + frame, m_most)};
}

QSize FittingArea::minimumSizeHint() const
{
    return {style::metricsOf(*this).px(60), std::min(sizeHint().height(), m_least)};
}

void FittingArea::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        updateGeometry(); // what is in it wraps differently
}

bool FittingArea::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        updateGeometry();
    return QScrollArea::eventFilter(watched, event);
}

} // namespace bookdesk::widgets
