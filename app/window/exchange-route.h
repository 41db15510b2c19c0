/// ExchangeRoute: from what a page shows to its exchange on the Activity page, and back to where the focus was.
#pragma once

#include <QObject>
#include <QPointer>
#include <QWidget>

#include <cstdint>
#include <functional>

namespace bookdesk::pages {
class ActivityPage;
}
namespace bookdesk::widgets {
class Page;
}

namespace bookdesk::window {

/// Leads back to the page that asked last. GUI thread.
class ExchangeRoute : public QObject
{
    Q_OBJECT

public:
    using ShowPage = std::function<void(const widgets::Page &)>;

    /// @param showPage brings a page to the front. @p activity outlives this.
    ExchangeRoute(pages::ActivityPage &activity, ShowPage showPage, QObject *parent);

    /// Shows the exchanges that @p origin asks for.
    void follow(widgets::Page &origin);

private:
    void show(widgets::Page &origin, std::int64_t id);
    void goBack();

    pages::ActivityPage &m_activity;
    ShowPage m_showPage;
    QPointer<widgets::Page> m_origin;
    QPointer<QWidget> m_focusBefore;
};

} // namespace bookdesk::window
