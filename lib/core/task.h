/// Task<T>: the Result<T> of an asynchronous function, awaited once with `co_await`.
///
/// A task starts at once and continues when it is dropped. So coroutines take their arguments by value, borrow nothing
/// across a `co_await`, and live in lib/ only. A coroutine that uses an object's members is a ScopedTask and runs in
/// the object's TaskScope. Views consume tasks with `QCoro::connect(std::move(task), this, callback)`.
///
/// GCC 12 destroys some temporaries of a `co_await` expression twice: those of classes without a constructor of their
/// own (aggregates, lambdas that capture by value) and those of `?:`. Give such a value a name first, or the task that
/// is made from it: `Task<Keys> fetching = fetch({issuer, url}); co_await std::move(fetching);`.
#pragma once

#include "core/one-shot.h"
#include "core/result.h"

#include <QCoroTask>
#include <QTimer>

#include <chrono>
#include <stop_token>

namespace bookdesk {

template <class T> using Task = QCoro::Task<Result<T>>;

/// A task that has its result already.
template <class T> Task<T> readyTask(Result<T> result) { co_return result; }

/// How a wait ended that has a time limit and can be stopped.
enum class WaitEnd { elapsed, stopped };

/// Waits for @p delay or until @p stop is requested (from this thread), whichever comes first.
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
