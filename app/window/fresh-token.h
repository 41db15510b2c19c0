/// FreshToken: *Get fresh token* and the actions that may follow it, for the account panel and every page.
#pragma once

#include "core/result.h"

#include <QObject>
#include <QPointer>

namespace bookdesk::workspace {
class Desk;
}

namespace bookdesk::window {

class NoticeArea;

/// The outcome is shown in the notice area; pages follow the session for the token itself. GUI thread.
class FreshToken : public QObject
{
    Q_OBJECT

public:
    /// @param notice must outlive this.
    explicit FreshToken(NoticeArea &notice, QObject *parent = nullptr);

    /// The connection in use, or nullptr. It may be destroyed at any time.
    void setDesk(workspace::Desk *desk);
    /// Does nothing while nobody is signed in or a token is already on its way.
    void get();

Q_SIGNALS:
    /// *Sign in again* was chosen.
    void signInAsked();
    /// *Show token* was chosen.
    void tokenPageAsked();

private:
    void cancel();
    void finish(const Result<void> &result);
    void report(const Error &error);

    NoticeArea &m_notice;
    QPointer<workspace::Desk> m_desk;
    bool m_isUnderWay = false;
    int m_generation = 0; ///< Answers to an earlier connection's request are dropped.
};

} // namespace bookdesk::window
