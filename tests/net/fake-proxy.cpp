#include "net/fake-proxy.h"

#include <QNetworkProxy>
#include <QTcpSocket>

#include <utility>

namespace bookdesk::test {

FakeProxy::FakeProxy(FakeServer::Answer answer, quint16 target)
    : m_answer(std::move(answer))
    , m_target(target)
{
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("The fake proxy cannot listen: %s", qPrintable(m_server.errorString()));
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *client = m_server.nextPendingConnection())
            connect(client, &QTcpSocket::readyRead, this, [this, client] { serve(client); });
    });
}

void FakeProxy::serve(QTcpSocket *client)
{
    while (client->peek(64 * 1024).contains("\r\n\r\n")) {
        QByteArray head = client->peek(64 * 1024);
        head.truncate(head.indexOf("\r\n\r\n") + 4);
        client->skip(head.size());
        const SeenRequest request = *takeRequest(head);
        m_requests.push_back(request);
        const QByteArray answer = m_answer(request);
        client->write(answer);
        if (answer.startsWith("HTTP/1.1 200")) {
            client->disconnect(this);
            connectThrough(client);
            return;
        }
        if (answer.contains("Connection: close"))
            client->disconnectFromHost();
    }
}

void FakeProxy::connectThrough(QTcpSocket *client)
{
    auto *server = new QTcpSocket(client);
    server->setProxy(QNetworkProxy::NoProxy);
    server->connectToHost(QHostAddress::LocalHost, m_target);
    connect(client, &QTcpSocket::readyRead, server, [client, server] { server->write(client->readAll()); });
    connect(server, &QTcpSocket::readyRead, client, [client, server] { client->write(server->readAll()); });
    connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
}

} // namespace bookdesk::test
