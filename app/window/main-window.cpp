#include "window/main-window.h"

#include "pages/signin/sign-in-page.h"
#include "style/icons.h"
#include "style/metrics.h"
#include "widgets/banner.h"
#include "widgets/page.h"
#include "window/account-button.h"
#include "window/account-panel.h"
#include "window/connection-adder.h"
#include "window/focus.h"
#include "window/fresh-token.h"
#include "window/notice-area.h"
#include "window/pages.h"
#include "window/shortcuts-dialog.h"
#include "window/side-bar.h"
#include "window/status-line.h"
#include "workspace/workspace.h"

#include <QApplication>
#include <QCloseEvent>
#include <QCoroTask>
#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPointer>
#include <QPushButton>
#include <QSettings>
#include <QShortcut>
#include <QShowEvent>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace bookdesk::window {

using namespace Qt::StringLiterals;

namespace {

constexpr int compactBelow = 1000;
constexpr int smallestWidth = 900;
constexpr int smallestHeight = 600;

QString geometryKey() { return u"window/geometry"_s; }

QString tokenPageId() { return u"token"_s; }

QString lastConnectionKey() { return u"connections/last"_s; }

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
    restoreGeometryOfLastTime();
    reportProblems();
}

MainWindow::~MainWindow() = default;

QString MainWindow::lastConnection() { return QSettings().value(lastConnectionKey()).toString(); }

void MainWindow::offerConnection(const QString &path) { m_connectionAdder->offer(path); }

const widgets::Banner &MainWindow::notice() const { return m_notice->banner(); }

void MainWindow::buildFrame()
{
    m_side = new SideBar(this);
    m_stack = new QStackedWidget(this);
    m_signIn = new pages::SignInPage(m_parts.workspace, m_parts.clock, this);
    m_stack->addWidget(m_signIn);
    m_pages = makePages(m_parts.clock, this);
    for (widgets::Page *page : m_pages) {
        m_side->addPage(page->description());
        m_stack->addWidget(page);
    }
    m_notice = new NoticeArea(this);
    m_freshToken = new FreshToken(*m_notice, this);
    m_connectionAdder = new ConnectionAdder(m_parts.workspace, this);
    m_status = new StatusLine(m_parts.clock, this);

    auto *content = new QVBoxLayout;
    content->setSpacing(0);
    content->addWidget(m_notice);
    content->addWidget(m_stack, 1);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(0);
    columns->addWidget(m_side);
    columns->addLayout(content, 1);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addLayout(columns, 1);
    rows->addWidget(m_status);
    m_panel = new AccountPanel(this);
    m_panel->hide();
}

void MainWindow::connectParts()
{
    workspace::Workspace &workspace = m_parts.workspace;
    connect(&workspace, &workspace::Workspace::deskChanged, this, &MainWindow::followDesk);
    connect(m_side, &SideBar::currentChanged, this, [this] {
        setPanelOpen(false);
        m_notice->hide();
        showCurrentPage();
        focusFirstControl(*m_stack->currentWidget());
    });
    connect(m_signIn, &pages::SignInPage::waitingChanged, this, &MainWindow::showCurrentPage);
    connect(m_signIn, &pages::SignInPage::signedIn, this, [this] {
        showCurrentPage();
        focusFirstControl(*m_stack->currentWidget());
    });
    connect(m_signIn, &pages::SignInPage::redirectReceived, this, &MainWindow::comeToFront);
    connect(m_signIn, &pages::SignInPage::addConnectionAsked, m_connectionAdder, &ConnectionAdder::choose);
    connect(m_connectionAdder, &ConnectionAdder::added, m_signIn, &pages::SignInPage::takeFocus);
    connect(m_signIn, &pages::SignInPage::sandboxAsked, this, &MainWindow::startSandbox);
    connect(m_status, &StatusLine::sandboxPageAsked, this, &MainWindow::openSandboxPage);
}

