#include "net/access-manager.h"

#include "net/certificate-failure.h"
#include "net/network-failure.h"
#include "net/one-time-body.h"
#include "net/recording.h"
#include "net/secret-reading.h"
#include "net/trusted-url.h"

#include <QIODevice>
#include <QMetaMethod>
#include <QNetworkProxyFactory>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslError>
#include <QSslSocket>
#include <QVariant>

#include <memory>
#include <utility>

namespace bookdesk::net {
namespace {

using namespace Qt::StringLiterals;

constexpr const char *exchangeProperty = "bookdeskExchangeId";

QByteArray methodName(QNetworkAccessManager::Operation operation, const QNetworkRequest &request)
{
    switch (operation) {
    case QNetworkAccessManager::HeadOperation:
        return "HEAD"_ba;
    case QNetworkAccessManager::GetOperation:
        return "GET"_ba;
    case QNetworkAccessManager::PutOperation:
        return "PUT"_ba;
    case QNetworkAccessManager::PostOperation:
        return "POST"_ba;
    case QNetworkAccessManager::DeleteOperation:
        return "DELETE"_ba;
    default:
        return request.attribute(QNetworkRequest::CustomVerbAttribute).toByteArray();
    }
}

/// The beginning of a body, which remains for its consumer to read.
Secret peeked(QIODevice *device)
{
    return device && device->isReadable() ? peekSecret(*device, inspectedBytes) : Secret();
}

/// Asks the server for its authority's statement that the certificate is not revoked (OCSP stapling).
QSslConfiguration tlsThatAsksForStatus()
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setOcspStaplingEnabled(QSslSocket::isFeatureSupported(QSsl::SupportedFeature::Ocsp));
    return configuration;
}

/// Gives the proxies of the rules to Qt.
class GateProxies : public QNetworkProxyFactory
{
public:
    explicit GateProxies(const ProxyGate &gate)
        : m_gate(gate)
    {}

    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        const std::optional<Proxy> proxy = m_gate.proxyFor(query.url());
        return {proxy ? qtProxy(*proxy) : QNetworkProxy(QNetworkProxy::NoProxy)};
    }

private:
    const ProxyGate &m_gate;
};

} // namespace

