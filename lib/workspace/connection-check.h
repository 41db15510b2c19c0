/// ConnectionCheck: *Test connection*, row by row, without signing in.
#pragma once

#include "workspace/connection-check-rows.h"
#include "workspace/row-run.h"
#include "workspace/surroundings.h"

#include <QObject>

#include <chrono>
#include <cstddef>
#include <memory>

namespace bookdesk::workspace {

/// Asks the connection's servers for what everybody may ask them: the discovery document, the keys, and the list of
/// books without a token. Nothing of it is kept: the next check asks again, on new connections. The connection need not
/// be stored. Nobody is asked for a proxy's log-in. Each request has a time limit. GUI thread; destroying it ends the
/// check.
class ConnectionCheck : public QObject
{
    Q_OBJECT

public:
    /// @param surroundings those in effect, see Workspace::newCheck.
    ConnectionCheck(identity::Connection connection, Surroundings surroundings,
                    std::chrono::milliseconds rowLimit = std::chrono::seconds(8), QObject *parent = nullptr);
    ~ConnectionCheck() override;

    const identity::Connection &connection() const { return m_connection; }
    /// In the order of allCheckSubjects.
    const CheckFindings &findings() const { return m_run.findings(); }
    bool isRunning() const { return m_run.isRunning(); }

    /// Starts a new check of all subjects, which ends with all rows checked. Nobody need wait for it. Errors: stopped.
    Task<void> run();
    /// What has not been checked stays so.
    void cancel();

Q_SIGNALS:
    void rowChanged(std::size_t row);
    /// All rows have been checked, or the check was cancelled.
    void ended();

private:
    using Run = RowRun<ConnectionCheck, CheckFinding, allCheckSubjects.size()>;
    friend Run;
    class Network;

    ScopedTask<CheckFinding> findingFor(std::size_t row);
    ScopedTask<CheckFinding> discovery();
    ScopedTask<CheckFinding> keys();
    ScopedTask<CheckFinding> api();
    ScopedTask<CheckFinding> proxy();
    CheckFinding certificate() const;
    Error understood(const Error &error, const QUrl &url);
    ScopedTask<void> passProxy(QUrl url);

    const identity::Connection m_connection;
    const Surroundings m_surroundings;
    const std::chrono::milliseconds m_rowLimit;
    std::unique_ptr<Network> m_network; ///< Of the last check.
    Run m_run;
};

} // namespace bookdesk::workspace