void MainWindow::connectPages()
{
    for (widgets::Page *page : m_pages) {
        connect(page, &widgets::Page::signInAsked, this, &MainWindow::signIn);
        connect(page, &widgets::Page::freshTokenAsked, m_freshToken, &FreshToken::get);
        connect(page, &widgets::Page::pageAsked, this, qOverload<const QString &>(&MainWindow::showPage));
    }
    connect(m_freshToken, &FreshToken::signInAsked, this, [this] { startSignIn({}); });
    connect(m_freshToken, &FreshToken::tokenPageAsked, this, [this] { showPage(tokenPageId()); });
}

void MainWindow::connectPanel()
{
    connect(m_side->account(), &AccountButton::toggled, this, &MainWindow::setPanelOpen);
    const auto closing = [this]<class Object>(Object *object, void (Object::*action)()) {
        return [this, object, action] {
            setPanelOpen(false);
            (object->*action)();
        };
    };
    connect(m_panel, &AccountPanel::signInAsked, this, closing(this, &MainWindow::signIn));
    connect(m_panel, &AccountPanel::freshTokenAsked, this, closing(m_freshToken, &FreshToken::get));
    connect(m_panel, &AccountPanel::anotherAccountAsked, this, closing(this, &MainWindow::useAnotherAccount));
    connect(m_panel, &AccountPanel::signOutAsked, this, closing(this, &MainWindow::signOut));
    connect(m_panel, &AccountPanel::sandboxPageAsked, this, closing(this, &MainWindow::openSandboxPage));
    connect(m_panel, &AccountPanel::helpAsked, this, closing(this, &MainWindow::showHelp));
    connect(m_panel, &AccountPanel::dismissed, this, [this] {
        setPanelOpen(false);
        m_side->account()->setFocus(Qt::PopupFocusReason);
    });
    qApp->installEventFilter(this);
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
    connect(escape, &QShortcut::activated, m_signIn, &pages::SignInPage::cancel);
}

void MainWindow::restoreGeometryOfLastTime()
{
    const QByteArray geometry = QSettings().value(geometryKey()).toByteArray();
    if (geometry.isEmpty() || !restoreGeometry(geometry))
        resize(1180, 760);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    QSettings().setValue(geometryKey(), saveGeometry());
    m_signIn->cancel();
    event->accept();
}

void MainWindow::showEvent(QShowEvent *event)
{
    if (!event->spontaneous() && m_stack->currentWidget() == m_signIn)
        m_signIn->takeFocus();
}

void MainWindow::resizeEvent(QResizeEvent *)
{
    m_side->setCompact(width() < compactBelow);
    placePanel();
}

bool MainWindow::isSignedIn() const
{
    workspace::Desk *desk = m_parts.workspace.desk();
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
    workspace::Desk *desk = m_parts.workspace.desk();
    for (widgets::Page *page : m_pages)
        page->setDesk(desk);
    m_freshToken->setDesk(desk);
    m_status->setDesk(desk, isOnSandbox() ? m_parts.workspace.sandbox()->baseUrl().toString() : QString());
    if (desk) {
        QSettings().setValue(lastConnectionKey(), m_parts.workspace.currentId());
        identity::Session *session = &desk->session();
        connect(session, &identity::Session::personChanged, this, &MainWindow::followSession, Qt::UniqueConnection);
        connect(session, &identity::Session::tokensRenewed, this, &MainWindow::followSession, Qt::UniqueConnection);
        connect(session, &identity::Session::renewalBegan, m_status, &StatusLine::refresh, Qt::UniqueConnection);
        connect(session, &identity::Session::renewalFailed, m_status, &StatusLine::refresh, Qt::UniqueConnection);
        connect(&desk->reachability(), &net::Reachability::changed, m_status, &StatusLine::refresh,
                Qt::UniqueConnection);
        connect(&desk->keys(), &identity::KeyStore::changed, m_status, &StatusLine::refresh, Qt::UniqueConnection);
    }
    followSession();
}

