/// SignOuts: *Sign out here* and *Sign out here and in the browser*, and what became of them.
#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "identity/browser-sign-out.h"
#include "widgets/kind.h"

#include <QObject>
#include <QPointer>
#include <QString>
#include <QTimer>

#include <optional>

class QMessageBox;

namespace bookdesk::workspace {
class Desk;
}

namespace bookdesk::window {

class NoticeArea;

/// Progress and outcome are shown in the notice area. The tokens go at once in both cases; only the browser is waited
/// for. GUI thread.
class SignOuts : public QObject
{
    Q_OBJECT

public:
    /// @param notice must outlive this. @param window gets the question, and owns this.
    SignOuts(NoticeArea &notice, Clock clock, QWidget &window);

    /// The connection in use, or nullptr. It may be destroyed at any time.
    void setDesk(workspace::Desk *desk);
    /// Somebody who is kept without being signed in, too. Does nothing where there is nobody.
    void signOutHere();
    /// As above; asks first.
    void askForBrowser();
    /// Shows again what is under way, where something else has taken its place.
    void showProgress();

Q_SIGNALS:
    /// The person has no tokens any more.
    void signedOut();

private:
    bool isSignedIn() const;
    bool isShown() const;
    void giveUp();
    identity::BrowserSignOut *attempt() const;
    void signOutInBrowser();
    void watch(Task<void> forgetting, const QString &name);
    void followDesk();
    void tellProgress(widgets::Kind kind, const QString &text);
    QString focusedButton() const;
    bool focusButton(const QString &name);
    void addCancelButton();
    void addOpenAgainButton();
    void addLinkButton();
    void openAgain();
    QString headlineNow() const;
    void showTimeLeft();
    void reportHere(const QString &name, int generation, const Error &error);
    void reportInBrowser(const Result<identity::BrowserAnswer> &answer);

    NoticeArea &m_notice;
    Clock m_clock;
    QWidget &m_window;
    QPointer<workspace::Desk> m_desk;
    QPointer<QMessageBox> m_question;
    QTimer m_tick;
    QString m_headline;             ///< Of the progress as it was told last.
    std::optional<Error> m_problem; ///< What went wrong here, while the browser is waited for.
    int m_generation = 0;           ///< Answers to what was given up are dropped.
};

} // namespace bookdesk::window
