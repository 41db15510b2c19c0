#include "pages/books/books-listing.h"

#include "pages/books/books-table.h"
#include "pages/books/kept-call.h"
#include "pages/books/list-retry.h"
#include "pages/books/outcome-text.h"
#include "pages/books/work-area.h"
#include "widgets/outcome-panel.h"
#include "widgets/tab-order.h"
#include "widgets/work-strip.h"

#include <QCoroTask>
#include <QTableView>
#include <QWidget>

#include <chrono>
#include <optional>
#include <stop_token>
#include <utility>

namespace bookdesk::pages {

using books::OutcomeKind;

BooksListing::BooksListing(BooksTable &table, WorkArea &work, widgets::OutcomePanel &panel, KeptCall &kept,
                           QWidget &page)
    : QObject(&page)
    , m_table(table)
    , m_work(work)
    , m_panel(panel)
    , m_kept(kept)
    , m_page(page)
    , m_retry(new ListRetry(panel, page))
{
    connect(m_retry, &ListRetry::due, this, [this] { load(books::Sending::guarded); });
}

void BooksListing::setDesk(workspace::Desk *desk)
{
    m_desk = desk;
    if (desk)
        m_retry->setPlan(desk->newRetryPlan());
}

void BooksListing::reload()
{
    m_retry->reset();
    load(books::Sending::guarded);
}

void BooksListing::sendAnyway() { load(books::Sending::anyway); }

void BooksListing::tryOfflineListNow() { m_retry->noteOnline(); }

void BooksListing::forget()
{
    ++m_generation;
    m_isLoading = false;
    m_hasFailed = false;
    m_retry->forget();
    m_unshown = {};
    m_table.setLoading(false);
    m_table.forget();
}

bool BooksListing::isCountUnknown() const { return m_table.total() == 0 && (m_isLoading || m_hasFailed); }

void BooksListing::load(books::Sending sending)
{
    if (!m_desk || !m_desk->session().current() || m_isLoading)
        return;
    m_isLoading = true;
    m_hasFailed = false;
    m_retry->begin();
    m_kept.noteListAsked();
    m_table.setLoading(true);
    const books::Prediction prediction = books::predict(books::listRule(), m_desk->tokenFacts());
    const std::stop_source stop;
    const QPointer strip = m_work.add(tr("Loading books"), stop);
    QCoro::connect(m_desk->books().list(sending, stop.get_token()), this,
                   [this, prediction, stop, strip, generation = m_generation](books::ListOutcome result) {
                       delete strip;
                       if (generation != m_generation)
                           return;
                       m_isLoading = false;
                       if (stop.stop_requested())
                           showCancelled();
                       else
                           show(prediction, std::move(result));
                   });
}

void BooksListing::showCancelled()
{
    m_hasFailed = m_table.total() == 0;
    m_table.setLoading(false);
    if (m_hasFailed)
        m_table.clear(tr("Loading was cancelled."));
    m_panel.cancelWait();
    Q_EMIT cancelled();
}

void BooksListing::show(const books::Prediction &prediction, books::ListOutcome result)
{
    m_table.setLoading(false);
    if (result.outcome.kind == OutcomeKind::stopped) // the desk is going
        return;
    m_hasFailed = !result.outcome.isOk();
    const QString request = result.outcome.request;
    if (m_hasFailed)
        showFailure(prediction, result.outcome);
    else
        showList(std::move(result.list));
    m_kept.noteAnswer(request);
    Q_EMIT listed(!m_hasFailed);
}

void BooksListing::showList(std::shared_ptr<const books::BookList> list)
{
    m_retry->reset();
    m_unshown = {static_cast<int>(list->ignored), list->leftOut > 0};
    m_table.setBooks(std::move(list));
    if (m_panel.shown().canBeRetried) // about an older list
        hideFailure();
}

void BooksListing::showFailure(const books::Prediction &prediction, const books::ApiOutcome &outcome)
{
    if (m_table.total() == 0)
        m_table.clear(tr("There is no list; the reason is shown below."));
    if (m_kept.keep({}, outcome))
        return;
    // What was tried again by itself and fails in the same way leaves the focus where it is.
    const bool isShown = !m_panel.isHidden() && m_panel.shown().outcome.code == outcome.code;
    const bool takesFocus = m_page.isVisible() && (!isShown || widgets::holdsFocus(m_panel));
    const std::optional<std::chrono::milliseconds> wait = m_retry->afterFailure(outcome);
    books::ApiOutcome shown = outcome;
    shown.remedy = remedyInWindow(outcome);
    m_panel.show({.outcome = std::move(shown),
                  .prediction = prediction,
                  .canBeRetried = true,
                  .wait = wait,
                  .isTriedByItself = wait.has_value()});
    if (takesFocus)
        m_panel.takeFocus();
    else if (!m_page.isVisible())
        m_page.setFocusProxy(&m_panel);
}

void BooksListing::hideFailure()
{
    const bool hadFocus = widgets::holdsFocus(m_panel);
    m_panel.hide();
    if (hadFocus)
        m_table.view()->setFocus(Qt::OtherFocusReason);
}

} // namespace bookdesk::pages
