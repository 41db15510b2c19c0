/// VaultLock: only one program at a time uses the stored sign-ins.
#pragma once

#include "core/task.h"

#include <QString>

#include <chrono>
#include <memory>
#include <stop_token>

class QLockFile;

namespace bookdesk::identity {

/// Held as long as a copy lives, also against other parts of this program. A program that has ended, or was killed,
/// holds nothing. Any thread.
using VaultLock = std::shared_ptr<QLockFile>;

/// Waits on a thread of the pool, at most for @p limit. The file is made where it is missing. Errors: vault.busy,
/// vault.lock-failed, stopped.
Task<VaultLock> lockVault(QString path, std::chrono::milliseconds limit, std::stop_token stop);

} // namespace bookdesk::identity
