/// What tests do with results, now or later.
#pragma once

#include "core/result.h"
#include "core/task.h"

#include <QCoroTask>

#include <memory>
#include <optional>

namespace bookdesk::test {

/// The value; an error ends the program.
template <class T> T valueOf(Result<T> result)
{
    if (!result)
        qFatal("%s (%s)", qPrintable(result.error().message), qPrintable(factLines(result.error().facts)));
    return *std::move(result);
}

/// The result of a task that nobody awaits; empty as long as it runs.
template <class T> using Outcome = std::shared_ptr<std::optional<Result<T>>>;

template <class T> QCoro::Task<void> collect(Task<T> task, Outcome<T> outcome)
{
    Result<T> result = co_await std::move(task);
    outcome->emplace(std::move(result));
}

/// Starts what is not awaited.
template <class T> Outcome<T> begin(Task<T> task)
{
    const auto outcome = std::make_shared<std::optional<Result<T>>>();
    collect(std::move(task), outcome);
    return outcome;
}

} // namespace bookdesk::test
