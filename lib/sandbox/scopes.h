/// AskedScopes: the scopes that an application asks for in its `scope` parameter.
#pragma once

#include "sandbox/oauth-failure.h"
#include "sandbox/persona.h"
#include "sandbox/registrations.h"

#include <QString>
#include <QStringList>

#include <tl/expected.hpp>

namespace bookdesk::sandbox {

template <class T> using OrFailure = tl::expected<T, OAuthFailure>;

/// A plain value. Source: Microsoft "Scopes and permissions in the Microsoft identity platform". Any thread.
struct AskedScopes
{
    QStringList oidc; ///< `openid`, `profile`, `email`, `offline_access`, as asked.
    QStringList api;  ///< The API's scopes without prefix, `.default` included.
    QString prefix;   ///< What preceded the API's scopes, including the slash.

    bool asksFor(const QString &oidcScope) const { return oidc.contains(oidcScope); }
    bool covers(const AskedScopes &other) const;
    /// Those of the API's scopes that @p persona may get, in the order asked.
    QStringList grantedTo(const Persona &persona) const;
    /// What the token response says was granted: the API's scopes; where there are none, the OpenID Connect ones.
    QString grantedText(const QStringList &apiScopes) const;
};

/// Reads a `scope` parameter: OpenID Connect's scopes and those of the API.
OrFailure<AskedScopes> readScopes(const QString &scope, const Registrations &registrations);

} // namespace bookdesk::sandbox
