#include "workspace/workspace.h"

#include "core/errors.h"
#include "core/json.h"
#include "core/text.h"
#include "workspace/errors.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace bookdesk::workspace {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Workspace)
};

} // namespace

/// The desk leans on the Sandbox, so it goes first.
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

    bool isNameTaken(const QString &name) const
    {
        return std::ranges::any_of(connections,
                                   [&name](const identity::Connection &known) { return isSameName(known.name, name); });
    }

    /// True where a person would lose something with the desk.
    bool isDeskBusy() const { return desk && (desk->attempt() || desk->session().current()); }

    const Surroundings surroundings;
    ConnectionStore store;
    std::vector<identity::Connection> connections;
    std::vector<Error> problems;
    std::shared_ptr<sandbox::SandboxServer> sandbox;
    std::unique_ptr<Desk> desk;
    std::size_t current = 0;
    std::stop_source stop;
};

Workspace::Workspace(Surroundings surroundings, ConnectionStore store, QObject *parent)
    : QObject(parent)
    , m_parts(std::make_unique<Parts>(std::move(surroundings), std::move(store)))
{
    if (!m_parts->connections.empty())
        use(0);
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
    m_parts->sandbox = std::move(server);
    m_parts->connections.insert(m_parts->connections.begin(), std::move(connection));
    ++m_parts->current;
    const bool keepsDesk = m_parts->isDeskBusy();
    Q_EMIT connectionsChanged();
    if (!keepsDesk)
        use(0);
}

sandbox::SandboxServer *Workspace::sandbox() { return m_parts->sandbox.get(); }

const std::vector<identity::Connection> &Workspace::connections() const { return m_parts->connections; }

const std::vector<Error> &Workspace::problems() const { return m_parts->problems; }

Result<void> Workspace::add(identity::Connection connection)
{
    if (m_parts->isNameTaken(connection.name))
        return failure(errors::connectionNameTaken,
                       Texts::tr("There is already a connection named “%1”, and a connection is never replaced.")
                           .arg(visible(connection.name)),
                       Texts::tr("Give the new one another name."));
    if (Result<void> added = m_parts->store.add(connection); !added)
        return added;
    m_parts->connections.push_back(std::move(connection));
    Q_EMIT connectionsChanged();
    if (!m_parts->desk)
        use(0);
    return {};
}

void Workspace::use(std::size_t index)
{
    if (index >= m_parts->connections.size() || (m_parts->desk && index == m_parts->current))
        return;
    auto desk = std::make_unique<Desk>(m_parts->connections[index], m_parts->surroundings);
    std::unique_ptr<Desk> old = std::exchange(m_parts->desk, std::move(desk));
    m_parts->current = index;
    // Whoever waits for something of the old desk hears of its end while the new one is there.
    old.reset();
    Q_EMIT deskChanged();
}

std::size_t Workspace::currentIndex() const { return m_parts->current; }

Desk *Workspace::desk() { return m_parts->desk.get(); }

} // namespace bookdesk::workspace
