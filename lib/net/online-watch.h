/// OnlineWatch: what the system says about the network.
#pragma once

#include <QObject>

namespace bookdesk::net {

/// Not every system says anything; then nothing is ever emitted. Main thread.
class OnlineWatch : public QObject
{
    Q_OBJECT

public:
    explicit OnlineWatch(QObject *parent = nullptr);

Q_SIGNALS:
    /// There is a network again, or another one.
    void cameOnline();
};

} // namespace bookdesk::net
