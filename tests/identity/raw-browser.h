/// RawBrowser: a connection to the redirect listener that sends exactly the bytes a test says.
#pragma once

#include <QByteArray>
#include <QList>
#include <QPair>
#include <QString>
#include <QTcpSocket>
#include <QUrl>

namespace bookdesk::test {

/// What came back.
struct RawAnswer
{
    int status = 0; ///< 0 where nothing came.
    QByteArray head;
    QByteArray body;

    QByteArray header(const QByteArray &name) const;
};

class RawBrowser
{
public:
    /// Connects; with @p isV6 to ::1, else to 127.0.0.1.
    explicit RawBrowser(quint16 port, bool isV6 = false);

    bool isConnected() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    void send(const QByteArray &bytes);
    /// Waits until the listener has closed and gives all it sent.
    RawAnswer answer();
    /// Waits until some bytes of an answer are there, or the listener has closed.
    bool hasAnswer() const { return m_socket.bytesAvailable() > 0; }
    bool isClosed() const { return m_socket.state() == QAbstractSocket::UnconnectedState; }

private:
    QTcpSocket m_socket;
};

using FormValues = QList<QPair<QByteArray, QByteArray>>;
/// `application/x-www-form-urlencoded`.
QByteArray formOf(const FormValues &values);

QByteArray getRequest(const QByteArray &target, const QByteArray &host, const QByteArray &moreHeaders = {});
QByteArray postRequest(const QByteArray &target, const QByteArray &host, const QByteArray &form);

/// Sends one request and gives its answer.
RawAnswer exchange(quint16 port, const QByteArray &request, bool isV6 = false);

} // namespace bookdesk::test
