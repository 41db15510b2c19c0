/// BooksPage: the books of the API, what the account may do with them, and what came of it.
#pragma once

#include "books/books-api.h"
#include "books/retry-plan.h"
#include "pages/books/outcome-text.h"
#include "widgets/page.h"
#include "workspace/desk.h"

#include <QPointer>

#include <functional>
#include <optional>
#include <stop_token>

class QPushButton;
class QStackedLayout;
class QVBoxLayout;

namespace bookdesk::widgets {
class PageHeader;
class SearchField;
class WorkStrip;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

class AccessStrip;
class BookDetail;
class BooksTable;
class DeleteDialog;
class OutcomePanel;

/// Loads when somebody signs in, and never shows one person the rows of another. GUI thread.
class BooksPage final : public widgets::Page
{
    Q_OBJECT

public:
    explicit BooksPage(QWidget *parent = nullptr);

    std::vector<widgets::KeyHelp> keys() const override;
    void setDesk(workspace::Desk *desk) override;

    const OutcomePanel &outcome() const { return *m_outcome; }
    const BooksTable &table() const { return *m_table; }

public Q_SLOTS:
    void reload();
    /// Loads a list again at once that could not be had for lack of a network.
    void tryOfflineListNow();
    /// Asks for confirmation, then tries to delete the selected book.
    void tryToDelete();

protected:
    bool event(QEvent *event) override;

Q_SIGNALS:
    /// The list was loaded, or could not be.
    void listed(bool isOk);

private:
    QWidget *makeSignedOutHint();
    QWidget *makeContent();
    void makeHeader();
    void makeShortcuts();
    void connectParts();

    bool isSignedIn() const;
    void showPerson();
    void followTokens();
    /// Removes everything that belongs to a person.
    void forget();
    void showAccess();
    void showSelection();
    void showCount();

    void load(books::Sending sending);
    /// Loads the list again, once the window is seen.
    void retry();
    /// Shows that a request is under way; the strip's *Cancel* stops it.
    QPointer<widgets::WorkStrip> showWork(const QString &what, const std::stop_source &stop);
    /// Closes the outcome, or else cancels what is under way.
    void closeOrCancel();
    void showList(const books::Prediction &prediction, books::ListOutcome result);
    void showCancelled();
    void sendDelete(const books::Book &book, books::Sending sending);
    /// Repeats the call whose token was withheld.
    void sendAnyway();
    void showDeleted(const books::Book &book, const books::Prediction &prediction, const books::DeleteOutcome &result);

    void noteFreshToken();
    void copyAdminRequest();
    void showExchange();

    QPointer<workspace::Desk> m_desk;
    int m_generation = 0; ///< Answers to older requests are dropped.
    Unshown m_unshown;
    bool m_isLoading = false;
    bool m_hasListFailed = false;
    bool m_isRetryDue = false; ///< As soon as the window is seen.
    books::RetryPlan m_plan;

    widgets::PageHeader *m_header;
    widgets::SearchField *m_search;
    QPushButton *m_reload;
    QStackedLayout *m_stack;
    AccessStrip *m_access;
    BooksTable *m_table;
    BookDetail *m_detail;
    QVBoxLayout *m_work = nullptr; ///< The strips of what is under way.
    OutcomePanel *m_outcome;
    QPointer<DeleteDialog> m_question;
    std::optional<books::Book> m_notDeleted; ///< Because the token was withheld; else that was the list.
};

} // namespace bookdesk::pages
