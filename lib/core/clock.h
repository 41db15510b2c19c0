/// The time, given in from outside so that tests own it. A Clock only tells the time; waiting is done with timers.
#pragma once

#include <chrono>
#include <functional>

namespace bookdesk {

using TimePoint = std::chrono::system_clock::time_point;
using Clock = std::function<TimePoint()>;

inline TimePoint systemNow() { return std::chrono::system_clock::now(); }

} // namespace bookdesk
