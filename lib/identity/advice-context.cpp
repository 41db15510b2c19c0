#include "identity/advice-context.h"

using namespace Qt::StringLiterals;

namespace bookdesk::identity {
namespace {

QString tenantOf(const Connection &connection) { return connection.authority.path().section(u'/', -1); }

QString encoded(const QString &text) { return QString::fromLatin1(QUrl::toPercentEncoding(text)); }

QStringList apiScopes(const Connection &connection)
{
    QStringList scopes = connection.scopes;
    scopes.removeIf([&connection](const QString &scope) { return connection.provider.extraScopes.contains(scope); });
    return scopes;
}

QString consentLink(const Connection &connection)
{
    if (connection.provider.id != "entra"_L1 || isLoopbackOnly(connection))
        return {};
    QUrl link = connection.authority;
    link.setPath(link.path() + u"/v2.0/adminconsent"_s);
    link.setQuery(u"client_id=%1&scope=%2&redirect_uri=%3"_s.arg(encoded(connection.clientId),
                                                                 encoded(apiScopes(connection).join(u' ')),
                                                                 encoded(connection.redirect.registeredUri())));
    return link.toString(QUrl::FullyEncoded);
}

} // namespace

AdviceContext adviceContext(const Connection &connection)
{
    return {connection.name,
            tenantOf(connection),
            connection.clientId,
            connection.audience,
            connection.redirect.registeredUri(),
            apiScopes(connection),
            consentLink(connection)};
}

} // namespace bookdesk::identity
