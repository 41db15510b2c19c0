/// ScopedTask<T>: an asynchronous member function that ends before its object does. Started by TaskScope::run.
#pragma once

#include "core/errors.h"
#include "core/task.h"

#include <coroutine>
#include <exception>
#include <memory>
#include <optional>
#include <stop_token>
#include <type_traits>
#include <utility>

namespace bookdesk {

class TaskScope;

/// When a run's waits end early, and with which error.
struct StopOrder
{
    std::stop_token stop;
    Error reason{errors::stopped, {}, {}};
};

namespace detail {

/// What a wait for a function's result gives: the function's value as a Result, or what arrives in its place.
template <class T> struct Awaited
{
    using Type = Result<T>;
};
template <class T> struct Awaited<Result<T>>
{
    using Type = Result<T>;
};
template <class T> struct Awaited<QCoro::Task<T>>
{
    using Type = typename Awaited<T>::Type;
};
template <class T> struct Awaited<OneShot<T>>
{
    using Type = Result<T>;
};

} // namespace detail

/// Waits for code outside the object: for the function, and for the Task or OneShot that it returns, if any.
template <class Function> class CallingOut
{
    using Returned = std::invoke_result_t<Function &>;
    using Outcome = typename detail::Awaited<Returned>::Type;

public:
    CallingOut(Function function, StopOrder order)
        : m_function(std::move(function))
        , m_order(std::move(order))
    {}
    Q_DISABLE_COPY_MOVE(CallingOut)

    bool await_ready() const { return m_order.stop.stop_requested(); }

    /// A stop resumes the task, so this and everything else in its frame may be gone when the function returns: after
    /// the call, only local variables are used.
    void await_suspend(std::coroutine_handle<> task)
    {
        const OneShot<Outcome> end = m_end;
        Function function = std::move(m_function);
        typename OneShot<Outcome>::Awaiter(end).await_suspend(task);
        m_onStop.emplace(m_order.stop, Ending{end, m_order.reason});
        if constexpr (std::is_void_v<Returned>) {
            function();
            end.set(Outcome());
        } else if constexpr (std::is_same_v<Returned, Outcome>) {
            end.set(function());
        } else {
            passOn(function(), end);
        }
    }

    Outcome await_resume() const
    {
        if (!m_end.isSet())
            return failure(m_order.reason);
        return typename OneShot<Outcome>::Awaiter(m_end).await_resume();
    }

private:
    struct Ending
    {
        OneShot<Outcome> end;
        Error reason;
        void operator()() const { end.set(failure(reason)); }
    };

    template <class T> static void passOn(T value, const OneShot<Outcome> &end) { end.set(std::move(value)); }
    template <class T> static void passOn(OneShot<T> oneShot, const OneShot<Outcome> &end)
    {
        oneShot.whenSet([end](const T &value) { end.set(value); });
    }
    template <class T> static QCoro::Task<void> passOn(QCoro::Task<T> task, OneShot<Outcome> end)
    {
        T value = co_await std::move(task);
        end.set(std::move(value));
    }

    Function m_function;
    StopOrder m_order;
    OneShot<Outcome> m_end;
    std::optional<std::stop_callback<Ending>> m_onStop;
};

template <class Function> class CallOut
{
public:
    explicit CallOut(Function function)
        : m_function(std::move(function))
    {}
    CallingOut<Function> within(StopOrder order) && { return {std::move(m_function), std::move(order)}; }

private:
    Function m_function;
};

/// `co_await callOut(function)` is how a scoped task calls code outside its object: signals, callbacks and the
/// functions of other objects, which may stop the task or destroy its object. Gives what @p function returns, or what
/// arrives in the Task or OneShot that it returns, or the run's reason if the run was stopped before or meanwhile. A
/// lambda written in place captures references only, see task.h.
template <class Function> CallOut<Function> callOut(Function function)
{
    return CallOut<Function>(std::move(function));
}

/// A coroutine that runs within a TaskScope and nowhere else. It starts when it is awaited, so that everything that
/// waits for it is suspended while it runs. It awaits other scoped tasks and callOut, and nothing else. One thread.
template <class Value> class [[nodiscard]] ScopedCoroutine
{
public:
    using value_type = Value;
    class promise_type;

    ScopedCoroutine(ScopedCoroutine &&other) noexcept
        : m_frame(std::exchange(other.m_frame, nullptr))
    {}
    ScopedCoroutine &operator=(ScopedCoroutine &&) = delete;
    ~ScopedCoroutine()
    {
        if (m_frame)
            m_frame.destroy();
    }

private:
    friend TaskScope;
    template <class Other> friend class ScopedCoroutine;
    using Frame = std::coroutine_handle<promise_type>;

    class Awaiter
    {
    public:
        explicit Awaiter(Frame frame)
            : m_frame(frame)
        {}
        bool await_ready() const noexcept { return false; }
        std::coroutine_handle<> await_suspend(std::coroutine_handle<> waiter) const noexcept
        {
            m_frame.promise().m_waiter = waiter;
            return m_frame;
        }
        Value await_resume() const { return std::move(*m_frame.promise().m_value); }

    private:
        Frame m_frame;
    };

    explicit ScopedCoroutine(Frame frame)
        : m_frame(frame)
    {}
    Awaiter within(StopOrder order) const
    {
        m_frame.promise().m_order = std::move(order);
        return Awaiter(m_frame);
    }

    Frame m_frame;
};

/// The asynchronous Result<T> of a member function, as Task is that of any function.
template <class T> using ScopedTask = ScopedCoroutine<Result<T>>;

template <class Value> class ScopedCoroutine<Value>::promise_type
{
    struct ResumeWaiter
    {
        bool await_ready() const noexcept { return false; }
        std::coroutine_handle<> await_suspend(Frame frame) const noexcept { return frame.promise().m_waiter; }
        void await_resume() const noexcept {}
    };

public:
    ScopedCoroutine get_return_object() { return ScopedCoroutine(Frame::from_promise(*this)); }
    std::suspend_always initial_suspend() const noexcept { return {}; }
    ResumeWaiter final_suspend() const noexcept { return {}; }
    void return_value(Value value) { m_value.emplace(std::move(value)); }
    /// Exceptions never cross a module, so there is nobody to catch one.
    void unhandled_exception() const noexcept { std::terminate(); }

    template <class Other> auto await_transform(ScopedCoroutine<Other> &&task) const { return task.within(m_order); }
    template <class Function> auto await_transform(CallOut<Function> &&call) const
    {
        return std::move(call).within(m_order);
    }

private:
    friend ScopedCoroutine;
    StopOrder m_order;
    std::coroutine_handle<> m_waiter;
    std::optional<Value> m_value;
};

} // namespace bookdesk
