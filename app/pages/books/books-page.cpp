#include "pages/books/books-page.h"

#include "core/address-text.h"
#include "core/text.h"
#include "net/online-watch.h"
#include "pages/books/access-strip.h"
#include "pages/books/book-detail.h"
#include "pages/books/books-table.h"
#include "pages/books/delete-dialog.h"
#include "pages/books/exchange-dialog.h"
#include "pages/books/outcome-panel.h"
#include "pages/books/outcome-text.h"
#include "style/metrics.h"
#include "widgets/banner.h"
#include "widgets/buttons.h"
#include "widgets/page-header.h"
#include "widgets/remembered-splitter.h"
#include "widgets/search-field.h"
#include "widgets/signed-out-hint.h"
#include "widgets/work-strip.h"

#include <QApplication>
#include <QClipboard>
#include <QCoroTask>
#include <QEvent>
#include <QLocale>
#include <QPushButton>
#include <QShortcut>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using books::OutcomeKind;
using widgets::ButtonLook;

BooksPage::BooksPage(QWidget *parent)
    : Page({u"books"_s, tr("Books"), Qt::CTRL | Qt::Key_1}, parent)
    , m_header(new widgets::PageHeader(tr("Books"), this))
    , m_search(new widgets::SearchField(tr("Search title, author, ISBN"), this))
    , m_reload(widgets::pushButton(tr("Reload"), u"refresh"_s, ButtonLook::plain, this))
    , m_stack(new QStackedLayout)
    , m_access(new AccessStrip(this))
    , m_table(new BooksTable(this))
    , m_detail(new BookDetail(this))
    , m_outcome(new OutcomePanel(this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics.marginX(), metrics.marginY(), metrics.marginX(), metrics.marginY());
    column->setSpacing(metrics.gap());
    makeHeader();
    column->addWidget(m_header);
    m_stack->addWidget(makeSignedOutHint());
    m_stack->addWidget(makeContent());
    column->addLayout(m_stack, 1);
    makeShortcuts();
    connectParts();
    setDesk(nullptr);
}

void BooksPage::makeHeader()
{
    m_search->setObjectName(u"search"_s);
    m_search->setFixedWidth(style::metricsOf(*this).px(280));
    m_search->setShortcut(QKeySequence::Find);
    m_reload->setObjectName(u"reload"_s);
    m_reload->setToolTip(tr("Reload (F5)"));
    m_header->addAction(m_search);
    m_header->addAction(m_reload);
    setFocusProxy(m_search);
}

QWidget *BooksPage::makeSignedOutHint()
{
    auto *hint = new widgets::SignedOutHint(tr("Once you are signed in, this page lists the API's books."), this);
    connect(hint, &widgets::SignedOutHint::signInAsked, this, &BooksPage::signInAsked);
    return hint;
}

QWidget *BooksPage::makeContent()
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics.gap());
    auto *splitter = new widgets::RememberedSplitter(u"books"_s, Qt::Horizontal, content);
    splitter->setHandleWidth(metrics.gap());
    splitter->addWidget(m_table);
    splitter->addWidget(m_detail);
    splitter->setStretchFactor(0, 72);
    splitter->setStretchFactor(1, 28);
    splitter->restore({metrics.px(670), metrics.px(262)});
    column->addWidget(m_access);
    column->addWidget(splitter, 1);
    m_work = new QVBoxLayout;
    m_work->setSpacing(metrics.gap());
    column->addLayout(m_work);
    column->addWidget(m_outcome);
    return content;
}

