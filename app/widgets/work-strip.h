/// WorkStrip: says what is under way and for how long, and offers to cancel it.
#pragma once

#include <QElapsedTimer>
#include <QFrame>
#include <QTimer>

#include <chrono>

class QLabel;

namespace bookdesk::widgets {

class ElidedLabel;

/// The one look of running requests. Appears after a moment, because most requests are over by then. GUI thread.
class WorkStrip : public QFrame
{
    Q_OBJECT

public:
    /// @param what "Loading books"
    explicit WorkStrip(const QString &what, QWidget *parent = nullptr,
                       std::chrono::milliseconds moment = std::chrono::milliseconds{400});

    QString text() const;

Q_SIGNALS:
    void cancelAsked();

private:
    void appear();
    void showTime();

    ElidedLabel *m_what;
    QLabel *m_time;
    QElapsedTimer m_since;
    QTimer m_moment;
    QTimer m_tick;
};

} // namespace bookdesk::widgets
