/// Reads files that connections come in, for adding them.
#pragma once

#include "core/result.h"
#include "core/task.h"
#include "identity/connection.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace bookdesk::workspace {

/// Reads a connection file's text, or an array of such objects as the stored connections are; untrusted. An `id` is
/// ignored, and nothing is added. All of them can be used, or none is returned; there are 100 at most. Errors: as
/// identity::readConnection.
Result<std::vector<identity::Connection>> readConnections(const QByteArray &text);

/// The same for a file, on another thread. Errors: also connection.file-unreadable.
Task<std::vector<identity::Connection>> loadConnections(QString path);

} // namespace bookdesk::workspace
