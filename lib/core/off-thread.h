/// offThread: runs work on a thread of the pool and resumes on the caller's thread.
#pragma once

#include "core/one-shot.h"

#include <QCoroTask>
#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>

namespace bookdesk {

/// Runs @p work on a thread of the pool. Any thread.
void startOnPool(std::function<void()> work);

/// Runs what other threads post to it, on the thread that made it.
class HomeThread : public QObject
{
public:
    /// Any thread.
    void post(std::function<void()> function);

protected:
    bool event(QEvent *event) override;
};

/// Nothing where @p stop was requested (from the caller's thread) before the work was done; the work itself then runs
/// to its end, and its result is dropped. @p work must not use what belongs to the caller's thread.
template <class T> QCoro::Task<std::optional<T>> offThread(std::function<T()> work, std::stop_token stop)
{
    using Landing = OneShot<std::shared_ptr<T>>;
    const Landing landing;
    // Lives on the caller's thread, and the worker shares it, so that the result can always be delivered.
    const std::shared_ptr<HomeThread> home(new HomeThread, [](HomeThread *object) { object->deleteLater(); });
    const std::stop_callback onStop(stop, [landing] { landing.set(nullptr); });
    startOnPool([work, landing, home] {
        const auto value = std::make_shared<T>(work());
        home->post([landing, value] { landing.set(value); });
    });
    const std::shared_ptr<T> value = co_await landing;
    if (!value)
        co_return std::nullopt;
    co_return std::optional<T>(std::move(*value));
}

/// Gives up @p value on a thread of the pool, because much of it takes time to destroy.
template <class T> void releaseOffThread(std::shared_ptr<T> value)
{
    // What runs on the pool is destroyed there.
    startOnPool([value = std::move(value)] {});
}

} // namespace bookdesk
