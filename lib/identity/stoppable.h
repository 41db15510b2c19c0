/// Waiting for a task that may be slow to stop.
#pragma once

#include "core/errors.h"
#include "core/one-shot.h"
#include "core/task.h"

#include <stop_token>
#include <utility>

namespace bookdesk::identity {

namespace detail {

template <class T> QCoro::Task<void> forwardTo(Task<T> task, OneShot<Result<T>> end)
{
    Result<T> result = co_await std::move(task);
    end.set(std::move(result));
}

} // namespace detail

/// The task's result, or the error `stopped` at once when @p stop is requested (from this thread); the task then ends
/// by itself. So a waiting owner can be destroyed whatever its task waits for.
template <class T> Task<T> unlessStopped(Task<T> task, std::stop_token stop)
{
    const OneShot<Result<T>> end;
    const std::stop_callback onStop(stop, [end] { end.set(failure(bookdesk::errors::stopped, {})); });
    detail::forwardTo(std::move(task), end);
    co_return co_await end;
}

} // namespace bookdesk::identity
