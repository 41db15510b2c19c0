/// waitUntil: for tests of conversations that take many short turns.
#pragma once

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QTimer>

#include <chrono>
#include <functional>

namespace bookdesk::test {

/// Waits until @p isSo, at most a minute, and looks every millisecond. Events are handled as they come: QTest::qWaitFor
/// lets them wait for 10 ms each time.
inline bool waitUntil(const std::function<bool()> &isSo)
{
    if (isSo())
        return true;
    const QDeadlineTimer deadline(std::chrono::minutes(1));
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (isSo() || deadline.hasExpired())
            loop.quit();
    });
    look.start(std::chrono::milliseconds(1));
    loop.exec();
    return isSo();
}

} // namespace bookdesk::test
