/// The rules that a Provider is made of, each with the word by which the provider's data names it.
#pragma once

#include <QString>
#include <QStringList>

namespace bookdesk::identity {

/// How the authorization server answers through the browser. Source: OAuth 2.0 Form Post Response Mode.
enum class ResponseMode { formPost, query };

/// Which issuer an authority stands for.
enum class IssuerRule {
    tenant,             ///< "tenant": by the tenant's GUID, as Entra does.
    authority,          ///< "authority": the authority as it was written. OpenID Connect Discovery 1.0 section 4.3.
    authorityWithSlash, ///< "authority-with-slash": the authority and a slash, as Auth0 does.
};

/// What the path of an authority may be.
enum class AuthorityPath {
    tenant,  ///< "tenant": the ID or domain name of one tenant.
    none,    ///< "none": no path.
    onePart, ///< "one-part": one name, such as Cognito's user pool.
    any,     ///< "any"
};

/// Where the endpoints of a discovery document may be.
enum class EndpointRule {
    ownHosts, ///< "own-hosts": at the authority, or on another of the provider's hosts of the same kind.
    anyHost,  ///< "any-host": anywhere but at Microsoft and, from elsewhere, on this computer.
};

/// What a connection's audience is where its file names none.
enum class AudienceRule {
    named,  ///< "named": the file must name it.
    client, ///< "client": the client's ID.
    path,   ///< "path": the last part of the authority's path, such as Firebase's project.
};

/// How the scopes of an API are written.
enum class ScopeRule {
    resource, ///< "resource": with the resource, which must be the audience's, as Entra does: `api://ID/Books.Read`.
    server,   ///< "server": with the resource server, as Cognito does: `books/Books.Read`.
    plain,    ///< "plain": as the API's registration names them.
    openId,   ///< "openid": none but OpenID Connect's own, where all others are for the provider's APIs, as GitLab's.
};

/// Whether access tokens can be read here.
enum class AccessTokens {
    readable,       ///< "readable"
    readableForApi, ///< "readable-for-api": only where the sign-in names an API.
    opaque,         ///< "opaque"
};

/// How the browser is signed out. Source: OpenID Connect RP-Initiated Logout 1.0; Amazon "Logout endpoint"; Auth0
/// "Log Users Out of Auth0".
struct SignOutForm
{
    QString path; ///< At the host of the authorization endpoint; empty for the document's `end_session_endpoint`.
    QString returnParameter = QStringLiteral("post_logout_redirect_uri");
    bool returnsState = true; ///< The browser comes back with `state`.
    bool isOffered = true;    ///< "none": not without an `id_token_hint`, which is never sent (Okta).

    friend bool operator==(const SignOutForm &, const SignOutForm &) = default;
};

/// What the editor of a connection says in one language. A plain value. Any thread.
struct ProviderTexts
{
    QString authority; ///< What the authority looks like, and where to find it.
    QString audience;  ///< The same for the audience.
    QString scopes;    ///< The same for the scopes.
    QString noSignIn;  ///< Why there is no sign-in; empty where there is one.

    friend bool operator==(const ProviderTexts &, const ProviderTexts &) = default;
};

/// What the editor of a connection asks for. A plain value. Any thread.
struct ProviderForm
{
    QStringList fields; ///< The members of a connection file besides `name`, in order.
    QString authorityExample;
    QString audienceExample;
    QString scopeExample;

    friend bool operator==(const ProviderForm &, const ProviderForm &) = default;
};

} // namespace bookdesk::identity
