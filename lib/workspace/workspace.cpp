#include "workspace/workspace.h"

#include "core/errors.h"
#include "core/json.h"
#include "workspace/sandbox-signer.h"

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

/// Whether desks in use must learn of a change.
bool affectsDesks(Setting setting)
{
    return setting == Setting::timeLimit || setting == Setting::proxySource || setting == Setting::proxyHost ||
           setting == Setting::proxyPort;
}

Error ended() { return {bookdesk::errors::stopped, Texts::tr("The Sandbox was stopped while it started.")}; }

} // namespace

/// The desks use the Sandbox, so they are destroyed first.
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
        surroundings.ownRules = OwnRules(store.folder());
    }

    const identity::Connection *find(const QString &id) const
    {
        const auto found = std::ranges::find(connections, id, &identity::Connection::id);
        return found == connections.end() ? nullptr : &*found;
    }

    /// What the desk of this connection gets; only the Sandbox's has the tenant's keys at hand.
    Surroundings surroundingsFor(const identity::Connection &connection) const
    {
        Surroundings own = inEffect();
        if (connection.isSandbox)
            own.signer = [server = sandbox] { return std::optional(sandboxSigner(*server)); };
        return own;
    }

    Desk *desk() const
    {
        const auto found = desks.find(current);
        return found == desks.end() ? nullptr : found->second.get();
    }

    /// The desk of the connection with that ID, made if need be; nullptr if there is none with that ID.
    Desk *open(const QString &id)
    {
        const identity::Connection *connection = find(id);
        if (!connection)
            return nullptr;
        std::unique_ptr<Desk> &place = desks[id];
        if (!place)
            place = std::make_unique<Desk>(*connection, surroundingsFor(*connection));
        return place.get();
    }

    std::vector<Desk *> opened() const
    {
        std::vector<Desk *> result;
        for (const auto &[id, desk] : desks)
            result.push_back(desk.get());
        return result;
    }

    /// True where a person would be surprised to find another connection in use.
    bool isDeskWanted() const { return desk() && (isAskedFor || desk()->isSigningIn() || desk()->session().current()); }

    /// As they were given, changed by the settings.
    Surroundings inEffect() const
    {
        Surroundings changed = surroundings;
        changed.signInLimits = chosenLimits(settings, surroundings.signInLimits);
        changed.proxies = chosenProxies(settings, surroundings.proxies);
        changed.proxies.logins = logins;
        return changed;
    }

    Surroundings surroundings;
    Settings settings;
    std::shared_ptr<net::ProxyLogins> logins = std::make_shared<net::ProxyLogins>();
    ConnectionStore store;
    std::vector<identity::Connection> connections;
    std::vector<Error> problems;
    std::shared_ptr<sandbox::SandboxServer> sandbox;
    std::map<QString, std::unique_ptr<Desk>> desks; ///< By the connection's ID; made when it is first used.
    QString current;
    bool isAskedFor = false; ///< The connection in use is the one used last, or was chosen.
};

Workspace::Workspace(Surroundings surroundings, ConnectionStore store, QString lastUsed, QObject *parent)
    : QObject(parent)
    , m_parts(std::make_unique<Parts>(std::move(surroundings), std::move(store)))
{
    connect(&m_parts->settings, &Settings::changed, this, [this](Setting setting) {
        if (affectsDesks(setting))
            applySettings();
    });
    if (m_parts->find(lastUsed))
        use(lastUsed);
    else if (!m_parts->connections.empty() && lastUsed != sandboxId())
        show(m_parts->connections.front().id);
}

Workspace::~Workspace() = default;

Settings &Workspace::settings() { return m_parts->settings; }

identity::TokenVault &Workspace::vault() { return *m_parts->surroundings.vault; }

net::ProxyLogins &Workspace::proxyLogins() { return *m_parts->logins; }

