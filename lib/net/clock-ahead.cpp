#include "net/clock-ahead.h"

#include "net/exchange-log.h"
#include "net/http-date.h"

#include <algorithm>
#include <utility>

namespace bookdesk::net {
namespace {

/// So that no date that a server makes up leads beyond what a TimePoint holds.
constexpr std::chrono::seconds mostAhead = std::chrono::years(100);

} // namespace

std::optional<std::chrono::seconds> clockAhead(const Exchange &exchange)
{
    const std::optional<TimePoint> server = readHttpDate(headerValue(exchange.responseHeaders, "Date"));
    if (!server || !exchange.duration)
        return std::nullopt;
    return std::clamp(secondsBetween(*server, exchange.started + *exchange.duration), -mostAhead, mostAhead);
}

Task<std::optional<std::chrono::seconds>> clockAhead(Task<HttpResponse> answer, Clock clock)
{
    const Result<HttpResponse> response = co_await std::move(answer);
    if (!response)
        co_return failure(response.error());
    if (!response->serverDate)
        co_return std::optional<std::chrono::seconds>();
    co_return std::optional(secondsBetween(*response->serverDate, clock()));
}

std::optional<std::chrono::seconds> clockAhead(const ExchangeLog &log)
{
    const auto &exchanges = log.exchanges();
    for (auto exchange = exchanges.rbegin(); exchange != exchanges.rend(); ++exchange) {
        if (const std::optional<std::chrono::seconds> ahead = clockAhead(*exchange))
            return ahead;
    }
    return std::nullopt;
}

} // namespace bookdesk::net
