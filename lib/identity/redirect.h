/// Redirect: what came back from the authorization server, and how a request is recognised as one.
#pragma once

#include "core/secret.h"
#include "identity/connection.h"
#include "identity/redirect-request.h"

#include <QByteArray>
#include <QMap>
#include <QString>

namespace bookdesk::identity {

/// What the browser brought back with our own state.
struct Redirect
{
    bool isPost = false;
    Secret code;                       ///< Empty where there is an error instead.
    QMap<QString, QString> parameters; ///< All others but the state: untrusted text.
};

/// What a request to the redirect path is.
enum class RedirectKind {
    ours, ///< With our state, and with a code or an error.
    foreignState,
    foreignError, ///< An error without our state: it may be anybody's.
    withoutCode,  ///< With our state, but with neither a code nor an error.
    wrongMethod,
    other ///< Nothing that looks like a redirect.
};

struct RedirectReading
{
    RedirectKind kind = RedirectKind::other;
    Redirect redirect; ///< Filled for `ours` only.
};

/// Reads @p request; an empty @p state never matches. Any thread. Source: RFC 6749 section 4.1.2, OAuth 2.0 Form Post
/// Response Mode.
RedirectReading readRedirect(const RedirectRequest &request, const QByteArray &state, ResponseMode responseMode);

} // namespace bookdesk::identity
