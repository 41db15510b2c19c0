/// StaplingServer: a TLS server on loopback that sends a statement about its certificate with it (OCSP stapling), which
/// Qt's servers cannot.
#pragma once

#include <QByteArray>
#include <QObject>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QUrl>

#include <memory>

struct ssl_ctx_st;
struct ssl_st;

class QTcpSocket;

namespace bookdesk::test {

/// Answers every request with 200. One thread. Listens on 127.0.0.1 and any free port until it is destroyed.
class StaplingServer : public QObject
{
    Q_OBJECT

public:
    /// @param tls the server's certificate and key. @param statement in DER; empty for none.
    StaplingServer(const QSslConfiguration &tls, QByteArray statement);

    QUrl url() const { return QUrl(QStringLiteral("https://127.0.0.1:%1/").arg(m_server.serverPort())); }
    /// How many requests have come.
    int requests() const { return m_requests; }
    /// How many clients asked for the statement.
    int questions() const { return m_questions; }

private:
    static int staple(ssl_st *connection, void *server);
    void serve(QTcpSocket *client);

    const QByteArray m_statement;
    std::shared_ptr<ssl_ctx_st> m_context;
    QTcpServer m_server;
    int m_requests = 0;
    int m_questions = 0;
};

} // namespace bookdesk::test
