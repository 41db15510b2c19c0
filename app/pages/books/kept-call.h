/// KeptCall: a call that needs more proof, a scope or a new sign-in waits in memory, until the person has provided it.
#pragma once

#include "books/api-outcome.h"
#include "books/book.h"
#include "identity/claims-request.h"
#include "widgets/countdown.h"
#include "widgets/kept-states.h"
#include "workspace/desk.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QPointer>

#include <chrono>
#include <optional>

namespace bookdesk::pages {

enum class WaitsFor {
    proof,  ///< The API asks for it.
    scopes, ///< The token lacks them, and the connection lists them.
    signIn, ///< The token has expired, and nothing but a sign-in gives another.
};

/// The call and why it waits. A plain value.
struct WaitingCall
{
    std::optional<books::Book> book; ///< To be deleted; nothing where the list is asked for.
    books::ApiOutcome outcome;
    identity::ClaimsRequest proof;
    QString account;                    ///< Who has to prove it, made safe to show.
    std::optional<Error> silentFailure; ///< Why the refresh did not give it, where it failed.
    WaitsFor waitsFor = WaitsFor::proof;
    QString connection = {}; ///< Its name, made safe to show.
};

enum class KeptState {
    nothing,
    offered,   ///< The person has not begun yet, or what they began has failed.
    signingIn, ///< It is being asked for: silently, as long as there is no attempt, or in the browser.
    expired,   ///< It was kept as long as calls are kept, and has been dropped.
};

/// Keeps one call, in memory only and for a limited time. It is given back once, to be sent again; a call that is
/// challenged again then is not kept a second time, so that nobody goes round in circles. GUI thread.
class KeptCall : public QObject
{
    Q_OBJECT

public:
    explicit KeptCall(QObject *parent, std::chrono::milliseconds limit = std::chrono::minutes(5));

    /// A deletion that waits for the one before is kept with it, for the time that is left; nothing is asked for it
    /// meanwhile.
    void setDesk(workspace::Desk *desk);
    /// Lets the deletion go on waiting that was left at this desk.
    void restoreLeft();
    /// False where the call is not kept, and its outcome is to be shown: nothing helps that could be asked for, it was
    /// proven just now, or another call is kept already. A deletion takes the place of any call that is only
    /// offered.
    bool keep(const std::optional<books::Book> &book, const books::ApiOutcome &outcome);
    /// The list is asked for again, so that a request for it that only waits is no longer needed.
    void noteListAsked();
    /// The call was answered: a later challenge to the same request is a new one, and may be kept.
    void noteAnswer(const QString &request);
    /// *Sign in with more proof*, *Get this scope*, *Sign in again*
    void prove();
    /// Ends the sign-in; the call goes on waiting.
    void cancel();
    void drop();
    /// Another person, or none.
    void forget();

    KeptState state() const { return m_state; }
    bool isWaiting() const { return m_state == KeptState::offered || m_state == KeptState::signingIn; }
    /// Whether the deletion of this book waits.
    bool isFor(const QString &bookId) const { return isWaiting() && m_call.book && m_call.book->id == bookId; }
    const WaitingCall &call() const { return m_call; }
    workspace::Desk *desk() const { return m_desk; }
    /// Why the last sign-in for this call failed.
    const std::optional<Error> &failure() const { return m_failure; }
    std::chrono::seconds left() const { return m_countdown.left(); }
    /// The sign-in under way, or nullptr.
    identity::SignIn *attempt() const;
    /// Whether the last try has come as far as the browser.
    bool hadAttempt() const { return m_hadAttempt; }

Q_SIGNALS:
    /// State, call or failure changed.
    void changed();
    /// The sign-in under way has come further.
    void progressed();
    /// One second less is left.
    void ticked();
    /// The person is back: the call is to be sent again, once.
    void proven(const std::optional<bookdesk::books::Book> &book);

private:
    /// What waits for an account that is not shown.
    struct Left
    {
        WaitingCall call;
        std::optional<Error> failure;
        bool hadAttempt;
        QString account; ///< Its ID: the desk may be another's by then.
        QDeadlineTimer until;
    };

    void keepLeft();
    std::optional<WaitingCall> readCall(const std::optional<books::Book> &book, const books::ApiOutcome &outcome) const;
    Task<void> begin();
    void followTokens();
    void followAttempt();
    void enter(KeptState state);
    void finish(const Result<void> &result);
    void expire();

    QPointer<workspace::Desk> m_desk;
    widgets::KeptStates<std::optional<Left>> m_left; ///< By the desk.
    std::chrono::milliseconds m_limit;
    widgets::Countdown m_countdown;
    KeptState m_state = KeptState::nothing;
    WaitingCall m_call;
    std::optional<Error> m_failure;
    QString m_proven; ///< The request that was proven last and has not been answered yet.
    bool m_hadAttempt = false;
    int m_generation = 0;
};

} // namespace bookdesk::pages
