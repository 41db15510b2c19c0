/// RenewalPlan: when an access token is renewed without being asked for, and when it must not be. The rules, without a
/// network.
#pragma once

#include "core/clock.h"
#include "identity/refresh-goal.h"
#include "identity/token-set.h"

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

namespace bookdesk::identity {

/// The rules' numbers, as constructor values.
struct RenewalRules
{
    /// The part of its life after which a token is renewed, where the server does not say.
    double part = 0.75;
    /// A token that lives shorter is renewed only when it is needed, so that no server can cause a flood of requests.
    std::chrono::seconds shortest{60};
    /// How long a server that failed is left alone where it does not say.
    std::chrono::seconds afterServerFailure{60};
    /// How long a silent request that needed the person is not repeated.
    std::chrono::seconds afterInteraction{120};
};

/// A plain value: a session reports what happened and asks what to do. It keeps the access token that was in use at the
/// last redemption. Any thread. Source: Microsoft "Refresh tokens", MSAL's rules for silent requests.
class RenewalPlan
{
public:
    explicit RenewalPlan(RenewalRules rules = {})
        : m_rules(rules)
    {}

    /// When the access token, which ends at @p end, is renewed by itself: when the server says (`refresh_in`), else
    /// after most of its life; nothing where there is no refresh token, or the token is too short-lived for that.
    std::optional<TimePoint> due(const TokenSet &tokens, TimePoint end) const;

    /// Whether the refresh token may be redeemed without a person's wish. Once an answer came, never again for the same
    /// access token, unless the server failed; then when it says, or after a while.
    bool mayRedeem(const TokenSet &tokens, TimePoint now) const;

    /// Whether the refresh token may be redeemed for @p goal: not soon after that was not enough, and not while a
    /// server that failed is left alone.
    bool mayReach(const RefreshGoal &goal, const TokenSet &tokens, TimePoint now) const;

    /// The server said that it cannot answer now, and that time is not over.
    bool isServerLeftAlone(TimePoint now) const { return m_nextTry && now < *m_nextTry; }

    void noteAnswer(const TokenSet &redeemed);
    /// The answer was that the server cannot answer now. @param retryAfter what it says about that.
    void noteServerFailure(TimePoint now, std::optional<std::chrono::seconds> retryAfter);
    /// A silent request for @p goal needed the person, or the API was not content with what it gave.
    void noteNotEnough(const RefreshGoal &goal, TimePoint now);

private:
    RenewalRules m_rules;
    Secret m_redeemedFor;
    std::optional<TimePoint> m_nextTry;
    std::vector<std::pair<RefreshGoal, TimePoint>> m_notEnough; ///< With the time until which it is not repeated.
};

} // namespace bookdesk::identity
