/// Explains why a proxy did not connect; every sentence names the proxy.
#pragma once

#include "core/error.h"
#include "net/proxy.h"

#include <QAbstractSocket>
#include <QByteArray>
#include <QStringList>
#include <QUrl>

namespace bookdesk::net {

/// A proxy's answer to CONNECT.
struct ProxyAnswer
{
    int status = 0;
    QString statusLine;  ///< "403 Forbidden"
    QStringList schemes; ///< What it would accept as a log-in: "Basic", "NTLM".
    QString body;        ///< Its beginning.
};

/// The proxy and who named it.
Facts proxyFacts(const Proxy &proxy);

/// Errors: net.proxy-unreachable. @p words are the network's own.
Error proxyUnreachable(const Proxy &proxy, QAbstractSocket::SocketError reason, const QString &words);

/// Why @p proxy did not connect to the host of @p url. Errors: net.proxy-refused, net.proxy-unsupported (a log-in other
/// than Basic).
Error proxyRefused(const Proxy &proxy, const QUrl &url, const ProxyAnswer &answer);

/// Whether the proxy answered 407: it asks for a log-in, of any kind, or has refused one.
bool isLoginRefusal(const Error &error);
/// Whether a name and a password would help: the proxy asks for Basic, or has refused a log-in.
bool wantsLogin(const Error &error);

/// Errors: net.proxy-unsupported (ProxyKind::unusable).
Error proxyUnusable(const Proxy &proxy);

} // namespace bookdesk::net
