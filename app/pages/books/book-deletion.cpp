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

#include <algorithm>

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
    if (m_question)
        m_question->reject();
    std::erase_if(m_runs, [this](const Run &run) { return !run.desk || (run.desk == m_desk && !isOfPerson(run)); });
    m_table.setDeleting({});
    m_notDeleted.reset();
}

void BookDeletion::restoreLeft()
{
    for (Run &run : m_runs) {
        if (isOfPerson(run) && !run.result)
            addStrip(run);
    }
    noteRunning();
    showEnded();
}

void BookDeletion::send(const books::Book &book, books::Sending sending)
{
    if (!m_desk || !m_desk->session().current() || !m_desk->account() || isRunning(book.id))
        return;
    const int number = ++m_lastRun;
    m_runs.push_back({number, m_desk, m_desk->account()->id(), book, prediction(), {}, {}, {}});
    addStrip(m_runs.back());
    const std::stop_token stop = m_runs.back().stop.get_token();
    noteRunning();
    QCoro::connect(m_desk->books().remove(book.id, sending, stop), this,
                   [this, number](const books::DeleteOutcome &result) { end(number, result); });
}

void BookDeletion::addStrip(Run &run)
{
    run.strip = m_work.add(tr("Deleting “%1”").arg(isolated(bookName(run.book))), run.stop);
}

bool BookDeletion::isOfPerson(const Run &run) const
{
    return m_desk && run.desk == m_desk && m_desk->session().current() && m_desk->account() &&
           m_desk->account()->id() == run.account;
}

QStringList BookDeletion::running() const
{
    QStringList ids;
    for (const Run &run : m_runs) {
        if (isOfPerson(run) && !run.result)
            ids += run.book.id;
    }
    return ids;
}

void BookDeletion::noteRunning()
{
    m_table.setDeleting(running());
    Q_EMIT runningChanged();
}

void BookDeletion::end(int number, const books::DeleteOutcome &result)
{
    const auto ended = std::ranges::find(m_runs, number, &Run::number);
    if (ended == m_runs.end())
        return;
    delete ended->strip;
    ended->result = result;
    if (!isOfPerson(*ended))
        return;
    noteRunning();
    showEnded();
}

void BookDeletion::showEnded()
{
    const auto isEnded = [this](const Run &run) { return run.result && isOfPerson(run); };
    for (auto ended = std::ranges::find_if(m_runs, isEnded); ended != m_runs.end();
         ended = std::ranges::find_if(m_runs, isEnded)) {
        const Run run = *ended;
        m_runs.erase(ended);
        const bool isDeskGoing = run.result->outcome.kind == OutcomeKind::stopped && !run.stop.stop_requested();
        if (!isDeskGoing)
            show(run.book, run.before, *run.result);
    }
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
