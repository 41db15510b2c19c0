/// ConnectionGuard: bounds the connections to the Sandbox in number, bytes and time.
#pragma once

#include <QPointer>

#include <chrono>
#include <vector>

class QTcpSocket;

namespace bookdesk::sandbox {

/// Constructor values, so that tests are fast.
struct ConnectionLimits
{
    int connections = 100;            ///< At once, over all address families.
    qint64 requestBytes = 128 * 1024; ///< Of one request, with its headers.
    qint64 answerBytes = 1024 * 1024; ///< Of answers that the client has yet to take.
    /// From the opening or the last answer to the next answer, however slowly the client talks in between.
    std::chrono::milliseconds silence{15'000};
};

/// Qt's HTTP server bounds nothing by itself: it reads whatever it is sent and keeps whoever is silent. Every
/// connection is therefore watched from its beginning. One that exceeds a limit is closed without an answer; where
/// there are too many, the one that has had no answer for the longest time makes room, so that silent ones cannot keep
/// others out. One thread.
class ConnectionGuard
{
public:
    explicit ConnectionGuard(ConnectionLimits limits);
    ~ConnectionGuard();

    /// Before a connection is accepted: closes others until there is room for one more.
    void makeRoom();
    /// Right after it was accepted, before a TLS handshake: its time begins.
    void admit(QTcpSocket *socket);
    /// Before anybody reads from it: its bytes are counted, in a slot that runs before the reader's.
    void handOver(QTcpSocket *socket);

private:
    class Watch;
    Watch *find(const QTcpSocket *socket) const;

    const ConnectionLimits m_limits;
    std::vector<QPointer<Watch>> m_watches;
};

} // namespace bookdesk::sandbox
