#include "net/proxy-failure.h"

#include "core/address-text.h"
#include "core/text.h"
#include "net/errors.h"

#include <QCoreApplication>
#include <QLocale>

namespace bookdesk::net {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestWords = 200;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ProxyFailure)
};

QString nameOf(const Proxy &proxy)
{
    return proxy.kind == ProxyKind::unusable ? visible(shortened(proxyName(proxy), longestWords))
                                             : hostAndPortText(QUrl(u"http://"_s + proxyName(proxy)));
}

QString whereToLook(const Proxy &proxy)
{
    return proxy.variable.isEmpty()
               ? Texts::tr("Check the address of the proxy in the settings, and that this computer is in its network.")
               : Texts::tr("Check the proxy in the environment variable %1, and that this computer is in its network.")
                     .arg(proxy.variable);
}

QString unreachableMessage(const QString &name, QAbstractSocket::SocketError reason)
{
    switch (reason) {
    case QAbstractSocket::HostNotFoundError:
    case QAbstractSocket::ProxyNotFoundError:
        return Texts::tr("The name of the proxy %1 was not found.").arg(name);
    case QAbstractSocket::SocketTimeoutError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
        return Texts::tr("The proxy %1 did not answer in time.").arg(name);
    case QAbstractSocket::RemoteHostClosedError:
    case QAbstractSocket::ProxyConnectionClosedError:
        return Texts::tr("The proxy %1 closed the connection without an answer.").arg(name);
    case QAbstractSocket::ProxyProtocolError:
        return Texts::tr("The proxy %1 gave an answer that is not HTTP.").arg(name);
    case QAbstractSocket::ProxyConnectionRefusedError:
        return Texts::tr("The proxy %1 did not make the connection.").arg(name);
    default:
        break;
    }
    return Texts::tr("No connection to the proxy %1 could be made.").arg(name);
}

Error refusal(ErrorCode code, const QString &message, const QString &remedy) { return {code, message, remedy}; }

Error loginRefused(const Proxy &proxy, const ProxyAnswer &answer)
{
    const QString name = nameOf(proxy);
    if (!answer.schemes.contains("Basic"_L1, Qt::CaseInsensitive)) {
        const QString schemes = visible(shortened(QLocale().createSeparatedList(answer.schemes), longestWords));
        return refusal(
            errors::proxyUnsupported,
            schemes.isEmpty() ? Texts::tr("The proxy %1 asks for a log-in and does not say which.").arg(name)
                              : Texts::tr("The proxy %1 asks for a log-in with %2, which Bookdesk does not support.")
                                    .arg(name, schemes),
            Texts::tr("Ask the network's administrator for a proxy without a log-in or with Basic, or name a "
                      "local proxy that logs in for you in https_proxy."));
    }
    if (proxy.user.isEmpty())
        return refusal(errors::proxyRefused, Texts::tr("The proxy %1 asks for a user name and a password.").arg(name),
                       Texts::tr("Log in to it in the window under Settings, Check for problems; or put them into the "
                                 "environment variable https_proxy, as in http://USER:PASSWORD@%1, or ask the "
                                 "network's administrator for access without them.")
                           .arg(proxyName(proxy)));
    return refusal(
        errors::proxyRefused, Texts::tr("The proxy %1 does not accept the user name and the password.").arg(name),
        Texts::tr("Correct them where they come from and start Bookdesk again, or log in to the proxy in the "
                  "window under Settings, Check for problems. Bookdesk does not repeat them by itself, so "
                  "that your account is not locked."));
}

} // namespace

Facts proxyFacts(const Proxy &proxy)
{
    return merged({}, {foreignFact(facts::proxy, proxyName(proxy)), {facts::proxyVariable, proxy.variable}});
}

Error proxyUnreachable(const Proxy &proxy, QAbstractSocket::SocketError reason, const QString &words)
{
    return {errors::proxyUnreachable, unreachableMessage(nameOf(proxy), reason), whereToLook(proxy),
            merged(proxyFacts(proxy), {foreignFact(facts::networkError, words)})};
}

Error proxyRefused(const Proxy &proxy, const QUrl &url, const ProxyAnswer &answer)
{
    constexpr int loginRequired = 407;
    Error error = answer.status == loginRequired
                      ? loginRefused(proxy, answer)
                      : refusal(errors::proxyRefused,
                                Texts::tr("The proxy %1 does not connect to %2; it answers: %3.")
                                    .arg(nameOf(proxy), hostAndPortText(url, usualPort),
                                         visible(shortened(answer.statusLine, longestWords))),
                                Texts::tr("Ask the network's administrator whether the proxy allows this host."));
    const QString said = answer.body.isEmpty() ? answer.statusLine : answer.statusLine + u'\n' + answer.body;
    error.facts = merged(proxyFacts(proxy),
                         {{facts::host, asciiHostAndPort(url, usualPort)}, foreignFact(facts::proxySaid, said)});
    return error;
}

bool isLoginRefusal(const Error &error) { return factValue(error.facts, facts::proxySaid).startsWith("407"_L1); }

bool wantsLogin(const Error &error) { return error.code == errors::proxyRefused && isLoginRefusal(error); }

Error proxyUnusable(const Proxy &proxy)
{
    const QString name = nameOf(proxy);
    return {errors::proxyUnsupported,
            name.isEmpty()
                ? Texts::tr("The proxy in %1 cannot be used, because its address cannot be read.").arg(proxy.variable)
                : Texts::tr("The proxy %1 cannot be used, because Bookdesk knows HTTP and SOCKS 5 proxies "
                            "only.")
                      .arg(name),
            Texts::tr("Write it as http://HOST:PORT."), proxyFacts(proxy)};
}

} // namespace bookdesk::net
