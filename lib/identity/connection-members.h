/// The members of a connection file, each read by its own rules from untrusted text. Any thread. Errors:
/// connection.member-invalid, net.url-refused, net.certificate-invalid.
#pragma once

#include "core/result.h"
#include "identity/connection.h"
#include "identity/provider.h"

#include <QList>
#include <QSslCertificate>
#include <QString>
#include <QStringList>
#include <QUrl>

namespace bookdesk::identity {

Result<QString> readName(const QString &text);
/// An ID as used in requests and tokens: printable ASCII without spaces.
Result<QString> readId(const QString &member, const QString &text);
/// RFC 6749 section 3.3. The provider's own scopes are added after the others.
Result<QStringList> readScopes(const QStringList &written, const QString &audience, const Provider &provider);
Result<QUrl> readAuthority(const QString &text, const Provider &provider);
Result<QUrl> readApiBaseUrl(const QString &text);
Result<ResponseMode> readResponseMode(const QString &text);
/// Refuses a path at which a code of another issuer could arrive.
Result<QString> readRedirectPathOf(const QUrl &authority, const QString &text, const Provider &provider);
Result<QList<QSslCertificate>> readAuthorities(const QString &caFile);

} // namespace bookdesk::identity
