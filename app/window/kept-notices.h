/// KeptNotices: what the window says about sign-ins that are kept for later runs.
#pragma once

#include "workspace/kept-sign-ins.h"

#include <QObject>
#include <QPointer>

namespace bookdesk::workspace {
class Desk;
class Workspace;
} // namespace bookdesk::workspace

namespace bookdesk::window {

class NoticeArea;

/// GUI thread.
class KeptNotices : public QObject
{
    Q_OBJECT

public:
    /// @param workspace and @p notice must outlive it.
    KeptNotices(workspace::Workspace &workspace, NoticeArea &notice, QObject *parent);

    /// The window has been painted: the keychain is opened, and the person whose sign-in is kept is signed in.
    void begin() { m_kept.begin(); }

Q_SIGNALS:
    /// *Sign in* was chosen, for the account whose stored sign-in could not be used.
    void signInAsked(const bookdesk::identity::Account &account);

private:
    void reportFailed(const identity::Account &account, const QString &connection, const Error &error);
    void tellFailed(const identity::Account &account, const QString &connection, const Error &error);
    void followVault();
    void followDesk();

    workspace::Workspace &m_workspace;
    NoticeArea &m_notice;
    workspace::KeptSignIns m_kept;
    bool m_wasReady = false;
    QPointer<workspace::Desk> m_desk; ///< Where the stored sign-in failed that was told last.
    int m_told = 0;                   ///< As NoticeArea::told.
};

} // namespace bookdesk::window
