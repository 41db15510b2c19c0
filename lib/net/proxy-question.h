/// Asks a proxy for a connection to a host, once and bounded, before Qt uses it.
///
/// Qt 6.4 repeats a request that a proxy answers with NTLM without end (4,500 times a second), each a log-in with the
/// person's account, and calls no handler. So only a proxy that connects us is left to Qt.
#pragma once

#include "core/task.h"
#include "net/proxy.h"

#include <QUrl>

#include <chrono>
#include <stop_token>

namespace bookdesk::net {

/// One CONNECT (RFC 9110 section 9.3.6) on a connection of its own, which is closed after the answer; no question to a
/// SOCKS proxy. Goes on from the event loop. Errors: net.proxy-unreachable, net.proxy-refused, net.proxy-unsupported,
/// net.stopped.
Task<void> askProxy(Proxy proxy, QUrl url, std::chrono::milliseconds limit, std::stop_token stop);

} // namespace bookdesk::net
