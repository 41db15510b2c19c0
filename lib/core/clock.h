/// The time, given in from outside so that tests own it. A Clock only tells the time; waiting is done with timers.
#pragma once

#include <chrono>
#include <functional>

namespace bookdesk {

using TimePoint = std::chrono::system_clock::time_point;
using Clock = std::function<TimePoint()>;

/// From one to the other, both in whole seconds. The difference of two TimePoints would overflow where dates that a
/// token names lie far apart: centuries are more nanoseconds than 64 bits count.
inline std::chrono::seconds secondsBetween(TimePoint from, TimePoint to)
{
    return std::chrono::floor<std::chrono::seconds>(to) - std::chrono::floor<std::chrono::seconds>(from);
}

inline TimePoint systemNow() { return std::chrono::system_clock::now(); }

} // namespace bookdesk
