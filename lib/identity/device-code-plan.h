/// DeviceCodePlan: when the token endpoint is asked whether the person has signed in. The rules, without a network.
#pragma once

#include <chrono>
#include <optional>

namespace bookdesk::identity {

/// The rules' numbers, as constructor values.
struct DeviceCodePace
{
    std::chrono::milliseconds slowDown{5'000};     ///< What each `slow_down` adds, for good.
    std::chrono::milliseconds longestWait{60'000}; ///< However often the network has failed.
};

/// A plain value: a sign-in reports what happened and asks how long to wait. Any thread. Source: RFC 8628 section 3.5.
class DeviceCodePlan
{
public:
    explicit DeviceCodePlan(std::chrono::milliseconds interval, DeviceCodePace pace = {})
        : m_pace(pace)
        , m_interval(interval)
        , m_wait(interval)
    {}

    /// Between two questions where all goes well.
    std::chrono::milliseconds interval() const { return m_interval; }
    /// Before the next question.
    std::chrono::milliseconds wait() const { return m_wait; }

    /// The person has not finished yet.
    void notePending() { m_wait = m_interval; }
    /// The server wants to be asked less often from now on.
    void noteSlowDown();
    /// No answer came, or the server cannot answer now: each time the wait is doubled. @param retryAfter what it says
    /// about that.
    void noteFailure(std::optional<std::chrono::seconds> retryAfter = std::nullopt);

private:
    DeviceCodePace m_pace;
    std::chrono::milliseconds m_interval;
    std::chrono::milliseconds m_wait;
};

} // namespace bookdesk::identity
