/// SingleFlight: runs a piece of work at most once at a time; everyone who asks meanwhile shares the result.
#pragma once

#include "core/one-shot.h"
#include "core/task.h"

#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <variant>

namespace bookdesk {

/// Work of several kinds, identified by keys. One thread. T must be copyable. The work outlives a caller that stops
/// waiting.
template <class Key, class T> class SingleFlights
{
public:
    /// Starts @p work for @p key, or joins the run that is under way.
    Task<T> run(Key key, std::function<Task<T>()> work)
    {
        const std::shared_ptr<Flights> flights = m_flights;
        if (const auto found = flights->find(key); found != flights->end()) {
            const OneShot<Result<T>> shared = found->second;
            co_return co_await shared;
        }
        const OneShot<Result<T>> landing;
        flights->emplace(key, landing);
        Result<T> result = co_await work();
        flights->erase(key);
        landing.set(result);
        co_return result;
    }

    bool isRunning(const Key &key) const { return m_flights->contains(key); }

private:
    using Flights = std::map<Key, OneShot<Result<T>>>;
    std::shared_ptr<Flights> m_flights = std::make_shared<Flights>();
};

/// Work of one kind; otherwise as SingleFlights.
template <class T> class SingleFlight
{
public:
    /// Starts @p work, or joins the run that is under way.
    Task<T> run(std::function<Task<T>()> work) { return m_flights.run({}, std::move(work)); }

    bool isRunning() const { return m_flights.isRunning({}); }

private:
    SingleFlights<std::monostate, T> m_flights;
};

} // namespace bookdesk
