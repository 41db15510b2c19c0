#include "window/main-window.h"

#include "pages/activity/activity-page.h"
#include "pages/signin/sign-in-page.h"
#include "style/icons.h"
#include "widgets/banner.h"
#include "widgets/page.h"
#include "window/account-button.h"
#include "window/account-panel.h"
#include "window/accounts-view.h"
#include "window/connection-adder.h"
#include "window/connections-route.h"
#include "window/control-page.h"
#include "window/exchange-route.h"
#include "window/failed-sign-in.h"
#include "window/focus.h"
#include "window/fresh-token.h"
#include "window/kept-notices.h"
#include "window/notice-area.h"
#include "window/pages.h"
#include "window/placing.h"
#include "window/proxy-prompt.h"
#include "window/register-route.h"
#include "window/shortcuts-dialog.h"
#include "window/side-bar.h"
#include "window/sign-outs.h"
#include "window/status-line.h"
#include "workspace/settings.h"
#include "workspace/workspace.h"

#include <QCloseEvent>
#include <QCoroTask>
#include <QShortcut>
#include <QShowEvent>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace bookdesk::window {

using namespace Qt::StringLiterals;
using workspace::Setting;
using workspace::Settings;

namespace {

constexpr int compactBelow = 1000;
constexpr int smallestWidth = 900;
constexpr int smallestHeight = 600;
constexpr int usualWidth = 1180;
constexpr int usualHeight = 760;

QString tokenPageId() { return u"token"_s; }

} // namespace

MainWindow::MainWindow(WindowParts parts, QWidget *parent)
    : QWidget(parent)
    , m_parts(std::move(parts))
{
    setWindowTitle(tr("Bookdesk"));
    setWindowIcon(style::appIcon());
    setMinimumSize(smallestWidth, smallestHeight);
    buildFrame();
    connectParts();
    connectPages();
    connectPanel();
    addShortcuts();
    followDesk();
    placeWindow(*this, Settings().bytes(Setting::windowGeometry), {usualWidth, usualHeight});
    reportProblems();
}

MainWindow::~MainWindow() = default;

QString MainWindow::lastConnection() { return Settings().text(Setting::lastConnection); }

void MainWindow::offerConnection(const QString &path) { m_connectionAdder->offer(path); }

const widgets::Banner &MainWindow::notice() const { return m_notice->banner(); }

void MainWindow::buildFrame()
{
    m_side = new SideBar(this);
    m_stack = new QStackedWidget(this);
    m_signIn = new pages::SignInPage(m_parts.workspace, m_parts.clock, this);
    m_stack->addWidget(m_signIn);
    m_pages = makePages(m_parts.workspace, m_parts.clock, this);
    for (widgets::Page *page : m_pages) {
        m_side->addPage(page->description());
        m_stack->addWidget(page);
    }
    m_register = new RegisterRoute(m_parts.workspace, *m_stack);
    m_notice = new NoticeArea(this);
    m_freshToken = new FreshToken(*m_notice, this);
    m_signOuts = new SignOuts(*m_notice, m_parts.clock, *this);
    m_kept = new KeptNotices(m_parts.workspace, *m_notice, this);
    m_connectionAdder = new ConnectionAdder(m_parts.workspace, this);
    new ConnectionsRoute(*m_connectionAdder, *this);
    new ProxyPrompt(m_parts.workspace.proxyLogins(), this);
    m_status = new StatusLine(m_parts.clock, this);

    layOut(*this, {m_side, m_notice, m_stack, m_status});
    m_panel = new AccountPanel({*m_side->account(), *m_side, *m_status}, this);
    m_accounts = new AccountsView(m_parts.workspace, *m_panel, *m_side->account(), this);
}

void MainWindow::connectParts()
{
    workspace::Workspace &workspace = m_parts.workspace;
    connect(&workspace, &workspace::Workspace::shownDeskChanged, this, &MainWindow::followDesk);
    connect(m_side, &SideBar::currentChanged, this, [this] {
        m_panel->setOpen(false);
        m_notice->hide();
        m_signOuts->showProgress();
        showPage(chosenPage());
    });
    connect(m_register, &RegisterRoute::left, this, &MainWindow::showCurrentPageAnew);
    connect(m_signIn, &pages::SignInPage::waitingChanged, this, &MainWindow::showCurrentPage);
    connect(m_signIn, &pages::SignInPage::signedIn, this, &MainWindow::showCurrentPageAnew);
    connect(m_signIn, &pages::SignInPage::failed, this,
            [this](const Error &error) { reportFailedSignIn(m_parts.workspace, *m_notice, error); });
    connect(m_signIn, &pages::SignInPage::redirectReceived, this, [this] { bringToFront(*this); });
    connect(m_signIn, &pages::SignInPage::addConnectionAsked, m_connectionAdder, &ConnectionAdder::choose);
    connect(m_connectionAdder, &ConnectionAdder::added, m_signIn, &pages::SignInPage::takeFocus);
    connect(m_signIn, &pages::SignInPage::sandboxAsked, this, &MainWindow::startSandbox);
    connect(m_status, &StatusLine::sandboxPageAsked, this, &MainWindow::openSandboxPage);
    connect(m_status, &StatusLine::keysAsked, this, [this] { showPage(tokenPageId() + u"/keys"_s); });
}

