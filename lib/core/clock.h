/// The time, passed in from outside so that tests control it. A Clock only tells the time; waiting is done with timers.
#pragma once

#include <chrono>
#include <functional>

namespace bookdesk {

using TimePoint = std::chrono::system_clock::time_point;
using Clock = std::function<TimePoint()>;

/// From one to the other, in whole seconds. Subtracting the TimePoints themselves would overflow for dates that lie
/// centuries apart, as a token may name them: 64 bits do not hold that many nanoseconds.
inline std::chrono::seconds secondsBetween(TimePoint from, TimePoint to)
{
    return std::chrono::floor<std::chrono::seconds>(to) - std::chrono::floor<std::chrono::seconds>(from);
}

inline TimePoint systemNow() { return std::chrono::system_clock::now(); }

} // namespace bookdesk
