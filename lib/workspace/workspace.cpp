#include "workspace/workspace.h"

#include "core/errors.h"
#include "core/json.h"
#include "core/text.h"
#include "workspace/errors.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <utility>

namespace bookdesk::workspace {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Workspace)
};

QString sandboxId() { return QStringLiteral("sandbox"); }

} // namespace

/// The desks lean on the Sandbox, so they go first.
class Workspace::Parts
{
public:
    Parts(Surroundings usedSurroundings, ConnectionStore usedStore)
        : surroundings(std::move(usedSurroundings))
        , store(std::move(usedStore))
    {
        ConnectionStore::Loaded loaded = store.load();
        connections = std::move(loaded.connections);
        problems = std::move(loaded.problems);
    }

    const identity::Connection *find(const QString &id) const
    {
        const auto found = std::ranges::find(connections, id, &identity::Connection::id);
        return found == connections.end() ? nullptr : &*found;
    }

    bool isNameTaken(const QString &name) const
    {
        return std::ranges::any_of(connections,
                                   [&name](const identity::Connection &known) { return isSameName(known.name, name); });
    }

    Desk *desk() const
    {
        const auto found = desks.find(current);
        return found == desks.end() ? nullptr : found->second.get();
    }

    /// True where a person would be surprised to find another connection in use.
    bool isDeskWanted() const { return desk() && (isAskedFor || desk()->attempt() || desk()->session().current()); }

    const Surroundings surroundings;
    ConnectionStore store;
    std::vector<identity::Connection> connections;
    std::vector<Error> problems;
    std::shared_ptr<sandbox::SandboxServer> sandbox;
    std::map<QString, std::unique_ptr<Desk>> desks; ///< By the connection's ID; made when it is first used.
    QString current;
    bool isAskedFor = false; ///< The connection in use is the one used last, or was chosen.
    std::stop_source stop;
};

Workspace::Workspace(Surroundings surroundings, ConnectionStore store, QString lastUsed, QObject *parent)
    : QObject(parent)
    , m_parts(std::make_unique<Parts>(std::move(surroundings), std::move(store)))
{
    if (m_parts->find(lastUsed))
        use(lastUsed);
    else if (!m_parts->connections.empty())
        bringUp(m_parts->connections.front().id);
}

Workspace::~Workspace() { m_parts->stop.request_stop(); }

Task<void> Workspace::startSandbox(sandbox::SandboxOptions options)
{
    const std::stop_token gone = m_parts->stop.get_token();
    const Result<std::shared_ptr<sandbox::SandboxServer>> server =
        co_await sandbox::SandboxServer::start(std::move(options));
    if (gone.stop_requested())
        co_return failure(bookdesk::errors::stopped, Texts::tr("The Sandbox was stopped while it started."));
    if (!server)
        co_return failure(server.error());
    if (m_parts->sandbox)
        co_return Result<void>();
    Result<identity::Connection> connection = identity::readConnection(toCompactJson((*server)->connectionFile()));
    if (!connection)
        co_return failure(connection.error());
    takeIn(*server, *std::move(connection));
    co_return Result<void>();
}

void Workspace::takeIn(std::shared_ptr<sandbox::SandboxServer> server, identity::Connection connection)
{
    connection.id = sandboxId();
    connection.isSandbox = true;
    m_parts->sandbox = std::move(server);
    m_parts->connections.insert(m_parts->connections.begin(), std::move(connection));
    const bool staysInUse = m_parts->isDeskWanted();
    Q_EMIT connectionsChanged();
    if (!staysInUse)
        bringUp(sandboxId());
}

sandbox::SandboxServer *Workspace::sandbox() { return m_parts->sandbox.get(); }

const std::vector<identity::Connection> &Workspace::connections() const { return m_parts->connections; }

const std::vector<Error> &Workspace::problems() const { return m_parts->problems; }

Result<QString> Workspace::add(identity::Connection connection)
{
    if (m_parts->isNameTaken(connection.name))
        return failure(nameTaken(connection.name));
    Result<identity::Connection> added = m_parts->store.add(std::move(connection));
    if (!added)
        return failure(added.error());
    const QString id = added->id;
    m_parts->connections.push_back(*std::move(added));
    Q_EMIT connectionsChanged();
    if (!desk())
        bringUp(id);
    return id;
}

void Workspace::use(const QString &id)
{
    if (!m_parts->find(id))
        return;
    m_parts->isAskedFor = true;
    bringUp(id);
}

void Workspace::bringUp(const QString &id)
{
    const identity::Connection *connection = m_parts->find(id);
    if (!connection || m_parts->current == id)
        return;
    Desk *const before = desk();
    std::unique_ptr<Desk> &place = m_parts->desks[id];
    if (!place)
        place = std::make_unique<Desk>(*connection, m_parts->surroundings);
    m_parts->current = id;
    // Waiters for the sign-in are resumed while the other desk is already in use.
    if (before && before->attempt())
        before->attempt()->cancel();
    if (m_parts->current == id)
        Q_EMIT deskChanged();
}

QString Workspace::currentId() const { return m_parts->current; }

Desk *Workspace::desk() { return m_parts->desk(); }

} // namespace bookdesk::workspace
