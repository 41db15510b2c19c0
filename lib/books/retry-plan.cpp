#include "books/retry-plan.h"

#include <algorithm>

namespace bookdesk::books {

using std::chrono::milliseconds;

std::optional<milliseconds> RetryPlan::askedWait(const ApiOutcome &outcome) const
{
    if (!outcome.retryAfter || *outcome.retryAfter > m_rules.longestAskedWait)
        return std::nullopt;
    return std::max<milliseconds>(*outcome.retryAfter, m_rules.shortestAskedWait);
}

std::optional<milliseconds> RetryPlan::afterFailure(const ApiOutcome &outcome)
{
    if (outcome.isOutOfReach)
        return nextPause();
    const std::optional<milliseconds> wait = askedWait(outcome);
    if (!wait || m_askedWaits == m_rules.mostAskedWaits)
        return std::nullopt;
    ++m_askedWaits;
    return wait;
}

void RetryPlan::reset()
{
    m_askedWaits = 0;
    m_pause = milliseconds{0};
}

milliseconds RetryPlan::nextPause()
{
    m_pause = std::clamp(2 * m_pause, m_rules.firstPause, m_rules.longestPause);
    const double part = 0.5 + m_rules.random() / 2;
    return milliseconds{static_cast<milliseconds::rep>(part * static_cast<double>(m_pause.count()))};
}

} // namespace bookdesk::books
