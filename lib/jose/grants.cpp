#include "jose/grants.h"

namespace bookdesk::jose {
QString bareScope(const QString &scope) { return scope.mid(scope.lastIndexOf(u'/') + 1); }

namespace {

QStringList withoutServer(QStringList scopes, const QString &server)
{
    if (server.isEmpty())
        return scopes;
    for (QString &scope : scopes) {
        if (scope.startsWith(QString(server + u'/')))
            scope.remove(0, server.size() + 1);
    }
    return scopes;
}

} // namespace

Grants readGrants(const DecodedToken &token, const ClaimNames &names)
{
    return {true, withoutServer(namesIn(token.claims, names.scopes), names.scopeServer),
            namesIn(token.claims, names.roles), firstTextIn(token.claims, names.userName),
            namesIn(token.claims, names.groups)};
}

} // namespace bookdesk::jose
