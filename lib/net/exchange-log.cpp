#include "net/exchange-log.h"

#include <algorithm>
#include <utility>

namespace bookdesk::net {
namespace {

constexpr std::size_t capacity = 1'000;

} // namespace

ExchangeLog::ExchangeLog(QObject *parent)
    : QObject(parent)
{}

std::int64_t ExchangeLog::begin(Exchange exchange)
{
    const std::int64_t id = m_nextId++;
    exchange.id = id;
    m_exchanges.push_back(std::move(exchange));
    Q_EMIT begun(id);
    if (m_exchanges.size() > capacity)
        removeOldest();
    return id;
}

void ExchangeLog::removeOldest()
{
    const std::int64_t oldest = m_exchanges.front().id;
    m_exchanges.pop_front();
    Q_EMIT removed(oldest);
}

void ExchangeLog::clear()
{
    while (!m_exchanges.empty())
        removeOldest();
}

void ExchangeLog::end(Exchange exchange)
{
    const std::int64_t id = exchange.id;
    const auto found = std::ranges::find(m_exchanges, id, &Exchange::id);
    if (found == m_exchanges.end())
        return;
    *found = std::move(exchange);
    Q_EMIT ended(id);
}

const Exchange *ExchangeLog::find(std::int64_t id) const
{
    const auto found = std::ranges::find(m_exchanges, id, &Exchange::id);
    return found == m_exchanges.end() ? nullptr : &*found;
}

} // namespace bookdesk::net