AccessManager::AccessManager(ExchangeLog &log, Redactor redactor, Clock clock, OwnAuthorities authorities,
                             Limits limits, ProxyRules proxies, QObject *parent)
    : QNetworkAccessManager(parent)
    , m_log(log)
    , m_redactor(std::move(redactor))
    , m_clock(std::move(clock))
    , m_authorities(std::move(authorities))
    , m_limits(std::move(limits))
    , m_proxies(std::move(proxies), m_redactor, m_limits.transfer)
{
    setProxyFactory(std::make_unique<GateProxies>(m_proxies).release());
    setAutoDeleteReplies(true);
    setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

AccessManager::~AccessManager()
{
    while (!m_underWay.empty()) {
        if (std::optional<Exchange> exchange = ending(m_underWay.begin()->first)) {
            exchange->failure = tr("The request was stopped.");
            m_log.end(*std::move(exchange));
        }
    }
}

void AccessManager::dropIdleConnections()
{
    // Qt ends the thread of all its requests.
    if (!m_underWay.empty())
        return;
    m_hasGivenUp = false;
    clearConnectionCache();
}

std::int64_t AccessManager::exchangeId(const QNetworkReply *reply)
{
    return reply->property(exchangeProperty).toLongLong();
}

QNetworkReply *AccessManager::createRequest(Operation operation, const QNetworkRequest &request, QIODevice *outgoing)
{
    // A request that is given up while its connection is being made or secured leaves that to Qt, which waits for it
    // without end and sends the next request to the same server over it: after a break of the network nothing would go
    // through.
    if (m_hasGivenUp)
        dropIdleConnections();
    const Secret body = peeked(outgoing);
    learnSecrets(m_redactor, request, body);
    Exchange exchange = recordRequest(m_redactor, methodName(operation, request), request, body);
    exchange.started = m_clock();

    std::unique_ptr<OneTimeBody> once = outgoing ? std::make_unique<OneTimeBody>(*outgoing) : nullptr;
    QNetworkReply *reply = QNetworkAccessManager::createRequest(operation, bounded(request), once.get());
    if (once)
        once.release()->setParent(reply);
    bound(reply);
    if (const std::optional<Proxy> proxy = m_proxies.proxyFor(request.url()))
        noteProxy(reply, *proxy);
    const std::int64_t id = m_log.begin(std::move(exchange));
    m_underWay.emplace(id, std::chrono::steady_clock::now());
    reply->setProperty(exchangeProperty, QVariant::fromValue<qlonglong>(id));
    // Connected before the caller can, so that the body is still there.
    connect(reply, &QNetworkReply::finished, this, [this, reply, id] { record(reply, id); });
    return reply;
}

/// Qt's OAuth flow answers a 401 of the token endpoint by sending the client ID as a user name. Nobody logs in to a
/// server through this manager: a 401 is an answer like any other.
void AccessManager::connectNotify(const QMetaMethod &signal)
{
    if (signal == QMetaMethod::fromSignal(&QNetworkAccessManager::authenticationRequired))
        disconnect(this, &QNetworkAccessManager::authenticationRequired, nullptr, nullptr);
    QNetworkAccessManager::connectNotify(signal);
}

QNetworkRequest AccessManager::bounded(QNetworkRequest request)
{
    if (!trustedUrl(request.url()))
        request.setUrl(QUrl());
    request.setTransferTimeout(static_cast<int>(m_limits.transfer.count()));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    // Qt's own check against archive bombs fails a reply without ending it. Ours counts what is unpacked, too.
    request.setDecompressedSafetyCheckThreshold(-1);
    if (!request.hasRawHeader("User-Agent"_ba))
        request.setRawHeader("User-Agent"_ba, "Bookdesk/" BOOKDESK_VERSION ""_ba);
    const bool hasOwn = m_authorities.hosts.contains(request.url().host(QUrl::FullyEncoded), Qt::CaseInsensitive);
    if (request.url().scheme() == "https"_L1)
        request.setSslConfiguration(hasOwn && !m_authorities.certificates.isEmpty() ? tlsWithAuthorities()
                                                                                    : usualTls());
    return request;
}

const QSslConfiguration &AccessManager::usualTls()
{
    if (!m_usualTls)
        m_usualTls = tlsThatAsksForStatus();
    return *m_usualTls;
}

const QSslConfiguration &AccessManager::tlsWithAuthorities()
{
    if (m_tls)
        return *m_tls;
    QSslConfiguration configuration = tlsThatAsksForStatus();
    QList<QSslCertificate> trusted = configuration.caCertificates();
    // Setting a list turns off loading the system's own on demand, so they are listed too.
    if (trusted.isEmpty())
        trusted = QSslConfiguration::systemCaCertificates();
    configuration.setCaCertificates(trusted + m_authorities.certificates);
    m_tls = configuration;
    return *m_tls;
}

void AccessManager::bound(QNetworkReply *reply)
{
    holdWithin(reply, m_limits.bounds(requestKind(reply->request())));
    connect(reply, &QNetworkReply::sslErrors, this, [reply](const QList<QSslError> &errors) {
        const QList<QSslError> problems = withoutMissingStatus(errors);
        if (problems.isEmpty())
            reply->ignoreSslErrors(errors);
        else
            noteTlsProblems(reply, problems);
    });
}

std::optional<Exchange> AccessManager::ending(std::int64_t id)
{
    const auto begin = m_underWay.extract(id).mapped();
    const Exchange *known = m_log.find(id);
    if (!known)
        return std::nullopt;
    Exchange exchange = *known;
    exchange.duration = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
    return exchange;
}

void AccessManager::record(QNetworkReply *reply, std::int64_t id)
{
    markIfBrokenOff(reply);
    m_hasGivenUp = m_hasGivenUp || wasGivenUp(*reply);
    if (std::optional<Exchange> exchange = ending(id))
        m_log.end(recordReply(m_redactor, *std::move(exchange), *reply, peeked(reply)));
}

} // namespace bookdesk::net
