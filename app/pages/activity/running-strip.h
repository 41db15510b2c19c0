/// RunningStrip: the request that has been running longest, how far it is, and *Cancel*.
#pragma once

#include "core/clock.h"

#include <QFrame>

#include <cstdint>

class QLabel;
class QPushButton;

namespace bookdesk::net {
struct Exchange;
}
namespace bookdesk::widgets {
class ElidedLabel;
}

namespace bookdesk::pages {

/// Hidden while nothing has been running for a moment, because most requests are over by then. GUI thread.
class RunningStrip : public QFrame
{
    Q_OBJECT

public:
    explicit RunningStrip(QWidget *parent = nullptr);

    /// @param exchange the longest running one, or nullptr. @param running how many run.
    void show(const net::Exchange *exchange, int running, TimePoint now);

Q_SIGNALS:
    void cancelAsked(std::int64_t id);

private:
    std::int64_t m_id = 0;
    QLabel *m_count;
    widgets::ElidedLabel *m_request;
    widgets::ElidedLabel *m_progress;
    QPushButton *m_cancel;
};

} // namespace bookdesk::pages
