/// ConnectionTests: what *Test* has found about each connection, for as long as that connection stays as it is.
#pragma once

#include "core/clock.h"
#include "workspace/connection-check.h"

#include <QObject>
#include <QString>

#include <map>
#include <memory>
#include <optional>

namespace bookdesk::workspace {
class Workspace;
}

namespace bookdesk::pages {

/// One test runs at a time. GUI thread.
class ConnectionTests : public QObject
{
    Q_OBJECT

public:
    struct Outcome
    {
        workspace::CheckFindings findings;
        std::optional<TimePoint> ended; ///< Nothing while it runs.
    };

    /// @param workspace must outlive it.
    ConnectionTests(workspace::Workspace &workspace, Clock clock, QObject *parent = nullptr);

    /// Starts over; a test of another connection ends.
    void run(const QString &id);
    void cancel();
    bool isRunning(const QString &id) const { return m_check && m_id == id; }
    /// Nothing where it was not tested as it is now.
    const Outcome *of(const QString &id) const;

Q_SIGNALS:
    void changed(const QString &id);
    /// All rows are there, or it was cancelled; this comes after changed.
    void ended(const QString &id);

private:
    void note();
    void finish();
    void forget(const QString &id);

    workspace::Workspace &m_workspace;
    Clock m_clock;
    std::map<QString, Outcome> m_outcomes;
    std::unique_ptr<workspace::ConnectionCheck> m_check; ///< That runs.
    QString m_id;                                        ///< Whose it is.
};

} // namespace bookdesk::pages
