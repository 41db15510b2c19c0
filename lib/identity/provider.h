/// Provider: what differs between identity providers, read once from data (`resources/providers/*.json`).
#pragma once

#include "core/result.h"
#include "identity/key-source.h"
#include "jose/claim-names.h"
#include "jose/token-policy.h"

#include <QMap>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <vector>

namespace bookdesk::identity {

/// The address on this computer to which the browser returns. Source: RFC 8252 section 7.3. A plain value. Any thread.
struct LoopbackRedirect
{
    QString host;               ///< As in the URI, without the port: `localhost`.
    QString path;               ///< Begins with a slash.
    std::vector<quint16> ports; ///< To try in order; empty where the provider accepts any.

    /// The redirect URI that is registered and sent. A path of `/` alone is left out, as Entra requires.
    QString uri(quint16 port) const;

    friend bool operator==(const LoopbackRedirect &, const LoopbackRedirect &) = default;
};

/// Part of each Connection, so that nothing else asks which provider it is. A plain value. Any thread.
/// Source: Microsoft "Authorization code flow", "National clouds", "OpenID Connect on the Microsoft identity platform".
struct Provider
{
    QString id;            ///< As connection files name it: "entra".
    QString name;          ///< "Microsoft Entra ID".
    QStringList hosts;     ///< Hosts that an authority may have besides loopback; a leading `*.` stands for one label.
    QString discoveryPath; ///< Appended to the authority: `/v2.0/.well-known/openid-configuration`.
    QString issuerPath;    ///< Appended to the authority: `/v2.0`.
    QStringList capabilities; ///< Of this client, as tokens name them (`xms_cc`): `cp1` for claims challenges.
    QStringList extraScopes;  ///< `openid`, `profile`, `offline_access`.
    /// By entry of `hosts`, if the issuer is not the authority with `issuerPath`. jose::tenantMark stands for the
    /// tenant's GUID.
    QMap<QString, QString> issuerPatterns;
    QStringList multiTenantNames; ///< Used in place of a tenant, they stand for many tenants: `common`.
    KeyFormat keyFormat = KeyFormat::jwks;
    jose::ClaimNames claims;
    LoopbackRedirect redirect; ///< Its path is for authorities on `redirectPathHost` alone.
    QString redirectPathHost;  ///< `login.microsoftonline.com`: Microsoft's public cloud.

    bool acceptsHost(const QString &host) const; ///< Loopback always.

    QUrl discoveryUrl(const QUrl &authority) const;
    /// The issuer of an authority that names its tenant in the same way as the issuer.
    QString expectedIssuer(const QUrl &authority) const;
    /// Whether tokens of @p authority may come from @p issuer. An authority with the tenant's GUID has exactly one
    /// issuer; one with a domain name learns the GUID from its discovery document.
    bool isIssuerOf(const QUrl &authority, const QString &issuer) const;
    /// Whether @p endpoint is on the authority's own origin or, except on loopback, on another of the provider's hosts
    /// of the same kind: a tenant's document never sends people, codes or key requests to another party.
    bool isEndpointOf(const QUrl &authority, const QUrl &endpoint) const;

    /// Where the browser returns from @p authority if the connection chooses nothing else. Each issuer has a path of
    /// its own, so that a hostile one that sends the browser on to another gets no code: the other has not registered
    /// this path. Source: RFC 9700 sections 2.1 and 4.4.2.
    LoopbackRedirect redirectOf(const QUrl &authority) const;
    /// Whether @p authority has a path that is shared or can be chosen, as the public cloud does.
    bool mayChooseRedirectPath(const QUrl &authority) const;
    /// `/cb/` and the first 16 hexadecimal digits of SHA-256 of the issuer. This is known before discovery and stays
    /// the same: it is the issuer as the authority names it, in lower case. An authority that names its tenant by a
    /// domain therefore has another path than one with the GUID; both are that tenant's alone.
    QString ownRedirectPath(const QUrl &authority) const;

    KeySource keySource(const QString &issuer, const QUrl &jwksUri) const { return {issuer, jwksUri, keyFormat}; }
    /// For the API's access tokens; ID tokens are recognized by @p clientId.
    jose::TokenPolicy accessTokenPolicy(const QString &issuer, const QString &audience, const QString &clientId) const;
    /// For ID tokens with any nonce. A sign-in adds the nonce that it sent, and the access token.
    jose::TokenPolicy idTokenPolicy(const QString &issuer, const QString &clientId) const;

    friend bool operator==(const Provider &, const Provider &) = default;
};

/// The IDs of all providers, sorted.
QStringList providerIds();

/// Errors: connection.member-invalid for an unknown ID.
Result<Provider> findProvider(const QString &id);

} // namespace bookdesk::identity