void MainWindow::followSession()
{
    workspace::Desk *desk = m_parts.workspace.desk();
    AccountFacts facts;
    facts.isSignedIn = isSignedIn();
    facts.isSandbox = isOnSandbox();
    facts.connection = desk ? desk->connection().name : QString();
    if (facts.isSignedIn) {
        const jose::Identity &person = desk->session().current()->identity;
        facts.name = person.displayName();
        facts.userName = person.userName();
        facts.tenant = person.tenant();
    }
    m_panel->setFacts(facts);
    m_side->account()->setAccount(facts.name, facts.connection);
    m_status->refresh();
    showCurrentPage();
}

void MainWindow::showPage(const QString &id)
{
    const auto wanted =
        std::ranges::find(m_pages, id, [](const widgets::Page *page) { return page->description().id; });
    if (wanted != m_pages.end())
        showPage(**wanted);
}

void MainWindow::showPage(const widgets::Page &page)
{
    m_side->setCurrent(static_cast<int>(std::ranges::find(m_pages, &page) - m_pages.begin()));
    showCurrentPage();
    focusFirstControl(*m_stack->currentWidget());
}

widgets::Page &MainWindow::chosenPage() const { return *m_pages.at(static_cast<std::size_t>(m_side->current())); }

void MainWindow::showCurrentPage()
{
    const bool canShowPage = isSignedIn() || !chosenPage().description().needsPerson;
    QWidget *page = m_signIn;
    if (canShowPage && !m_signIn->isWaiting())
        page = &chosenPage();
    if (m_stack->currentWidget() == page)
        return;
    m_stack->setCurrentWidget(page);
    if (page == m_signIn && isVisible())
        m_signIn->takeFocus();
}

void MainWindow::signIn()
{
    if (m_signIn->isWaiting() || isSignedIn())
        return;
    startSignIn({});
}

void MainWindow::useAnotherAccount() { startSignIn({u"select_account"_s, {}}); }

void MainWindow::startSignIn(identity::SignInOptions options)
{
    m_notice->hide();
    m_signIn->signIn(std::move(options));
    showCurrentPage();
}

void MainWindow::signOut()
{
    if (!isSignedIn())
        return;
    m_parts.workspace.desk()->session().signOut();
    m_notice->hide();
    m_signIn->takeFocus();
}

void MainWindow::reportProblems()
{
    const std::vector<Error> &problems = m_parts.workspace.problems();
    if (!problems.empty())
        m_notice->report(tr("Some stored connections cannot be used"), problems);
}

void MainWindow::openSandboxPage()
{
    if (!m_parts.workspace.sandbox())
        return;
    QUrl page = m_parts.workspace.sandbox()->baseUrl();
    page.setPath(u"/control"_s);
    const identity::Opening opening = identity::openInBrowser(m_parts.open, page);
    opening.failure().whenSet([window = QPointer(this)](const std::optional<Error> &error) {
        if (window && error)
            window->m_notice->report(tr("The browser did not open"), *error);
    });
}

void MainWindow::showHelp()
{
    auto *dialog = new ShortcutsDialog(m_pages, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::setPanelOpen(bool isOpen)
{
    m_side->account()->setChecked(isOpen);
    m_panel->setVisible(isOpen);
    if (!isOpen)
        return;
    placePanel();
    m_panel->raise();
    m_panel->takeFocus();
}

void MainWindow::placePanel()
{
    m_panel->adjustSize();
    const int gap = style::metricsOf(*this).px(8);
    const int bottom = m_status->y() - gap;
    m_panel->move(m_side->width() + gap, std::max(0, bottom - m_panel->height()));
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::MouseButtonPress && !m_panel->isHidden()) {
        auto *widget = qobject_cast<QWidget *>(watched);
        const bool isInside =
            widget && (widget == m_panel || m_panel->isAncestorOf(widget) || widget == m_side->account());
        if (widget && widget->window() == this && !isInside)
            setPanelOpen(false);
    }
    return QWidget::eventFilter(watched, event);
}

void MainWindow::comeToFront()
{
    if (isMinimized())
        showNormal();
    if (isActiveWindow())
        return;
    raise();
    activateWindow();
    // If the system forbids that, the window at least asks for attention.
    QApplication::alert(this);
}

} // namespace bookdesk::window
