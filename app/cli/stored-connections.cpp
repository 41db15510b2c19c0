#include "cli/stored-connections.h"

#include "workspace/accepted-connections.h"
#include "workspace/connection-store.h"

#include <functional>

namespace bookdesk::cli {
namespace {

using Matches = std::function<bool(const identity::Connection &)>;

std::optional<identity::Connection> firstStored(const Matches &matches)
{
    for (const identity::Connection &stored :
         workspace::ConnectionStore(workspace::connectionsFolder()).load().connections) {
        if (matches(stored))
            return stored;
    }
    return std::nullopt;
}

bool hasSameContent(identity::Connection one, const identity::Connection &other)
{
    one.id = other.id;
    one.name = other.name;
    return one == other;
}

} // namespace

std::optional<identity::Connection> connectionNamed(const QString &name)
{
    return firstStored([&name](const auto &stored) { return workspace::isSameName(stored.name, name); });
}

std::optional<identity::Connection> connectionWithId(const QString &id)
{
    return firstStored([&id](const auto &stored) { return stored.id == id; });
}

QString storedIdOf(const identity::Connection &connection)
{
    const auto found = firstStored([&](const auto &stored) { return hasSameContent(stored, connection); });
    return found ? found->id : QString();
}

} // namespace bookdesk::cli
