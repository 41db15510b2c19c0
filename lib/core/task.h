/// Task<T>: an asynchronous function's Result<T>, awaited once with `co_await`. See the rules in this file's comment.
///
/// A task starts at once and goes on when dropped. So: coroutines take their arguments by value, borrow nothing across
/// a `co_await`, live in lib/ only, and are ended by their owner's std::stop_source before its members die. Views
/// consume tasks with `QCoro::connect(std::move(task), this, callback)`.
#pragma once

#include "core/one-shot.h"
#include "core/result.h"

#include <QCoroTask>
#include <QTimer>

#include <chrono>
#include <stop_token>

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

} // namespace bookdesk
