/// How far this computer's clock is off, by the time in the servers' answers.
#pragma once

#include "core/clock.h"
#include "core/task.h"
#include "net/exchange.h"
#include "net/http-client.h"

#include <chrono>
#include <optional>

namespace bookdesk::net {

class ExchangeLog;

/// Positive where this computer's clock is fast. A server names its time in whole seconds, so a difference of a second
/// says nothing. Nothing without an answer that has a date. Any thread. Source: RFC 9110 section 6.6.1.
std::optional<std::chrono::seconds> clockAhead(const Exchange &exchange);

/// By the date in the @p answer that is on its way. Errors: those of the answer.
Task<std::optional<std::chrono::seconds>> clockAhead(Task<HttpResponse> answer, Clock clock);

/// By the last answer that has a date.
std::optional<std::chrono::seconds> clockAhead(const ExchangeLog &log);

} // namespace bookdesk::net
