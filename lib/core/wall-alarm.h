/// WallAlarm: rings once at a time of the day, also where the computer sleeps in between.
#pragma once

#include "core/clock.h"

#include <QObject>

#include <algorithm>
#include <chrono>
#include <memory>

namespace bookdesk {

/// A QTimer waits longer by the time that the computer sleeps, and does not notice that its clock is set. On Linux this
/// rings on waking and when the clock is set, so that a listener looks at the clock; elsewhere it is a QTimer. One
/// thread. Source: timerfd_create(2).
class WallAlarm : public QObject
{
    Q_OBJECT

public:
    explicit WallAlarm(QObject *parent = nullptr);
    ~WallAlarm() override;

    /// Takes the place of what was set before.
    void setIn(std::chrono::milliseconds wait);
    /// As setIn, for @p due, which is after @p now. It may ring earlier, after a day.
    void setFor(TimePoint due, TimePoint now);
    void stop();

Q_SIGNALS:
    /// The time has come, or the clock was set: set the alarm again where it is still wanted.
    void rang();

private:
    class Timer;
    std::unique_ptr<Timer> m_timer;
};

/// Rounded up, because waits are in whole seconds, and the alarm must not ring too early.
inline void WallAlarm::setFor(TimePoint due, TimePoint now)
{
    setIn(std::min<std::chrono::seconds>(secondsBetween(now, due) + std::chrono::seconds{1}, std::chrono::hours{24}));
}

} // namespace bookdesk
