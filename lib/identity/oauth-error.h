/// OAuth errors of the authorize and token endpoints, with advice.
#pragma once

#include "core/error.h"
#include "core/json.h"

#include <QMap>
#include <QString>

namespace bookdesk::identity {

/// RFC 6749 sections 4.1.2.1 and 5.2 with Entra's members. Untrusted text. Any thread.
struct OAuthError
{
    QString error;
    QString suberror;
    QString description;
    QString aadsts; ///< The AADSTS number that the description begins with, or empty.
    QString correlationId;
    QString traceId;
    QString timestamp;
};

OAuthError readOAuthError(const JsonObject &body);
OAuthError readOAuthError(const QMap<QString, QString> &redirectParameters);

/// What signInError put into the facts.
OAuthError oauthErrorOf(const Facts &facts);

/// The error to show. `error` and `suberror` decide which it is, the AADSTS number adds advice, and the IDs and @p
/// redirectUri become facts.
Error signInError(const OAuthError &oauth, const QString &redirectUri);

/// Where a server gives no bearer tokens: sign-in.dpop-unsupported.
Error proofOfPossessionDemanded();

} // namespace bookdesk::identity
