#include "identity/renewal-plan.h"

#include <algorithm>

namespace bookdesk::identity {

std::optional<TimePoint> RenewalPlan::due(const TokenSet &tokens, TimePoint end) const
{
    if (tokens.refreshToken.isEmpty())
        return std::nullopt;
    const TimePoint begin = tokens.receivedAt;
    const std::chrono::seconds life = secondsBetween(begin, end);
    if (life < m_rules.shortest)
        return std::nullopt;
    const std::optional<TimePoint> asked = tokens.renewAt;
    if (asked && *asked < end)
        return std::max(*asked, begin + m_rules.shortest);
    return begin + std::chrono::duration_cast<std::chrono::seconds>(life * m_rules.part);
}

bool RenewalPlan::mayRedeem(const TokenSet &tokens, TimePoint now) const
{
    if (tokens.refreshToken.isEmpty())
        return false;
    return m_redeemedFor != tokens.accessToken || (m_nextTry && now >= *m_nextTry);
}

bool RenewalPlan::mayReach(const RefreshGoal &goal, const TokenSet &tokens, TimePoint now) const
{
    if (tokens.refreshToken.isEmpty() || isServerLeftAlone(now))
        return false;
    return std::ranges::none_of(m_notEnough,
                                [&](const auto &entry) { return entry.first == goal && now < entry.second; });
}

void RenewalPlan::noteAnswer(const TokenSet &redeemed)
{
    m_redeemedFor = redeemed.accessToken;
    m_nextTry.reset();
}

void RenewalPlan::noteServerFailure(TimePoint now, std::optional<std::chrono::seconds> retryAfter)
{
    m_nextTry = now + retryAfter.value_or(m_rules.afterServerFailure);
}

void RenewalPlan::noteNotEnough(const RefreshGoal &goal, TimePoint now)
{
    std::erase_if(m_notEnough, [&](const auto &entry) { return entry.first == goal || now >= entry.second; });
    m_notEnough.emplace_back(goal, now + m_rules.afterInteraction);
}

} // namespace bookdesk::identity
