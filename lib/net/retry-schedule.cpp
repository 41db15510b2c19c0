#include "net/retry-schedule.h"

#include "net/errors.h"
#include "net/http-date.h"

#include <QRandomGenerator>

#include <algorithm>

namespace bookdesk::net {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds longestRead{std::chrono::hours{24 * 365}};

seconds bounded(seconds wait) { return std::clamp(wait, seconds{0}, longestRead); }

bool isDigits(QByteArrayView text)
{
    return !text.isEmpty() && std::ranges::all_of(text, [](char each) { return each >= '0' && each <= '9'; });
}

} // namespace

double randomFraction() { return QRandomGenerator::global()->generateDouble(); }

std::optional<seconds> readRetryAfter(const Headers &headers, TimePoint now)
{
    const std::optional<QByteArray> header = headerValue(headers, "Retry-After");
    if (!header)
        return std::nullopt;
    const QByteArray text = header->trimmed();
    if (isDigits(text)) {
        bool isSmall = false;
        const int count = text.toInt(&isSmall);
        return bounded(isSmall ? seconds{count} : longestRead);
    }
    const std::optional<TimePoint> date = readHttpDate(text);
    return date ? std::optional(bounded(secondsBetween(now, *date))) : std::nullopt;
}

bool isRepeatable(QByteArrayView method, RequestKind kind)
{
    const bool mayGoTwice = kind != RequestKind::tokens && kind != RequestKind::probe;
    return (method == "GET" || method == "HEAD") && mayGoTwice;
}

std::optional<milliseconds> RetrySchedule::afterFailure(ErrorCode code)
{
    const bool mayPass = code == errors::connectionFailed || code == errors::broken;
    return mayPass ? nextWait() : std::nullopt;
}

std::optional<milliseconds> RetrySchedule::afterAnswer(int status, std::optional<seconds> retryAfter)
{
    const bool mayPass = status == 429 || (status >= 502 && status <= 504);
    const milliseconds asked = retryAfter.value_or(seconds{0});
    if (!mayPass || asked > m_rules.longestRetryAfter)
        return std::nullopt;
    const std::optional<milliseconds> wait = nextWait();
    return wait ? std::optional(asked + *wait) : std::nullopt;
}

std::optional<milliseconds> RetrySchedule::nextWait()
{
    if (++m_failed >= m_rules.tries)
        return std::nullopt;
    milliseconds longest = m_rules.firstWait;
    for (int doubled = 1; doubled < m_failed && longest < m_rules.longestWait; ++doubled)
        longest *= 2;
    longest = std::min(longest, m_rules.longestWait);
    return milliseconds{static_cast<milliseconds::rep>(m_rules.random() * static_cast<double>(longest.count()))};
}

} // namespace bookdesk::net
