/// Stage: the real window on a real Sandbox, with the verbs that the tour's chapters are written in.
#pragma once

#include "style/colors.h"
#include "tour/memory-keychain.h"
#include "workspace/persona-browser.h"
#include "workspace/workspace.h"

#include <QPixmap>
#include <QString>
#include <QTemporaryDir>
#include <QUrl>

#include <functional>
#include <memory>

class QAbstractButton;

namespace bookdesk::window {
class MainWindow;
}

namespace bookdesk::tour {

/// Everything it stores goes to a temporary folder and a keychain of its own. An expectation that is not met within the
/// limit makes the current step fail; the rest of that step's expectations are skipped. GUI thread.
class Stage
{
public:
    explicit Stage(std::chrono::milliseconds limit);
    ~Stage();

    /// Closes the window and starts again, as on the next day: what is stored is still there.
    void startAgain();
    /// From the next start on, the computer has no keychain.
    void removeKeychain() { m_keychain->isThere = false; }
    /// Since the last start; not if somebody has been there since.
    bool hasBrowserOpen() const { return !m_opened.isEmpty(); }

    window::MainWindow &window() { return *m_window; }
    workspace::Workspace &workspace() { return *m_workspace; }
    sandbox::SandboxServer &sandbox() { return *m_workspace->sandbox(); }

    /// Waits until @p isSo, within the limit. @p what is reported if it does not.
    bool expect(const QString &what, const std::function<bool()> &isSo);
    /// Waits until the button with this object name can be pressed, in the window or a dialog of it, and presses it.
    void click(const QString &name);
    void write(const QString &field, const QString &text);

    /// Lets a persona sign in at the address that the window opened in "the browser".
    void visitAs(const QString &persona);
    /// Lets a persona sign in there, and gives the text of the page at which that ends.
    QString readPageAs(const QString &persona);
    /// Lets a persona press *Decline* there.
    void declineAs(const QString &persona);
    /// Signs in from the sign-in page and waits for the books page.
    void signInAs(const QString &persona);

    /// Starts another Sandbox and gives its connection file, named @p name.
    QString startSecondSandbox(const QString &name);
    /// Starts another Sandbox with a private CA. @return Its address.
    QString startTlsSandbox();
    void stopSecondSandbox();
    /// The connection file of the window's own Sandbox with another name and another API.
    QString fileWithOtherApi(const QString &name, const QString &apiBaseUrl);

    /// The window with the dialogs that are open over it.
    QPixmap picture();

    void beginStep() { m_failure.clear(); }
    const QString &failure() const { return m_failure; }

private:
    /// @param lastConnection the ID of the one that was in use when the program ended.
    void start(const QString &lastConnection);
    /// Runs @p action within the event loop, so that objects that it deletes later are really deleted.
    void act(const std::function<void()> &action);
    /// Waits for the address of the current attempt, not of one that has ended.
    bool expectOpenBrowser();
    QAbstractButton *findButton(const QString &name) const;
    void visit(const sandbox::Visit &visit);
    void startSecond(const sandbox::SandboxOptions &options);
    /// @return The name of the file.
    QString written(JsonObject connection, const QString &name);

    std::chrono::milliseconds m_limit;
    QTemporaryDir m_folder;
    std::shared_ptr<MemoryKeychain::Store> m_keychain = std::make_shared<MemoryKeychain::Store>();
    QUrl m_opened;
    identity::OpenUrl m_visitor;
    QString m_failure;
    std::shared_ptr<sandbox::SandboxServer> m_second;
    std::unique_ptr<workspace::Workspace> m_workspace;
    std::unique_ptr<window::MainWindow> m_window;
};

} // namespace bookdesk::tour
