#include "pages/books/list-retry.h"

#include "widgets/outcome-panel.h"

#include <QEvent>

namespace bookdesk::pages {

ListRetry::ListRetry(widgets::OutcomePanel &panel, QWidget &page)
    : QObject(&page)
    , m_panel(panel)
    , m_page(page)
{
    page.installEventFilter(this);
    connect(&panel, &widgets::OutcomePanel::retryDue, this, &ListRetry::attempt);
}

void ListRetry::reset() { m_plan.reset(); }

void ListRetry::forget()
{
    m_plan.reset();
    m_waitsToBeSeen = false;
}

void ListRetry::begin()
{
    m_waitsToBeSeen = false;
    m_panel.endWait();
}

std::optional<std::chrono::milliseconds> ListRetry::afterFailure(const books::ApiOutcome &outcome)
{
    return m_plan.afterFailure(outcome);
}

void ListRetry::noteOnline()
{
    const widgets::ShownOutcome &shown = m_panel.shown();
    if (m_panel.isWaiting() && shown.isTriedByItself && shown.outcome.isOutOfReach)
        attempt();
}

void ListRetry::attempt()
{
    const QWidget *window = m_page.window();
    m_waitsToBeSeen = !window->isVisible() || window->isMinimized();
    if (!m_waitsToBeSeen)
        Q_EMIT due();
}

bool ListRetry::eventFilter(QObject *watched, QEvent *event)
{
    if (m_waitsToBeSeen && (event->type() == QEvent::Show || event->type() == QEvent::WindowActivate))
        QMetaObject::invokeMethod(this, &ListRetry::attempt, Qt::QueuedConnection);
    return QObject::eventFilter(watched, event);
}

} // namespace bookdesk::pages
