/// Explains why a server's certificate is not trusted.
#pragma once

#include "core/error.h"

#include <QList>
#include <QSslError>

namespace bookdesk::net {

/// What is wrong with a certificate, the most important flaw first: a later one matters only when the earlier ones are
/// mended.
enum class CertificateFlaw {
    revoked,
    expired,
    notYetValid,
    wrongName,
    unknownAuthority, ///< Self-signed ones included. The only one that a CA of the connection's own can mend.
    other,            ///< Also where Qt does not say.
};

/// @p found without what only means that the server has sent no usable statement about its certificate's revocation
/// (OCSP stapling, RFC 6066 section 8): most servers send none, and Qt reports that as an error.
QList<QSslError> withoutMissingStatus(const QList<QSslError> &found);

/// The flaw that decides among @p found, in the order of CertificateFlaw.
CertificateFlaw certificateFlaw(const QList<QSslError> &found);

/// @p host as people read it. Errors: net.tls-failed, with the deciding certificate's subject, issuer, names and dates
/// and all of @p found as facts.
Error certificateFailure(const QString &host, const QList<QSslError> &found);

} // namespace bookdesk::net
