/// resetConnection: ends a TCP connection with a reset in place of a polite end.
#pragma once

class QTcpSocket;

namespace bookdesk::test {

/// The peer gets an RST, and what was written and not yet sent is lost.
void resetConnection(QTcpSocket &socket);

} // namespace bookdesk::test
