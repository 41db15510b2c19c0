#include "pages/books/book-deletion.h"

#include "core/address-text.h"
#include "core/isolation.h"
#include "pages/books/book-detail.h"
#include "pages/books/books-table.h"
#include "pages/books/delete-dialog.h"
#include "pages/books/kept-call.h"
#include "pages/books/outcome-text.h"
#include "pages/books/work-area.h"
#include "widgets/outcome-panel.h"
#include "widgets/work-strip.h"

#include <QCoroTask>
#include <QTableView>

#include <stop_token>

namespace bookdesk::pages {

using books::OutcomeKind;

BookDeletion::BookDeletion(BooksTable &table, WorkArea &work, widgets::OutcomePanel &panel, KeptCall &kept,
                           QWidget &page)
    : QObject(&page)
    , m_table(table)
    , m_work(work)
    , m_panel(panel)
    , m_kept(kept)
    , m_page(page)
{}

books::Prediction BookDeletion::prediction() const { return books::predict(books::deleteRule(), m_desk->tokenFacts()); }

void BookDeletion::ask(const books::Book &book)
{
    if (m_question || !m_desk || !m_desk->session().current() || isRunning(book.id))
        return;
    if (const std::optional<Error> refused = books::refusedId(book.id)) {
        showRefusal(book, *refused);
        return;
    }
    const identity::Connection &connection = m_desk->connection();
    m_question = new DeleteDialog({bookName(book), book.id, m_desk->session().current()->identity.fullName(),
                                   connection.name, addressText(connection.apiBaseUrl),
                                   books::predictedAnswer(prediction()), books::idWarning(book.id)},
                                  &m_page);
    connect(m_question, &QDialog::accepted, this, [this, book] { send(book, books::Sending::guarded); });
    m_question->open();
}

void BookDeletion::showRefusal(const books::Book &book, const Error &refused)
{
    m_panel.show({.outcome = books::explain({}, refused),
                  .prediction = prediction(),
                  .text = notDeletedText(OutcomeKind::refused, book)});
    m_panel.takeFocus();
}

void BookDeletion::sendAnyway()
{
    if (m_notDeleted)
        send(*m_notDeleted, books::Sending::anyway);
}

void BookDeletion::forget()
{
    ++m_generation;
    if (m_question)
        m_question->reject();
    m_running.clear();
    m_table.setDeleting({});
    m_notDeleted.reset();
}

void BookDeletion::send(const books::Book &book, books::Sending sending)
{
    if (!m_desk || !m_desk->session().current() || isRunning(book.id))
        return;
    m_running += book.id;
    m_table.setDeleting(m_running);
    Q_EMIT runningChanged();
    const std::stop_source stop;
    const QPointer strip = m_work.add(tr("Deleting “%1”").arg(isolated(bookName(book))), stop);
    QCoro::connect(m_desk->books().remove(book.id, sending, stop.get_token()), this,
                   [this, book, before = prediction(), stop, strip,
                    generation = m_generation](const books::DeleteOutcome &result) {
                       delete strip;
                       if (generation != m_generation)
                           return;
                       end(book);
                       const bool isDeskGoing = result.outcome.kind == OutcomeKind::stopped && !stop.stop_requested();
                       if (!isDeskGoing)
                           show(book, before, result);
                   });
}

void BookDeletion::end(const books::Book &book)
{
    m_running.removeOne(book.id);
    m_table.setDeleting(m_running);
    Q_EMIT runningChanged();
}

void BookDeletion::show(const books::Book &book, const books::Prediction &prediction,
                        const books::DeleteOutcome &result)
{
    if (m_kept.keep(book, result.outcome))
        return;
    m_kept.noteAnswer(result.outcome.request);
    widgets::ShownOutcome shown{.outcome = result.outcome, .prediction = prediction};
    shown.outcome.remedy = remedyInWindow(result.outcome);
    if (result.outcome.isOk()) {
        shown.outcome.headline = tr("200 OK: “%1” was deleted").arg(isolated(bookName(book)));
        m_table.removeBook(book.id);
        m_panel.show(shown);
        m_table.view()->setFocus();
        return;
    }
    shown.text = notDeletedText(result.outcome.kind, book);
    shown.isListOutdated = isListOutdated(result.outcome.kind);
    shown.wait = m_desk->newRetryPlan().askedWait(result.outcome);
    m_notDeleted = book;
    m_panel.show(shown);
    m_panel.takeFocus();
}

} // namespace bookdesk::pages
