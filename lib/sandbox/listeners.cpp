#include "sandbox/listeners.h"

#include "sandbox/errors.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTcpSocket>

#include <utility>

namespace bookdesk::sandbox {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Listeners)
};

Result<QSslConfiguration> configurationFor(const Certificates &certificates)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificateChain(QSslCertificate::fromData(certificates.server));
    configuration.setPrivateKey(QSslKey(certificates.serverKey.reveal().toByteArray(), QSsl::Ec));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    if (configuration.localCertificate().isNull() || configuration.privateKey().isNull())
        return failure(errors::certificateFailed, Texts::tr("Qt cannot use the Sandbox's certificate."),
                       Texts::tr("Start it without TLS."));
    return configuration;
}

/// A listener whose connections are watched, from before the TLS handshake on.
template <class Server> class GuardedServer : public Server
{
public:
    explicit GuardedServer(std::shared_ptr<ConnectionGuard> guard)
        : m_guard(std::move(guard))
    {}

    QTcpSocket *nextPendingConnection() override
    {
        QTcpSocket *socket = Server::nextPendingConnection();
        if (socket)
            m_guard->handOver(socket);
        return socket;
    }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        m_guard->makeRoom();
        Server::incomingConnection(descriptor);
        const QList<QTcpSocket *> sockets = this->template findChildren<QTcpSocket *>(Qt::FindDirectChildrenOnly);
        for (QTcpSocket *socket : sockets)
            m_guard->admit(socket);
    }

private:
    std::shared_ptr<ConnectionGuard> m_guard;
};

/// What both families' listeners share.
struct Ground
{
    std::optional<QSslConfiguration> configuration;
    std::shared_ptr<ConnectionGuard> guard;
};

std::unique_ptr<QTcpServer> makeServer(const Ground &ground)
{
    if (!ground.configuration)
        return std::make_unique<GuardedServer<QTcpServer>>(ground.guard);
    auto server = std::make_unique<GuardedServer<QSslServer>>(ground.guard);
    server->setSslConfiguration(*ground.configuration);
    return server;
}

Error errorOf(const QTcpServer &server, quint16 port)
{
    if (server.serverError() == QAbstractSocket::AddressInUseError ||
        server.serverError() == QAbstractSocket::SocketAccessError)
        return {errors::portTaken,
                Texts::tr("Port %1 cannot be used on this computer.").arg(port),
                Texts::tr("Choose another one, or let the Sandbox choose."),
                {{facts::reason, server.errorString()}}};
    return {errors::listenFailed,
            Texts::tr("The Sandbox cannot listen on this computer's loopback address."),
            Texts::tr("Check the security software, and try again."),
            {{facts::reason, server.errorString()}}};
}

bool lacksTheFamily(const QTcpServer &server)
{
    return server.serverError() == QAbstractSocket::UnsupportedSocketOperationError ||
           server.serverError() == QAbstractSocket::SocketAddressNotAvailableError;
}

Result<Listeners> listenOnce(quint16 port, const Ground &ground)
{
    Listeners listeners;
    std::unique_ptr<QTcpServer> ipv4 = makeServer(ground);
    if (!ipv4->listen(QHostAddress::LocalHost, port))
        return failure(errorOf(*ipv4, port));
    listeners.port = ipv4->serverPort();
    listeners.servers.push_back(std::move(ipv4));
    std::unique_ptr<QTcpServer> ipv6 = makeServer(ground);
    if (ipv6->listen(QHostAddress::LocalHostIPv6, listeners.port))
        listeners.servers.push_back(std::move(ipv6));
    else if (!lacksTheFamily(*ipv6))
        return failure(errorOf(*ipv6, listeners.port));
    return listeners;
}

} // namespace

Result<Listeners> listenOnLoopback(quint16 port, const std::optional<Certificates> &certificates,
                                   const ConnectionLimits &limits)
{
    Ground ground{std::nullopt, std::make_shared<ConnectionGuard>(limits)};
    if (certificates) {
        Result<QSslConfiguration> made = configurationFor(*certificates);
        if (!made)
            return failure(made.error());
        ground.configuration = std::move(*made);
    }
    // A port that is free on one family may be taken on the other, so finding a free port may take a few attempts.
    constexpr int attempts = 20;
    Result<Listeners> listeners = listenOnce(port, ground);
    for (int attempt = 1; attempt < attempts && port == 0 && !listeners; ++attempt)
        listeners = listenOnce(port, ground);
    return listeners;
}

} // namespace bookdesk::sandbox
