#include "jose/grants.h"

namespace bookdesk::jose {
namespace {

QStringList rolesIn(const Json *claim)
{
    const JsonArray *array = claim ? claim->asArray() : nullptr;
    if (!array)
        return {};
    QStringList roles;
    roles.reserve(static_cast<qsizetype>(array->size()));
    for (const Json &item : *array) {
        const QString *role = item.asString();
        if (!role)
            return {};
        roles += *role;
    }
    return roles;
}

} // namespace

QString bareScope(const QString &scope) { return scope.mid(scope.lastIndexOf(u'/') + 1); }

Grants readGrants(const DecodedToken &token, const ClaimNames &names)
{
    return {true, token.stringClaim(names.scopes).value_or(QString()).split(u' ', Qt::SkipEmptyParts),
            rolesIn(token.claims.find(names.roles)), token.stringClaim(names.userName).value_or(QString())};
}

} // namespace bookdesk::jose
