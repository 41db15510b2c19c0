#include "pages/books/books-page.h"

#include "core/text.h"
#include "net/online-watch.h"
#include "pages/books/access-strip.h"
#include "pages/books/again-banner.h"
#include "pages/books/book-deletion.h"
#include "pages/books/book-detail.h"
#include "pages/books/books-listing.h"
#include "pages/books/books-table.h"
#include "pages/books/kept-call.h"
#include "pages/books/outcome-text.h"
#include "pages/books/proof-panel.h"
#include "pages/books/work-area.h"
#include "style/metrics.h"
#include "widgets/announcement.h"
#include "widgets/buttons.h"
#include "widgets/outcome-panel.h"
#include "widgets/page-header.h"
#include "widgets/remembered-splitter.h"
#include "widgets/search-field.h"
#include "widgets/signed-out-hint.h"
#include "widgets/tab-order.h"

#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QHideEvent>
#include <QLocale>
#include <QPushButton>
#include <QShortcut>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

#include <chrono>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::ButtonLook;

namespace {

QString waitingSentence(WaitsFor what)
{
    switch (what) {
    case WaitsFor::proof:
        break;
    case WaitsFor::scopes:
        return BooksPage::tr("A delete of this book waits for a scope.");
    case WaitsFor::signIn:
        return BooksPage::tr("A delete of this book waits until you have signed in again.");
    }
    return BooksPage::tr("A delete of this book waits for your proof.");
}

} // namespace

BooksPage::BooksPage(QWidget *parent)
    : Page({u"books"_s, tr("Books"), Qt::CTRL | Qt::Key_1}, parent)
    , m_header(new widgets::PageHeader(tr("Books"), this))
    , m_search(new widgets::SearchField(tr("Search title, author, ISBN"), this))
    , m_reload(widgets::pushButton(tr("Reload"), u"refresh"_s, ButtonLook::plain, this))
    , m_stack(new QStackedLayout)
    , m_access(new AccessStrip(this))
    , m_table(new BooksTable(this))
    , m_detail(new BookDetail(this))
    , m_work(new WorkArea)
    , m_outcome(new widgets::OutcomePanel(this))
    , m_kept(new KeptCall(this))
    , m_proof(new ProofPanel(*m_kept, this))
    , m_listing(new BooksListing(*m_table, *m_work, *m_outcome, *m_kept, *this))
    , m_deletion(new BookDeletion(*m_table, *m_work, *m_outcome, *m_kept, *this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics.marginX(), metrics.marginY(), metrics.marginX(), metrics.marginY());
    column->setSpacing(metrics.gap());
    makeHeader();
    column->addWidget(m_header);
    m_again = new AgainBanner(*m_kept, this);
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
    column->addWidget(m_again);
    column->addWidget(m_access);
    column->addWidget(splitter, 1);
    m_work->setSpacing(metrics.gap());
    column->addLayout(m_work);
    column->addWidget(m_outcome);
    column->addWidget(m_proof);
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
    connect(m_outcome, &widgets::OutcomePanel::freshTokenAsked, this, &BooksPage::freshTokenAsked);
    connect(m_outcome, &widgets::OutcomePanel::signInAsked, this, &BooksPage::signInAgainAsked);
    connect(m_outcome, &widgets::OutcomePanel::reloadAsked, this, &BooksPage::reload);
    connect(m_outcome, &widgets::OutcomePanel::outcomeShown, this, &BooksPage::outcomeShown);
    connect(m_outcome, &widgets::OutcomePanel::adminRequestAsked, this, &BooksPage::copyAdminRequest);
    connect(m_outcome, &widgets::OutcomePanel::exchangeAsked, this, &BooksPage::showExchange);
    connect(m_outcome, &widgets::OutcomePanel::retryAsked, this, &BooksPage::reload);
    connect(new net::OnlineWatch(this), &net::OnlineWatch::cameOnline, this, &BooksPage::tryOfflineListNow);
    connect(m_listing, &BooksListing::listed, this, &BooksPage::followList);
    connect(m_listing, &BooksListing::cancelled, this, &BooksPage::sayCancelled);
    connect(m_deletion, &BookDeletion::runningChanged, this, &BooksPage::showSelection);
    connect(m_kept, &KeptCall::changed, this, &BooksPage::showKept);
    connect(m_kept, &KeptCall::proven, this, &BooksPage::sendKeptAgain);
    connect(m_again, &AgainBanner::signInAsked, this, &BooksPage::signInAgainAsked);
    connect(m_proof, &ProofPanel::exchangeAsked, this,
            [this] { Q_EMIT exchangeAsked(m_kept->call().outcome.exchangeId); });
    connect(m_outcome, &widgets::OutcomePanel::sendAnywayAsked, this, &BooksPage::sendAnyway);
    connect(m_outcome, &widgets::OutcomePanel::closed, m_table->view(), qOverload<>(&QWidget::setFocus));
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
    keepLeft();
    m_desk = desk;
    m_kept->setDesk(desk);
    m_listing->setDesk(desk);
    m_deletion->setDesk(desk);
    if (m_desk) {
        connect(&m_desk->session(), &identity::Session::personChanged, this, &BooksPage::showPerson);
        connect(&m_desk->session(), &identity::Session::tokensRenewed, this, &BooksPage::followTokens);
    }
    showPerson();
    restoreLeft();
}

void BooksPage::keepLeft()
{
    if (isSignedIn())
        m_left.keep(m_desk, {m_search->text(), m_table->selectedId()});
}

