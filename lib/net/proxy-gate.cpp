#include "net/proxy-gate.h"

#include "core/address-text.h"
#include "net/proxy-question.h"

#include <map>
#include <set>
#include <utility>

namespace bookdesk::net {
namespace {

using namespace Qt::StringLiterals;

constexpr std::chrono::minutes loginPause{1};

/// Of one proxy and one host.
QString pairName(const Proxy &proxy, const QUrl &url)
{
    return proxyName(proxy) + u' ' + asciiHostAndPort(url, usualPort);
}

Task<void> ended(Result<void> result) { co_return result; }

bool isLoginRefusal(const Error &error) { return factValue(error.facts, facts::proxySaid).startsWith("407"_L1); }

} // namespace

struct ProxyGate::Known
{
    /// A log-in that was refused.
    struct Refusal
    {
        Error error;
        std::chrono::steady_clock::time_point until;
    };

    std::set<QString> connecting;        ///< By pairName.
    std::map<QString, Refusal> refusals; ///< By the proxy's name.
    SingleFlights<QString, void> questions;

    static Task<void> ask(std::shared_ptr<Known> known, Proxy proxy, QUrl url, std::chrono::milliseconds limit,
                          std::stop_token stop)
    {
        Result<void> passed = co_await askProxy(proxy, url, limit, stop);
        if (passed)
            known->connecting.insert(pairName(proxy, url));
        else if (isLoginRefusal(passed.error()))
            known->refusals.insert_or_assign(proxyName(proxy),
                                             Refusal{passed.error(), std::chrono::steady_clock::now() + loginPause});
        co_return passed;
    }

    const Error *refusalOf(const Proxy &proxy) const
    {
        const auto found = refusals.find(proxyName(proxy));
        const bool counts = found != refusals.end() && found->second.until > std::chrono::steady_clock::now();
        return counts ? &found->second.error : nullptr;
    }
};

ProxyGate::ProxyGate(ProxyRules rules, Redactor redactor, std::chrono::milliseconds limit)
    : m_rules(std::move(rules))
    , m_redactor(std::move(redactor))
    , m_limit(limit)
    , m_known(std::make_shared<Known>())
{}

ProxyGate::~ProxyGate() { m_stop.request_stop(); }

std::optional<Proxy> ProxyGate::proxyFor(const QUrl &url) const
{
    std::optional<Proxy> proxy = net::proxyFor(url, m_rules);
    if (proxy && !proxy->password.isEmpty())
        m_redactor.learn(proxy->password);
    return proxy;
}

Task<void> ProxyGate::pass(QUrl url)
{
    const std::optional<Proxy> proxy = proxyFor(url);
    if (!proxy || m_known->connecting.contains(pairName(*proxy, url)))
        return ended({});
    if (const Error *refusal = m_known->refusalOf(*proxy))
        return ended(failure(*refusal));
    const auto ask = [known = m_known, proxy = *proxy, url, limit = m_limit, stop = m_stop.get_token()] {
        return Known::ask(known, proxy, url, limit, stop);
    };
    return m_known->questions.run(pairName(*proxy, url), ask);
}

} // namespace bookdesk::net
