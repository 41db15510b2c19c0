#include "pages/token/grants-area.h"

#include "style/metrics.h"

#include <QScrollBar>
#include <QVBoxLayout>

namespace bookdesk::pages {

namespace {

constexpr int leastHeight = 112;
constexpr int mostHeight = 170;

} // namespace

GrantsArea::GrantsArea(QWidget *parent)
    : FittingArea(leastHeight, mostHeight, parent)
{
    auto *content = new QWidget(this);
    m_content = new QVBoxLayout(content);
    m_content->setContentsMargins(0, 0, 0, 0);
    m_content->setSpacing(style::metricsOf(*this).px(8));
    setContent(content);
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this,
            [this](int, int most) { setFocusPolicy(most > 0 ? Qt::StrongFocus : Qt::NoFocus); });
}

void GrantsArea::focusInEvent(QFocusEvent *event)
{
    FittingArea::focusInEvent(event);
    Q_EMIT focusChanged(true);
}

void GrantsArea::focusOutEvent(QFocusEvent *event)
{
    FittingArea::focusOutEvent(event);
    Q_EMIT focusChanged(false);
}

} // namespace bookdesk::pages