void BooksPage::restoreLeft()
{
    const Left left = m_left.take(m_desk);
    m_table->selectLater(left.selectedId);
    m_search->setText(left.search);
    m_kept->restoreLeft();
    m_deletion->restoreLeft();
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
    if (m_kept->state() == KeptState::expired)
        m_kept->drop();
    showAccess();
    noteFreshToken();
    if (m_listing->hasFailed())
        reload();
}

void BooksPage::forget()
{
    m_kept->forget();
    m_listing->forget();
    m_deletion->forget();
    m_work->clear();
    m_outcome->forget();
    m_access->setFacts({});
    m_listedAt.clear();
    m_listedWith = {};
    m_again->setRowsFrom({});
    m_search->clear();
    showSelection();
    widgets::forgetAnnouncement(*this);
}

void BooksPage::showAccess()
{
    const bool isOver = m_kept->isWaiting() && m_kept->call().waitsFor == WaitsFor::signIn && !m_listedAt.isEmpty();
    m_access->setFacts(isOver ? m_listedWith : m_desk->tokenFacts(), isOver ? m_listedAt : QString());
    showSelection();
}

void BooksPage::showSelection()
{
    const std::optional<books::Book> book = m_table->selectedBook();
    m_detail->setBook(book);
    m_detail->setDeleting(book && m_deletion->isRunning(book->id));
    const bool isWaiting = book && m_kept->isFor(book->id);
    m_detail->setWaiting(isWaiting);
    if (isWaiting)
        return m_detail->setPrediction(waitingSentence(m_kept->call().waitsFor));
    if (!book || !isSignedIn())
        return;
    const QString sentence = books::predictionSentence(books::predict(books::deleteRule(), m_desk->tokenFacts()));
    m_detail->setPrediction((sentence + u' ' + books::idWarning(book->id)).trimmed());
}

void BooksPage::showCount()
{
    const bool isUnknown = !isSignedIn() || m_listing->isCountUnknown();
    m_header->setSubtitle(isUnknown ? QString() : countText(m_table->shown(), m_table->total(), m_listing->unshown()));
}

void BooksPage::reload() { m_listing->reload(); }

void BooksPage::tryOfflineListNow() { m_listing->tryOfflineListNow(); }

void BooksPage::followList(bool isOk)
{
    if (isOk) {
        noteRows();
        widgets::announce(*m_header, m_header->subtitle());
    }
    showAccess();
    Q_EMIT listed(isOk);
}

void BooksPage::noteRows()
{
    m_listedWith = m_desk->tokenFacts();
    const std::chrono::seconds since =
        std::chrono::duration_cast<std::chrono::seconds>(m_desk->now().time_since_epoch());
    m_listedAt = QLocale().toString(QDateTime::fromSecsSinceEpoch(since.count()).time(), QLocale::ShortFormat);
    m_again->setRowsFrom(m_listedAt);
}

void BooksPage::sayCancelled()
{
    widgets::announce(*m_header, tr("Loading was cancelled."));
    Q_EMIT listed(false);
}

void BooksPage::showKept()
{
    const bool isWaiting = m_kept->isWaiting();
    const std::optional<books::Book> &book = m_kept->call().book;
    m_table->setWaiting(isWaiting && book ? book->id : QString());
    const bool isForSignIn = m_kept->call().waitsFor == WaitsFor::signIn;
    const ProofAsker asker = book ? ProofAsker::lastDelete : ProofAsker::list;
    m_access->setAskedBy(isWaiting && !isForSignIn ? asker : ProofAsker::nobody, m_kept->call().waitsFor);
    if (isSignedIn())
        showAccess();
    else
        showSelection();
    if (m_kept->state() == KeptState::nothing)
        return;
    m_outcome->forget();
    if (isVisible() && isForSignIn && !widgets::holdsFocus(*m_again))
        m_again->focusAction();
    else if (isVisible() && !isForSignIn && !widgets::holdsFocus(*m_proof))
        m_proof->takeFocus();
    Q_EMIT outcomeShown();
}

/// The outcome of the call takes the panel's place.
void BooksPage::sendKeptAgain(const std::optional<books::Book> &book)
{
    if (book)
        m_deletion->sendAgain(*book);
    else
        m_listing->reload();
}

/// Nothing is closed while a call waits.
void BooksPage::closeOrCancel()
{
    if (m_kept->isWaiting())
        return;
    if (m_kept->state() == KeptState::expired)
        return m_kept->drop();
    if (!m_outcome->isHidden())
        return m_outcome->close();
    m_work->cancelAll();
}

void BooksPage::hideEvent(QHideEvent *event)
{
    setFocusProxy(m_search);
    Page::hideEvent(event);
}

void BooksPage::tryToDelete()
{
    const std::optional<books::Book> book = m_table->selectedBook();
    if (book && m_kept->isFor(book->id))
        m_kept->call().waitsFor == WaitsFor::signIn ? m_again->focusAction() : m_proof->takeFocus();
    else if (book)
        m_deletion->ask(*book);
}

void BooksPage::sendAnyway()
{
    if (m_outcome->shown().canBeRetried)
        m_listing->sendAnyway();
    else
        m_deletion->sendAnyway();
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
    QApplication::clipboard()->setText(books::adminRequest(
        m_outcome->shown().outcome, m_desk->session().current()->identity.fullName(), m_desk->registrations()));
    widgets::announce(*m_outcome, tr("The request for the admin was copied."));
}

void BooksPage::showExchange() { Q_EMIT exchangeAsked(m_outcome->shown().outcome.exchangeId); }

} // namespace bookdesk::pages
