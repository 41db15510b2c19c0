/// KeySchedule: when one issuer's keys are fetched and how long they live. The key cache's rules, without a network.
#pragma once

#include "core/clock.h"

#include <chrono>
#include <optional>

namespace bookdesk::identity {

/// The rules' numbers, as constructor values.
struct KeyRules
{
    std::chrono::seconds timeToLive{std::chrono::hours{1}};
    /// The shortest time to live, whatever the server says. `max-age=0` is common (and Auth0 says `max-age=15`); taken
    /// literally, it would mean one fetch for every token: the traffic that a cache is there to prevent, and a way to
    /// turn tokens into requests. One fetch a minute, mostly answered with 304, respects what is meant.
    std::chrono::seconds shortestTimeToLive{std::chrono::minutes{1}};
    std::chrono::seconds lastKnownGood{std::chrono::hours{24}};
    std::chrono::seconds betweenForced{std::chrono::minutes{5}};
    std::chrono::seconds firstRetry{5};
    std::chrono::seconds longestRetry{std::chrono::minutes{5}};
};

/// A plain value: callers report what happened and ask what to do. It does not know the keys, so a flood of unknown
/// ones costs no memory. If the clock is set back, nothing stays fresh forever. Any thread. Source: the books API's key
/// cache, Microsoft "Signing key rollover".
class KeySchedule
{
public:
    explicit KeySchedule(KeyRules rules = {})
        : m_rules(rules)
    {}

    /// Whether the wanted key is among those that are held.
    enum class Wanted { held, notHeld };
    /// Why keys are fetched: there are no fresh ones, or they are fresh and lack the wanted key.
    enum class Reason { renewal, unknownKey };

    /// Why to fetch now; nothing if the held keys have to do.
    std::optional<Reason> reasonToFetch(Wanted wanted, TimePoint now) const;

    /// Fresh enough to be used without a fetch.
    bool areFresh(TimePoint now) const;
    /// Fresh enough to be used if no newer ones can be fetched.
    bool areUsable(TimePoint now) const;
    /// When the keys were last fetched, or confirmed by the server.
    std::optional<TimePoint> fetchedAt() const { return m_fetchedAt; }

    /// When the held keys are renewed if they are asked for; nothing where there are none.
    std::optional<TimePoint> nextRenewal() const;
    /// Until when they may be used if no newer ones can be fetched.
    std::optional<TimePoint> usableUntil() const;
    /// From when on an unknown key may cause a fetch; nothing where it may now.
    std::optional<TimePoint> nextForced(TimePoint now) const;
    /// From when on a failed fetch is tried again; nothing where it may be now.
    std::optional<TimePoint> nextTry(TimePoint now) const;

    /// @param lifetime what the server allows; it can only shorten the time to live.
    void noteKeys(TimePoint now, std::optional<std::chrono::seconds> lifetime);
    /// Starts the pause between fetches for unknown keys. Call it after such a fetch has succeeded, and after a renewal
    /// for a key that then turned out to be unknown; not after others.
    void noteForced(TimePoint now) { m_forcedAt = now; }
    void noteFailure(TimePoint now);
    /// Lets the next fetch go ahead. If it fails, the pause after it is the next longer one.
    void endPause() { m_failedAt.reset(); }

private:
    KeyRules m_rules;
    std::optional<TimePoint> m_fetchedAt;
    std::chrono::seconds m_lifetime{0};
    std::optional<TimePoint> m_forcedAt;
    std::optional<TimePoint> m_failedAt; ///< The last fetch failed; nothing starts until the delay is over.
    std::chrono::seconds m_retryDelay{0};
};

} // namespace bookdesk::identity
