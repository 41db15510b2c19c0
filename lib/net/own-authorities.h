/// OwnAuthorities: a connection's own CA, and whom it may vouch for.
#pragma once

#include <QList>
#include <QSslCertificate>
#include <QStringList>

namespace bookdesk::net {

/// A plain value. Any thread.
struct OwnAuthorities
{
    QList<QSslCertificate> certificates; ///< Trusted besides the system's.
    QStringList hosts;                   ///< In ASCII, without ports; any other host is left to the system's.
};

} // namespace bookdesk::net
