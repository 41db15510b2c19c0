/// Provider: what differs between identity providers, read once from data (`resources/providers/*.json`).
#pragma once

#include "core/result.h"
#include "identity/key-source.h"
#include "identity/provider-rules.h"
#include "jose/claim-names.h"
#include "jose/token-policy.h"

#include <QLocale>
#include <QMap>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>
#include <utility>
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

    /// As people register it: with the first port, or without one where the provider accepts any.
    QString registeredUri() const;

    friend bool operator==(const LoopbackRedirect &, const LoopbackRedirect &) = default;
};

/// Part of each Connection, so that nothing else asks which provider it is. A plain value. Any thread.
/// Source: Microsoft "Authorization code flow", "National clouds", "OpenID Connect on the Microsoft identity platform".
struct Provider
{
    QString id;   ///< As connection files name it: "entra".
    QString name; ///< "Microsoft Entra ID".
    /// Hosts that an authority may have besides loopback; a `*` within a name matches one label, and `*` alone every
    /// host that no other provider owns.
    QStringList hosts;
    QString discoveryPath; ///< Appended to the authority: `/v2.0/.well-known/openid-configuration`.
    /// Put between the host and the path of an authority that has no document there (RFC 8414 section 3.1); may be
    /// empty.
    QString oauthDiscoveryPath;
    IssuerRule issuerRule = IssuerRule::tenant;
    AuthorityPath authorityPath = AuthorityPath::tenant;
    EndpointRule endpointRule = EndpointRule::ownHosts;
    QString issuerPath;       ///< IssuerRule::tenant: appended to the authority: `/v2.0`.
    QStringList capabilities; ///< Of this client, as tokens name them (`xms_cc`): `cp1` for claims challenges.
    AudienceRule audienceRule = AudienceRule::named;
    ScopeRule scopeRule = ScopeRule::resource;
    QStringList extraScopes; ///< `openid`, `profile`, `offline_access`.
    /// Scopes of the provider's own APIs, which could be used with a token that is sent to the connection's API. A `*`
    /// at the end matches anything.
    QStringList refusedScopes;
    bool hasSignIn = true; ///< Without one, tokens can only be pasted and verified.
    AccessTokens accessTokens = AccessTokens::readable;
    /// Besides the usual parameters of the authorization request. The value `{audience}` stands for the connection's;
    /// such a parameter is left out where the audience is the client's ID by AudienceRule::client.
    std::vector<std::pair<QString, QString>> authorizeParameters;
    /// By default; nothing for form_post where the discovery document offers it, and query otherwise.
    std::optional<ResponseMode> responseMode;
    /// By entry of `hosts`, if the issuer is not the authority with `issuerPath`. jose::tenantMark stands for the
    /// tenant's GUID.
    QMap<QString, QString> issuerPatterns;
    QStringList multiTenantNames; ///< Used in place of a tenant, they stand for many tenants: `common`.
    KeyFormat keyFormat = KeyFormat::jwks;
    QUrl keysUrl; ///< Where the keys are, where the discovery document does not matter; may be empty.
    std::vector<jose::Algorithm> algorithms{jose::Algorithm::rs256}; ///< That its tokens may be signed with.
    jose::ClaimNames claims;
    QStringList requiredClaims; ///< Besides the usual ones.
    QStringList pastClaims;     ///< See jose::TokenPolicy.
    LoopbackRedirect redirect;  ///< Its path is for authorities on `redirectPathHost` alone.
    QString redirectPathHost;   ///< `login.microsoftonline.com`: Microsoft's public cloud. May be empty.
    SignOutForm signOut;
    ProviderForm form;
    QMap<QString, ProviderTexts> texts; ///< By language: `en`.

    const ProviderTexts &textsIn(const QLocale &locale = QLocale()) const; ///< English ones where there are no others.

    bool acceptsHost(const QString &host) const; ///< Loopback always.
    bool ownsHost(const QString &host) const;    ///< By a pattern that is not `*`.

    QUrl discoveryUrl(const QUrl &authority) const;
    /// Of the document of RFC 8414; empty where the provider has none.
    QUrl oauthDiscoveryUrl(const QUrl &authority) const;
    /// The issuer of an authority that names its tenant in the same way as the issuer.
    QString expectedIssuer(const QUrl &authority) const;
    /// Whether tokens of @p authority may come from @p issuer. An authority with the tenant's GUID has exactly one
    /// issuer; one with a domain name learns the GUID from its discovery document.
    bool isIssuerOf(const QUrl &authority, const QString &issuer) const;
    /// Whether @p endpoint is where the provider's endpoints may be: on the authority's own origin or, by its rule,
    /// on another of its hosts of the same kind (except on loopback) or anywhere else. Entra's documents never send
    /// people, codes or key requests to another party.
    bool isEndpointOf(const QUrl &authority, const QUrl &endpoint) const;

    /// Where the browser returns from @p authority if the connection chooses nothing else. Each issuer has a path of
    /// its own, so that a hostile one that sends the browser on to another gets no code: the other has not registered
    /// this path. Source: RFC 9700 sections 2.1 and 4.4.2.
    LoopbackRedirect redirectOf(const QUrl &authority) const;
    /// Whether @p authority has a path that is shared or can be chosen, as the public cloud does.
    bool mayChooseRedirectPath(const QUrl &authority) const;
    /// `/cb/` and the first 16 hexadecimal digits of SHA-256 of the issuer. This is known before discovery and stays
    /// the same: it is the issuer as the authority names it; by IssuerRule::tenant in lower case. An authority that
    /// names its tenant by a domain therefore has another path than one with the GUID; both are that tenant's alone.
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

/// The provider that has @p host by a pattern that is not `*`; nothing where none has. A dot at its end does not
/// matter.
std::optional<Provider> ownerOf(const QString &host);

/// Errors: connection.member-invalid for an unknown ID.
Result<Provider> findProvider(const QString &id);

} // namespace bookdesk::identity
