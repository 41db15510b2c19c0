#include "net/fake-server.h"

#include <QSslServer>
#include <QTcpSocket>

#include <utility>

namespace bookdesk::test {

using namespace Qt::StringLiterals;

std::optional<SeenRequest> takeRequest(QByteArray &buffer)
{
    const qsizetype headEnd = buffer.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return std::nullopt;
    SeenRequest request;
    const QList<QByteArray> lines = buffer.first(headEnd).split('\n');
    const QList<QByteArray> words = lines.first().trimmed().split(' ');
    request.method = words.value(0);
    request.target = words.value(1);
    for (const QByteArray &line : lines.sliced(1)) {
        const qsizetype colon = line.indexOf(':');
        request.headers.emplace_back(line.first(colon), line.sliced(colon + 1).trimmed());
    }
    const qsizetype length = net::headerValue(request.headers, "Content-Length").value_or("0"_ba).toLongLong();
    if (buffer.size() < headEnd + 4 + length)
        return std::nullopt;
    request.body = buffer.sliced(headEnd + 4, length);
    buffer.remove(0, headEnd + 4 + length);
    return request;
}

QByteArray httpAnswer(const QByteArray &statusLine, const net::Headers &headers, const QByteArray &body)
{
    QByteArray answer = "HTTP/1.1 " + statusLine + "\r\n";
    for (const auto &[name, value] : headers)
        answer += name + ": " + value + "\r\n";
    return answer + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

FakeServer::FakeServer(Answer answer)
    : m_answer(std::move(answer))
    , m_scheme(u"http"_s)
    , m_server(std::make_unique<QTcpServer>())
{
    listen();
}

FakeServer::FakeServer(Answer answer, const QSslConfiguration &tls)
    : m_answer(std::move(answer))
    , m_scheme(u"https"_s)
{
    auto server = std::make_unique<QSslServer>();
    server->setSslConfiguration(tls);
    m_server = std::move(server);
    listen();
}

QUrl FakeServer::url(const QString &path) const
{
    return QUrl(u"%1://127.0.0.1:%2%3"_s.arg(m_scheme).arg(port()).arg(path));
}

void FakeServer::listen()
{
    connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, &FakeServer::accept);
    comeBack();
}

void FakeServer::goAway()
{
    m_server->close();
    const QList<QTcpSocket *> sockets = m_server->findChildren<QTcpSocket *>();
    for (QTcpSocket *socket : sockets)
        socket->abort();
}

void FakeServer::comeBack()
{
    if (!m_server->listen(QHostAddress::LocalHost, m_port))
        qFatal("The fake server cannot listen: %s", qPrintable(m_server->errorString()));
    m_port = m_server->serverPort();
}

void FakeServer::accept()
{
    while (QTcpSocket *socket = m_server->nextPendingConnection()) {
        ++m_connections;
        const auto buffer = std::make_shared<QByteArray>();
        connect(socket, &QTcpSocket::readyRead, this, [this, socket, buffer] { read(socket, *buffer); });
        connect(socket, &QTcpSocket::disconnected, this, &FakeServer::disconnected);
        read(socket, *buffer);
    }
}

void FakeServer::read(QTcpSocket *socket, QByteArray &buffer)
{
    buffer += socket->readAll();
    while (const auto request = takeRequest(buffer)) {
        m_requests.push_back(*request);
        socket->write(m_answer(*request));
        if (m_closesAfterAnswers)
            socket->disconnectFromHost();
        Q_EMIT requested();
    }
}

} // namespace bookdesk::test
