/// A private certificate authority and one certificate for loopback, created anew for every Sandbox.
#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QByteArray>

namespace bookdesk::sandbox {

/// The authority's own key is forgotten once the server's certificate is signed. Any thread.
struct Certificates
{
    QByteArray authority; ///< PEM.
    QByteArray server;    ///< PEM: localhost, 127.0.0.1 and ::1.
    Secret serverKey;     ///< PEM.
};

/// Errors: sandbox.certificate-failed. Source: RFC 5280.
Result<Certificates> makeCertificates();

} // namespace bookdesk::sandbox
