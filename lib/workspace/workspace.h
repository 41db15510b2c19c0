/// Workspace: the composition root: the Sandbox, the known connections, and the desks of their accounts.
#pragma once

#include "core/task-scope.h"
#include "net/proxy-logins.h"
#include "sandbox/sandbox-server.h"
#include "workspace/connection-change.h"
#include "workspace/connection-check.h"
#include "workspace/connection-store.h"
#include "workspace/desk.h"
#include "workspace/desks.h"
#include "workspace/settings-use.h"

#include <QByteArray>
#include <QObject>
#include <QStringList>

#include <cstddef>
#include <memory>
#include <vector>

namespace bookdesk::workspace {

class TenantSearch;

/// GUI thread. Both front ends (window and command line) start here.
class Workspace : public QObject
{
    Q_OBJECT

public:
    /// @param lastUsed the ID of the connection to begin with; if there is none with that ID, the first stored
    /// connection is used until the Sandbox runs, and then the Sandbox. If it was the Sandbox, none is used before.
    Workspace(Surroundings surroundings, ConnectionStore store, QString lastUsed = {}, QObject *parent = nullptr);
    ~Workspace() override;

    /// What the person has set; a change is in effect from the next sign-in or request on.
    Settings &settings();
    /// The log-ins to proxies, for all connections.
    net::ProxyLogins &proxyLogins();
    /// With what the person has set, for a connection that need not be stored.
    std::unique_ptr<TenantSearch> newTenantSearch(identity::Connection connection) const;

    /// Where sign-ins are kept for later runs.
    identity::TokenVault &vault();

    /// Starts the Sandbox and makes its connection the first, and the one in use unless another was asked for or
    /// somebody is signed in or signing in on another. Errors: sandbox.*, signing.failed, stopped.
    Task<void> startSandbox(sandbox::SandboxOptions options);
    /// The ID of the Sandbox's connection.
    static QString sandboxId();
    /// The running Sandbox, or nullptr.
    sandbox::SandboxServer *sandbox();

    /// Each has an ID; the Sandbox's is the first, once it runs.
    const std::vector<identity::Connection> &connections() const;
    /// The one with this ID, or nullptr.
    const identity::Connection *find(const QString &id) const;
    /// The connections to choose from: those above and, before it runs, the Sandbox, of which only the ID and the name
    /// are known then.
    std::vector<identity::Connection> choices() const;
    const std::vector<Error> &problems() const; ///< From loading the stored connections.
    /// Stores the connection and returns its ID. Errors: as ConnectionStore::add.
    Result<QString> add(identity::Connection connection);
    /// Stores a copy with a name of its own ("Contoso 2") and returns its ID. Errors: as add, connection.not-stored,
    /// connection.built-in.
    Result<QString> duplicate(const QString &id);
    /// Replaces the connection with the same ID. Where tokens are got or sent otherwise than before (see
    /// identity::bindingOf) its accounts are signed out, in memory and where they are kept, and it gets new desks; else
    /// they stay signed in, and an attempt under way ends unless just the name is another. Errors, with nothing
    /// changed: connection.not-stored, connection.built-in, connection.name-taken, connection.store-failed; stopped.
    Task<ConnectionChange> update(identity::Connection connection);
    /// Removes the connection with its kept sign-ins and the person's own rules for it; its accounts are signed out. If
    /// it was in use, another one is then, if there is any. Errors, with nothing changed: connection.built-in,
    /// connection.not-stored, connection.store-failed; stopped.
    Task<ConnectionChange> remove(QString id);
    /// Whom removing the connection signs out, for asking before: those at desks and those whose sign-ins are kept.
    /// Errors: stopped.
    Task<std::vector<identity::Account>> accountsOf(QString id);
    /// Changes places with the stored connection before it; the first one stays. Errors: connection.not-stored,
    /// connection.built-in, connection.store-failed.
    Result<void> moveUp(const QString &id);
    /// The same with the one after it.
    Result<void> moveDown(const QString &id);
    /// The connections in a file, for add(): with names that are not taken. Errors: as loadConnections.
    Task<std::vector<identity::Connection>> imported(QString path);
    /// The same for a text. Errors: as readConnections.
    Result<std::vector<identity::Connection>> importedText(const QByteArray &text) const;
    /// The text of a connection file: it has neither an ID nor secrets. Errors: connection.not-stored,
    /// connection.built-in.
    Result<QByteArray> exported(const QString &id) const;

