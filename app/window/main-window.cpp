#include "window/main-window.h"

#include "pages/books/books-page.h"
#include "pages/connections/add-connection-dialog.h"
#include "pages/signin/sign-in-page.h"
#include "pages/token/token-page.h"
#include "style/icons.h"
#include "style/metrics.h"
#include "widgets/banner.h"
#include "window/account-button.h"
#include "window/account-panel.h"
#include "window/focus.h"
#include "window/notice-area.h"
#include "window/refresh-notice.h"
#include "window/shortcuts-dialog.h"
#include "window/side-bar.h"
#include "window/status-line.h"
#include "workspace/workspace.h"

#include <QApplication>
#include <QCloseEvent>
#include <QCoroTask>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPushButton>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace bookdesk::window {

using namespace Qt::StringLiterals;

namespace {

constexpr int compactBelow = 1000;
constexpr int smallestWidth = 900;
constexpr int smallestHeight = 600;

QString geometryKey() { return u"window/geometry"_s; }

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
    connectPanel();
    addShortcuts();
    followDesk();
    restoreGeometryOfLastTime();
    reportProblems();
}

MainWindow::~MainWindow() = default;

const widgets::Banner &MainWindow::notice() const { return m_notice->banner(); }

void MainWindow::buildFrame()
{
    m_side = new SideBar(this);
    m_side->addPage(u"books"_s, tr("Books"), tr("Ctrl+1"));
    m_side->addPage(u"token"_s, tr("Token"), tr("Ctrl+2"));
    m_stack = new QStackedWidget(this);
    m_signIn = new pages::SignInPage(m_parts.workspace, m_parts.clock, this);
    m_books = new pages::BooksPage(this);
    m_token = new pages::TokenPage(this, m_parts.clock);
    for (QWidget *page :
         {static_cast<QWidget *>(m_signIn), static_cast<QWidget *>(m_books), static_cast<QWidget *>(m_token)})
        m_stack->addWidget(page);
    m_notice = new NoticeArea(this);
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
    connect(m_signIn, &pages::SignInPage::addConnectionAsked, this, &MainWindow::chooseConnectionFile);
    connect(m_signIn, &pages::SignInPage::restartAsked, this, &MainWindow::startSandbox);
    connect(m_books, &pages::BooksPage::whyAsked, this, [this] { showPage(Page::token); });
    connect(m_books, &pages::BooksPage::signInAsked, this, &MainWindow::signIn);
    connect(m_token, &pages::TokenPage::signInAsked, this, &MainWindow::signIn);
    connect(m_status, &StatusLine::sandboxPageAsked, this, &MainWindow::openSandboxPage);
}

void MainWindow::connectPanel()
{
    connect(m_side->account(), &AccountButton::toggled, this, &MainWindow::setPanelOpen);
    const auto closing = [this](void (MainWindow::*action)()) {
        return [this, action] {
            setPanelOpen(false);
            (this->*action)();
        };
    };
    connect(m_panel, &AccountPanel::signInAsked, this, closing(&MainWindow::signIn));
    connect(m_panel, &AccountPanel::freshTokenAsked, this, closing(&MainWindow::getFreshToken));
    connect(m_panel, &AccountPanel::anotherAccountAsked, this, closing(&MainWindow::useAnotherAccount));
    connect(m_panel, &AccountPanel::signOutAsked, this, closing(&MainWindow::signOut));
    connect(m_panel, &AccountPanel::sandboxPageAsked, this, closing(&MainWindow::openSandboxPage));
    connect(m_panel, &AccountPanel::helpAsked, this, closing(&MainWindow::showHelp));
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
    add(Qt::CTRL | Qt::Key_1, [this] { showPage(Page::books); });
    add(Qt::CTRL | Qt::Key_2, [this] { showPage(Page::token); });
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
    return m_parts.workspace.sandbox() && m_parts.workspace.desk() && m_parts.workspace.currentIndex() == 0;
}

void MainWindow::startSandbox()
{
    m_signIn->showStarting();
    QCoro::connect(m_parts.workspace.startSandbox({}), this, [this](const Result<void> &started) {
        if (!started)
            m_signIn->showStartFailure(started.error());
        else if (!isSignedIn() && m_signIn->isVisible())
            m_signIn->takeFocus();
    });
}

void MainWindow::followDesk()
{
    workspace::Desk *desk = m_parts.workspace.desk();
    m_books->setDesk(desk);
    m_token->setDesk(desk);
    m_status->setDesk(desk, isOnSandbox() ? m_parts.workspace.sandbox()->baseUrl().toDisplayString() : QString());
    if (desk) {
        connect(&desk->session(), &identity::Session::changed, this, &MainWindow::followSession);
        connect(&desk->keys(), &identity::KeyStore::changed, m_status, &StatusLine::refresh);
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

void MainWindow::showPage(Page page)
{
    m_side->setCurrent(static_cast<int>(page));
    showCurrentPage();
    focusFirstControl(*m_stack->currentWidget());
}

void MainWindow::showCurrentPage()
{
    QWidget *page = m_signIn;
    if (isSignedIn() && !m_signIn->isWaiting())
        page = m_side->current() == static_cast<int>(Page::token) ? static_cast<QWidget *>(m_token) : m_books;
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

void MainWindow::getFreshToken()
{
    if (!isSignedIn())
        return;
    QCoro::connect(m_parts.workspace.desk()->session().refresh(), this,
                   [this](const Result<void> &result) { showRefreshed(result); });
}

void MainWindow::showRefreshed(const Result<void> &result)
{
    const bool passes = result && isSignedIn() && m_parts.workspace.desk()->tokenFacts().verification.passed();
    switch (tellOfRefresh(*m_notice, result, passes)) {
    case AfterRefresh::nothing:
        break;
    case AfterRefresh::signIn:
        connect(m_notice->addButton(tr("Sign in again"), u"sign-in"_s), &QPushButton::clicked, this,
                [this] { startSignIn({}); });
        break;
    case AfterRefresh::showToken:
        connect(m_notice->addButton(tr("Show token"), u"token"_s), &QPushButton::clicked, this,
                [this] { showPage(Page::token); });
        break;
    }
}

void MainWindow::reportProblems()
{
    for (const Error &problem : m_parts.workspace.problems())
        m_notice->report(tr("A stored connection was left out"), problem);
}

void MainWindow::openSandboxPage()
{
    if (!m_parts.workspace.sandbox())
        return;
    QUrl page = m_parts.workspace.sandbox()->baseUrl();
    page.setPath(u"/control"_s);
    if (const Result<void> opened = identity::openInBrowser(m_parts.open, page); !opened)
        m_notice->report(tr("The browser did not open"), opened.error());
}

void MainWindow::showHelp()
{
    auto *dialog = new ShortcutsDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::chooseConnectionFile()
{
    auto *dialog = new QFileDialog(this, tr("Add connection"), {}, tr("Connection files (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::offerConnection, Qt::QueuedConnection);
    dialog->open();
}

void MainWindow::offerConnection(const QString &path)
{
    const auto add = [this](const identity::Connection &connection) { return m_parts.workspace.add(connection); };
    auto *dialog = new pages::AddConnectionDialog(path, add, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this] {
        // Somebody who is signed in stays so; the new connection can be chosen after signing out.
        if (!isSignedIn())
            m_parts.workspace.use(m_parts.workspace.connections().size() - 1);
        m_signIn->takeFocus();
    });
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
    // Where the system forbids that, the window at least asks for attention.
    QApplication::alert(this);
}

} // namespace bookdesk::window
