/// KeptSignIns: signs people in with what earlier runs have kept, where the settings want it.
#pragma once

#include "core/task-scope.h"
#include "identity/account.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <vector>

namespace bookdesk::workspace {

class Desk;
class Workspace;

/// Does nothing before begin(). Follows the setting *Keep me signed in* and the desk in use. Each account that is kept
/// gets a desk; its sign-in is used when that desk comes into use, until it is refused: then only the person helps. At
/// the start that is the account which was in use last, if its connection is in use and it was not signed out. An
/// account that belongs to a connection as it was before is removed. GUI thread.
class KeptSignIns : public QObject
{
    Q_OBJECT

public:
    /// @param workspace must outlive it.
    explicit KeptSignIns(Workspace &workspace, QObject *parent = nullptr);

    /// To be called when the window has been painted: the keychain may take its time.
    void begin();

    /// *Try again*: uses the sign-in that is kept for the desk in use, unless it was refused.
    void resumeInUse();

Q_SIGNALS:
    /// The sign-in of @p account that is kept for the desk in use, at the connection of this name, could not be used.
    /// Where that was for lack of network, it is tried again once the network is back.
    void failed(bookdesk::identity::Account account, QString connection, bookdesk::Error error);
    /// What was stored could not be removed, after the setting was turned off.
    void notRemoved(bookdesk::Error error);

private:
    void follow();
    void noteSignedOut();
    void findAccounts();
    void forgetAccounts();
    void bringBackLast();
    ScopedTask<void> open();
    ScopedTask<void> close();
    ScopedTask<void> takeIn();
    ScopedTask<void> removeUseless(std::vector<identity::Account> accounts);
    ScopedTask<void> resume(identity::Account account, Desk *desk);

    Workspace &m_workspace;
    bool m_hasBegun = false;
    QStringList m_tried; ///< IDs of accounts.
    QStringList m_there; ///< Of those that had a desk when this was last looked at.
    TaskScope m_scope;
};

} // namespace bookdesk::workspace
