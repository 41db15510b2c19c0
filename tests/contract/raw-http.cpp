#include "contract/raw-http.h"

#include <QTcpSocket>
#include <QTest>

namespace bookdesk::test {
namespace {

constexpr int patience = 20'000;

RawResponse parse(const QByteArray &bytes)
{
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end < 0)
        return {};
    RawResponse response;
    for (const QByteArray &line : bytes.left(end).split('\n'))
        response.headerLines += line.trimmed();
    response.status = response.headerLines.takeFirst().split(' ').value(1).toInt();
    response.body = bytes.mid(end + 4);
    return response;
}

} // namespace

QByteArrayList RawResponse::header(QByteArrayView name) const
{
    QByteArrayList values;
    for (const QByteArray &line : headerLines) {
        const qsizetype colon = line.indexOf(':');
        if (line.left(colon).compare(name, Qt::CaseInsensitive) == 0)
            values += line.mid(colon + 1).trimmed();
    }
    return values;
}

RawResponse rawRequest(const QUrl &server, const RawRequest &request)
{
    QByteArrayList lines{request.method + ' ' + request.target + " HTTP/1.1", "Host: " + server.authority().toUtf8()};
    lines += request.headerLines;
    lines += "Connection: close";
    QTcpSocket socket;
    socket.connectToHost(server.host(), static_cast<quint16>(server.port()));
    socket.write(lines.join("\r\n") + "\r\n\r\n");
    // Qt's server keeps the connection, so a complete body ends the wait too.
    QByteArray bytes;
    const bool hasBody = request.method != "HEAD";
    const auto isComplete = [&socket, &bytes, hasBody] {
        bytes += socket.readAll();
        const RawResponse response = parse(bytes);
        const QByteArrayList length = response.header("Content-Length");
        return socket.state() == QAbstractSocket::UnconnectedState ||
               (!length.isEmpty() && (!hasBody || response.body.size() >= length.first().toLongLong()));
    };
    if (!QTest::qWaitFor(isComplete, patience))
        return {};
    return parse(bytes);
}

} // namespace bookdesk::test
