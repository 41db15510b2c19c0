// Linux: a timer of the kernel's that follows the computer's clock.
#include "core/wall-alarm.h"

#include <QSocketNotifier>

#include <cerrno>
#include <cstdint>
#include <ctime>
#include <sys/timerfd.h>
#include <unistd.h>

namespace bookdesk {
namespace {

timespec timeOf(std::chrono::system_clock::time_point moment)
{
    const auto sinceEpoch = moment.time_since_epoch();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(sinceEpoch);
    timespec time{};
    time.tv_sec = seconds.count();
    time.tv_nsec = std::chrono::nanoseconds(sinceEpoch - seconds).count();
    return time;
}

} // namespace

class WallAlarm::Timer
{
public:
    explicit Timer(WallAlarm &alarm)
        : m_descriptor(timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC))
        , m_notifier(m_descriptor, QSocketNotifier::Read)
    {
        QObject::connect(&m_notifier, &QSocketNotifier::activated, &alarm, [this, &alarm] {
            // Also where the clock was set: the reading fails then, and the timer has to be set again.
            std::uint64_t rings = 0;
            const bool isCancelled = ::read(m_descriptor, &rings, sizeof rings) < 0;
            if (isCancelled && errno == EAGAIN)
                return;
            stop();
            Q_EMIT alarm.rang();
        });
    }
    ~Timer() { ::close(m_descriptor); }
    Q_DISABLE_COPY_MOVE(Timer)

    void set(const timespec &moment)
    {
        const itimerspec once{{}, moment};
        timerfd_settime(m_descriptor, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &once, nullptr);
    }
    void stop() { set({}); }

private:
    int m_descriptor;
    QSocketNotifier m_notifier;
};

WallAlarm::WallAlarm(QObject *parent)
    : QObject(parent)
    , m_timer(std::make_unique<Timer>(*this))
{}

WallAlarm::~WallAlarm() = default;

void WallAlarm::setIn(std::chrono::milliseconds wait) { m_timer->set(timeOf(std::chrono::system_clock::now() + wait)); }

void WallAlarm::stop() { m_timer->stop(); }

} // namespace bookdesk
