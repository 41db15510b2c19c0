/// offThread: runs slow work in Qt's thread pool and comes back to the caller's thread with the result.
#pragma once

#include "core/task.h"

#include <QCoroFuture>
#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <utility>

namespace bookdesk::sandbox {

/// @p work must not touch anything of the caller's thread.
template <class T> Task<T> offThread(std::function<Result<T>()> work)
{
    const auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    const QFuture<Result<T>> future = promise->future();
    QThreadPool::globalInstance()->start([promise, work = std::move(work)] {
        promise->addResult(work());
        promise->finish();
    });
    co_return co_await future;
}

} // namespace bookdesk::sandbox
