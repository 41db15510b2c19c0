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

Grants readGrants(const DecodedToken &token)
{
    return {true, token.stringClaim(u"scp").value_or(QString()).split(u' ', Qt::SkipEmptyParts),
            rolesIn(token.claims.find(u"roles")), token.stringClaim(u"preferred_username").value_or(QString())};
}

} // namespace bookdesk::jose
