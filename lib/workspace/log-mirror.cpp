#include "workspace/log-mirror.h"

#include <algorithm>

namespace bookdesk::workspace {

using net::Exchange;
using net::ExchangeLog;

LogMirror::LogMirror(const ExchangeLog &from, ExchangeLog &to, QObject *parent)
    : QObject(parent)
    , m_from(from)
    , m_to(to)
{
    for (const Exchange &exchange : from.exchanges()) {
        if (exchange.isUnderWay())
            begin(exchange.id);
    }
    connect(&from, &ExchangeLog::begun, this, &LogMirror::begin);
    connect(&from, &ExchangeLog::ended, this, &LogMirror::end);
    connect(&from, &ExchangeLog::changed, this, &LogMirror::change);
    connect(&from, &ExchangeLog::removed, this, [this](std::int64_t id) { m_copies.erase(id); });
}

std::optional<std::int64_t> LogMirror::original(std::int64_t id) const
{
    const auto found = std::ranges::find_if(m_copies, [id](const auto &pair) { return pair.second == id; });
    return found == m_copies.end() ? std::nullopt : std::optional(found->first);
}

void LogMirror::begin(std::int64_t id) { m_copies[id] = m_to.begin(*m_from.find(id)); }

void LogMirror::end(std::int64_t id)
{
    const auto copy = m_copies.find(id);
    if (copy == m_copies.end())
        return;
    Exchange exchange = *m_from.find(id);
    exchange.id = copy->second;
    m_to.end(std::move(exchange));
}

void LogMirror::change(std::int64_t id)
{
    const auto copy = m_copies.find(id);
    const Exchange *known = copy == m_copies.end() ? nullptr : m_to.find(copy->second);
    if (!known)
        return;
    const Exchange &exchange = *m_from.find(id);
    if (known->responseBody != exchange.responseBody)
        m_to.setResponseBody(copy->second, exchange.responseBody, exchange.isResponseBodyCut);
    m_to.progress(copy->second, exchange.milestones);
}

} // namespace bookdesk::workspace
