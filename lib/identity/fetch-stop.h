/// FetchStop: ends fetches that nobody waits for any more.
#pragma once

#include <QtGlobal>

#include <memory>
#include <stop_token>
#include <utility>

namespace bookdesk::identity {

/// For fetches that several callers share. One that stalls would keep its connection, of which a server gets six. One
/// thread.
class FetchStop
{
    struct State
    {
        std::stop_source stop;
        int waiters = 0;
    };

public:
    /// Somebody who waits for a fetch, for as long as this lives.
    class Waiter
    {
    public:
        explicit Waiter(const FetchStop &fetches)
            : m_state(fetches.m_state)
        {
            ++m_state->waiters;
        }
        ~Waiter() { --m_state->waiters; }
        Q_DISABLE_COPY_MOVE(Waiter)

    private:
        std::shared_ptr<State> m_state;
    };

    /// For a fetch that begins now.
    std::stop_token token() const { return m_state->stop.get_token(); }

    /// Ends the fetches under way unless somebody waits for one of them; those that begin later are others.
    void startAnew()
    {
        const std::shared_ptr<State> before = std::exchange(m_state, std::make_shared<State>());
        if (before->waiters == 0)
            before->stop.request_stop();
    }

private:
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

} // namespace bookdesk::identity
