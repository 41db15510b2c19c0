/// ProxyGate: what is known about the proxies of one connection's requests.
#pragma once

#include "core/redaction.h"
#include "core/single-flight.h"
#include "net/proxy.h"

#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>

namespace bookdesk::net {

/// Asks the proxy once for each host and remembers that it connects. Where it wants a log-in, the person is asked for
/// one. A log-in that it refuses is not repeated for other hosts, nor for a while, because that could lock the person's
/// account. One thread. Without a TaskScope, because its tasks use nothing of it; the destructor stops them.
class ProxyGate
{
public:
    /// @param redactor learns the passwords. @param limit for each question.
    ProxyGate(ProxyRules rules, Redactor redactor, std::chrono::milliseconds limit);
    ~ProxyGate();
    ProxyGate(const ProxyGate &) = delete;
    ProxyGate &operator=(const ProxyGate &) = delete;

    /// Other rules from now on; what is known of the proxies before is forgotten.
    void setRules(ProxyRules rules);

    /// As net::proxyFor, with the log-in that the person has given.
    std::optional<Proxy> proxyFor(const QUrl &url) const;
    /// Waits until it is known that requests to @p url are connected, also for the person. Errors: as askProxy.
    Task<void> pass(QUrl url);
    /// The same without asking the person.
    Task<void> check(QUrl url);

private:
    struct Known;

    ProxyRules m_rules;
    Redactor m_redactor;
    std::chrono::milliseconds m_limit;
    std::stop_source m_stop;
    std::shared_ptr<Known> m_known;
};

} // namespace bookdesk::net
