/// offThread: runs work on a thread of the pool and resumes on the caller's thread.
#pragma once

#include "core/one-shot.h"

#include <QCoroTask>
#include <QObject>
#include <QThreadPool>

#include <openssl/crypto.h>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>

namespace bookdesk {

/// Nothing where @p stop was requested (from the caller's thread) before the work was done; the work itself then runs
/// to its end, and its result is dropped. @p work must not use what belongs to the caller's thread.
template <class T> QCoro::Task<std::optional<T>> offThread(std::function<T()> work, std::stop_token stop)
{
    using Landing = OneShot<std::shared_ptr<T>>;
    const Landing landing;
    // Lives on the caller's thread, and the worker shares it, so that the result can always be delivered.
    const std::shared_ptr<QObject> home(new QObject, [](QObject *object) { object->deleteLater(); });
    const std::stop_callback onStop(stop, [landing] { landing.set(nullptr); });
    QThreadPool::globalInstance()->start([work, landing, home] {
        const auto value = std::make_shared<T>(work());
        // OpenSSL frees what it keeps for this thread when the thread ends. The pool's threads may end after OpenSSL
        // itself, which would leak it.
        OPENSSL_thread_stop();
        QMetaObject::invokeMethod(
            home.get(), [landing, value] { landing.set(value); }, Qt::QueuedConnection);
    });
    const std::shared_ptr<T> value = co_await landing;
    if (!value)
        co_return std::nullopt;
    co_return std::optional<T>(std::move(*value));
}

/// Gives up @p value on a thread of the pool, because much of it takes time to destroy.
template <class T> void releaseOffThread(std::shared_ptr<T> value)
{
    QThreadPool::globalInstance()->start([value = std::move(value)]() mutable { value.reset(); });
}

} // namespace bookdesk
