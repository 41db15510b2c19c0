#include "sandbox/listeners.h"

#include "sandbox/errors.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>

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

std::unique_ptr<QTcpServer> makeServer(const std::optional<QSslConfiguration> &configuration)
{
    if (!configuration)
        return std::make_unique<QTcpServer>();
    auto server = std::make_unique<QSslServer>();
    server->setSslConfiguration(*configuration);
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

Result<Listeners> listenOnce(quint16 port, const std::optional<QSslConfiguration> &configuration)
{
    Listeners listeners;
    std::unique_ptr<QTcpServer> ipv4 = makeServer(configuration);
    if (!ipv4->listen(QHostAddress::LocalHost, port))
        return failure(errorOf(*ipv4, port));
    listeners.port = ipv4->serverPort();
    listeners.servers.push_back(std::move(ipv4));
    std::unique_ptr<QTcpServer> ipv6 = makeServer(configuration);
    if (ipv6->listen(QHostAddress::LocalHostIPv6, listeners.port))
        listeners.servers.push_back(std::move(ipv6));
    else if (!lacksTheFamily(*ipv6))
        return failure(errorOf(*ipv6, listeners.port));
    return listeners;
}

} // namespace

Result<Listeners> listenOnLoopback(quint16 port, const std::optional<Certificates> &certificates)
{
    std::optional<QSslConfiguration> configuration;
    if (certificates) {
        Result<QSslConfiguration> made = configurationFor(*certificates);
        if (!made)
            return failure(made.error());
        configuration = std::move(*made);
    }
    // A port that is free on one family may be taken on the other, so finding a free port may take a few attempts.
    constexpr int attempts = 20;
    Result<Listeners> listeners = listenOnce(port, configuration);
    for (int attempt = 1; attempt < attempts && port == 0 && !listeners; ++attempt)
        listeners = listenOnce(port, configuration);
    return listeners;
}

} // namespace bookdesk::sandbox
