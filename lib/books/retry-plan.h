/// RetryPlan: when a list that could not be loaded is loaded again by itself. The rules, without a network.
#pragma once

#include "books/api-outcome.h"
#include "net/retry-schedule.h"

#include <chrono>
#include <functional>
#include <optional>

namespace bookdesk::books {

/// The rules' numbers, as constructor values.
struct RetryPlanRules
{
    std::chrono::milliseconds shortestAskedWait{std::chrono::seconds{1}};
    /// If the API asks for more, people are told, and decide.
    std::chrono::milliseconds longestAskedWait{std::chrono::minutes{2}};
    int mostAskedWaits = 5; ///< In a row, for APIs that refuse again and again.
    /// The pauses while the API is out of reach grow from the first to the longest, doubling.
    std::chrono::milliseconds firstPause{std::chrono::seconds{4}};
    std::chrono::milliseconds longestPause{std::chrono::minutes{2}};
    std::function<double()> random = net::randomFraction; ///< Each pause is between half of it and all of it.
};

/// For reads only: nothing else is ever repeated by itself. A plain value. Any thread.
class RetryPlan
{
public:
    explicit RetryPlan(RetryPlanRules rules = {})
        : m_rules(std::move(rules))
    {}

    /// How long the API asks to wait, if that can be waited for.
    std::optional<std::chrono::milliseconds> askedWait(const ApiOutcome &outcome) const;
    /// The list could not be loaded. How long until the next attempt; nothing if there is none.
    std::optional<std::chrono::milliseconds> afterFailure(const ApiOutcome &outcome);
    /// The list was loaded, or somebody asked for it.
    void reset();

private:
    std::chrono::milliseconds nextPause();

    RetryPlanRules m_rules;
    int m_askedWaits = 0;
    std::chrono::milliseconds m_pause{0};
};

} // namespace bookdesk::books