void BooksPage::makeShortcuts()
{
    connect(new QShortcut(QKeySequence::Refresh, this), &QShortcut::activated, this, &BooksPage::reload);
    auto *remove = new QShortcut(QKeySequence::Delete, m_table, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(remove, &QShortcut::activated, this, &BooksPage::tryToDelete);
    auto *escape = new QShortcut(Qt::Key_Escape, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, &BooksPage::closeOrCancel);
}

void BooksPage::connectParts()
{
    connect(m_search, &QLineEdit::textChanged, m_table, &BooksTable::setSearch);
    connect(m_reload, &QPushButton::clicked, this, &BooksPage::reload);
    connect(m_access, &AccessStrip::whyAsked, this, [this] { Q_EMIT pageAsked(u"token"_s); });
    connect(m_table, &BooksTable::selectionChanged, this, &BooksPage::showSelection);
    connect(m_table, &BooksTable::countChanged, this, &BooksPage::showCount);
    connect(m_detail, &BookDetail::deleteAsked, this, &BooksPage::tryToDelete);
    connect(m_outcome, &OutcomePanel::freshTokenAsked, this, &BooksPage::freshTokenAsked);
    connect(m_outcome, &OutcomePanel::adminRequestAsked, this, &BooksPage::copyAdminRequest);
    connect(m_outcome, &OutcomePanel::exchangeAsked, this, &BooksPage::showExchange);
    connect(m_outcome, &OutcomePanel::retryAsked, this, &BooksPage::reload);
    connect(new net::OnlineWatch(this), &net::OnlineWatch::cameOnline, this, &BooksPage::tryOfflineListNow);
    connect(m_outcome, &OutcomePanel::retryDue, this, &BooksPage::retry);
    connect(m_outcome, &OutcomePanel::sendAnywayAsked, this, &BooksPage::sendAnyway);
    connect(m_outcome, &OutcomePanel::closed, m_table->view(), qOverload<>(&QWidget::setFocus));
}

std::vector<widgets::KeyHelp> BooksPage::keys() const
{
    return {{Qt::CTRL | Qt::Key_F, tr("Search")},
            {QKeySequence::Refresh, tr("Reload the books")},
            {Qt::Key_Delete, tr("Try to delete the selected book")}};
}

void BooksPage::setDesk(workspace::Desk *desk)
{
    if (m_desk)
        disconnect(&m_desk->session(), nullptr, this, nullptr);
    m_desk = desk;
    if (m_desk) {
        m_plan = m_desk->newRetryPlan();
        connect(&m_desk->session(), &identity::Session::personChanged, this, &BooksPage::showPerson);
        connect(&m_desk->session(), &identity::Session::tokensRenewed, this, &BooksPage::followTokens);
    }
    showPerson();
}

bool BooksPage::isSignedIn() const { return m_desk && m_desk->session().current().has_value(); }

void BooksPage::showPerson()
{
    forget();
    const bool isIn = isSignedIn();
    m_stack->setCurrentIndex(isIn ? 1 : 0);
    m_search->setVisible(isIn);
    m_reload->setVisible(isIn);
    if (!isIn)
        return;
    showAccess();
    reload();
}

void BooksPage::followTokens()
{
    showAccess();
    noteFreshToken();
    if (m_hasListFailed)
        reload();
}

void BooksPage::forget()
{
    ++m_generation;
    m_isLoading = false;
    m_hasListFailed = false;
    m_isRetryDue = false;
    m_plan.reset();
    m_unshown = {};
    if (m_question)
        m_question->reject();
    m_notDeleted.reset();
    qDeleteAll(findChildren<widgets::WorkStrip *>());
    m_outcome->forget();
    m_access->setFacts({});
    m_search->clear();
    m_table->setLoading(false);
    m_table->clear({});
    showSelection();
}

void BooksPage::showAccess()
{
    m_access->setFacts(m_desk->tokenFacts());
    showSelection();
}

void BooksPage::showSelection()
{
    const std::optional<books::Book> book = m_table->selectedBook();
    m_detail->setBook(book);
    if (!book || !isSignedIn())
        return;
    const QString sentence = books::predictionSentence(books::predict(books::deleteRule(), m_desk->tokenFacts()));
    m_detail->setPrediction((sentence + u' ' + books::idWarning(book->id)).trimmed());
}

void BooksPage::showCount()
{
    const bool isUnknown = !isSignedIn() || (m_table->total() == 0 && (m_isLoading || m_hasListFailed));
    m_header->setSubtitle(isUnknown ? QString() : countText(m_table->shown(), m_table->total(), m_unshown));
}

void BooksPage::reload()
{
    m_plan.reset();
    load(books::Sending::guarded);
}

void BooksPage::retry()
{
    m_isRetryDue = !window()->isVisible() || window()->isMinimized();
    if (!m_isRetryDue)
        load(books::Sending::guarded);
}

void BooksPage::tryOfflineListNow()
{
    const ShownOutcome &shown = m_outcome->shown();
    if (m_outcome->isWaiting() && shown.isTriedByItself && shown.outcome.isOutOfReach)
        retry();
}

bool BooksPage::event(QEvent *event)
{
    if (m_isRetryDue && (event->type() == QEvent::Show || event->type() == QEvent::WindowActivate))
        QMetaObject::invokeMethod(this, &BooksPage::retry, Qt::QueuedConnection);
    return Page::event(event);
}

void BooksPage::load(books::Sending sending)
{
    if (!isSignedIn() || m_isLoading)
        return;
    m_isLoading = true;
    m_hasListFailed = false;
    m_isRetryDue = false;
    m_outcome->endWait();
    m_table->setLoading(true);
    const books::Prediction prediction = books::predict(books::listRule(), m_desk->tokenFacts());
    const std::stop_source stop;
    const QPointer strip = showWork(tr("Loading books"), stop);
    QCoro::connect(m_desk->books().list(sending, stop.get_token()), this,
                   [this, prediction, stop, strip, generation = m_generation](books::ListOutcome result) {
                       delete strip;
                       if (generation != m_generation)
                           return;
                       if (stop.stop_requested())
                           showCancelled();
                       else
                           showList(prediction, std::move(result));
                   });
}

QPointer<widgets::WorkStrip> BooksPage::showWork(const QString &what, const std::stop_source &stop)
{
    auto *strip = new widgets::WorkStrip(what, this);
    m_work->addWidget(strip);
    // Stopping ends the request at once, which deletes the strip.
    connect(
        strip, &widgets::WorkStrip::cancelAsked, this, [stop] { std::stop_source(stop).request_stop(); },
        Qt::QueuedConnection);
    return strip;
}

void BooksPage::closeOrCancel()
{
    if (!m_outcome->isHidden())
        return m_outcome->close();
    for (widgets::WorkStrip *strip : findChildren<widgets::WorkStrip *>()) {
        if (!strip->isHidden())
            Q_EMIT strip->cancelAsked();
    }
}

void BooksPage::showCancelled()
{
    m_isLoading = false;
    m_hasListFailed = m_table->total() == 0;
    m_table->setLoading(false);
    if (m_hasListFailed)
        m_table->clear(tr("Loading was cancelled."));
    m_outcome->cancelWait();
    widgets::announce(*m_header, tr("Loading was cancelled."));
    Q_EMIT listed(false);
}

void BooksPage::showList(const books::Prediction &prediction, books::ListOutcome result)
{
    m_isLoading = false;
    m_table->setLoading(false);
    if (result.outcome.kind == OutcomeKind::stopped) // the desk is going
        return;
    m_hasListFailed = !result.outcome.isOk();
    if (m_hasListFailed) {
        m_notDeleted.reset();
        if (m_table->total() == 0)
            m_table->clear(tr("There is no list; the reason is shown below."));
        const std::optional<std::chrono::milliseconds> wait = m_plan.afterFailure(result.outcome);
        m_outcome->show({result.outcome, prediction, {}, {}, true, wait, wait.has_value()});
    } else {
        m_plan.reset();
        m_unshown = {static_cast<int>(result.list->ignored), result.list->leftOut > 0};
        m_table->setBooks(std::move(result.list));
        if (m_outcome->shown().canBeRetried) // about an older list
            m_outcome->hide();
        widgets::announce(*m_header, m_header->subtitle());
    }
    showAccess();
    Q_EMIT listed(!m_hasListFailed);
}

void BooksPage::tryToDelete()
{
    const std::optional<books::Book> book = m_table->selectedBook();
    if (!book || !isSignedIn() || m_question)
        return;
    const books::Prediction prediction = books::predict(books::deleteRule(), m_desk->tokenFacts());
    if (const std::optional<Error> refused = books::refusedId(book->id)) {
        m_outcome->show({books::explain({}, *refused),
                         prediction,
                         notDeletedText(OutcomeKind::refused, *book),
                         {},
                         false,
                         {},
                         false});
        m_outcome->takeFocus();
        return;
    }
    const identity::Connection &connection = m_desk->connection();
    m_question = new DeleteDialog({bookName(*book), book->id, accountText(m_desk->session().current()->identity),
                                   connection.name, addressText(connection.apiBaseUrl),
                                   books::predictionSentence(prediction), books::idWarning(book->id)},
                                  this);
    connect(m_question, &QDialog::accepted, this, [this, book = *book] { sendDelete(book, books::Sending::guarded); });
    m_question->open();
}

void BooksPage::sendDelete(const books::Book &book, books::Sending sending)
{
    if (!isSignedIn())
        return;
    const books::Prediction prediction = books::predict(books::deleteRule(), m_desk->tokenFacts());
    const std::stop_source stop;
    const QPointer strip = showWork(tr("Deleting “%1”").arg(bookName(book)), stop);
    QCoro::connect(
        m_desk->books().remove(book.id, sending, stop.get_token()), this,
        [this, book, prediction, stop, strip, generation = m_generation](const books::DeleteOutcome &result) {
            delete strip;
            const bool isDeskGoing = result.outcome.kind == OutcomeKind::stopped && !stop.stop_requested();
            if (generation == m_generation && !isDeskGoing)
                showDeleted(book, prediction, result);
        });
}

void BooksPage::showDeleted(const books::Book &book, const books::Prediction &prediction,
                            const books::DeleteOutcome &result)
{
    ShownOutcome shown{result.outcome,
                       prediction,
                       notDeletedText(result.outcome.kind, book),
                       {},
                       false,
                       m_plan.askedWait(result.outcome),
                       false};
    if (result.outcome.isOk()) {
        shown.outcome.headline = tr("200 OK: “%1” was deleted").arg(bookName(book));
        shown.outcome.explanation = deletedText(result);
        shown.text.clear();
        m_table->removeBook(book.id);
        m_outcome->show(shown);
        m_table->view()->setFocus();
        return;
    }
    m_notDeleted = book;
    m_outcome->show(shown);
    m_outcome->takeFocus();
}

void BooksPage::sendAnyway()
{
    if (m_notDeleted)
        sendDelete(*m_notDeleted, books::Sending::anyway);
    else
        load(books::Sending::anyway);
}

void BooksPage::noteFreshToken()
{
    if (m_outcome->isHidden() || !m_outcome->shown().outcome.freshTokenMayHelp)
        return;
    const books::AccessRule rule = m_outcome->shown().canBeRetried ? books::listRule() : books::deleteRule();
    m_outcome->setNote(tr("Received. %1").arg(books::predictionSentence(books::predict(rule, m_desk->tokenFacts()))));
}

void BooksPage::copyAdminRequest()
{
    if (!isSignedIn())
        return;
    QApplication::clipboard()->setText(books::adminRequest(m_outcome->shown().outcome,
                                                           accountText(m_desk->session().current()->identity),
                                                           addressText(m_desk->connection().apiBaseUrl)));
    widgets::announce(*m_outcome, tr("The request for the admin was copied."));
}

void BooksPage::showExchange()
{
    if (!m_desk)
        return;
    if (const net::Exchange *exchange = m_desk->exchanges().find(m_outcome->shown().outcome.exchangeId))
        (new ExchangeDialog(*exchange, this))->open();
}

} // namespace bookdesk::pages
