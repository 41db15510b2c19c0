#include "net/proxy-gate.h"

#include "core/address-text.h"
#include "net/proxy-failure.h"
#include "net/proxy-logins.h"
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

/// The person's answer, or none once @p stop is requested.
QCoro::Task<std::optional<ProxyLogin>> answerFrom(ProxyLogins::Answer answer, std::stop_token stop)
{
    const ProxyLogins::Answer either;
    const std::stop_callback onStop(std::move(stop), [either] { either.set(std::nullopt); });
    answer.whenSet([either](const std::optional<ProxyLogin> &login) { either.set(login); });
    co_return co_await either;
}

} // namespace

struct ProxyGate::Known
{
    /// Of a log-in, or of none.
    struct Refusal
    {
        Error error;
        Proxy proxy; ///< With the log-in.
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
            known->refusals.insert_or_assign(
                proxyName(proxy), Refusal{passed.error(), proxy, std::chrono::steady_clock::now() + loginPause});
        co_return passed;
    }

    /// As ask, with the person's log-in where the proxy wants one.
    static Task<void> askBoth(std::shared_ptr<Known> known, Proxy proxy, QUrl url, std::chrono::milliseconds limit,
                              std::shared_ptr<ProxyLogins> logins, Redactor redactor, std::stop_token stop)
    {
        for (;;) {
            Task<void> asking = ask(known, proxy, url, limit, stop);
            Result<void> passed = co_await asking;
            if (passed || !logins || !wantsLogin(passed.error()))
                co_return passed;
            QCoro::Task<std::optional<ProxyLogin>> waiting = answerFrom(logins->ask(proxy), stop);
            const std::optional<ProxyLogin> login = co_await waiting;
            if (!login)
                co_return passed;
            proxy.user = login->user;
            proxy.password = login->password;
            redactor.learn(proxy.password);
        }
    }

    /// What is known already.
    std::optional<Result<void>> resultOf(const std::optional<Proxy> &proxy, const QUrl &url) const
    {
        if (!proxy || connecting.contains(pairName(*proxy, url)))
            return Result<void>();
        const auto found = refusals.find(proxyName(*proxy));
        const bool counts = found != refusals.end() && found->second.proxy == *proxy &&
                            found->second.until > std::chrono::steady_clock::now();
        return counts ? std::optional(Result<void>(failure(found->second.error))) : std::nullopt;
    }
};

ProxyGate::ProxyGate(ProxyRules rules, Redactor redactor, std::chrono::milliseconds limit)
    : m_rules(std::move(rules))
    , m_redactor(std::move(redactor))
    , m_limit(limit)
    , m_known(std::make_shared<Known>())
{}

ProxyGate::~ProxyGate() { m_stop.request_stop(); }

void ProxyGate::setRules(ProxyRules rules)
{
    m_rules = std::move(rules);
    m_known = std::make_shared<Known>();
}

std::optional<Proxy> ProxyGate::proxyFor(const QUrl &url) const
{
    std::optional<Proxy> proxy = net::proxyFor(url, m_rules);
    if (proxy && m_rules.logins)
        proxy = m_rules.logins->completed(*proxy);
    if (proxy && !proxy->password.isEmpty())
        m_redactor.learn(proxy->password);
    return proxy;
}

Task<void> ProxyGate::pass(QUrl url)
{
    const std::optional<Proxy> proxy = proxyFor(url);
    if (const std::optional<Result<void>> known = m_known->resultOf(proxy, url))
        return ended(*known);
    const auto ask = [this, proxy = *proxy, url] {
        return Known::askBoth(m_known, proxy, url, m_limit, m_rules.logins, m_redactor, m_stop.get_token());
    };
    return m_known->questions.run(pairName(*proxy, url), ask);
}

Task<void> ProxyGate::check(QUrl url)
{
    const std::optional<Proxy> proxy = proxyFor(url);
    if (const std::optional<Result<void>> known = m_known->resultOf(proxy, url))
        return ended(*known);
    return Known::ask(m_known, *proxy, url, m_limit, m_stop.get_token());
}

} // namespace bookdesk::net
