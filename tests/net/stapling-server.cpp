#include "net/stapling-server.h"

#include <QSslCertificate>
#include <QSslKey>
#include <QTcpSocket>

#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <utility>

namespace bookdesk::test {
namespace {

std::shared_ptr<BIO> reading(const QByteArray &pem)
{
    return {BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())), BIO_free};
}

/// One client: what it sends goes in, and what comes out is sent to it.
struct Connection
{
    explicit Connection(SSL_CTX *context)
        : ssl(SSL_new(context), SSL_free)
        , in(BIO_new(BIO_s_mem()))
        , out(BIO_new(BIO_s_mem()))
    {
        SSL_set_bio(ssl.get(), in, out);
        SSL_set_accept_state(ssl.get());
    }

    void take(const QByteArray &bytes)
    {
        BIO_write(in, bytes.constData(), static_cast<int>(bytes.size()));
        std::array<char, 4096> buffer{};
        for (int size = 1; size > 0;) {
            size = SSL_read(ssl.get(), buffer.data(), static_cast<int>(buffer.size()));
            request.append(buffer.data(), std::max(size, 0));
        }
    }

    QByteArray given() const
    {
        QByteArray bytes(static_cast<qsizetype>(BIO_ctrl_pending(out)), '\0');
        BIO_read(out, bytes.data(), static_cast<int>(bytes.size()));
        return bytes;
    }

    std::shared_ptr<SSL> ssl;
    BIO *in;
    BIO *out;
    QByteArray request;
};

} // namespace

StaplingServer::StaplingServer(const QSslConfiguration &tls, QByteArray statement)
    : m_statement(std::move(statement))
    , m_context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free)
{
    const std::shared_ptr<X509> certificate(
        PEM_read_bio_X509(reading(tls.localCertificate().toPem()).get(), nullptr, nullptr, nullptr), X509_free);
    const std::shared_ptr<EVP_PKEY> key(
        PEM_read_bio_PrivateKey(reading(tls.privateKey().toPem()).get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
    const bool isReady = SSL_CTX_use_certificate(m_context.get(), certificate.get()) == 1 &&
                         SSL_CTX_use_PrivateKey(m_context.get(), key.get()) == 1 &&
                         m_server.listen(QHostAddress::LocalHost);
    if (!isReady)
        qFatal("The stapling server cannot be set up.");
    SSL_CTX_set_tlsext_status_cb(m_context.get(), &StaplingServer::staple);
    SSL_CTX_set_tlsext_status_arg(m_context.get(), this);
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *client = m_server.nextPendingConnection())
            serve(client);
    });
}

/// Called where the client asks.
int StaplingServer::staple(SSL *connection, void *server)
{
    auto *self = static_cast<StaplingServer *>(server);
    ++self->m_questions;
    if (self->m_statement.isEmpty())
        return SSL_TLSEXT_ERR_NOACK;
    // The connection frees it.
    auto *bytes = static_cast<unsigned char *>(
        OPENSSL_memdup(self->m_statement.constData(), static_cast<std::size_t>(self->m_statement.size())));
    SSL_set_tlsext_status_ocsp_resp(connection, bytes, static_cast<long>(self->m_statement.size()));
    return SSL_TLSEXT_ERR_OK;
}

void StaplingServer::serve(QTcpSocket *client)
{
    const auto connection = std::make_shared<Connection>(m_context.get());
    connect(client, &QTcpSocket::readyRead, this, [this, client, connection] {
        connection->take(client->readAll());
        if (connection->request.contains("\r\n\r\n")) {
            ++m_requests;
            connection->request.clear();
            constexpr QByteArrayView answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHello";
            SSL_write(connection->ssl.get(), answer.data(), static_cast<int>(answer.size()));
        }
        client->write(connection->given());
    });
}

} // namespace bookdesk::test
