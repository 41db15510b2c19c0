/// ProblemCheck: *Check for problems*, row by row.
#pragma once

#include "workspace/problem-rows.h"
#include "workspace/row-run.h"

#include <QObject>

#include <chrono>
#include <cstddef>

namespace bookdesk::workspace {

class Desk;
class Workspace;

/// Each row has a time limit. What the network says is asked of the servers of the connection in use, without a token.
/// GUI thread; destroying it ends the check.
class ProblemCheck : public QObject
{
    Q_OBJECT

public:
    using Run = RowRun<ProblemCheck, ProblemFinding, allProblemSubjects.size()>;
    using Findings = Run::Findings;

    /// @param workspace must outlive it.
    explicit ProblemCheck(Workspace &workspace, std::chrono::milliseconds rowLimit = std::chrono::seconds(8),
                          QObject *parent = nullptr);

    /// In the order of allProblemSubjects.
    const Findings &findings() const { return m_run.findings(); }
    bool isRunning() const { return m_run.isRunning(); }

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
    friend Run;

    ScopedTask<ProblemFinding> findingFor(std::size_t row);
    ScopedTask<ProblemFinding> certificates();
    ScopedTask<ProblemFinding> clock();
    ScopedTask<ProblemFinding> proxy();
    Desk *desk() const;

    Workspace &m_workspace;
    Run m_run;
};

} // namespace bookdesk::workspace