void MainWindow::connectPages()
{
    auto *route = new ExchangeRoute(
        page<pages::ActivityPage>(), [this](const widgets::Page &page) { showPage(page); }, this);
    for (widgets::Page *page : m_pages) {
        connect(page, &widgets::Page::signInAsked, this, &MainWindow::signIn);
        connect(page, &widgets::Page::freshTokenAsked, m_freshToken, &FreshToken::get);
        connect(page, &widgets::Page::signInAgainAsked, m_freshToken, &FreshToken::signInAsked);
        connect(page, &widgets::Page::outcomeShown, m_notice, &NoticeArea::giveWay);
        connect(page, &widgets::Page::addConnectionAsked, m_connectionAdder, &ConnectionAdder::choose);
        connect(page, &widgets::Page::pageAsked, this, qOverload<const QString &>(&MainWindow::showPage));
        route->follow(*page);
    }
    connect(m_freshToken, &FreshToken::signInAsked, this, &MainWindow::signInAgain);
    connect(m_kept, &KeptNotices::signInAsked, this, &MainWindow::signInAs);
    connect(m_freshToken, &FreshToken::tokenPageAsked, this, [this] { showPage(tokenPageId()); });
}

void MainWindow::connectPanel()
{
    connect(m_panel, &AccountPanel::signInAsked, this, &MainWindow::signIn);
    connect(m_panel, &AccountPanel::signInAgainAsked, this, &MainWindow::signInAgain);
    connect(m_accounts, &AccountsView::switching, m_notice, &NoticeArea::hide);
    connect(m_accounts, &AccountsView::switched, this, &MainWindow::focusAnew);
    connect(m_panel, &AccountPanel::freshTokenAsked, this, &MainWindow::focusAnew);
    connect(m_panel, &AccountPanel::freshTokenAsked, m_freshToken, &FreshToken::get);
    connect(m_panel, &AccountPanel::anotherAccountAsked, this, &MainWindow::useAnotherAccount);
    connect(m_panel, &AccountPanel::signOutAsked, this, &MainWindow::signOut);
    connect(m_panel, &AccountPanel::signOutInBrowserAsked, m_signOuts, &SignOuts::askForBrowser);
    connect(m_signOuts, &SignOuts::signedOut, this, &MainWindow::focusAnew);
    connect(m_panel, &AccountPanel::sandboxPageAsked, this, &MainWindow::openSandboxPage);
    connect(m_panel, &AccountPanel::helpAsked, this, &MainWindow::showHelp);
}

void MainWindow::addShortcuts()
{
    const auto add = [this](const QKeySequence &keys, auto action) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, action);
    };
    for (const widgets::Page *page : m_pages)
        add(page->description().shortcut, [this, page] { showPage(*page); });
    add(Qt::CTRL | Qt::Key_Return, &MainWindow::signIn);
    add(Qt::CTRL | Qt::Key_Enter, &MainWindow::signIn);
    add(QKeySequence::HelpContents, &MainWindow::showHelp);
    auto *escape = new QShortcut(Qt::Key_Escape, m_signIn, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, m_signIn, &pages::SignInPage::goBackOrCancel);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    Settings().setBytes(Setting::windowGeometry, saveGeometry());
    m_signIn->cancel();
    event->accept();
}

void MainWindow::showEvent(QShowEvent *event)
{
    if (!event->spontaneous() && m_stack->currentWidget() == m_signIn)
        m_signIn->takeFocus();
}

/// The keychain may take its time, so the window comes first.
void MainWindow::paintEvent(QPaintEvent *event)
{
    QWidget::paintEvent(event);
    if (!std::exchange(m_isPainted, true))
        QTimer::singleShot(0, m_kept, &KeptNotices::begin);
}

void MainWindow::resizeEvent(QResizeEvent *)
{
    m_side->setCompact(width() < compactBelow);
    m_panel->place();
}

workspace::Desk *MainWindow::shownDesk() const { return m_parts.workspace.shownDesk(); }

bool MainWindow::isSignedIn() const
{
    workspace::Desk *desk = shownDesk();
    return desk && desk->session().current();
}

bool MainWindow::isOnSandbox() const
{
    workspace::Desk *desk = m_parts.workspace.desk();
    return desk && desk->connection().isSandbox;
}

void MainWindow::startSandbox()
{
    m_signIn->showStarting();
    const QString before = m_parts.workspace.currentId();
    QCoro::connect(m_parts.workspace.startSandbox({}), this, [this, before](const Result<void> &started) {
        if (!started)
            return m_signIn->showStartFailure(started.error());
        // Unless another was chosen meanwhile.
        if (m_parts.workspace.currentId() == before)
            m_parts.workspace.use(workspace::Workspace::sandboxId());
        if (!isSignedIn() && m_signIn->isVisible())
            m_signIn->takeFocus();
    });
}

