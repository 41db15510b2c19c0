#include "net/proxy.h"

#include "net/trusted-url.h"

#include <QHostAddress>
#include <QStringList>

#include <algorithm>
#include <array>

namespace bookdesk::net {
namespace {

using namespace Qt::StringLiterals;

constexpr int usualHttpPort = 80; // As Qt and others have it where none is written.
constexpr int usualSocksPort = 1080;

struct Variable
{
    QString name;
    QString value;
};

/// The first of the variables that is set and not empty.
Variable firstSet(const QProcessEnvironment &environment, const QStringList &names)
{
    for (const QString &name : names) {
        if (const QString value = environment.value(name).trimmed(); !value.isEmpty())
            return {name, value};
    }
    return {};
}

ProxyKind kindOf(const QString &scheme)
{
    if (scheme == "http"_L1)
        return ProxyKind::http;
    const bool isSocks = scheme == "socks5"_L1 || scheme == "socks5h"_L1;
    return isSocks ? ProxyKind::socks5 : ProxyKind::unusable;
}

Proxy readProxy(const Variable &variable)
{
    const QUrl url(variable.value.contains("://"_L1) ? variable.value : u"http://"_s + variable.value);
    Proxy proxy;
    proxy.variable = variable.name;
    proxy.kind = !url.isValid() || url.host().isEmpty() ? ProxyKind::unusable : kindOf(url.scheme());
    if (proxy.kind == ProxyKind::unusable) {
        proxy.host = url.isValid() ? url.toString(QUrl::RemoveUserInfo | QUrl::FullyEncoded) : QString();
        return proxy;
    }
    proxy.host = url.host(QUrl::FullyEncoded);
    proxy.port = static_cast<quint16>(url.port(proxy.kind == ProxyKind::http ? usualHttpPort : usualSocksPort));
    proxy.user = url.userName(QUrl::FullyDecoded);
    proxy.password = Secret(url.password(QUrl::FullyDecoded).toUtf8());
    return proxy;
}

bool isInNetwork(const QString &host, const QString &network)
{
    const QHostAddress address(host);
    const auto subnet = QHostAddress::parseSubnet(network);
    return !address.isNull() && subnet.second >= 0 && address.isInSubnet(subnet);
}

/// True where @p entry of `no_proxy` names the host of @p url.
bool names(QString entry, const QUrl &url)
{
    const QString host = url.host(QUrl::FullyEncoded);
    if (entry == "*"_L1 || isInNetwork(host, entry))
        return true;
    const QString port = u":%1"_s.arg(url.port(usualPort));
    if (entry.endsWith(port))
        entry.chop(port.size());
    while (entry.startsWith(u'*') || entry.startsWith(u'.'))
        entry.remove(0, 1);
    if (entry.isEmpty())
        return false;
    return host.compare(entry, Qt::CaseInsensitive) == 0 || host.endsWith(u'.' + entry, Qt::CaseInsensitive);
}

bool isExcepted(const QUrl &url, const QProcessEnvironment &environment)
{
    const QStringList entries = firstSet(environment, {u"no_proxy"_s, u"NO_PROXY"_s}).value.split(u',');
    return std::ranges::any_of(entries, [&url](const QString &entry) { return names(entry.trimmed(), url); });
}

std::optional<Proxy> fromSystem(const QNetworkProxy &found)
{
    Proxy proxy;
    switch (found.type()) {
    case QNetworkProxy::HttpProxy:
    case QNetworkProxy::HttpCachingProxy:
        break;
    case QNetworkProxy::Socks5Proxy:
        proxy.kind = ProxyKind::socks5;
        break;
    default:
        return std::nullopt;
    }
    proxy.host = found.hostName();
    proxy.port = found.port();
    proxy.user = found.user();
    proxy.password = Secret(found.password().toUtf8());
    return proxy;
}

} // namespace

QString proxyName(const Proxy &proxy)
{
    if (proxy.kind == ProxyKind::unusable)
        return proxy.host;
    const bool isAddress6 = proxy.host.contains(u':') && !proxy.host.startsWith(u'[');
    return (isAddress6 ? u"[%1]:%2"_s : u"%1:%2"_s).arg(proxy.host).arg(proxy.port);
}

QNetworkProxy ProxyRules::systemProxy(const QUrl &url)
{
    return QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url)).value(0, QNetworkProxy::NoProxy);
}

std::optional<Proxy> proxyFor(const QUrl &url, const ProxyRules &rules)
{
    if (rules.source == ProxySource::none || isLoopbackHost(url.host()))
        return std::nullopt;
    if (rules.source == ProxySource::manual)
        return rules.manual;
    const Variable variable =
        firstSet(rules.environment, {u"https_proxy"_s, u"HTTPS_PROXY"_s, u"all_proxy"_s, u"ALL_PROXY"_s});
    if (isExcepted(url, rules.environment))
        return std::nullopt;
    return variable.value.isEmpty() ? fromSystem(rules.system(url)) : readProxy(variable);
}

QNetworkProxy qtProxy(const Proxy &proxy)
{
    if (proxy.kind == ProxyKind::socks5)
        return {QNetworkProxy::Socks5Proxy, proxy.host, proxy.port, proxy.user,
                QString::fromUtf8(proxy.password.reveal())};
    QNetworkProxy result(QNetworkProxy::HttpProxy, proxy.host, proxy.port);
    if (const QByteArray credentials = proxyCredentials(proxy); !credentials.isEmpty())
        result.setRawHeader("Proxy-Authorization"_ba, credentials);
    return result;
}

QByteArray proxyCredentials(const Proxy &proxy)
{
    if (proxy.user.isEmpty())
        return {};
    return "Basic " + (proxy.user.toUtf8() + ':' + proxy.password.reveal().toByteArray()).toBase64();
}

} // namespace bookdesk::net
