/// RowRun: the run of a check whose rows are checked one after the other and shown as they come.
#pragma once

#include "core/result.h"
#include "core/task-scope.h"

#include <QTimer>

#include <array>
#include <chrono>
#include <cstddef>
#include <stop_token>
#include <utility>

namespace bookdesk::workspace {

/// The last member of its owner, so that it is destroyed first. The owner, which makes it a friend, has the
/// signals `rowChanged(row)` and `ended()` and a task `findingFor(row)`, which ends when `rowStop()` does. A finding
/// has `begin()`, from which on its row is being checked, and `isOpen()`, true until that is over. GUI thread.
template <class Owner, class Finding, std::size_t count> class RowRun
{
public:
    using Findings = std::array<Finding, count>;

    /// @param cancelled what waits for the run get when it is stopped.
    RowRun(Owner &owner, std::chrono::milliseconds limit, Error cancelled)
        : m_owner(owner)
        , m_limit(limit)
        , m_cancelled(std::move(cancelled))
    {
        m_timer.setSingleShot(true);
        // On a copy, because a resumed waiter may destroy this object.
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { std::stop_source(m_rowStop).request_stop(); });
    }

    const Findings &findings() const { return m_findings; }
    void forget() { m_findings = {}; }
    bool isRunning() const { return m_isRunning; }
    /// Of the row that is being checked: its time is over.
    std::stop_token rowStop() const { return m_rowStop.get_token(); }

    /// False if somebody who waited for the run before has destroyed the owner.
    [[nodiscard]] bool prepare()
    {
        if (!m_scope.restart())
            return false;
        m_findings = {};
        m_isRunning = true;
        return true;
    }
    /// After prepare().
    Task<void> start()
    {
        return m_scope.run([this](std::stop_token) { return checkAll(); }, m_cancelled);
    }

    /// What has not been checked becomes @p left.
    void cancel(const Finding &left)
    {
        if (!m_isRunning)
            return;
        m_isRunning = false;
        m_timer.stop();
        std::stop_source rowStop = m_rowStop;
        if (!m_scope.restart())
            return;
        for (Finding &finding : m_findings) {
            if (finding.isOpen())
                finding = left;
        }
        rowStop.request_stop();
        Q_EMIT m_owner.ended();
    }

private:
    ScopedTask<void> checkAll()
    {
        for (std::size_t row = 0; row < count; ++row) {
            if (const Result<void> checked = co_await check(row); !checked)
                co_return checked;
        }
        m_isRunning = false;
        const Result<void> told = co_await callOut([this] { Q_EMIT m_owner.ended(); });
        co_return told;
    }

    ScopedTask<void> check(std::size_t row)
    {
        m_findings[row].begin();
        m_rowStop = std::stop_source();
        m_timer.start(m_limit);
        const Result<void> begun = co_await callOut([this, row] { Q_EMIT m_owner.rowChanged(row); });
        if (!begun)
            co_return begun;
        const Result<Finding> finding = co_await m_owner.findingFor(row);
        m_timer.stop();
        if (!finding)
            co_return failure(finding.error());
        // What ends because the check was cancelled has found nothing.
        if (!m_isRunning)
            co_return failure(m_cancelled);
        m_findings[row] = *finding;
        const Result<void> told = co_await callOut([this, row] { Q_EMIT m_owner.rowChanged(row); });
        co_return told;
    }

    Owner &m_owner;
    const std::chrono::milliseconds m_limit;
    const Error m_cancelled;
    Findings m_findings;
    bool m_isRunning = false;
    std::stop_source m_rowStop;
    QTimer m_timer;
    TaskScope m_scope;
};

} // namespace bookdesk::workspace
