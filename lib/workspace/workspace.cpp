#include "workspace/workspace.h"

#include "core/errors.h"
#include "core/json.h"
#include "workspace/tenant-search.h"
#include "workspace/workspace-parts.h"

#include <QCoreApplication>
#include <QPointer>

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

Workspace::Workspace(Surroundings surroundings, ConnectionStore store, QString lastUsed, QObject *parent)
    : QObject(parent)
    , m_parts(std::make_unique<Parts>(std::move(surroundings), std::move(store)))
{
    m_parts->onMade = [this](Desk &desk) { follow(desk); };
    connect(&m_parts->settings, &Settings::changed, this, [this](Setting setting) {
        if (affectsDesks(setting))
            applySettings();
    });
    if (m_parts->find(lastUsed))
        use(lastUsed);
    else if (!m_parts->connections.empty() && lastUsed != sandboxId())
        show(m_parts->desks.ofConnection(m_parts->connections.front().id));
}

Workspace::~Workspace() = default;

Settings &Workspace::settings() { return m_parts->settings; }

identity::TokenVault &Workspace::vault() { return *m_parts->surroundings.vault; }

net::ProxyLogins &Workspace::proxyLogins() { return *m_parts->logins; }

std::unique_ptr<TenantSearch> Workspace::newTenantSearch(identity::Connection connection) const
{
    return std::make_unique<TenantSearch>(std::move(connection), m_parts->inEffect());
}

void Workspace::applySettings()
{
    const Surroundings inEffect = m_parts->inEffect();
    for (Desk *desk : m_parts->desks.all()) {
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
        told = co_await bringUp(m_parts->desks.ofConnection(id), nullptr);
    co_return told;
}

QString Workspace::sandboxId() { return QStringLiteral("sandbox"); }

sandbox::SandboxServer *Workspace::sandbox() { return m_parts->sandbox.get(); }

const std::vector<identity::Connection> &Workspace::connections() const { return m_parts->connections; }

const identity::Connection *Workspace::find(const QString &id) const { return m_parts->find(id); }

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

void Workspace::use(const QString &id)
{
    if (!m_parts->find(id))
        return;
    m_parts->isAskedFor = true;
    if (id != currentId())
        show(m_parts->desks.ofConnection(id));
}

void Workspace::switchTo(Desk &desk)
{
    m_parts->isAskedFor = true;
    show(&desk);
}

void Workspace::useAnotherAccount()
{
    Desk *const before = desk();
    if (!before || !before->account())
        return;
    Desk *const other = m_parts->desks.vacant(currentId());
    other->exchanges().clear(); // of an attempt before, which was somebody else's
    show(other, before);
}

Desk *Workspace::deskFor(const identity::Account &account)
{
    if (Desk *const known = m_parts->desks.withAccount(account.id()))
        return known;
    Desk *const desk = m_parts->desks.vacant(account.connectionId);
    if (desk)
        desk->reserveFor(account);
    return desk;
}

/// That a sign-in has failed is looked at from the event loop, when all who wait for it have been told.
void Workspace::follow(Desk &desk)
{
    connect(&desk.session(), &identity::Session::personChanged, this, [this, at = &desk] { noteSignedIn(*at); });
    connect(&desk.session(), &identity::Session::tokensRenewed, this, &Workspace::accountsChanged);
    connect(&desk.session(), &identity::Session::renewalFailed, this, &Workspace::accountsChanged);
    connect(&desk, &Desk::attemptChanged, this, &Workspace::accountsChanged);
    connect(&desk, &Desk::reserved, this, &Workspace::accountsChanged);
    connect(&desk, &Desk::personNeeded, this, &Workspace::accountsChanged);
    connect(&desk, &Desk::handedOver, this, [this, from = &desk](Desk *to) {
        if (m_parts->desk() == from)
            show(to);
    });
    const auto leave = [this, from = &desk] {
        if (!std::exchange(m_parts->isFailureShown, false))
            comeBackFrom(*from);
    };
    connect(&desk, &Desk::signInFailed, this, leave, Qt::QueuedConnection);
}

void Workspace::noteSignedIn(Desk &desk)
{
    const bool takesOver = m_parts->before && &desk == m_parts->desk() && desk.session().current();
    if (takesOver)
        m_parts->before = nullptr;
    const QPointer<Workspace> self(this);
    if (takesOver)
        Q_EMIT shownDeskChanged();
    if (self)
        Q_EMIT accountsChanged();
}

void Workspace::stayAfterFailure() { m_parts->isFailureShown = true; }

void Workspace::comeBack()
{
    if (Desk *const left = desk())
        comeBackFrom(*left);
}

/// Not where the next attempt has begun, or another desk was chosen meanwhile.
void Workspace::comeBackFrom(Desk &desk)
{
    if (m_parts->before && m_parts->desk() == &desk && desk.isVacant())
        show(m_parts->before);
}

void Workspace::show(Desk *desk, Desk *before)
{
    m_scope.run([this, desk, before](std::stop_token) { return bringUp(desk, before); }, ended());
}

/// A stored sign-in that is being used goes on, because nobody has to do anything for it.
/// @param before stays the one to show.
ScopedTask<void> Workspace::bringUp(Desk *desk, Desk *before)
{
    Desk *const left = m_parts->desk();
    if (!desk || left == desk)
        co_return Result<void>();
    m_parts->desks.setCurrent(*desk);
    m_parts->before = before;
    // Waiters for the sign-in are resumed while the other desk is already in use.
    Result<void> told;
    if (left && !left->isResuming())
        told = co_await callOut([&] { left->cancelSignIn(); });
    if (told && m_parts->desk() == desk)
        told = co_await callOut([this] { Q_EMIT deskChanged(); });
    if (told && m_parts->desk() == desk)
        told = co_await callOut([this] { Q_EMIT shownDeskChanged(); });
    co_return told;
}

Desk *Workspace::shownDesk() { return m_parts->before ? m_parts->before : m_parts->desk(); }

QString Workspace::currentId() const
{
    const Desk *const desk = m_parts->desk();
    return desk ? desk->connection().id : QString();
}

Desk *Workspace::desk() { return m_parts->desk(); }

Desks Workspace::desks()
{
    return {[this] { return connections(); }, [this](const QString &id) { return m_parts->desks.ofConnection(id); },
            [this] { return m_parts->desks.all(); }};
}

} // namespace bookdesk::workspace
