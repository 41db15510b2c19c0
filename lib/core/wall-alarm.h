/// WallAlarm: rings once at a time of the day, also where the computer sleeps in between.
#pragma once

#include <QObject>

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
    void stop();

Q_SIGNALS:
    /// The time has come, or the clock was set: set the alarm again where it is still wanted.
    void rang();

private:
    class Timer;
    std::unique_ptr<Timer> m_timer;
};

} // namespace bookdesk
