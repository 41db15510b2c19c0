#include "e2e/tcp-ends.h"

#include <QTcpSocket>

#include <winsock2.h>

namespace bookdesk::test {

void resetConnection(QTcpSocket &socket)
{
    const linger atOnce{1, 0};
    if (setsockopt(static_cast<SOCKET>(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER,
                   reinterpret_cast<const char *>(&atOnce), sizeof atOnce) != 0)
        qFatal("The connection cannot be reset");
    socket.abort();
}

void endSending(const QTcpSocket &socket)
{
    if (shutdown(static_cast<SOCKET>(socket.socketDescriptor()), SD_SEND) != 0)
        qFatal("The connection cannot be ended");
}

} // namespace bookdesk::test
