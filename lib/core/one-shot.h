/// OneShot<T>: a value that arrives once and that any number of coroutines may wait for. The first value wins, so a
/// wait can race its answer against a time limit and a cancellation.
#pragma once

// Qt 6.4's moc cannot read <coroutine> before a header of Qt.
#include <QtGlobal>

#include <coroutine>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace bookdesk {

/// Copies share one state. T must be copyable: every waiter gets a copy. One thread only; `set` resumes the waiters
/// before it returns, so the caller must not use anything afterwards that a waiter may have destroyed.
template <class T> class OneShot
{
    struct State;

public:
    bool isSet() const { return m_state->value.has_value(); }

    /// Resumes every waiter with @p value. Later values are ignored.
    void set(T value) const
    {
        const std::shared_ptr<State> state = m_state;
        if (state->value)
            return;
        state->value.emplace(std::move(value));
        for (const std::function<void()> &waiter : std::exchange(state->waiters, {}))
            waiter();
    }

    /// Calls @p function with the value, now or later.
    void whenSet(std::function<void(const T &)> function) const
    {
        const std::shared_ptr<State> state = m_state;
        if (state->value)
            function(*state->value);
        else
            state->waiters.push_back([set = state.get(), function] { function(*set->value); });
    }

    /// What `co_await oneShot` uses; it owns a share of the state, so a temporary OneShot may be awaited.
    class Awaiter
    {
    public:
        explicit Awaiter(const OneShot &oneShot)
            : m_state(oneShot.m_state)
        {}
        bool await_ready() const noexcept { return m_state->value.has_value(); }
        void await_suspend(std::coroutine_handle<> waiter) { m_state->waiters.emplace_back(waiter); }
        T await_resume() const { return *m_state->value; }

    private:
        std::shared_ptr<State> m_state;
    };

    Awaiter operator co_await() const { return Awaiter(*this); }

private:
    struct State
    {
        std::optional<T> value;
        std::vector<std::function<void()>> waiters;
    };

    std::shared_ptr<State> m_state = std::make_shared<State>();
};

} // namespace bookdesk
