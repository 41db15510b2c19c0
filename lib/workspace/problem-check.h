/// ProblemCheck: *Check for problems*, row by row.
#pragma once

#include "core/task-scope.h"
#include "workspace/problem-rows.h"

#include <QObject>
#include <QTimer>

#include <array>
#include <chrono>
#include <cstddef>
#include <stop_token>

namespace bookdesk::workspace {

class Desk;
class Workspace;

/// Each row has a time limit. What the network says is asked of the servers of the connection in use, without a token.
/// GUI thread; destroying it ends the check.
class ProblemCheck : public QObject
{
    Q_OBJECT

public:
    using Findings = std::array<ProblemFinding, allProblemSubjects.size()>;

    /// @param workspace must outlive it.
    explicit ProblemCheck(Workspace &workspace, std::chrono::milliseconds rowLimit = std::chrono::seconds(8),
                          QObject *parent = nullptr);

    /// In the order of allProblemSubjects.
    const Findings &findings() const { return m_findings; }
    bool isRunning() const { return m_isRunning; }

    /// Starts a new check of all subjects.
    void run();
    /// What has not been checked stays so.
    void cancel();
    /// Ends the check without a signal, and forgets what was found: it is no longer true.
    void forget();

Q_SIGNALS:
    void rowChanged(std::size_t row);
    /// All rows have been checked, or the check was cancelled.
    void ended();

private:
    ScopedTask<void> checkAll();
    ScopedTask<void> check(std::size_t row);
    ScopedTask<ProblemFinding> findingFor(ProblemSubject subject);
    ScopedTask<ProblemFinding> certificates();
    ScopedTask<ProblemFinding> clock();
    ScopedTask<ProblemFinding> proxy();
    Desk *desk() const;

    Workspace &m_workspace;
    const std::chrono::milliseconds m_rowLimit;
    Findings m_findings;
    bool m_isRunning = false;
    std::stop_source m_rowStop;
    QTimer m_rowTimer;
    TaskScope m_scope;
};

} // namespace bookdesk::workspace
