#include "net/proxy-logins.h"

#include <QMetaMethod>

#include <algorithm>
#include <utility>

namespace bookdesk::net {

ProxyLogins::ProxyLogins(std::chrono::milliseconds limit, QObject *parent)
    : QObject(parent)
{
    m_limit.setSingleShot(true);
    m_limit.setInterval(limit);
    connect(&m_limit, &QTimer::timeout, this, &ProxyLogins::decline);
}

Proxy ProxyLogins::completed(Proxy proxy) const
{
    if (const auto found = m_logins.find(proxyName(proxy)); found != m_logins.end()) {
        proxy.user = found->second.user;
        proxy.password = found->second.password;
    }
    return proxy;
}

ProxyLogins::Answer ProxyLogins::ask(const Proxy &proxy)
{
    const QString name = proxyName(proxy);
    const auto found = std::ranges::find(m_asked, name, [](const Asked &asked) { return asked.question.proxy; });
    if (found != m_asked.end())
        return found->answer;
    Answer answer;
    const Proxy known = completed(proxy);
    if (known != proxy)
        answer.set(ProxyLogin{known.user, known.password});
    else if (!isSignalConnected(QMetaMethod::fromSignal(&ProxyLogins::asked)))
        answer.set(std::nullopt);
    if (answer.isSet())
        return answer;
    m_asked.push_back({{name, !proxy.user.isEmpty()}, answer});
    if (m_asked.size() == 1)
        askFirst();
    return answer;
}

std::optional<ProxyLogins::Question> ProxyLogins::question() const
{
    return m_asked.empty() ? std::nullopt : std::optional(m_asked.front().question);
}

void ProxyLogins::askFirst()
{
    m_limit.start();
    Q_EMIT asked();
}

void ProxyLogins::answer(const std::optional<ProxyLogin> &login)
{
    if (m_asked.empty())
        return;
    m_limit.stop();
    const Asked ended = m_asked.front();
    m_asked.pop_front();
    if (login)
        m_logins.insert_or_assign(ended.question.proxy, *login);
    Q_EMIT answered(login.has_value());
    if (!m_asked.empty())
        askFirst();
    // Last, because those who wait may destroy this object.
    ended.answer.set(login);
}

} // namespace bookdesk::net
