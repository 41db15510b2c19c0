#include "identity/asked-scopes.h"

#include "identity/scope-resource.h"
#include "jose/grants.h"

#include <algorithm>

namespace bookdesk::identity {
namespace {

QStringList bareNames(const QStringList &scopes)
{
    QStringList names;
    for (const QString &scope : scopes)
        names += jose::bareScope(scope);
    return names;
}

} // namespace

QStringList scopesFor(const Connection &connection, const QStringList &names)
{
    const QStringList wanted = bareNames(names);
    const auto isWanted = [&wanted](const QString &scope) {
        return !isOpenIdScope(scope) && wanted.contains(jose::bareScope(scope));
    };
    if (std::ranges::none_of(connection.scopes, isWanted))
        return connection.scopes;
    QStringList asked = connection.scopes;
    asked.removeIf([&isWanted](const QString &scope) { return !isOpenIdScope(scope) && !isWanted(scope); });
    return asked;
}

QStringList listedScopes(const Connection &connection)
{
    QStringList names;
    for (const QString &scope : connection.scopes) {
        if (!isOpenIdScope(scope))
            names += jose::bareScope(scope);
    }
    return names;
}

QStringList heldScopes(const TokenSet &tokens)
{
    QStringList names = bareNames(tokens.askedScopes + tokens.grantedScopes);
    names.removeDuplicates();
    return names;
}

} // namespace bookdesk::identity
