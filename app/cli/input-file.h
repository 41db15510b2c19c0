/// Reads the files that a command names.
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>

namespace bookdesk::cli {

/// The content of the file @p name, or of standard input for "-". Errors: cli.file-unreadable, also for more than 2
/// MiB.
Result<QByteArray> readInputFile(const QString &name);

} // namespace bookdesk::cli
