/// MainWindow: side bar, pages and status line, and what connects them.
#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "identity/browser.h"
#include "identity/sign-in.h"
#include "widgets/kept-states.h"
#include "widgets/tab-order.h"

#include <QPointer>
#include <QWidget>

#include <optional>
#include <vector>

class QStackedWidget;

namespace bookdesk::pages {
class SignInPage;
}
namespace bookdesk::widgets {
class Banner;
class Page;
} // namespace bookdesk::widgets
namespace bookdesk::workspace {
class Desk;
class Workspace;
} // namespace bookdesk::workspace

namespace bookdesk::window {

class AccountPanel;
class AccountsView;
class ConnectionAdder;
class FreshToken;
class KeptNotices;
class NoticeArea;
class RegisterRoute;
class SideBar;
class SignOuts;
class StatusLine;

/// What the window works with; the workspace must outlive it.
struct WindowParts
{
    workspace::Workspace &workspace;
    identity::OpenUrl open; ///< Opens the Sandbox's control page in a browser.
    Clock clock = systemNow;
};

/// Shows the sign-in page while nobody is signed in or a sign-in is under way. GUI thread.
class MainWindow : public QWidget
{
    Q_OBJECT

public:
    explicit MainWindow(WindowParts parts, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// The ID of the connection that was in use last, from the settings; may be empty.
    static QString lastConnection();

    /// Starts the Sandbox and uses it; the sign-in page shows the progress.
    void startSandbox();
    /// Asks whether to add the connection in this file.
    void offerConnection(const QString &path);
    /// Shows the page with this ID in its description, or a part of it: "token/keys".
    void showPage(const QString &id);
    void showPage(const widgets::Page &page);
    /// Opens *Register it for me* on top of the page that is shown, about @p connection where there is one.
    void showRegister(const std::optional<identity::Connection> &connection);

    /// The page of this type.
    template <class Type> Type &page() const { return *findChild<Type *>(); }
    pages::SignInPage &signInPage() { return *m_signIn; }
    AccountPanel &accountPanel() { return *m_panel; }
    /// The notice for the whole window.
    const widgets::Banner &notice() const;
    StatusLine &statusLine() { return *m_status; }
    SideBar &sideBar() { return *m_side; }

public Q_SLOTS:
    void signIn();
    void useAnotherAccount();
    void signOut();
    void openSandboxPage();
    void showHelp();

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool focusNextPrevChild(bool isForward) override { return widgets::moveFocus(*this, isForward); }

private:
    void buildFrame();
    void connectParts();
    void connectPages();
    void connectPanel();
    void addShortcuts();

    void followDesk();
    void followSession();
    void keepPageFor(workspace::Desk *desk);
    workspace::Desk *shownDesk() const;
    void showCurrentPage();
    void showCurrentPageAnew();
    void reportProblems();
    widgets::Page &chosenPage() const;
    bool isSignedIn() const;
    bool isOnSandbox() const;
    void signInAgain();
    void focusAnew();
    void signInAs(const identity::Account &account);
    void startSignIn(identity::SignInOptions options);

    WindowParts m_parts;
    QStackedWidget *m_stack = nullptr;
    SideBar *m_side = nullptr;
    StatusLine *m_status = nullptr;
    NoticeArea *m_notice = nullptr;
    AccountPanel *m_panel = nullptr;
    pages::SignInPage *m_signIn = nullptr;
    std::vector<widgets::Page *> m_pages; ///< In the order of the side bar.
    FreshToken *m_freshToken = nullptr;
    SignOuts *m_signOuts = nullptr;
    KeptNotices *m_kept = nullptr;
    AccountsView *m_accounts = nullptr;
    QPointer<workspace::Desk> m_desk;                    ///< The one that is shown.
    widgets::KeptStates<std::optional<int>> m_keptPages; ///< By the desk.
    bool m_isPainted = false;
    ConnectionAdder *m_connectionAdder = nullptr;
    RegisterRoute *m_register = nullptr;
};

} // namespace bookdesk::window
