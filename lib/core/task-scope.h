/// TaskScope: the tasks of an object, which all end before the object does. The one way to run something over time:
///
/// 1. The scope is its owner's last member, so it is destroyed first.
/// 2. It runs private member functions of the owner that return a ScopedTask. They may use the owner's members at any
///    time, and take everything else by value.
/// 3. Code outside the owner (its signals, callbacks, other objects' tasks) is called by `co_await callOut(…)`, because
///    it may destroy the owner.
/// 4. A stopped wait gives an error, as any failed wait does. Nothing else checks for a stop.
///
/// Why this works: whenever outside code runs, all tasks of the scope are suspended, and a stop can resume each of
/// them. The scope's destructor does so: each wait gives the run's reason, the task returns while the owner's members
/// are alive, and outside code that waits for it gets the reason in time.
#pragma once

#include "core/scoped-task.h"

#include <QtGlobal>

#include <memory>
#include <stop_token>
#include <utility>
#include <vector>

namespace bookdesk {

/// One thread. Public functions of the owner are plain functions: `return m_scope.run([this](std::stop_token stop) {
/// return fetch(stop); }, reason);`.
class TaskScope
{
public:
    TaskScope() = default;
    ~TaskScope();
    Q_DISABLE_COPY_MOVE(TaskScope)

    /// Starts `work(stop)`, which gives a ScopedTask, at once. The scope keeps @p work as long as the task runs. Waits
    /// end with @p reason when the scope ends or stops, or @p callersStop is requested.
    template <class Work> auto run(Work work, Error reason, std::stop_token callersStop = {})
    {
        using Value = typename std::invoke_result_t<Work &, std::stop_token>::value_type;
        return drive<Value>(m_state, std::move(work), std::move(reason), std::move(callersStop));
    }

    /// Ends all runs; a run that is started later ends at its first wait. False if somebody who waited has destroyed
    /// the scope meanwhile: then the owner's members are gone.
    [[nodiscard]] bool stop();
    /// As stop, but runs that are started later are not affected.
    [[nodiscard]] bool restart();
    bool isIdle() const { return m_state->runs.empty(); }

private:
    struct State
    {
        std::vector<std::stop_source> runs;
        bool isStopped = false;
        bool isDestroyed = false;
    };

    /// Registered with the scope from beginning to end.
    class Run
    {
    public:
        explicit Run(std::shared_ptr<State> state);
        ~Run() { std::erase(m_state->runs, m_stop); }
        Q_DISABLE_COPY_MOVE(Run)
        const std::stop_source &stop() const { return m_stop; }

    private:
        std::shared_ptr<State> m_state;
        std::stop_source m_stop;
    };

    /// Passes the caller's stop on. The task that it resumes destroys this object, so it works on a copy.
    struct Relay
    {
        std::stop_source target;
        void operator()() const { std::stop_source(target).request_stop(); }
    };

    template <class Value, class Work>
    static QCoro::Task<Value> drive(std::shared_ptr<State> state, Work work, Error reason, std::stop_token callersStop)
    {
        const Run run(std::move(state));
        const std::stop_callback onCallersStop(std::move(callersStop), Relay{run.stop()});
        const StopOrder order{run.stop().get_token(), std::move(reason)};
        const ScopedCoroutine<Value> task = work(order.stop);
        Value value = co_await task.within(order);
        co_return value;
    }

    static void endRuns(const State &state);

    std::shared_ptr<State> m_state = std::make_shared<State>();
};

inline TaskScope::Run::Run(std::shared_ptr<State> state)
    : m_state(std::move(state))
{
    m_state->runs.push_back(m_stop);
    if (m_state->isStopped)
        m_stop.request_stop();
}

/// One by one and from a copy: a run that ends may start another one, or destroy the scope, which ends the rest.
inline void TaskScope::endRuns(const State &state)
{
    std::vector<std::stop_source> runs = state.runs;
    for (std::stop_source &run : runs)
        run.request_stop();
}

inline bool TaskScope::stop()
{
    m_state->isStopped = true;
    return restart();
}

inline bool TaskScope::restart()
{
    const std::shared_ptr<State> state = m_state;
    endRuns(*state);
    return !state->isDestroyed;
}

inline TaskScope::~TaskScope()
{
    m_state->isStopped = true;
    m_state->isDestroyed = true;
    endRuns(*m_state);
    if (!m_state->runs.empty())
        qFatal("A task has outlived its owner: it called others without callOut");
}

} // namespace bookdesk
