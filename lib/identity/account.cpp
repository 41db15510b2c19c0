#include "identity/account.h"

#include "core/json.h"
#include "jose/hash.h"

namespace bookdesk::identity {
namespace {

QString originOf(const QUrl &url)
{
    return url.adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo)
        .toString(QUrl::FullyEncoded);
}

} // namespace

QString Account::id() const
{
    // As JSON, so that no part can pass for another.
    const JsonArray parts{connectionId, issuer, clientId, apiOrigin, subject, tenant, objectId};
    const jose::Digest digest = jose::Digest::of(jose::Hash::sha256, toCompactJson(parts));
    return QString::fromLatin1(digest.view().first(16).toByteArray().toHex());
}

QString Account::displayName() const
{
    for (const QString &text : {name, userName}) {
        if (!text.isEmpty())
            return text;
    }
    return subject;
}

bool Account::belongsTo(const Connection &connection) const
{
    return connectionId == connection.id && clientId == connection.clientId &&
           apiOrigin == originOf(connection.apiBaseUrl) && connection.provider.isIssuerOf(connection.authority, issuer);
}

bool Account::isOf(const jose::Identity &identity) const
{
    return issuer == identity.issuer() && subject == identity.subject() && tenant == identity.tenant() &&
           objectId == identity.objectId();
}

Account accountOf(const Connection &connection, const jose::Identity &identity)
{
    return {connection.id,      identity.issuer(), connection.clientId, originOf(connection.apiBaseUrl),
            identity.subject(), identity.tenant(), identity.objectId(), identity.name(),
            identity.userName()};
}

} // namespace bookdesk::identity
