// What a Workspace does with the stored connections: adding, editing, moving and removing them.
#include "core/errors.h"
#include "identity/errors.h"
#include "workspace/connection-import.h"
#include "workspace/errors.h"
#include "workspace/workspace-parts.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace bookdesk::workspace {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(WorkspaceConnections)
};

Error ended() { return {bookdesk::errors::stopped, Texts::tr("The change of the connection was stopped.")}; }

Error builtIn()
{
    return {errors::connectionBuiltIn,
            Texts::tr("The Sandbox's connection is another one in each run, so it cannot be edited, moved, removed, "
                      "copied or exported."),
            Texts::tr("Choose another connection.")};
}

/// Whether tokens are got and sent as before, so that those that are there go on being of use.
bool isForTheSameTokens(const identity::Connection &was, const identity::Connection &now)
{
    return identity::bindingOf(was) == identity::bindingOf(now);
}

bool isJustRenamed(identity::Connection was, const identity::Connection &now)
{
    was.name = now.name;
    return was == now;
}

/// Accounts that are being signed out.
struct Leaving
{
    std::vector<std::pair<identity::Account, Task<void>>> accounts;

    /// An attempt at the desk ends.
    void signOut(Desk &desk)
    {
        const std::optional<identity::Account> account = desk.account();
        Task<void> signingOut = desk.signOut();
        if (account)
            accounts.emplace_back(*account, std::move(signingOut));
    }

    QStringList ids() const
    {
        QStringList ids;
        for (const auto &[account, signingOut] : accounts)
            ids += account.id();
        return ids;
    }
};

} // namespace

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

/// The connection with this ID, if it is one of the person's.
Result<identity::Connection> Workspace::changeable(const QString &id) const
{
    if (id == sandboxId())
        return failure(builtIn());
    const identity::Connection *const connection = find(id);
    if (!connection)
        return failure(connectionNotStored());
    return *connection;
}

Result<QString> Workspace::duplicate(const QString &id)
{
    const Result<identity::Connection> original = changeable(id);
    if (!original)
        return failure(original.error());
    return add(m_parts->store.withFreeNames({*original}).front());
}

Result<QByteArray> Workspace::exported(const QString &id) const
{
    const Result<identity::Connection> connection = changeable(id);
    if (!connection)
        return failure(connection.error());
    return identity::writeConnection(*connection);
}

Task<std::vector<identity::Connection>> Workspace::imported(QString path)
{
    return m_scope.run([this, path](std::stop_token) { return readImport(path); }, ended());
}

ScopedTask<std::vector<identity::Connection>> Workspace::readImport(QString path)
{
    const Result<std::vector<identity::Connection>> read = co_await callOut([&] { return loadConnections(path); });
    if (!read)
        co_return failure(read.error());
    co_return m_parts->store.withFreeNames(*read);
}

Result<std::vector<identity::Connection>> Workspace::importedText(const QByteArray &text) const
{
    Result<std::vector<identity::Connection>> read = readConnections(text);
    if (!read)
        return read;
    return m_parts->store.withFreeNames(*std::move(read));
}

Result<void> Workspace::moveUp(const QString &id) { return exchange(id, -1); }

Result<void> Workspace::moveDown(const QString &id) { return exchange(id, 1); }

/// Lets it change places with the connection so many places further on; does nothing where the Sandbox or none is.
Result<void> Workspace::exchange(const QString &id, std::ptrdiff_t places)
{
    if (const Result<identity::Connection> moved = changeable(id); !moved)
        return failure(moved.error());
    std::vector<identity::Connection> &all = m_parts->connections;
    const auto own = std::ranges::find(all, id, &identity::Connection::id);
    const std::ptrdiff_t target = own - all.begin() + places;
    if (target < 0 || target >= std::ssize(all) || all[static_cast<std::size_t>(target)].isSandbox)
        return {};
    identity::Connection &other = all[static_cast<std::size_t>(target)];
    if (Result<void> stored = m_parts->store.swap(id, other.id); !stored)
        return stored;
    std::swap(*own, other);
    Q_EMIT connectionsChanged();
    return {};
}

Task<ConnectionChange> Workspace::update(identity::Connection connection)
{
    return m_scope.run([this, connection](std::stop_token) { return updateNow(connection); }, ended());
}

ScopedTask<ConnectionChange> Workspace::updateNow(identity::Connection connection)
{
    const Result<identity::Connection> was = changeable(connection.id);
    if (!was)
        co_return failure(was.error());
    const Result<identity::Connection> now = m_parts->store.update(connection);
    if (!now)
        co_return failure(now.error());
    *std::ranges::find(m_parts->connections, now->id, &identity::Connection::id) = *now;
    if (isForTheSameTokens(*was, *now)) {
        const Result<void> revised = co_await revise(*now, !isJustRenamed(*was, *now));
        if (!revised)
            co_return failure(revised.error());
        co_return ConnectionChange();
    }
    Result<ConnectionChange> change = co_await partFrom(*was);
    co_return change;
}

ScopedTask<void> Workspace::revise(identity::Connection connection, bool endsAttempts)
{
    for (Desk *desk : m_parts->desks.all()) {
        if (endsAttempts && desk->connection().id == connection.id)
            const Result<void> told = co_await callOut([&] { desk->cancelSignIn(); });
    }
    if (const auto shared = m_parts->shared.find(connection.id); shared != m_parts->shared.end())
        shared->second->revise(connection);
    Result<void> told = co_await moveOn(connection.id, false);
    if (told)
        told = co_await callOut([this] { Q_EMIT accountsChanged(); });
    co_return told;
}

