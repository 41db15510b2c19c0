/// AccessManager: the one network manager that records, bounds and never redirects.
#pragma once

#include "core/clock.h"
#include "core/redaction.h"
#include "core/task-scope.h"
#include "net/exchange-log.h"
#include "net/own-authorities.h"
#include "net/proxy-gate.h"
#include "net/reachability.h"
#include "net/request-kind.h"
#include "net/retry-schedule.h"

#include <QNetworkAccessManager>
#include <QSslConfiguration>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>

namespace bookdesk::net {

/// Limits of one connection's traffic; constructor values, so that tests are fast.
struct Limits
{
    std::chrono::milliseconds transfer{20'000}; ///< Without any progress.
    std::function<AnswerBounds(RequestKind)> bounds = usualBounds;
    RetryRules retries = {}; ///< Applied by HttpClient.
};

/// Every request that leaves a connection passes `createRequest` here: the time limits are set, redirects are never
/// followed, cookies, the HTTP cache and Qt's own log-in to servers are off, an address that net::trustedUrl refuses
/// is not called, the connection's own CA is trusted besides the system's for the hosts that are named with it alone,
/// servers are asked for a statement about their certificate's revocation (which they need not have), the proxy is the
/// one that the rules name, a request with a body, even an empty one, goes out once, and the exchange is recorded with
/// its secrets removed, from its beginning on. Used by HttpClient and by Qt's OAuth flow. Replies are deleted after
/// `finished`. One thread.
class AccessManager : public QNetworkAccessManager
{
    Q_OBJECT

public:
    /// @param log where exchanges go; must outlive the manager. @param redactor learns every bearer and form secret.
    /// @param reachability shared by the managers of one connection.
    AccessManager(ExchangeLog &log, Redactor redactor, Clock clock, OwnAuthorities authorities, Limits limits,
                  ProxyRules proxies = {},
                  std::shared_ptr<Reachability> reachability = std::make_shared<Reachability>(),
                  QObject *parent = nullptr);
    /// Exchanges under way are logged as stopped.
    ~AccessManager() override;

    const Limits &limits() const { return m_limits; }
    TimePoint now() const { return m_clock(); }
    /// As HttpClient's requests have found it.
    Reachability &reachability() { return *m_reachability; }

    /// The number in the log of the exchange that @p reply belongs to.
    static std::int64_t exchangeId(const QNetworkReply *reply);
    /// Logs that @p url, without secrets, is opened in a browser.
    void recordInBrowser(const QUrl &url);
    /// Stops the exchange with this number, which fails with net.stopped; does nothing if it is not under way here.
    void stop(std::int64_t exchangeId);

    /// From the next request on.
    void setProxies(ProxyRules rules);
    /// The proxy that the rules name for @p url, if any.
    std::optional<Proxy> proxyFor(const QUrl &url) const { return m_proxies.proxyFor(url); }

    /// Waits until the proxy for @p url, if there is one, is known to connect us: to be called before each request, or
    /// before the sign-in that ends with it.
    /// The request goes through it in any case. Errors: as askProxy.
    Task<void> passProxy(QUrl url) { return m_proxies.pass(std::move(url)); }
    /// The same without asking the person for a log-in.
    Task<void> checkProxy(QUrl url) { return m_proxies.check(std::move(url)); }

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request, QIODevice *outgoing) override;
    void connectNotify(const QMetaMethod &signal) override;

private:
    QNetworkRequest bounded(QNetworkRequest request);
    QNetworkReply *startReply(Operation operation, const QNetworkRequest &request, QIODevice *outgoing);
    const QSslConfiguration &usualTls();
    const QSslConfiguration &tlsWithAuthorities();
    void bound(QNetworkReply *reply);
    /// Begins new connections from now on, if nothing is under way: those that are kept may be dead without anybody
    /// having said so, for instance after a change of networks.
    void dropIdleConnections();
    /// The log's entry of an exchange that ends now; nothing where it has been removed.
    std::optional<Exchange> ending(std::int64_t id);
    void record(QNetworkReply *reply, std::int64_t id);
    ScopedTask<void> recordWhole(std::int64_t id, Secret body, bool isCut, std::stop_token stop);

    ExchangeLog &m_log;
    Redactor m_redactor;
    Clock m_clock;
    OwnAuthorities m_authorities;
    std::optional<QSslConfiguration> m_usualTls; ///< Both are made once, when they are needed.
    std::optional<QSslConfiguration> m_tls;
    Limits m_limits;
    ProxyGate m_proxies;
    const std::shared_ptr<Reachability> m_reachability;
    bool m_hasGivenUp = false;                                                ///< Since connections were dropped.
    std::map<std::int64_t, std::chrono::steady_clock::time_point> m_underWay; ///< Since when, by the log's numbers.
    TaskScope m_scope;                                                        ///< Records the rest of large bodies.
};

} // namespace bookdesk::net