void MainWindow::followDesk()
{
    workspace::Desk *desk = shownDesk();
    if (desk && desk == m_desk)
        return followSession();
    if (m_desk)
        m_desk->session().disconnect(this);
    keepPageFor(desk);
    for (widgets::Page *page : m_pages)
        page->setDesk(desk);
    m_freshToken->setDesk(desk);
    m_signOuts->setDesk(desk);
    m_status->setDesk(desk, isOnSandbox() ? m_parts.workspace.sandbox()->baseUrl().toString() : QString());
    if (desk) {
        Settings().setText(Setting::lastConnection, desk->connection().id);
        identity::Session *session = &desk->session();
        connect(session, &identity::Session::personChanged, this, &MainWindow::followSession);
        connect(session, &identity::Session::tokensRenewed, this, &MainWindow::followSession);
    }
    followSession();
}

/// Each account has its page.
void MainWindow::keepPageFor(workspace::Desk *desk)
{
    if (m_desk && m_desk->account())
        m_keptPages.keep(m_desk, m_side->current());
    m_desk = desk;
    const QSignalBlocker quiet(m_side); // It is not the person who chooses the page.
    if (const std::optional<int> page = m_keptPages.take(desk))
        m_side->setCurrent(*page);
}

void MainWindow::followSession()
{
    const workspace::Desk *desk = shownDesk();
    // Not with each renewal, which would write the file.
    if (desk && desk->account() && Settings().text(Setting::lastAccount) != desk->account()->id())
        Settings().setText(Setting::lastAccount, desk->account()->id());
    m_accounts->refresh();
    m_status->refresh();
    showCurrentPage();
}

void MainWindow::showPage(const QString &id)
{
    const auto wanted = std::ranges::find(m_pages, id.section(u'/', 0, 0),
                                          [](const widgets::Page *page) { return page->description().id; });
    if (wanted == m_pages.end())
        return;
    showPage(**wanted);
    if (id.contains(u'/'))
        (*wanted)->showPart(id.section(u'/', 1));
}

void MainWindow::showPage(const widgets::Page &page)
{
    m_side->setCurrent(static_cast<int>(std::ranges::find(m_pages, &page) - m_pages.begin()));
    m_signIn->stopExplaining();
    showCurrentPageAnew();
}

void MainWindow::showRegister(const std::optional<identity::Connection> &connection) { m_register->open(connection); }

/// Whatever was on top of it is closed.
void MainWindow::showCurrentPageAnew()
{
    m_register->close();
    showCurrentPage();
    focusFirstControl(*m_stack->currentWidget());
}

widgets::Page &MainWindow::chosenPage() const { return *m_pages.at(static_cast<std::size_t>(m_side->current())); }

void MainWindow::showCurrentPage()
{
    const bool canShowPage = isSignedIn() || !chosenPage().description().needsPerson;
    QWidget *page = m_signIn;
    if (m_signIn->isInUse())
        m_register->close();
    else if (m_register->isOpen())
        page = m_register->page();
    else if (canShowPage)
        page = &chosenPage();
    if (m_stack->currentWidget() == page)
        return;
    m_stack->setCurrentWidget(page);
    m_notice->giveWay();
    if (page == m_signIn && isVisible())
        m_signIn->takeFocus();
}

void MainWindow::signIn()
{
    const workspace::Desk *desk = m_parts.workspace.desk();
    if (desk && !m_signIn->isWaiting() && !isSignedIn())
        startSignIn(desk->againOptions());
}

void MainWindow::signInAgain()
{
    if (!isSignedIn())
        return signIn();
    m_parts.workspace.switchTo(*shownDesk());
    startSignIn(shownDesk()->againOptions());
}

/// Nobody else is signed in.
void MainWindow::signInAs(const identity::Account &account)
{
    workspace::Desk *desk = m_parts.workspace.deskFor(account);
    if (!desk)
        return;
    m_parts.workspace.switchTo(*desk);
    signIn();
}

void MainWindow::useAnotherAccount()
{
    m_notice->hide();
    m_signIn->useAnotherAccount();
    showCurrentPage();
}

void MainWindow::startSignIn(identity::SignInOptions options)
{
    m_notice->hide();
    m_signIn->signIn(std::move(options));
    showCurrentPage();
}

void MainWindow::signOut() { m_signOuts->signOutHere(); }

void MainWindow::focusAnew()
{
    if (m_stack->currentWidget() == m_signIn)
        m_signIn->takeFocus();
    else
        focusFirstControl(*m_stack->currentWidget());
}

void MainWindow::reportProblems()
{
    const std::vector<Error> &problems = m_parts.workspace.problems();
    if (!problems.empty())
        m_notice->report(tr("Some stored connections cannot be used"), problems);
}

void MainWindow::openSandboxPage()
{
    if (const sandbox::SandboxServer *sandbox = m_parts.workspace.sandbox())
        openControlPage(sandbox->baseUrl(), m_parts.open, *m_notice);
}

void MainWindow::showHelp()
{
    auto *dialog = new ShortcutsDialog(m_pages, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace bookdesk::window
