#include "identity/key-schedule.h"

#include <algorithm>

namespace bookdesk::identity {
namespace {

bool isWithin(std::chrono::seconds span, const std::optional<TimePoint> &start, TimePoint now)
{
    return start && now >= *start && now - *start < span;
}

} // namespace

std::optional<KeySchedule::Reason> KeySchedule::reasonToFetch(Wanted wanted, TimePoint now) const
{
    const bool isFresh = areFresh(now);
    if (isFresh && wanted == Wanted::held)
        return std::nullopt;
    if (isWithin(m_retryDelay, m_failedAt, now))
        return std::nullopt;
    if (!isFresh)
        return Reason::renewal;
    if (isWithin(m_rules.betweenForced, m_forcedAt, now))
        return std::nullopt;
    return Reason::unknownKey;
}

bool KeySchedule::areFresh(TimePoint now) const { return isWithin(m_lifetime, m_fetchedAt, now); }

bool KeySchedule::areUsable(TimePoint now) const { return isWithin(m_rules.lastKnownGood, m_fetchedAt, now); }

std::optional<TimePoint> KeySchedule::nextRenewal() const
{
    return m_fetchedAt ? std::optional(*m_fetchedAt + m_lifetime) : std::nullopt;
}

std::optional<TimePoint> KeySchedule::usableUntil() const
{
    return m_fetchedAt ? std::optional(*m_fetchedAt + m_rules.lastKnownGood) : std::nullopt;
}

std::optional<TimePoint> KeySchedule::nextForced(TimePoint now) const
{
    const bool isResting = isWithin(m_rules.betweenForced, m_forcedAt, now);
    return isResting ? std::optional(*m_forcedAt + m_rules.betweenForced) : std::nullopt;
}

std::optional<TimePoint> KeySchedule::nextTry(TimePoint now) const
{
    const bool isResting = isWithin(m_retryDelay, m_failedAt, now);
    return isResting ? std::optional(*m_failedAt + m_retryDelay) : std::nullopt;
}

void KeySchedule::noteKeys(TimePoint now, std::optional<std::chrono::seconds> lifetime)
{
    m_fetchedAt = now;
    m_lifetime =
        std::min(m_rules.timeToLive, std::max(m_rules.shortestTimeToLive, lifetime.value_or(m_rules.timeToLive)));
    m_retryDelay = std::chrono::seconds{0};
}

void KeySchedule::noteFailure(TimePoint now)
{
    m_failedAt = now;
    m_retryDelay = std::clamp(2 * m_retryDelay, m_rules.firstRetry, m_rules.longestRetry);
}

} // namespace bookdesk::identity
