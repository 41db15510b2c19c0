/// Waits that end when they are asked to, whatever they wait for.
#pragma once

#include "core/errors.h"
#include "core/task.h"

#include <stop_token>
#include <utility>

namespace bookdesk {

namespace detail {

template <class T> QCoro::Task<void> forwardTo(Task<T> task, OneShot<Result<T>> end)
{
    Result<T> result = co_await std::move(task);
    end.set(std::move(result));
}

} // namespace detail

/// The task's result, or @p reason at once when @p stop is requested (from this thread); the task then ends by itself.
/// So a waiting owner can be destroyed whatever its task waits for, and a waiter can leave work that others share.
template <class T> Task<T> unlessStopped(Task<T> task, std::stop_token stop, Error reason = {errors::stopped, {}, {}})
{
    const OneShot<Result<T>> end;
    const std::stop_callback onStop(stop, [end, why = std::move(reason)] { end.set(failure(why)); });
    detail::forwardTo(std::move(task), end);
    co_return co_await end;
}

/// A stop that is requested when either of two is, as long as this lives.
class EitherStop
{
public:
    EitherStop(std::stop_token first, std::stop_token second)
        : m_onFirst(std::move(first), Relay{m_source})
        , m_onSecond(std::move(second), Relay{m_source})
    {}
    std::stop_token token() const { return m_source.get_token(); }

private:
    struct Relay
    {
        std::stop_source source;
        // A copy, because what is resumed may destroy this.
        void operator()() const { std::stop_source(source).request_stop(); }
    };
    std::stop_source m_source;
    std::stop_callback<Relay> m_onFirst;
    std::stop_callback<Relay> m_onSecond;
};

} // namespace bookdesk
