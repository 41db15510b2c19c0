/// LoopbackServer: listens on 127.0.0.1 and ::1 with one port, and nowhere else.
#pragma once

#include "core/result.h"

#include <QObject>
#include <QTcpServer>

#include <memory>
#include <vector>

class QTcpSocket;

namespace bookdesk::identity {

/// A browser may take `localhost` for either address, so both must be ours: a port that is taken on either is not used.
/// An address family may be missing only if this computer does not have it. One thread.
/// Source: RFC 8252 section 7.3.
class LoopbackServer : public QObject
{
    Q_OBJECT

public:
    /// @param ports to try in order; empty = any free one. Errors: sign-in.listen-failed, with the system's own words.
    static Result<std::unique_ptr<LoopbackServer>> listen(const std::vector<quint16> &ports);

    quint16 port() const { return m_port; }
    void close();
    /// The next connection, owned by the caller, or nullptr.
    std::unique_ptr<QTcpSocket> nextConnection();

Q_SIGNALS:
    void connected();

private:
    LoopbackServer();
    bool tryPort(quint16 port);
    bool tryFamily(QTcpServer &server, const QHostAddress &address, quint16 port);

    QTcpServer m_v4;
    QTcpServer m_v6;
    quint16 m_port = 0;
    QStringList m_problems;
};

} // namespace bookdesk::identity
