/// LastUses: on which day somebody was signed in on each connection.
#pragma once

#include "core/clock.h"

#include <QObject>
#include <QString>

namespace bookdesk::workspace {
class Workspace;
}

namespace bookdesk::pages {

/// Remembered for later runs. GUI thread.
class LastUses : public QObject
{
    Q_OBJECT

public:
    /// @param workspace must outlive it.
    LastUses(workspace::Workspace &workspace, Clock clock, QObject *parent = nullptr);

    /// "in use" where it is the one in use or has accounts, the day, or "never".
    QString textOf(const QString &id) const;

private:
    void note();

    workspace::Workspace &m_workspace;
    Clock m_clock;
};

} // namespace bookdesk::pages
