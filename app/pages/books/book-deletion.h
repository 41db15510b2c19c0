/// BookDeletion: the way of one book from the question *Try to delete?* to the outcome.
#pragma once

#include "books/books-api.h"
#include "workspace/desk.h"

#include <QObject>
#include <QPointer>
#include <QStringList>

#include <optional>

namespace bookdesk::widgets {
class OutcomePanel;
class WorkStrip;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

class BooksTable;
class DeleteDialog;
class KeptCall;
class WorkArea;

/// The row of a book that is being deleted says so, and its deletion cannot be started twice. GUI thread.
class BookDeletion : public QObject
{
    Q_OBJECT

public:
    /// The widgets outlive this; @p page is the parent of the question. @p kept takes what needs more proof.
    BookDeletion(BooksTable &table, WorkArea &work, widgets::OutcomePanel &panel, KeptCall &kept, QWidget &page);

    void setDesk(workspace::Desk *desk) { m_desk = desk; }
    /// Asks for confirmation, then tries to delete the book.
    void ask(const books::Book &book);
    /// Sends a call again that has waited.
    void sendAgain(const books::Book &book) { send(book, books::Sending::guarded); }
    /// Repeats the call whose token was withheld.
    void sendAnyway();
    /// Answers that are still to come are dropped.
    void forget();
    bool isRunning(const QString &bookId) const { return m_running.contains(bookId); }

Q_SIGNALS:
    /// A deletion began or ended.
    void runningChanged();

private:
    void send(const books::Book &book, books::Sending sending);
    void end(const books::Book &book);
    void show(const books::Book &book, const books::Prediction &prediction, const books::DeleteOutcome &result);
    void showRefusal(const books::Book &book, const Error &refused);
    books::Prediction prediction() const;

    BooksTable &m_table;
    WorkArea &m_work;
    widgets::OutcomePanel &m_panel;
    KeptCall &m_kept;
    QWidget &m_page;
    QPointer<workspace::Desk> m_desk;
    QPointer<DeleteDialog> m_question;
    QStringList m_running;                   ///< The books' IDs.
    std::optional<books::Book> m_notDeleted; ///< The last one that failed.
    int m_generation = 0;
};

} // namespace bookdesk::pages
