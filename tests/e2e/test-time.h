/// TestTime: a clock that the test sets, together with the alarms of WallAlarm.
#pragma once

#include "core/clock.h"

#include <optional>

namespace bookdesk::test {

/// While this program contains test-time.cpp, which takes the place of timerfd_settime, no WallAlarm rings by itself:
/// each rings when the test's time has come. So the real WallAlarm is tested with the rest, and needs no other way in.
/// Linux, one thread.
class TestTime
{
public:
    static TimePoint now();
    /// Lets time pass, or a computer sleep, until then: alarms whose time has come ring. Where the clock is set back,
    /// all of them do. False where one that rang was not heard.
    static bool set(TimePoint now);
    /// When the next alarm rings; nothing where none is set.
    static std::optional<TimePoint> nextAlarm();
};

} // namespace bookdesk::test
