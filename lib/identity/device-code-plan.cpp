#include "identity/device-code-plan.h"

#include <algorithm>

namespace bookdesk::identity {

void DeviceCodePlan::noteSlowDown()
{
    m_interval += m_pace.slowDown;
    m_wait = m_interval;
}

void DeviceCodePlan::noteFailure(std::optional<std::chrono::seconds> retryAfter)
{
    // An interval that is longer than that stays.
    const std::chrono::milliseconds longest = std::max(m_pace.longestWait, m_interval);
    m_wait = std::min(m_wait * 2, longest);
    if (retryAfter)
        m_wait = std::max<std::chrono::milliseconds>(m_wait, *retryAfter);
}

} // namespace bookdesk::identity
