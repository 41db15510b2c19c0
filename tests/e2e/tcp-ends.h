/// Ends of TCP connections that Qt does not offer.
#pragma once

class QTcpSocket;

namespace bookdesk::test {

/// The peer gets an RST, and what was written and not yet sent is lost.
void resetConnection(QTcpSocket &socket);

/// The peer gets the end of the stream; the socket is connected until the peer ends it, too.
void endSending(const QTcpSocket &socket);

} // namespace bookdesk::test
