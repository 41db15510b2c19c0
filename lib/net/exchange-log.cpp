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

std::int64_t ExchangeLog::add(Exchange exchange)
{
    const std::int64_t id = m_nextId++;
    exchange.id = id;
    m_exchanges.push_back(std::move(exchange));
    if (m_exchanges.size() > capacity)
        m_exchanges.pop_front();
    Q_EMIT added();
    return id;
}

const Exchange *ExchangeLog::find(std::int64_t id) const
{
    const auto found = std::ranges::find(m_exchanges, id, &Exchange::id);
    return found == m_exchanges.end() ? nullptr : &*found;
}

} // namespace bookdesk::net
