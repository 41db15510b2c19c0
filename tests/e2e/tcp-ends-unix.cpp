#include "e2e/tcp-ends.h"

#include <QTcpSocket>

#include <sys/socket.h>

namespace bookdesk::test {

void resetConnection(QTcpSocket &socket)
{
    const linger atOnce{1, 0};
    if (setsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce) != 0)
        qFatal("The connection cannot be reset");
    socket.abort();
}

void endSending(const QTcpSocket &socket)
{
    if (shutdown(static_cast<int>(socket.socketDescriptor()), SHUT_WR) != 0)
        qFatal("The connection cannot be ended");
}

} // namespace bookdesk::test
