#include "widgets/countdown.h"

namespace bookdesk::widgets {

using std::chrono::milliseconds;
using std::chrono::seconds;

Countdown::Countdown(QObject *parent)
    : QObject(parent)
{
    m_tick.setSingleShot(true);
    m_tick.setTimerType(Qt::PreciseTimer);
    connect(&m_tick, &QTimer::timeout, this, &Countdown::tick);
}

void Countdown::start(milliseconds wait)
{
    m_end = QDeadlineTimer(wait, Qt::PreciseTimer);
    scheduleTick();
}

void Countdown::stop() { m_tick.stop(); }

seconds Countdown::left() const
{
    return isRunning() ? std::chrono::ceil<seconds>(milliseconds{m_end.remainingTime()}) : seconds{0};
}

void Countdown::tick()
{
    if (m_end.hasExpired()) {
        Q_EMIT ended();
        return;
    }
    scheduleTick();
    Q_EMIT ticked();
}

/// When the seconds that are left become one less.
void Countdown::scheduleTick()
{
    const milliseconds left{m_end.remainingTime()};
    const milliseconds part = left % seconds{1};
    m_tick.start(part > milliseconds{0} || left == milliseconds{0} ? part : seconds{1});
}

} // namespace bookdesk::widgets
