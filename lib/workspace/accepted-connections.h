/// AcceptedConnections: the connection files that a person has agreed to use.
#pragma once

#include "core/result.h"
#include "identity/connection.h"

#include <QByteArray>
#include <QString>

namespace bookdesk::workspace {

/// A file in @p folder, beside the stored connections, with one SHA-256 for each accepted content, so that a file that
/// changes, or whose CA does, is not accepted any more. Holds no secrets. One thread.
class AcceptedConnections
{
public:
    explicit AcceptedConnections(QString folder);

    /// Whether this content was accepted, or is that of a stored connection.
    bool has(const identity::Connection &connection) const;
    /// Errors: connection.store-failed.
    Result<void> remember(const identity::Connection &connection);

private:
    QString filePath() const;

    QString m_folder;
};

/// Where connections are stored, for the window and the command line alike.
QString connectionsFolder();

} // namespace bookdesk::workspace
