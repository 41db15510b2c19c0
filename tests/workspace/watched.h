/// Watched: a task's result, for tests that run the event loop meanwhile.
#pragma once

#include <QCoroTask>

#include <memory>
#include <optional>
#include <utility>

namespace bookdesk::test {

template <class T> class Watched
{
public:
    explicit Watched(QCoro::Task<T> task) { keep(std::move(task), m_result); }

    bool hasCome() const { return m_result->has_value(); }
    const T &result() const { return m_result->value(); }

private:
    static QCoro::Task<void> keep(QCoro::Task<T> task, std::shared_ptr<std::optional<T>> result)
    {
        T value = co_await task;
        result->emplace(std::move(value));
    }

    std::shared_ptr<std::optional<T>> m_result = std::make_shared<std::optional<T>>();
};

} // namespace bookdesk::test
