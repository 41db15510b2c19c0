#include "e2e/test-time.h"

#include "core/wait-until.h"

#include <algorithm>
#include <map>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace bookdesk::test {
namespace {

struct Time
{
    TimePoint now = systemNow();
    std::map<int, TimePoint> alarms; ///< By descriptor.
    int changes = 0;                 ///< Of alarms.
};

Time &theTime()
{
    static Time time;
    return time;
}

long settle(int descriptor, int flags, const itimerspec &next, itimerspec *before)
{
    return ::syscall(SYS_timerfd_settime, descriptor, flags, &next, before);
}

/// In the test's time, when it is @p real by the computer's.
TimePoint inTestTime(const timespec &real)
{
    const std::chrono::nanoseconds sinceEpoch =
        std::chrono::seconds(real.tv_sec) + std::chrono::nanoseconds(real.tv_nsec);
    const TimePoint moment{std::chrono::duration_cast<TimePoint::duration>(sinceEpoch)};
    return theTime().now + (moment - systemNow());
}

/// It is heard once its owner has set it anew, or has stopped it.
bool ring(int descriptor)
{
    const int before = theTime().changes;
    itimerspec atOnce{};
    atOnce.it_value.tv_nsec = 1;
    settle(descriptor, 0, atOnce, nullptr);
    return waitUntil([before] { return theTime().changes > before; });
}

} // namespace

TimePoint TestTime::now() { return theTime().now; }

std::optional<TimePoint> TestTime::nextAlarm()
{
    std::optional<TimePoint> next;
    for (const auto &[descriptor, due] : theTime().alarms)
        next = std::min(next.value_or(due), due);
    return next;
}

bool TestTime::set(TimePoint now)
{
    const bool isSetBack = now < theTime().now;
    theTime().now = now;
    const std::map<int, TimePoint> alarms = theTime().alarms;
    return std::ranges::all_of(
        alarms, [&](const auto &alarm) { return (alarm.second > now && !isSetBack) || ring(alarm.first); });
}

} // namespace bookdesk::test

/// In the place of the C library's. Those of WallAlarm are kept for the test's time; all others are set.
extern "C" int timerfd_settime(int descriptor, int flags, const itimerspec *next, itimerspec *before) noexcept
{
    using namespace bookdesk::test;
    const bool isWallAlarm = (flags & TFD_TIMER_CANCEL_ON_SET) != 0;
    if (!isWallAlarm)
        return static_cast<int>(settle(descriptor, flags, *next, before));
    ++theTime().changes;
    if (next->it_value.tv_sec == 0 && next->it_value.tv_nsec == 0)
        theTime().alarms.erase(descriptor);
    else
        theTime().alarms.insert_or_assign(descriptor, inTestTime(next->it_value));
    return static_cast<int>(settle(descriptor, 0, itimerspec{}, before));
}
