/// The members of a connection file, each read by its own rules from untrusted text. Any thread. Errors:
/// connection.member-invalid, net.url-refused, net.certificate-invalid.
#pragma once

#include "core/json.h"
#include "core/result.h"
#include "identity/connection.h"
#include "identity/provider.h"

#include <QList>
#include <QSslCertificate>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <vector>

namespace bookdesk::identity {

Result<QString> readName(const QString &text);
/// An ID as used in requests and tokens: printable ASCII without spaces.
Result<QString> readId(const QString &member, const QString &text);
/// As readId, and no API of the provider's own (see isOwnApi).
Result<QString> readAudience(const QString &text, const QUrl &authority, const Provider &provider);
/// RFC 6749 section 3.3, and by the provider's rule. The provider's own scopes are added after the others.
Result<QStringList> readScopes(const QStringList &written, const QString &audience, const Provider &provider);
Result<QUrl> readAuthority(const QString &text, const Provider &provider);
Result<QUrl> readApiBaseUrl(const QString &text);
/// Claim paths (see jose::ClaimPath), at most 20.
Result<QStringList> readClaimPaths(const QString &member, const QStringList &paths);
/// From 1024 on: the others need an administrator's rights.
Result<std::vector<quint16>> readRedirectPorts(const JsonArray &numbers);
Result<ResponseMode> readResponseMode(const QString &text);
/// Refuses a path at which a code of another issuer could arrive.
Result<QString> readRedirectPathOf(const QUrl &authority, const QString &text, const Provider &provider);
Result<QList<QSslCertificate>> readAuthorities(const QString &caFile);

} // namespace bookdesk::identity
