/// Countdown: tells once a second how much of a wait is left.
#pragma once

#include <QDeadlineTimer>
#include <QObject>
#include <QTimer>

#include <chrono>

namespace bookdesk::widgets {

/// GUI thread.
class Countdown : public QObject
{
    Q_OBJECT

public:
    explicit Countdown(QObject *parent = nullptr);

    /// Restarts a countdown that is running.
    void start(std::chrono::milliseconds wait);
    void stop();
    bool isRunning() const { return m_tick.isActive(); }
    /// While it runs.
    const QDeadlineTimer &end() const { return m_end; }
    /// Rounded up; nothing while it does not run.
    std::chrono::seconds left() const;

Q_SIGNALS:
    /// One second less is left.
    void ticked();
    void ended();

private:
    void tick();
    void scheduleTick();

    QDeadlineTimer m_end;
    QTimer m_tick;
};

} // namespace bookdesk::widgets
