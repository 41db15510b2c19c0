/// Task<T>: an asynchronous function's Result<T>, awaited once with `co_await`. See the rules in this file's comment.
///
/// A task starts at once and goes on when dropped. So: coroutines take their arguments by value, borrow nothing across
/// a `co_await`, live in lib/ only, and are ended by their owner's std::stop_source before its members die. Views
/// consume tasks with `QCoro::connect(std::move(task), this, callback)`.
#pragma once

#include "core/errors.h"
#include "core/one-shot.h"
#include "core/result.h"

#include <QCoroTask>
#include <QTimer>

#include <chrono>
#include <stop_token>
#include <utility>

namespace bookdesk {

template <class T> using Task = QCoro::Task<Result<T>>;

/// How a wait ended that had a limit and could be stopped.
enum class WaitEnd { elapsed, stopped };

/// Waits for @p delay or until @p stop is requested (from this thread), whichever is first.
inline QCoro::Task<WaitEnd> pauseFor(std::chrono::milliseconds delay, std::stop_token stop)
{
    OneShot<WaitEnd> end;
    const std::stop_callback onStop(stop, [end] { end.set(WaitEnd::stopped); });
    QTimer timer;
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, [end] { end.set(WaitEnd::elapsed); });
    timer.start(delay);
    co_return co_await end;
}

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
