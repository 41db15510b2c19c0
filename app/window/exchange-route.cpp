#include "window/exchange-route.h"

#include "pages/activity/activity-page.h"
#include "widgets/page.h"

#include <utility>

namespace bookdesk::window {

ExchangeRoute::ExchangeRoute(pages::ActivityPage &activity, ShowPage showPage, QObject *parent)
    : QObject(parent)
    , m_activity(activity)
    , m_showPage(std::move(showPage))
{
    connect(&activity, &pages::ActivityPage::backAsked, this, &ExchangeRoute::goBack);
}

void ExchangeRoute::follow(widgets::Page &origin)
{
    connect(&origin, &widgets::Page::exchangeAsked, this, [this, page = &origin](std::int64_t id) { show(*page, id); });
}

void ExchangeRoute::show(widgets::Page &origin, std::int64_t id)
{
    m_origin = &origin;
    m_focusBefore = m_activity.window()->focusWidget();
    m_showPage(m_activity);
    m_activity.showExchange(id, origin.description().title);
}

void ExchangeRoute::goBack()
{
    if (!m_origin)
        return;
    // Showing a page moves the focus to its first control.
    const QPointer<QWidget> focus = m_focusBefore;
    m_showPage(*m_origin);
    if (focus && focus->isVisible())
        focus->setFocus(Qt::OtherFocusReason);
}

} // namespace bookdesk::window
