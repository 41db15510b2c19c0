/// What a connection may ask for: scopes of its own API and OpenID Connect's, and no API of a provider.
#pragma once

#include <QString>
#include <QStringList>
#include <QUrl>

namespace bookdesk::identity {

struct Provider;

/// In the form in which hosts are compared: in lower case, and without the dot at its end, which changes nothing.
QString comparedHost(const QString &host);

/// True for the hosts of Microsoft's own sign-in and services, in all of its clouds; @p host is in ASCII.
bool isMicrosoftsHost(const QString &host);

/// True for OpenID Connect's own scopes, which no API has. Source: OpenID Connect Core sections 5.4 and 11.
bool isOpenIdScope(const QString &scope);

/// Why a connection whose API has @p audience may not ask for one of @p scopes; empty if it may ask for all. A token
/// for Microsoft Graph, or for any other resource, would go to the connection's API and could be used elsewhere. A
/// scope is a resource's Application ID URI or client ID, a slash and a name; without a resource it is Microsoft
/// Graph's. Whether a URI that the tenant made up belongs to the audience cannot be told from here; the gate sees it in
/// the token. Source: Microsoft "Scopes and permissions in the Microsoft identity platform".
QString refusedScopeReason(const QStringList &scopes, const QString &audience);

/// The same by the rule of @p provider, which has scopes that open its own APIs, too: a token for them is never sent to
/// another API. Source: Amazon "Scopes, M2M, and resource servers".
QString refusedScopeReason(const QStringList &scopes, const QString &audience, const Provider &provider);

/// Whether @p provider, which is told the audience, would give a token for an API of its own: on the authority's host,
/// or Auth0's in another tenant. Source: Auth0 "Management API access tokens", "My Account API".
bool isOwnApi(const QString &audience, const QUrl &authority, const Provider &provider);

} // namespace bookdesk::identity
