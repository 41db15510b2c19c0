/// BooksListing: the way of the list from the request to the table, or to the reason why there is none.
#pragma once

#include "books/books-api.h"
#include "pages/books/outcome-text.h"
#include "workspace/desk.h"

#include <QObject>
#include <QPointer>

#include <memory>

class QWidget;

namespace bookdesk::widgets {
class OutcomePanel;
}

namespace bookdesk::pages {

class BooksTable;
class KeptCall;
class ListRetry;
class WorkArea;

/// One request at a time; a list that could not be loaded is asked for again as ListRetry says. GUI thread.
class BooksListing : public QObject
{
    Q_OBJECT

public:
    /// The widgets outlive this; @p page is where they are. @p kept takes what needs more proof.
    BooksListing(BooksTable &table, WorkArea &work, widgets::OutcomePanel &panel, KeptCall &kept, QWidget &page);

    void setDesk(workspace::Desk *desk);
    /// Loads the list because somebody wants it now.
    void reload();
    /// Repeats the call whose token was withheld.
    void sendAnyway();
    /// Loads a list again at once that could not be had for lack of a network.
    void tryOfflineListNow();
    /// Answers that are still to come are dropped.
    void forget();

    bool hasFailed() const { return m_hasFailed; }
    /// Whether nobody can say how many books there are.
    bool isCountUnknown() const;
    const Unshown &unshown() const { return m_unshown; }

Q_SIGNALS:
    /// The list is in the table, or the reason why it is not is shown.
    void listed(bool isOk);
    void cancelled();

private:
    void load(books::Sending sending);
    void show(const books::Prediction &prediction, books::ListOutcome result);
    void showCancelled();
    void showList(std::shared_ptr<const books::BookList> list);
    /// Why there is no list. The focus goes there, unless the same was shown before; if the page is not shown yet, as
    /// soon as it is.
    void showFailure(const books::Prediction &prediction, const books::ApiOutcome &outcome);
    /// The focus goes from there to the list.
    void hideFailure();

    BooksTable &m_table;
    WorkArea &m_work;
    widgets::OutcomePanel &m_panel;
    KeptCall &m_kept;
    QWidget &m_page;
    ListRetry *m_retry;
    QPointer<workspace::Desk> m_desk;
    int m_generation = 0; ///< Answers to older requests are dropped.
    Unshown m_unshown;
    bool m_isLoading = false;
    bool m_hasFailed = false;
};

} // namespace bookdesk::pages
