#include "net/proxy-question.h"

#include "core/address-text.h"
#include "net/auth-challenge.h"
#include "net/errors.h"
#include "net/exchange.h"
#include "net/proxy-failure.h"

#include <QCoreApplication>
#include <QNetworkProxy>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>
#include <optional>
#include <utility>

namespace bookdesk::net {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype mostBytes = 64 * 1024;
constexpr qsizetype mostOfBody = 1000;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ProxyQuestion)
};

QByteArray question(const Proxy &proxy, const QUrl &url)
{
    const QByteArray name = asciiHostAndPort(url, usualPort).toLatin1();
    const QByteArray credentials = proxyCredentials(proxy);
    return "CONNECT " + name + " HTTP/1.1\r\nHost: " + name + "\r\nUser-Agent: Bookdesk/" BOOKDESK_VERSION "\r\n" +
           (credentials.isEmpty() ? QByteArray() : "Proxy-Authorization: " + credentials + "\r\n") + "\r\n";
}

/// Nothing where it is not HTTP.
std::optional<ProxyAnswer> readAnswer(const QByteArray &bytes)
{
    const qsizetype headEnd = bytes.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return std::nullopt;
    const QList<QByteArray> lines = bytes.first(headEnd).split('\n');
    const QByteArray first = lines.first().trimmed();
    ProxyAnswer answer;
    answer.statusLine = QString::fromUtf8(first.sliced(std::min(first.size(), first.indexOf(' ') + 1)));
    answer.status = answer.statusLine.first(std::min<qsizetype>(3, answer.statusLine.size())).toInt();
    if (!first.startsWith("HTTP/1.") || answer.status < 100)
        return std::nullopt;
    Headers challenges;
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (line.first(std::max<qsizetype>(colon, 0)).compare("Proxy-Authenticate", Qt::CaseInsensitive) == 0)
            challenges.emplace_back("WWW-Authenticate"_ba, line.sliced(colon + 1).trimmed());
    }
    for (const AuthChallenge &challenge : readChallenges(challenges))
        answer.schemes += challenge.scheme;
    answer.body = QString::fromUtf8(bytes.sliced(headEnd + 4).first(std::min(bytes.size() - headEnd - 4, mostOfBody)));
    return answer;
}

/// How the wait for the proxy ended.
struct Ending
{
    QByteArray bytes;
    std::optional<QAbstractSocket::SocketError> error;
    QString words;
    bool isStopped = false;
};

using Ended = OneShot<Ending>;

/// From the event loop, because the waiting caller destroys the socket.
void endSoon(const Ended &ended, Ending ending)
{
    QTimer::singleShot(0, [ended, ending = std::move(ending)] { ended.set(ending); });
}

void listenTo(QTcpSocket &socket, const QByteArray &question, const Ended &ended)
{
    QObject::connect(&socket, &QTcpSocket::connected, &socket, [&socket, question] { socket.write(question); });
    QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [&socket, ended] {
        const QByteArray bytes = socket.peek(mostBytes);
        if (bytes.contains("\r\n\r\n"))
            endSoon(ended, {bytes, {}, {}});
        else if (bytes.size() == mostBytes)
            endSoon(ended, {{}, QAbstractSocket::ProxyProtocolError, {}});
    });
    QObject::connect(&socket, &QTcpSocket::errorOccurred, &socket, [&socket, ended] {
        const bool saidSomething =
            socket.error() == QAbstractSocket::RemoteHostClosedError && socket.bytesAvailable() > 0;
        endSoon(ended,
                {{}, saidSomething ? QAbstractSocket::ProxyProtocolError : socket.error(), socket.errorString()});
    });
}

Result<void> verdict(const Proxy &proxy, const QUrl &url, const Ending &ending)
{
    if (ending.isStopped)
        return failure(errors::stopped, Texts::tr("The request to %1 was stopped.").arg(hostText(url)));
    if (ending.error)
        return failure(proxyUnreachable(proxy, *ending.error, ending.words));
    const std::optional<ProxyAnswer> answer = readAnswer(ending.bytes);
    if (!answer)
        return failure(proxyUnreachable(proxy, QAbstractSocket::ProxyProtocolError, {}));
    if (answer->status < 200 || answer->status > 299)
        return failure(proxyRefused(proxy, url, *answer));
    return {};
}

} // namespace

Task<void> askProxy(Proxy proxy, QUrl url, std::chrono::milliseconds limit, std::stop_token stop)
{
    if (proxy.kind == ProxyKind::unusable)
        co_return failure(proxyUnusable(proxy));
    if (proxy.kind == ProxyKind::socks5)
        co_return Result<void>();
    const Ended ended;
    const std::stop_callback onStop(std::move(stop), [ended] {
        Ending ending;
        ending.isStopped = true;
        ended.set(ending);
    });
    QTcpSocket socket;
    socket.setProxy(QNetworkProxy::NoProxy);
    socket.setReadBufferSize(mostBytes);
    listenTo(socket, question(proxy, url), ended);
    QTimer::singleShot(limit, &socket, [ended] { endSoon(ended, {{}, QAbstractSocket::SocketTimeoutError, {}}); });
    socket.connectToHost(proxy.host, proxy.port);
    const Ending ending = co_await ended;
    socket.disconnect();
    co_return verdict(proxy, url, ending);
}

} // namespace bookdesk::net
