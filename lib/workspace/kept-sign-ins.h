/// KeptSignIns: signs people in with what earlier runs have kept, where the settings want it.
#pragma once

#include "core/task-scope.h"
#include "identity/account.h"

#include <QObject>
#include <QString>

namespace bookdesk::workspace {

class Workspace;

/// Does nothing before begin(). Follows the setting *Keep me signed in* and the connection in use; each connection is
/// tried once. GUI thread.
class KeptSignIns : public QObject
{
    Q_OBJECT

public:
    /// @param workspace must outlive it.
    explicit KeptSignIns(Workspace &workspace, QObject *parent = nullptr);

    /// To be called when the window has been painted: the keychain may take its time.
    void begin();

Q_SIGNALS:
    /// The sign-in that is kept for this connection could not be used. Where that was for lack of network, it is tried
    /// again once the network is back.
    void failed(QString connection, bookdesk::Error error);
    /// What was stored could not be removed, after the setting was turned off.
    void notRemoved(bookdesk::Error error);

private:
    void follow();
    void resumeInUse();
    ScopedTask<void> open();
    ScopedTask<void> close();
    ScopedTask<void> resume(QString connectionId);

    Workspace &m_workspace;
    bool m_hasBegun = false;
    QStringList m_tried; ///< IDs of connections.
    TaskScope m_scope;
};

} // namespace bookdesk::workspace
