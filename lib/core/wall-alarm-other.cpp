// Systems without a timer that follows the computer's clock.
#include "core/wall-alarm.h"

#include <QTimer>

namespace bookdesk {

class WallAlarm::Timer
{
public:
    explicit Timer(WallAlarm &alarm)
    {
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::VeryCoarseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, &alarm, &WallAlarm::rang);
    }

    void set(std::chrono::milliseconds wait) { m_timer.start(wait); }
    void stop() { m_timer.stop(); }

private:
    QTimer m_timer;
};

WallAlarm::WallAlarm(QObject *parent)
    : QObject(parent)
    , m_timer(std::make_unique<Timer>(*this))
{}

WallAlarm::~WallAlarm() = default;

void WallAlarm::setIn(std::chrono::milliseconds wait) { m_timer->set(wait); }

void WallAlarm::stop() { m_timer->stop(); }

} // namespace bookdesk