    /// *Test connection* for a connection, stored or not, with what the person has set. It does not run yet.
    std::unique_ptr<ConnectionCheck> newCheck(identity::Connection connection) const;

    /// Makes the connection with this ID the one in use, with its desk that was in use last. A sign-in that is under
    /// way at the desk before ends; a person who is signed in there stays signed in. Does nothing if it is already in
    /// use or if there is none with that ID.
    void use(const QString &id);
    /// The same for a desk of this workspace.
    void switchTo(Desk &desk);
    /// *Use another account*: a desk of the same connection that is nobody's comes into use, to sign in at. Where the
    /// sign-in fails, the desk before is in use again; until somebody has signed in, it is the one to show. Does
    /// nothing at a desk without an account, which will do.
    void useAnotherAccount();
    /// For somebody who still shows the sign-in of useAnotherAccount that has just failed: its desk stays in use for
    /// the next try, until comeBack() is called or another desk is chosen.
    void stayAfterFailure();
    /// The desk before is in use again, unless a sign-in is under way.
    void comeBack();
    /// The desk of an account with a stored sign-in, made if need be; nullptr where its connection is not known.
    Desk *deskFor(const identity::Account &account);
    /// The ID of the connection in use, or an empty text before the first connection is known.
    QString currentId() const;
    /// The desk in use, or nullptr before the first connection is known. It lives as long as the workspace.
    Desk *desk();
    /// The desk whose account is shown: the one in use or, while another account signs in, the one before.
    Desk *shownDesk();
    /// All connections and desks, for those who look beyond the one in use.
    Desks desks();

Q_SIGNALS:
    /// One more or less, another order, or another content; this comes before deskChanged.
    void connectionsChanged();
    /// The connection with this ID is another one now; this comes after connectionsChanged.
    void connectionEdited(QString id);
    /// The connection with this ID is gone; likewise.
    void connectionRemoved(QString id);
    /// Another desk is in use.
    void deskChanged();
    /// Another account is shown: see shownDesk. Where another desk is in use, deskChanged comes first.
    void shownDeskChanged();
    /// A desk has another account, or its account is in another state.
    void accountsChanged();

private:
    void show(Desk *desk, Desk *before = nullptr);
    void follow(Desk &desk);
    void noteSignedIn(Desk &desk);
    void comeBackFrom(Desk &desk);
    void applySettings();
    ScopedTask<void> takeInSandbox(sandbox::SandboxOptions options);
    ScopedTask<void> announce(QString id, bool comesIntoUse);
    ScopedTask<void> bringUp(Desk *desk, Desk *before);
    Result<identity::Connection> changeable(const QString &id) const;
    Result<void> exchange(const QString &id, std::ptrdiff_t places);
    ScopedTask<ConnectionChange> updateNow(identity::Connection connection);
    ScopedTask<void> revise(identity::Connection connection, bool endsAttempts);
    ScopedTask<ConnectionChange> removeNow(QString id);
    ScopedTask<ConnectionChange> partFrom(identity::Connection was);
    ScopedTask<void> moveOn(QString id, bool wasInUse);
    ScopedTask<void> bringUpNone();
    ScopedTask<std::vector<Desk *>> desksOfKept(identity::Connection was, QStringList leaving);
    ScopedTask<std::vector<identity::Account>> findAccounts(QString id);
    ScopedTask<std::vector<identity::Connection>> readImport(QString path);

    class Parts;
    std::unique_ptr<Parts> m_parts;
    TaskScope m_scope;
};

} // namespace bookdesk::workspace