void Workspace::applySettings()
{
    const Surroundings inEffect = m_parts->inEffect();
    for (const auto &[id, desk] : m_parts->desks) {
        desk->setSignInLimits(inEffect.signInLimits);
        desk->setProxies(inEffect.proxies);
    }
}

Task<void> Workspace::startSandbox(sandbox::SandboxOptions options)
{
    return m_scope.run([this, options](std::stop_token) { return takeInSandbox(options); }, ended());
}

ScopedTask<void> Workspace::takeInSandbox(sandbox::SandboxOptions options)
{
    const Result<std::shared_ptr<sandbox::SandboxServer>> server =
        co_await callOut([&] { return sandbox::SandboxServer::start(options); });
    if (!server)
        co_return failure(server.error());
    if (m_parts->sandbox)
        co_return Result<void>();
    Result<identity::Connection> connection = identity::readConnection(toCompactJson((*server)->connectionFile()));
    if (!connection)
        co_return failure(connection.error());
    connection->id = sandboxId();
    connection->isSandbox = true;
    m_parts->sandbox = *server;
    m_parts->connections.insert(m_parts->connections.begin(), *std::move(connection));
    Result<void> told = co_await announce(sandboxId(), !m_parts->isDeskWanted());
    co_return told;
}

/// Tells of a new connection and, where it @p comesIntoUse, makes it the one in use.
ScopedTask<void> Workspace::announce(QString id, bool comesIntoUse)
{
    Result<void> told = co_await callOut([this] { Q_EMIT connectionsChanged(); });
    if (told && comesIntoUse)
        told = co_await bringUp(id);
    co_return told;
}

QString Workspace::sandboxId() { return QStringLiteral("sandbox"); }

sandbox::SandboxServer *Workspace::sandbox() { return m_parts->sandbox.get(); }

const std::vector<identity::Connection> &Workspace::connections() const { return m_parts->connections; }

std::vector<identity::Connection> Workspace::choices() const
{
    std::vector<identity::Connection> choices = m_parts->connections;
    if (m_parts->sandbox)
        return choices;
    identity::Connection sandbox;
    sandbox.id = sandboxId();
    sandbox.isSandbox = true;
    sandbox.name = Texts::tr("Sandbox");
    choices.insert(choices.begin(), std::move(sandbox));
    return choices;
}

const std::vector<Error> &Workspace::problems() const { return m_parts->problems; }

Result<QString> Workspace::add(identity::Connection connection)
{
    Result<identity::Connection> added = m_parts->store.add(std::move(connection));
    if (!added)
        return failure(added.error());
    const QString id = added->id;
    m_parts->connections.push_back(*std::move(added));
    const bool isFirst = !desk();
    m_scope.run([this, id, isFirst](std::stop_token) { return announce(id, isFirst); }, ended());
    return id;
}

void Workspace::use(const QString &id)
{
    if (!m_parts->find(id))
        return;
    m_parts->isAskedFor = true;
    show(id);
}

void Workspace::show(const QString &id)
{
    m_scope.run([this, id](std::stop_token) { return bringUp(id); }, ended());
}

ScopedTask<void> Workspace::bringUp(QString id)
{
    if (!m_parts->find(id) || m_parts->current == id)
        co_return Result<void>();
    Desk *const before = desk();
    m_parts->open(id);
    m_parts->current = id;
    // Waiters for the sign-in are resumed while the other desk is already in use.
    Result<void> told;
    if (before)
        told = co_await callOut([&] { before->cancelSignIn(); });
    if (told && m_parts->current == id)
        told = co_await callOut([this] { Q_EMIT deskChanged(); });
    co_return told;
}

QString Workspace::currentId() const { return m_parts->current; }

Desk *Workspace::desk() { return m_parts->desk(); }

Desks Workspace::desks()
{
    return {[this] { return connections(); }, [this](const QString &id) { return m_parts->open(id); },
            [this] { return m_parts->opened(); }};
}

} // namespace bookdesk::workspace
