/// KeySchedule: when one issuer's keys are fetched and how long they live. The key cache's rules, without a network.
#pragma once

#include "core/clock.h"

#include <chrono>
#include <optional>

namespace bookdesk::identity {

/// The numbers of the rules, as constructor values.
struct KeyRules
{
    std::chrono::seconds timeToLive{std::chrono::hours{1}};
    /// However short a server says that its answer lives. `max-age=0` is common (and `max-age=15` is what Auth0 says),
    /// and taken at its word it would mean one fetch for every token: the traffic that a cache is there to prevent, and
    /// a way to turn tokens into requests. One fetch a minute, mostly answered with 304, honours what is meant.
    std::chrono::seconds shortestTimeToLive{std::chrono::minutes{1}};
    std::chrono::seconds lastKnownGood{std::chrono::hours{24}};
    std::chrono::seconds betweenForced{std::chrono::minutes{5}};
    std::chrono::seconds firstRetry{5};
    std::chrono::seconds longestRetry{std::chrono::minutes{5}};
};

/// A plain value that is told what happened and says what to do. It knows no keys, so that a flood of unknown ones
/// costs no memory. Where the clock was set back, nothing counts as young for ever. Any thread. Source: the books API's
/// key cache, Microsoft "Signing key rollover".
class KeySchedule
{
public:
    explicit KeySchedule(KeyRules rules = {})
        : m_rules(rules)
    {}

    /// Whether the key that is looked for is among those that are held.
    enum class Wanted { held, notHeld };
    /// Why keys are fetched: there are none that are young enough, or all are young and the wanted one is not there.
    enum class Reason { renewal, unknownKey };

    /// Why to fetch now; nothing where what is held has to do.
    std::optional<Reason> reasonToFetch(Wanted wanted, TimePoint now) const;

    /// Young enough to be used without another thought.
    bool areFresh(TimePoint now) const;
    /// Young enough to be used where no younger ones can be had.
    bool areUsable(TimePoint now) const;
    /// Where keys were fetched, or confirmed by the server, last.
    std::optional<TimePoint> fetchedAt() const { return m_fetchedAt; }

    /// @param lifetime what the server allows; it can shorten the time to live, never lengthen it.
    void noteKeys(TimePoint now, std::optional<std::chrono::seconds> lifetime);
    /// Starts the pause between fetches that unknown keys force. For fetches that were such ones and succeeded, and for
    /// renewals that were made for a key which then turned out to be unknown; not for others.
    void noteForced(TimePoint now) { m_forcedAt = now; }
    void noteFailure(TimePoint now);

private:
    KeyRules m_rules;
    std::optional<TimePoint> m_fetchedAt;
    std::chrono::seconds m_lifetime{0};
    std::optional<TimePoint> m_forcedAt;
    std::optional<TimePoint> m_failedAt; ///< The last fetch failed.
    std::chrono::seconds m_retryDelay{0};
};

} // namespace bookdesk::identity
