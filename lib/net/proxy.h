/// Which proxy a request goes through: values and the rule that decides.
#pragma once

#include "core/secret.h"

#include <QNetworkProxy>
#include <QProcessEnvironment>
#include <QString>
#include <QUrl>

#include <functional>
#include <memory>
#include <optional>

namespace bookdesk::net {

class ProxyLogins;

/// Of a URL that names none: only https goes through a proxy.
inline constexpr int usualPort = 443;

enum class ProxyKind {
    http,
    socks5,
    unusable, ///< Its address cannot be read, or asks for something else.
};

/// A proxy, with who named it. A plain value. Any thread.
struct Proxy
{
    ProxyKind kind = ProxyKind::http;
    QString host; ///< In ASCII; what was written where the proxy is unusable.
    quint16 port = 0;
    QString user;
    Secret password;
    QString variable; ///< The environment variable that names it, or empty.

    bool operator==(const Proxy &) const = default;
};

/// "proxy.contoso.com:8080", without user and password.
QString proxyName(const Proxy &proxy);

/// Where proxies are looked up.
enum class ProxySource {
    automatic, ///< The environment variables and, where they name none, the system's settings.
    manual,
    none,
};

/// The proxies of a run; kept in memory only. Any thread.
struct ProxyRules
{
    ProxySource source = ProxySource::automatic;
    Proxy manual; ///< For ProxySource::manual.
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    /// What the system says about a URL.
    std::function<QNetworkProxy(const QUrl &)> system = systemProxy;
    std::shared_ptr<ProxyLogins> logins; ///< Who asks the person for log-ins, if anybody.

    static QNetworkProxy systemProxy(const QUrl &url);
};

/// The proxy for @p url, or nothing where it is called directly: always on loopback, and where `no_proxy` names its
/// host (`host`, `.domain`, `host:port`, a network such as `10.0.0.0/8`, or `*`). The variables are `https_proxy` and
/// `all_proxy`, in small letters first; their values may lack a scheme, and begin with USER:PASSWORD@.
std::optional<Proxy> proxyFor(const QUrl &url, const ProxyRules &rules);

/// The same for Qt. The credentials go out at once and as Basic only: Qt would use them for NTLM, too.
QNetworkProxy qtProxy(const Proxy &proxy);

/// The value of a Proxy-Authorization header; empty without a user.
QByteArray proxyCredentials(const Proxy &proxy);

} // namespace bookdesk::net
