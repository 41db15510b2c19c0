/// Listeners on loopback: 127.0.0.1 and, where the machine has it, ::1 on the same port.
#pragma once

#include "core/result.h"
#include "sandbox/certificates.h"
#include "sandbox/connection-guard.h"

#include <QTcpServer>

#include <memory>
#include <optional>
#include <vector>

namespace bookdesk::sandbox {

/// The servers that listen on one port, one for each address family.
struct Listeners
{
    quint16 port = 0;
    std::vector<std::unique_ptr<QTcpServer>> servers;
};

/// @param port 0 for any free one. @param certificates with TLS. @param limits for the connections of both families.
/// Errors: sandbox.port-taken, sandbox.listen-failed, sandbox.certificate-failed.
Result<Listeners> listenOnLoopback(quint16 port, const std::optional<Certificates> &certificates,
                                   const ConnectionLimits &limits);

} // namespace bookdesk::sandbox
