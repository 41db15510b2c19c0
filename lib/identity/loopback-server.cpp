#include "identity/loopback-server.h"

#include "identity/errors.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QTcpSocket>
#include <QTimer>

#include <chrono>

namespace bookdesk::identity {
namespace {

using namespace Qt::StringLiterals;

/// How often to look for a port that is free in both address families.
constexpr int freePortTries = 20;
/// After a failed accept (too many open files, …) Qt stops accepting until it is told to resume.
constexpr std::chrono::milliseconds acceptPause{100};

/// How many connections may wait in the system to be accepted; clients retry the others a second later.
constexpr int waitingConnections = 1024;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(LoopbackServer)
};

bool isFamilyMissing(QAbstractSocket::SocketError error)
{
    return error == QAbstractSocket::SocketAddressNotAvailableError ||
           error == QAbstractSocket::UnsupportedSocketOperationError;
}

} // namespace

LoopbackServer::LoopbackServer()
{
    for (QTcpServer *server : {&m_v4, &m_v6}) {
        server->setListenBacklogSize(waitingConnections);
        connect(server, &QTcpServer::newConnection, this, &LoopbackServer::connected);
        connect(server, &QTcpServer::acceptError, this,
                [this, server] { QTimer::singleShot(acceptPause, this, [server] { server->resumeAccepting(); }); });
    }
}

Result<std::unique_ptr<LoopbackServer>> LoopbackServer::listen(const std::vector<quint16> &ports)
{
    std::unique_ptr<LoopbackServer> server(new LoopbackServer);
    const std::vector<quint16> tries = ports.empty() ? std::vector<quint16>(freePortTries, 0) : ports;
    for (const quint16 port : tries) {
        if (server->tryPort(port))
            return server;
    }
    return failure(
        errors::listenFailed,
        Texts::tr("Bookdesk cannot wait for the browser, because no port on this computer's loopback address "
                  "could be opened."),
        Texts::tr("Close programs that use it, or check the security software, and try again."),
        {{facts::portsTried, server->m_problems.join(u'\n')}});
}

bool LoopbackServer::tryPort(quint16 port)
{
    close();
    if (!tryFamily(m_v4, QHostAddress(QHostAddress::LocalHost), port))
        return false;
    const quint16 samePort = m_v4.isListening() ? m_v4.serverPort() : port;
    if (!tryFamily(m_v6, QHostAddress(QHostAddress::LocalHostIPv6), samePort)) {
        close();
        return false;
    }
    m_port = m_v4.isListening() ? m_v4.serverPort() : m_v6.serverPort();
    return m_port != 0;
}

bool LoopbackServer::tryFamily(QTcpServer &server, const QHostAddress &address, quint16 port)
{
    if (server.listen(address, port))
        return true;
    m_problems += u"%1, port %2: %3"_s.arg(address.toString()).arg(port).arg(server.errorString());
    return isFamilyMissing(server.serverError());
}

void LoopbackServer::close()
{
    m_v4.close();
    m_v6.close();
}

std::unique_ptr<QTcpSocket> LoopbackServer::nextConnection()
{
    for (QTcpServer *server : {&m_v4, &m_v6}) {
        if (QTcpSocket *socket = server->nextPendingConnection()) {
            // Otherwise it would be destroyed with the server, which closes before its last connection is answered.
            socket->setParent(nullptr);
            return std::unique_ptr<QTcpSocket>(socket);
        }
    }
    return nullptr;
}

} // namespace bookdesk::identity
