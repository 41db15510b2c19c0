/// AttemptSide: the cards beside the choice of a connection: the sign-in under way, and why it failed.
#pragma once

#include "core/clock.h"
#include "core/error.h"
#include "identity/connection.h"

#include <QPointer>
#include <QWidget>

namespace bookdesk::workspace {
class Desk;
} // namespace bookdesk::workspace

namespace bookdesk::pages {

class DeviceCodeCard;
class ErrorCard;
class WaitingCard;

/// Shows one attempt, with the browser here or on another device; hidden as long as there was none. GUI thread.
class AttemptSide : public QWidget
{
    Q_OBJECT

public:
    explicit AttemptSide(Clock clock, QWidget *parent = nullptr);

    /// Shows the attempt under way at @p desk, which may be nullptr. @return whether there is one.
    bool follow(workspace::Desk *desk);
    /// Shows the attempt no longer.
    void endAttempt();
    /// Shows why the attempt failed. @p connection it was for.
    void showFailure(const Error &error, const identity::Connection &connection);
    /// Neither an attempt nor a failure.
    void clear();
    /// The error's buttons stay in sight, so it takes no more than what is left of @p room.
    void fitInto(int room);
    void takeFocus();

    /// Whether none of the cards shows.
    bool isEmpty() const;
    /// A code is shown, for which the page has to be wide.
    bool isWide() const;

    const WaitingCard &waitingCard() const { return *m_waiting; }
    const DeviceCodeCard &deviceCodeCard() const { return *m_device; }
    const ErrorCard &errorCard() const { return *m_error; }

Q_SIGNALS:
    /// To sign in with the browser on this computer.
    void signInAsked();
    void newCodeAsked();
    /// The browser shows an error, and the person wants it explained.
    void browserErrorAsked();
    /// The browser has returned.
    void redirectReceived();

private:
    void connectCards();
    void fitWidth();
    void showBrowserFailure();

    QPointer<workspace::Desk> m_desk; ///< Whose attempt it is.
    WaitingCard *m_waiting;
    DeviceCodeCard *m_device;
    ErrorCard *m_error;
};

} // namespace bookdesk::pages
