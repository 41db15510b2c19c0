#include "net/access-manager.h"

#include "core/off-thread.h"
#include "net/answer-body.h"
#include "net/certificate-failure.h"
#include "net/errors.h"
#include "net/exchange-timing.h"
#include "net/network-failure.h"
#include "net/one-time-body.h"
#include "net/recording.h"
#include "net/repeated-header-reply.h"
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

#include <openssl/crypto.h>

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

/// Qt's network thread may still be ending when the program does. OpenSSL must not have cleaned up by then: what the
/// thread has of it would be lost. It takes this only before anything else uses it.
[[maybe_unused]] const bool keepsOpenSslUntilTheEnd = OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr) == 1;

QNetworkRequest withUserAgent(QNetworkRequest request)
{
    if (!request.hasRawHeader("User-Agent"_ba))
        request.setRawHeader("User-Agent"_ba, "Bookdesk/" BOOKDESK_VERSION ""_ba);
    return request;
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

Error recordingStopped() { return {errors::stopped, AccessManager::tr("The request was stopped.")}; }

Task<QString> wholeBody(Redactor redactor, Secret body, std::stop_token stop)
{
    const std::function<QString()> work = [redactor, body] { return recordWholeBody(redactor, body); };
    const std::optional<QString> text = co_await offThread(work, std::move(stop));
    if (!text)
        co_return failure(recordingStopped());
    co_return *text;
}

} // namespace

AccessManager::AccessManager(ExchangeLog &log, Redactor redactor, Clock clock, OwnAuthorities authorities,
                             Limits limits, ProxyRules proxies, std::shared_ptr<Reachability> reachability,
                             QObject *parent)
    : QNetworkAccessManager(parent)
    , m_log(log)
    , m_redactor(std::move(redactor))
    , m_clock(std::move(clock))
    , m_authorities(std::move(authorities))
    , m_limits(std::move(limits))
    , m_proxies(std::move(proxies), m_redactor, m_limits.transfer)
    , m_reachability(std::move(reachability))
{
    setProxyFactory(std::make_unique<GateProxies>(m_proxies).release());
    setAutoDeleteReplies(true);
    setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

AccessManager::~AccessManager()
{
    while (!m_underWay.empty()) {
        if (std::optional<Exchange> exchange = ending(m_underWay.begin()->first)) {
            fail(*exchange, recordingStopped());
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

void AccessManager::setProxies(ProxyRules rules)
{
    m_proxies.setRules(std::move(rules));
    // Connections that are kept go through the proxy before.
    m_hasGivenUp = true;
    dropIdleConnections();
}

std::int64_t AccessManager::exchangeId(const QNetworkReply *reply)
{
    return reply->property(exchangeProperty).toLongLong();
}

QNetworkReply *AccessManager::createRequest(Operation operation, const QNetworkRequest &original, QIODevice *outgoing)
{
    // A request that is given up while its connection is being made or secured leaves that to Qt, which waits for it
    // without end and sends the next request to the same server over it: after a break of the network nothing would go
    // through.
    if (m_hasGivenUp)
        dropIdleConnections();
    const QNetworkRequest request = withUserAgent(original);
    const Secret body = outgoing ? peekSecret(*outgoing, recordedBytes + inspectedMore) : Secret();
    learnSecrets(m_redactor, request, body);
    Exchange exchange = recordRequest(m_redactor, methodName(operation, request), request, body);
    exchange.started = m_clock();
    exchange.patience = m_limits.transfer;
    exchange.hasEmptyBody = outgoing && body.isEmpty();
    const std::optional<Proxy> proxy = m_proxies.proxyFor(request.url());
    if (proxy)
        exchange.proxy = proxyName(*proxy);

    const auto begin = std::chrono::steady_clock::now();
    std::unique_ptr<OneTimeBody> once = outgoing ? std::make_unique<OneTimeBody>(*outgoing) : nullptr;
    QNetworkReply *reply = startReply(operation, bounded(request), once.get());
    if (once)
        once.release()->setParent(reply);
    bound(reply);
    if (proxy)
        noteProxy(reply, *proxy);
    const std::int64_t id = m_log.begin(std::move(exchange));
    m_underWay.emplace(id, begin);
    followProgress(*reply, begin, [this, id](const Milestones &milestones) { m_log.progress(id, milestones); });
    reply->setProperty(exchangeProperty, QVariant::fromValue<qlonglong>(id));
    // Connected before the caller can, so that the body is still there.
    connect(reply, &QNetworkReply::finished, this, [this, reply, id] { record(reply, id); });
    return reply;
}

QNetworkReply *AccessManager::startReply(Operation operation, const QNetworkRequest &request, QIODevice *outgoing)
{
    const bool isOrdinary = firstAuthorization(request).isEmpty();
    if (isOrdinary || operation != GetOperation || !request.url().isValid())
        return QNetworkAccessManager::createRequest(operation, request, outgoing);
    auto reply = std::make_unique<RepeatedHeaderReply>(request, m_proxies.proxyFor(request.url()), this);
    connect(reply.get(), &QNetworkReply::finished, reply.get(), &QObject::deleteLater);
    return reply.release();
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
    askForPackedBody(request);
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
    exchange.duration = std::chrono::ceil<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
    return exchange;
}

void AccessManager::record(QNetworkReply *reply, std::int64_t id)
{
    markFaultyBody(reply);
    m_hasGivenUp = m_hasGivenUp || wasGivenUp(*reply);
    std::optional<Exchange> exchange = ending(id);
    if (!exchange)
        return;
    const Secret body = peekBody(*reply, recordedBytes + inspectedMore);
    // Of an answer with tokens only what is known to be free of them is kept.
    const bool hasMore = body.size() > promptBytes && requestKind(reply->request()) != RequestKind::tokens;
    const bool isCut = bodySize(*reply) > recordedBytes;
    if (hasMore)
        m_scope.run([this, id, body, isCut](std::stop_token stop) { return recordWhole(id, body, isCut, stop); },
                    recordingStopped());
    m_log.end(recordReply(m_redactor, *std::move(exchange), *reply, body));
}

ScopedTask<void> AccessManager::recordWhole(std::int64_t id, Secret body, bool isCut, std::stop_token stop)
{
    const Result<QString> text = co_await callOut([&] { return wholeBody(m_redactor, body, stop); });
    if (!text)
        co_return failure(text.error());
    Result<void> noted = co_await callOut([&] { m_log.setResponseBody(id, *text, isCut); });
    co_return noted;
}

void AccessManager::recordInBrowser(const QUrl &url)
{
    Exchange exchange;
    exchange.method = "GET"_ba;
    exchange.url = m_redactor.redacted(url.toString(QUrl::FullyEncoded));
    exchange.started = m_clock();
    exchange.duration = std::chrono::milliseconds{0};
    exchange.isInBrowser = true;
    exchange.kind = RequestKind::tokens;
    m_log.begin(std::move(exchange));
}

void AccessManager::stop(std::int64_t exchangeId)
{
    const auto replies = findChildren<QNetworkReply *>(QString(), Qt::FindDirectChildrenOnly);
    for (QNetworkReply *reply : replies) {
        if (AccessManager::exchangeId(reply) == exchangeId)
            return cut(reply, CutReason::stopped);
    }
}

} // namespace bookdesk::net
