/// Workspace: the composition root: the Sandbox, the known connections and the desk in use.
#pragma once

#include "core/task.h"
#include "sandbox/sandbox-server.h"
#include "workspace/connection-store.h"
#include "workspace/desk.h"

#include <QObject>

#include <memory>
#include <vector>

namespace bookdesk::workspace {

/// GUI thread. Both faces (window and command line) start here.
class Workspace : public QObject
{
    Q_OBJECT

public:
    Workspace(Surroundings surroundings, ConnectionStore store, QObject *parent = nullptr);
    ~Workspace() override;

    /// Starts the Sandbox and makes its connection the first, and the one in use unless somebody is signed in or
    /// signing in on another. Errors: sandbox.*, signing.failed, stopped.
    Task<void> startSandbox(sandbox::SandboxOptions options);
    /// The running Sandbox, or nullptr.
    sandbox::SandboxServer *sandbox();

    const std::vector<identity::Connection> &connections() const;
    const std::vector<Error> &problems() const; ///< Of loading the stored connections.
    /// Errors: connection.name-taken, connection.store-failed.
    Result<void> add(identity::Connection connection);

    /// Makes the connection at @p index the one in use: a new desk, signed out. An attempt on the old one ends. Nothing
    /// happens where it is in use already.
    void use(std::size_t index);
    std::size_t currentIndex() const;
    /// The desk in use, or nullptr before the first connection is known.
    Desk *desk();

Q_SIGNALS:
    void connectionsChanged();
    /// The desk was replaced; the old one is gone.
    void deskChanged();

private:
    void takeIn(std::shared_ptr<sandbox::SandboxServer> server, identity::Connection connection);

    class Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace bookdesk::workspace
