#include "net/exchange-log.h"

#include <algorithm>
#include <utility>

namespace bookdesk::net {
namespace {

constexpr qsizetype bodyCapacity = 64 * 1024 * 1024;
constexpr qsizetype smallBody = 64 * 1024;

} // namespace

ExchangeLog::ExchangeLog(std::size_t capacity, QObject *parent)
    : QObject(parent)
    , m_capacity(capacity)
{}

std::int64_t ExchangeLog::begin(Exchange exchange)
{
    const std::int64_t id = m_nextId++;
    exchange.id = id;
    m_exchanges.push_back(std::move(exchange));
    Q_EMIT begun(id);
    if (m_exchanges.size() > m_capacity)
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
    Exchange *known = findToChange(id);
    if (!known)
        return;
    *known = std::move(exchange);
    Q_EMIT ended(id);
}

void ExchangeLog::progress(std::int64_t id, const Milestones &milestones)
{
    Exchange *known = findToChange(id);
    if (!known || known->milestones == milestones)
        return;
    known->milestones = milestones;
    Q_EMIT changed(id);
}

void ExchangeLog::setResponseBody(std::int64_t id, QString body, bool isCut)
{
    Exchange *known = findToChange(id);
    if (!known)
        return;
    known->responseBody = std::move(body);
    known->isResponseBodyCut = isCut;
    Q_EMIT changed(id);
    cutOldBodies();
}

void ExchangeLog::cutOldBodies()
{
    qsizetype total = 0;
    for (const Exchange &exchange : m_exchanges)
        total += exchange.responseBody.size();
    for (Exchange &exchange : m_exchanges) {
        if (total <= bodyCapacity)
            return;
        if (exchange.responseBody.size() <= smallBody)
            continue;
        total -= exchange.responseBody.size() - smallBody;
        exchange.responseBody.truncate(smallBody);
        exchange.responseBody.squeeze();
        exchange.isResponseBodyCut = true;
        Q_EMIT changed(exchange.id);
    }
}

const Exchange *ExchangeLog::find(std::int64_t id) const
{
    const auto found = std::ranges::find(m_exchanges, id, &Exchange::id);
    return found == m_exchanges.end() ? nullptr : &*found;
}

Exchange *ExchangeLog::findToChange(std::int64_t id)
{
    const auto found = std::ranges::find(m_exchanges, id, &Exchange::id);
    return found == m_exchanges.end() ? nullptr : &*found;
}

} // namespace bookdesk::net
