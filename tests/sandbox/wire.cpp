#include "sandbox/wire.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTcpSocket>
#include <QTimer>

namespace bookdesk::test {
namespace {

constexpr int patience = 20'000;

sandbox::Response readHead(const QByteArray &head)
{
    sandbox::Response response;
    const QByteArrayList lines = head.split('\n');
    response.status = lines.first().split(' ').value(1).toInt();
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const qsizetype colon = lines[i].indexOf(':');
        if (colon > 0)
            response.headers.emplace_back(lines[i].first(colon).toLower(), lines[i].sliced(colon + 1).trimmed());
    }
    return response;
}

/// True once the head and as much of the body as it promises is there; HEAD has none.
bool isComplete(const QByteArray &received, bool expectsBody)
{
    const qsizetype end = received.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    const QByteArray length = headerOf(readHead(received.first(end)), "content-length");
    return !expectsBody || received.size() - end - 4 >= length.toLongLong();
}

} // namespace

sandbox::Response exchangeRaw(quint16 port, const QByteArray &bytes, const QHostAddress &address)
{
    QTcpSocket socket;
    QByteArray received;
    QEventLoop loop;
    QTimer limit;
    limit.setSingleShot(true);
    const bool expectsBody = !bytes.startsWith("HEAD ");
    QObject::connect(&limit, &QTimer::timeout, &loop, &QEventLoop::quit);
    QObject::connect(&socket, &QTcpSocket::connected, &socket, [&] { socket.write(bytes); });
    QObject::connect(&socket, &QTcpSocket::readyRead, &loop, [&] {
        received += socket.readAll();
        if (isComplete(received, expectsBody))
            loop.quit();
    });
    QObject::connect(&socket, &QTcpSocket::disconnected, &loop, &QEventLoop::quit);
    QObject::connect(&socket, &QTcpSocket::errorOccurred, &loop, &QEventLoop::quit);
    limit.start(patience);
    socket.connectToHost(address, port);
    loop.exec();
    const qsizetype end = received.indexOf("\r\n\r\n");
    if (end < 0)
        return {0, {}, received};
    sandbox::Response response = readHead(received.first(end));
    response.body = received.sliced(end + 4);
    return response;
}

QByteArray requestText(const QByteArray &method, const QByteArray &target, quint16 port, const QByteArray &extra,
                       const QByteArray &body)
{
    QByteArray text =
        method + ' ' + target + " HTTP/1.1\r\nHost: localhost:" + QByteArray::number(port) + "\r\n" + extra;
    if (!body.isEmpty())
        text += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    return text + "\r\n" + body;
}

QByteArray headerOf(const sandbox::Response &response, const QByteArray &name)
{
    for (const auto &[headerName, value] : response.headers) {
        if (headerName == name)
            return value;
    }
    return {};
}

} // namespace bookdesk::test
