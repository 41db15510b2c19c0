/// FakeProxy: an HTTP proxy on loopback that counts what it is asked and answers what a test says.
#pragma once

#include "net/fake-server.h"

#include <QTcpServer>

namespace bookdesk::test {

/// One thread. Listens on 127.0.0.1 and any free port until it is destroyed.
class FakeProxy : public QObject
{
    Q_OBJECT

public:
    /// @param answer the bytes for each CONNECT; none means that the client waits forever. After a 200 the connection
    /// goes on to a server on this computer.
    /// @param target the server's port.
    explicit FakeProxy(FakeServer::Answer answer, quint16 target = 0);

    quint16 port() const { return m_server.serverPort(); }
    /// "127.0.0.1:PORT"
    QString name() const { return QStringLiteral("127.0.0.1:%1").arg(port()); }
    const std::vector<SeenRequest> &requests() const { return m_requests; }

private:
    void serve(QTcpSocket *client);
    void connectThrough(QTcpSocket *client);

    FakeServer::Answer m_answer;
    quint16 m_target = 0;
    QTcpServer m_server;
    std::vector<SeenRequest> m_requests;
};

} // namespace bookdesk::test
