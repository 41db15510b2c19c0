/// RetrySchedule: whether a request that failed is sent once more, and after how long. Without a network.
#pragma once

#include "core/result.h"
#include "net/exchange.h"
#include "net/request-kind.h"

#include <QByteArray>

#include <chrono>
#include <functional>
#include <optional>

namespace bookdesk::net {

/// A number from 0 up to but not including 1.
double randomFraction();

/// The rules' numbers, as constructor values.
struct RetryRules
{
    int tries = 3; ///< In all; 1 turns retries off.
    /// The longest first wait; it doubles with each try. The wait itself is any part of that ("full jitter"), so that
    /// clients that failed together do not come back together. Short, because a person waits.
    std::chrono::milliseconds firstWait{300};
    std::chrono::milliseconds longestWait{std::chrono::seconds{2}};
    /// A longer Retry-After is left to the caller: people should see it and be able to end the wait.
    std::chrono::milliseconds longestRetryAfter{std::chrono::seconds{2}};
    std::function<double()> random = randomFraction;
};

/// When a server wants to be asked again, counted from @p now (RFC 9110 section 10.2.3): seconds or a date, between
/// nothing and one year. Empty where there is no Retry-After, or it is neither. Any thread.
std::optional<std::chrono::seconds> readRetryAfter(const Headers &headers, TimePoint now);

/// True where repeating does no harm and may help: reads, except of the token endpoint and with forged tokens, which
/// are counted.
bool isRepeatable(QByteArrayView method, RequestKind kind);

/// The tries of one request; it counts them. Tried again: no connection could be made, it broke, 502, 503, 504 and 429.
/// Not tried again: a name that does not exist, certificates, the proxy's refusals, answers that are too large, what
/// was stopped (none of them changes within a second), and time-outs, because the person has waited long enough. A
/// plain value. Any thread. Source: AWS Architecture Blog, "Exponential Backoff And Jitter".
class RetrySchedule
{
public:
    explicit RetrySchedule(RetryRules rules = {})
        : m_rules(std::move(rules))
    {}

    /// A try has failed. How long to wait before the next one; nothing if there is none.
    std::optional<std::chrono::milliseconds> afterFailure(ErrorCode code);
    /// A try was answered. As afterFailure; nothing for most answers.
    std::optional<std::chrono::milliseconds> afterAnswer(int status, std::optional<std::chrono::seconds> retryAfter);

private:
    std::optional<std::chrono::milliseconds> nextWait();

    RetryRules m_rules;
    int m_failed = 0;
};

} // namespace bookdesk::net
