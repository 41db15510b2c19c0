/// SignInPage: lets the person choose a connection and sign in with the browser, and shows the progress.
#pragma once

#include "core/result.h"
#include "identity/sign-in.h"

#include <QPointer>
#include <QWidget>

#include <functional>

class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace bookdesk::widgets {
class Banner;
class ThinBar;
class WorkStrip;
} // namespace bookdesk::widgets
namespace bookdesk::workspace {
class Desk;
class Workspace;
} // namespace bookdesk::workspace

namespace bookdesk::pages {

class AttemptSide;
class BrowserErrorView;
class ConnectionList;
class DeviceCodeCard;
class ErrorCard;
class WaitingCard;

/// GUI thread; the workspace must outlive it.
class SignInPage : public QWidget
{
    Q_OBJECT

public:
    SignInPage(workspace::Workspace &workspace, Clock clock, QWidget *parent = nullptr);

    /// Starts an attempt on the connection in use; it replaces one that is under way.
    void signIn(identity::SignInOptions options);
    /// As signIn, for the account whose desk is in use if it has one, with the browser of another device.
    void signInByDeviceCode();
    /// As signIn, but at a free desk and for the account that is chosen in the browser.
    void useAnotherAccount();
    void cancel();
    /// Back to the steps from what the browser's page says; cancels from there. Where the attempt has ended, back to
    /// the account before.
    void goBackOrCancel();
    bool isWaiting() const { return m_isWaiting; }
    /// An attempt is under way, or what the browser's page says is being read after it.
    bool isInUse() const;
    /// Closes what explains the browser's page, if the attempt has ended.
    void stopExplaining();

    /// Shows that the Sandbox is starting and that nobody can sign in to it yet.
    void showStarting();
    /// Shows that the Sandbox did not start, and offers to try again.
    void showStartFailure(const Error &error);

    void takeFocus();

    const WaitingCard &waitingCard() const;
    const DeviceCodeCard &deviceCodeCard() const;
    const ErrorCard &errorCard() const;
    const BrowserErrorView &browserErrorView() const { return *m_browserError; }

Q_SIGNALS:
    void addConnectionAsked();
    /// The Sandbox was chosen, or is to be tried again, and does not run.
    void sandboxAsked();
    void signedIn();
    void failed(const bookdesk::Error &error);
    /// An attempt began, or ended without success; or nobody reads on after it.
    void waitingChanged();
    /// The browser has returned.
    void redirectReceived();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fitBrowserError();
    int roomBelowHead() const;
    QWidget *makeChoice();
    void connectSide();
    void connectBrowserError();
    void openBrowserError();
    void closeBrowserError();
    void showConnections();
    void choose(const QString &id);
    void followDesk();
    void followAttempt();
    identity::SignInOptions usualOptions() const;
    void tryAgain();
    void start(const std::function<Task<void>(workspace::Desk &)> &begin);
    void setWide(bool isWide);
    void showResuming(bool isResuming);
    void finish(int serial, const Result<void> &result);
    void setWaiting(bool isWaiting);

    workspace::Workspace &m_workspace;
    bool m_isWaiting = false;
    int m_serial = 0;
    identity::SignInOptions m_options; ///< Of the last attempt.
    QPointer<workspace::Desk> m_attemptDesk;
    QScrollArea *m_scroll;
    QWidget *m_column; ///< All that is on the page.
    QWidget *m_head = nullptr;
    widgets::Banner *m_banner;
    ConnectionList *m_connections;
    widgets::ThinBar *m_starting;
    QPushButton *m_add;
    QPushButton *m_signIn;
    QPushButton *m_another;
    QVBoxLayout *m_rows;
    QPointer<widgets::WorkStrip> m_resuming;
    QWidget *m_choice;
    QPushButton *m_onDevice;
    AttemptSide *m_side;
    BrowserErrorView *m_browserError; ///< Takes the place of the choice and the side.
};

} // namespace bookdesk::pages
