/// ListRetry: when a list that could not be loaded is asked for again by itself.
#pragma once

#include "books/retry-plan.h"
#include "workspace/desk.h"

#include <QObject>

#include <chrono>
#include <optional>

class QWidget;

namespace bookdesk::widgets {
class OutcomePanel;
}

namespace bookdesk::pages {

/// The plan says how long to wait and the panel counts down; a window that nobody sees waits until it is seen.
/// GUI thread.
class ListRetry : public QObject
{
    Q_OBJECT

public:
    /// @param panel shows the failures, @p page is where it is; both outlive this.
    ListRetry(widgets::OutcomePanel &panel, QWidget &page);

    void setPlan(books::RetryPlan plan) { m_plan = std::move(plan); }
    /// Somebody asked for the list, or it was loaded: what failed before no longer counts.
    void reset();
    /// As reset, and nothing is waited for.
    void forget();
    /// The list is being loaded: nothing is waited for.
    void begin();
    /// How long until the next attempt after this failure; nothing if there is none.
    std::optional<std::chrono::milliseconds> afterFailure(const books::ApiOutcome &outcome);
    /// There may be a network again: a list that is waited for because there was none is due at once.
    void noteOnline();

Q_SIGNALS:
    /// The list is to be loaded.
    void due();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void attempt();

    widgets::OutcomePanel &m_panel;
    QWidget &m_page;
    books::RetryPlan m_plan;
    bool m_waitsToBeSeen = false;
};

} // namespace bookdesk::pages
