/// Files that people save, for their owner alone.
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>

namespace bookdesk {

/// Replaces the file at @p path by @p content, at once or not at all; only its owner may read it. Blocks, so not for
/// the GUI thread. Errors: file.not-written, with the system's reason in the message.
Result<void> writePrivately(const QString &path, const QByteArray &content);

} // namespace bookdesk
