/// What a Workspace is made of, for its own two files.
#pragma once

#include "workspace/desk-set.h"
#include "workspace/sandbox-signer.h"
#include "workspace/workspace.h"

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace bookdesk::workspace {

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

    std::unique_ptr<Desk> makeDesk(const QString &connectionId)
    {
        const identity::Connection *connection = find(connectionId);
        if (!connection)
            return nullptr;
        const Surroundings own = surroundingsFor(*connection);
        std::shared_ptr<SharedConnection> &place = shared[connectionId];
        if (!place)
            place = std::make_shared<SharedConnection>(*connection, own);
        auto desk = std::make_unique<Desk>(place, own,
                                           [this](const QString &accountId) { return desks.withAccount(accountId); });
        onMade(*desk);
        return desk;
    }

    /// Takes the desks of a connection out of use, which is another one now, or gone.
    std::vector<Desk *> retireDesksOf(const QString &connectionId)
    {
        if (before && before->connection().id == connectionId)
            before = nullptr;
        shared.erase(connectionId);
        return desks.retire(connectionId);
    }

    /// A desk that is out of use from the beginning, for a kept sign-in of a connection as it was.
    Desk *makeRetiredDesk(const identity::Connection &was, const identity::Account &account)
    {
        auto desk = std::make_unique<Desk>(was, surroundingsFor(was));
        desk->reserveFor(account);
        return desks.retire(std::move(desk));
    }

    /// Where the person goes whose connection is gone: to somebody who is signed in, else to the first connection.
    Desk *nextDesk()
    {
        for (Desk *desk : desks.all()) {
            if (desk->session().current())
                return desk;
        }
        return connections.empty() ? nullptr : desks.ofConnection(connections.front().id);
    }

    Desk *desk() const { return desks.current(); }

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
    std::map<QString, std::shared_ptr<SharedConnection>> shared; ///< By the connection's ID.
    std::function<void(Desk &)> onMade;
    DeskSet desks{[this](const QString &connectionId) { return makeDesk(connectionId); }};
    Desk *before = nullptr;      ///< Where the person is who has chosen *Use another account*.
    bool isFailureShown = false; ///< Somebody stays with the sign-in that has just failed.
    bool isAskedFor = false;     ///< The connection in use is the one used last, or was chosen.
};

} // namespace bookdesk::workspace
