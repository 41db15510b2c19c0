#include "sandbox/connection-guard.h"

#include <QElapsedTimer>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>

namespace bookdesk::sandbox {

/// Watches one socket, its parent.
class ConnectionGuard::Watch : public QObject
{
public:
    Watch(QTcpSocket *socket, const ConnectionLimits &limits)
        : QObject(socket)
        , m_socket(*socket)
        , m_limits(limits)
    {
        m_silence.setSingleShot(true);
        connect(&m_silence, &QTimer::timeout, this, &Watch::close);
        // More than this is not taken from the system, whether or not somebody reads.
        m_socket.setReadBufferSize(limits.requestBytes);
        startOver();
    }

    void listen()
    {
        m_socket.disconnect(this);
        connect(&m_socket, &QTcpSocket::readyRead, this, &Watch::count);
        connect(&m_socket, &QTcpSocket::bytesWritten, this, &Watch::startOver);
    }

    bool isOf(const QTcpSocket *socket) const { return &m_socket == socket; }
    bool isOpen() const { return m_socket.state() != QAbstractSocket::UnconnectedState; }
    qint64 sinceAnswer() const { return m_sinceAnswer.nsecsElapsed(); }
    void close() { m_socket.abort(); }

private:
    /// Whoever reads has read everything that came before, or it counts twice: nobody needs to send requests ahead.
    void count()
    {
        m_received += m_socket.bytesAvailable();
        if (m_received < m_limits.requestBytes && m_socket.bytesToWrite() <= m_limits.answerBytes)
            return;
        m_isOver = true;
        m_silence.start(0); // later, because the reader is told of these bytes, too
    }

    void startOver()
    {
        if (m_isOver)
            return;
        m_received = 0;
        m_silence.start(m_limits.silence);
        m_sinceAnswer.start();
    }

    QTcpSocket &m_socket;
    const ConnectionLimits m_limits;
    qint64 m_received = 0;
    bool m_isOver = false;
    QTimer m_silence;
    QElapsedTimer m_sinceAnswer;
};

ConnectionGuard::ConnectionGuard(ConnectionLimits limits)
    : m_limits(limits)
{}

ConnectionGuard::~ConnectionGuard() = default;

void ConnectionGuard::makeRoom()
{
    std::erase_if(m_watches, [](const QPointer<Watch> &watch) { return !watch || !watch->isOpen(); });
    while (static_cast<int>(m_watches.size()) >= m_limits.connections) {
        const auto longest =
            std::ranges::max_element(m_watches, {}, [](const QPointer<Watch> &watch) { return watch->sinceAnswer(); });
        (*longest)->close();
        m_watches.erase(longest);
    }
}

void ConnectionGuard::admit(QTcpSocket *socket)
{
    if (!find(socket))
        m_watches.emplace_back(new Watch(socket, m_limits));
}

void ConnectionGuard::handOver(QTcpSocket *socket)
{
    admit(socket);
    find(socket)->listen();
}

ConnectionGuard::Watch *ConnectionGuard::find(const QTcpSocket *socket) const
{
    const auto found = std::ranges::find_if(
        m_watches, [socket](const QPointer<Watch> &watch) { return watch && watch->isOf(socket); });
    return found == m_watches.end() ? nullptr : found->data();
}

} // namespace bookdesk::sandbox