Task<ConnectionChange> Workspace::remove(QString id)
{
    return m_scope.run([this, id](std::stop_token) { return removeNow(id); }, ended());
}

ScopedTask<ConnectionChange> Workspace::removeNow(QString id)
{
    const Result<identity::Connection> was = changeable(id);
    if (!was)
        co_return failure(was.error());
    if (const Result<void> removed = m_parts->store.remove(id); !removed)
        co_return failure(removed.error());
    std::erase_if(m_parts->connections, [&id](const auto &connection) { return connection.id == id; });
    const Result<void> rulesRemoved = m_parts->surroundings.ownRules.remove(id);
    if (settings().text(Setting::lastConnection) == id)
        const Result<void> told = co_await callOut([this] { settings().setText(Setting::lastConnection, {}); });
    Result<ConnectionChange> change = co_await partFrom(*was);
    if (change && !rulesRemoved)
        change->problems.push_back(rulesRemoved.error());
    co_return change;
}

/// Signs out everybody at the connection as it was. That begins before anything is shown, because the program may end
/// meanwhile, but what is shown does not wait for it.
ScopedTask<ConnectionChange> Workspace::partFrom(identity::Connection was)
{
    const bool wasInUse = currentId() == was.id;
    // Shared, because what is called may end this task.
    const auto leaving = std::make_shared<Leaving>();
    for (Desk *desk : m_parts->retireDesksOf(was.id))
        const Result<void> begun = co_await callOut([&] { leaving->signOut(*desk); });
    const Result<void> told = co_await moveOn(was.id, wasInUse);
    const Result<std::vector<Desk *>> others = co_await desksOfKept(was, leaving->ids());
    for (Desk *desk : others.value_or(std::vector<Desk *>()))
        const Result<void> begun = co_await callOut([&] { leaving->signOut(*desk); });
    ConnectionChange change;
    if (!others)
        change.problems.push_back(others.error());
    for (auto &[account, signingOut] : leaving->accounts) {
        const Result<void> signedOut = co_await callOut([&task = signingOut] { return std::move(task); });
        change.signedOut.push_back({account, signedOut ? std::nullopt : std::optional(signedOut.error())});
    }
    if (leaving->ids().contains(settings().text(Setting::lastAccount)))
        const Result<void> forgotten = co_await callOut([this] { settings().setText(Setting::lastAccount, {}); });
    co_return change;
}

/// Shows what has become of a connection. If it was in use, it or another one comes into use, unless the person has
/// chosen one meanwhile.
ScopedTask<void> Workspace::moveOn(QString id, bool wasInUse)
{
    Result<void> told = co_await callOut([this] { Q_EMIT connectionsChanged(); });
    const bool isThere = find(id);
    if (told && wasInUse && !m_parts->desk()) {
        Desk *const next = isThere ? m_parts->desks.ofConnection(id) : m_parts->nextDesk();
        if (next)
            told = co_await bringUp(next, nullptr);
        else
            told = co_await bringUpNone();
    }
    const auto change = isThere ? &Workspace::connectionEdited : &Workspace::connectionRemoved;
    if (told)
        told = co_await callOut([&] { Q_EMIT(this->*change)(id); });
    co_return told;
}

ScopedTask<void> Workspace::bringUpNone()
{
    Result<void> told = co_await callOut([this] { Q_EMIT deskChanged(); });
    if (told)
        told = co_await callOut([this] { Q_EMIT shownDeskChanged(); });
    co_return told;
}

/// Desks for signing out those whose sign-ins are kept for the connection as it was, and who are not @p leaving yet.
ScopedTask<std::vector<Desk *>> Workspace::desksOfKept(identity::Connection was, QStringList leaving)
{
    const Result<std::vector<identity::Account>> kept = co_await callOut([this] { return vault().accounts(); });
    // Without a keychain nothing is kept.
    if (!kept && kept.error().code == identity::errors::keychainUnavailable)
        co_return std::vector<Desk *>();
    if (!kept)
        co_return failure(kept.error());
    std::vector<Desk *> desks;
    for (const identity::Account &account : *kept) {
        const identity::Connection *const now = find(account.connectionId);
        const bool isOfNow = now && account.belongsTo(*now);
        if (account.connectionId == was.id && !isOfNow && !leaving.contains(account.id()))
            desks.push_back(m_parts->makeRetiredDesk(was, account));
    }
    co_return desks;
}

std::unique_ptr<ConnectionCheck> Workspace::newCheck(identity::Connection connection) const
{
    return std::make_unique<ConnectionCheck>(std::move(connection), m_parts->inEffect());
}

Task<std::vector<identity::Account>> Workspace::accountsOf(QString id)
{
    return m_scope.run([this, id](std::stop_token) { return findAccounts(id); }, ended());
}

/// Without a keychain, those at desks are all that there are.
ScopedTask<std::vector<identity::Account>> Workspace::findAccounts(QString id)
{
    const Result<std::vector<identity::Account>> kept = co_await callOut([this] { return vault().accounts(); });
    std::vector<identity::Account> accounts;
    for (const Desk *desk : m_parts->desks.all()) {
        if (desk->connection().id == id && desk->account())
            accounts.push_back(*desk->account());
    }
    for (const identity::Account &account : kept.value_or(std::vector<identity::Account>())) {
        if (account.connectionId == id && !m_parts->desks.withAccount(account.id()))
            accounts.push_back(account);
    }
    co_return accounts;
}

} // namespace bookdesk::workspace
