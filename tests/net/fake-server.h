/// FakeServer: an HTTP server on loopback that answers exactly what a test says, even nothing at all.
#pragma once

#include "net/exchange.h"

#include <QByteArray>
#include <QObject>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QUrl>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QTcpSocket;

namespace bookdesk::test {

/// A request as it came over the wire.
struct SeenRequest
{
    QByteArray method;
    QByteArray target;
    net::Headers headers;
    QByteArray body;
};

/// Takes one whole request out of @p buffer, or leaves it for more bytes to come.
std::optional<SeenRequest> takeRequest(QByteArray &buffer);

/// The bytes of an answer. The connection stays open; Content-Length is added.
QByteArray httpAnswer(const QByteArray &statusLine, const net::Headers &headers = {}, const QByteArray &body = {});

/// One thread. Listens on 127.0.0.1 and any free port until it is destroyed.
class FakeServer : public QObject
{
    Q_OBJECT

public:
    /// Returns the bytes to send; none means that the client waits forever.
    using Answer = std::function<QByteArray(const SeenRequest &)>;

    explicit FakeServer(Answer answer);
    /// As above, over TLS.
    FakeServer(Answer answer, const QSslConfiguration &tls);

    QUrl url(const QString &path = QStringLiteral("/")) const;
    quint16 port() const { return m_port; }
    const std::vector<SeenRequest> &requests() const { return m_requests; }
    int connections() const { return m_connections; }
    /// Hangs up, and stops listening until it comes back.
    void goAway();
    void comeBack();
    /// Hangs up after every answer.
    void closeAfterAnswers() { m_closesAfterAnswers = true; }

Q_SIGNALS:
    void requested();
    /// A client hung up.
    void disconnected();

private:
    void listen();
    void accept();
    void read(QTcpSocket *socket, QByteArray &buffer);

    Answer m_answer;
    QString m_scheme;
    std::unique_ptr<QTcpServer> m_server;
    quint16 m_port = 0;
    std::vector<SeenRequest> m_requests;
    int m_connections = 0;
    bool m_closesAfterAnswers = false;
};

/// The same bytes for every request.
inline FakeServer::Answer always(const QByteArray &answer)
{
    return [answer](const SeenRequest &) { return answer; };
}

/// A 200 whose body is compressed.
inline QByteArray deflated(const QByteArray &body)
{
    // Without the length that Qt puts in front, it is what HTTP calls deflate.
    return httpAnswer("200 OK", {{QByteArrayLiteral("Content-Encoding"), QByteArrayLiteral("deflate")}},
                      qCompress(body).sliced(4));
}

} // namespace bookdesk::test
