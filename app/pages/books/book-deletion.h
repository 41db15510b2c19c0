/// BookDeletion: the way of one book from the question *Try to delete?* to the outcome.
#pragma once

#include "books/books-api.h"
#include "workspace/desk.h"

#include <QObject>
#include <QPointer>
#include <QStringList>

#include <optional>
#include <stop_token>
#include <vector>

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

    /// What was sent for the desk before goes on.
    void setDesk(workspace::Desk *desk) { m_desk = desk; }
    /// Shows what is under way at this desk, and what came of it meanwhile.
    void restoreLeft();
    /// Asks for confirmation, then tries to delete the book.
    void ask(const books::Book &book);
    /// Sends a call again that has waited.
    void sendAgain(const books::Book &book) { send(book, books::Sending::guarded); }
    /// Repeats the call whose token was withheld.
    void sendAnyway();
    /// Another person, or none: nothing is shown any more, and what was sent for those who are gone is dropped.
    void forget();
    bool isRunning(const QString &bookId) const { return running().contains(bookId); }

Q_SIGNALS:
    /// A deletion began or ended.
    void runningChanged();

private:
    /// A deletion that was sent, until its outcome is shown.
    struct Run
    {
        int number;
        QPointer<workspace::Desk> desk;
        QString account; ///< Its ID: the desk may be another's by then.
        books::Book book;
        books::Prediction before;
        std::stop_source stop;
        QPointer<widgets::WorkStrip> strip;
        std::optional<books::DeleteOutcome> result;
    };

    void send(const books::Book &book, books::Sending sending);
    void addStrip(Run &run);
    /// Whether this is the desk and the person that it was sent for.
    bool isOfPerson(const Run &run) const;
    QStringList running() const;
    void noteRunning();
    void end(int number, const books::DeleteOutcome &result);
    void showEnded();
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
    std::vector<Run> m_runs;
    int m_lastRun = 0;
    std::optional<books::Book> m_notDeleted; ///< The last one that failed.
};

} // namespace bookdesk::pages
