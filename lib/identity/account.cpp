#include "identity/account.h"

#include "core/json.h"
#include "jose/hash.h"

#include <QSslCertificate>

#include <utility>

namespace bookdesk::identity {
namespace {

QString originOf(const QUrl &url)
{
    return url.adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo)
        .toString(QUrl::FullyEncoded);
}

/// 32 hexadecimal digits. As JSON, so that no part can pass for another.
QString digestOf(const JsonArray &parts)
{
    const jose::Digest digest = jose::Digest::of(jose::Hash::sha256, toCompactJson(parts));
    return QString::fromLatin1(digest.view().first(16).toByteArray().toHex());
}

} // namespace

QString Account::id() const
{
    return digestOf({connectionId, issuer, clientId, apiOrigin, subject, tenant, objectId, binding});
}

QString Account::displayName() const
{
    for (const QString &text : {name, userName}) {
        if (!text.isEmpty())
            return text;
    }
    return subject;
}

QString Account::fullName() const { return jose::nameWithUser(displayName(), userName); }

bool Account::belongsTo(const Connection &connection) const
{
    return connectionId == connection.id && clientId == connection.clientId &&
           apiOrigin == originOf(connection.apiBaseUrl) && binding == bindingOf(connection) &&
           connection.provider.isIssuerOf(connection.authority, issuer);
}

bool Account::isOf(const jose::Identity &identity) const
{
    return issuer == identity.issuer() && subject == identity.subject() && tenant == identity.tenant() &&
           objectId == identity.objectId();
}

QString bindingOf(const Connection &connection)
{
    JsonArray scopes;
    for (const QString &scope : connection.scopes)
        scopes.push_back(scope);
    JsonArray authorities;
    for (const QSslCertificate &authority : connection.authorities)
        authorities.push_back(QString::fromLatin1(authority.toDer().toBase64()));
    const auto text = [](const QUrl &url) { return url.toString(QUrl::FullyEncoded); };
    return digestOf({connection.provider.id, text(connection.authority), connection.clientId, connection.audience,
                     std::move(scopes), text(connection.apiBaseUrl), std::move(authorities)});
}

Account accountOf(const Connection &connection, const jose::Identity &identity)
{
    return {connection.id,       identity.issuer(),    connection.clientId, originOf(connection.apiBaseUrl),
            identity.subject(),  identity.tenant(),    identity.objectId(), identity.name(),
            identity.userName(), bindingOf(connection)};
}

} // namespace bookdesk::identity
