/// Connection: the tenant that signs people in and the books API to call, as read from a connection file.
#pragma once

#include "core/result.h"
#include "core/task.h"
#include "identity/provider.h"
#include "jose/claim-meanings.h"
#include "net/own-authorities.h"

#include <QByteArray>
#include <QList>
#include <QSslCertificate>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace bookdesk::identity {

/// A plain value; every URL in it passed net::trustedUrl. Any thread.
struct Connection
{
    /// Made by the workspace, never read from a connection file; stays the same when anything else is edited. Empty
    /// until the connection belongs to the workspace.
    QString id;
    bool isSandbox = false; ///< The built-in Sandbox's own connection.
    QString name;
    Provider provider;
    QUrl authority;     ///< With the tenant, without `/v2.0` and without a trailing slash.
    QString clientId;   ///< Empty where the provider has no sign-in.
    QStringList scopes; ///< As sent, with the provider's own (`openid profile offline_access`) added.
    QUrl apiBaseUrl;    ///< Without `/api/v1` and without a trailing slash.
    QString audience;   ///< As in `aud`: the API's client ID or identifier, or whatever the provider uses.
    /// Nothing for form_post where the discovery document offers it, and query otherwise.
    std::optional<ResponseMode> responseMode = ResponseMode::formPost;
    /// Where this connection's tokens carry scopes and roles, as claim paths; empty where they are in the provider's
    /// places. Those of `provider.claims` are replaced already.
    QStringList scopeClaims, roleClaims;
    LoopbackRedirect redirect; ///< Its path is this issuer's alone, or one of the public cloud.
    /// What `caFile` holds. Where it names a file, this was read once: it may change later without any effect.
    QList<QSslCertificate> authorities;

    friend bool operator==(const Connection &, const Connection &) = default;
};

/// Reads a connection file's text; untrusted. Where `caFile` is a path the file is read (at most 1 MiB).
/// Errors: json.*, connection.member-invalid (the member's name is in the message), net.url-refused,
/// net.certificate-invalid.
Result<Connection> readConnection(const QByteArray &text);

/// Reads a connection file on another thread. Errors: as readConnection, and connection.file-unreadable.
Task<Connection> loadConnection(QString path);

/// The text of a connection file from which readConnection makes the same value; its `caFile` is the PEM.
QByteArray writeConnection(const Connection &connection);

/// Whom the connection's own authorities may vouch for: its API's host, and its authority's if that is not one of the
/// provider's. Never a host of Microsoft's.
net::OwnAuthorities ownAuthorities(const Connection &connection);

/// What a token of this connection is explained by. @param issuer that its tokens are known to come from.
jose::ClaimContext claimContext(const Connection &connection, const QString &issuer);

/// True where both the authority and the API are on loopback.
bool isLoopbackOnly(const Connection &connection);

} // namespace bookdesk::identity
