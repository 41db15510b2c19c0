/// Which URLs may be opened or called, decided in one place.
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QList>
#include <QSslCertificate>
#include <QStringList>
#include <QUrl>

namespace bookdesk::net {

/// `localhost`, 127.0.0.0/8 and ::1.
bool isLoopbackHost(const QString &host);

/// Passes absolute https URLs (http on loopback) with a host and without user info; anything else must not be opened
/// in a browser, called, or taken from a connection file. Errors: net.url-refused, naming the reason.
Result<QUrl> trustedUrl(const QUrl &url);

/// Reads one or more PEM certificates, nothing else (no keys), at most 1 MiB. Errors: net.certificate-invalid.
Result<QList<QSslCertificate>> readCertificates(const QByteArray &pem);

/// As they were read.
QByteArray pemOf(const QList<QSslCertificate> &certificates);

/// What a person compares when asked about certificates: the subject, the last day and the SHA-256 of each.
QStringList certificateLines(const QList<QSslCertificate> &certificates);

} // namespace bookdesk::net
