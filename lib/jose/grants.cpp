#include "jose/grants.h"

namespace bookdesk::jose {
QString bareScope(const QString &scope) { return scope.mid(scope.lastIndexOf(u'/') + 1); }

Grants readGrants(const DecodedToken &token, const ClaimNames &names)
{
    return {true, namesIn(token.claims, names.scopes), namesIn(token.claims, names.roles),
            firstTextIn(token.claims, names.userName), namesIn(token.claims, names.groups)};
}

} // namespace bookdesk::jose
