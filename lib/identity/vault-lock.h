/// VaultLock: only one program at a time uses the stored sign-ins.
#pragma once

#include "core/one-shot.h"
#include "core/task.h"

#include <QString>

#include <chrono>
#include <list>
#include <memory>
#include <stop_token>

class QLockFile;

namespace bookdesk::identity {

/// Held as long as a copy lives, also against other parts of this program. A program that has ended, or was killed,
/// holds nothing. Any thread.
using VaultLock = std::shared_ptr<QLockFile>;

/// Tries again and again, at most for @p limit. Each try takes a moment of a thread of the pool, which is free in
/// between. The file is made where it is missing. A thread with an event loop. Errors: vault.busy, vault.lock-failed,
/// stopped.
Task<VaultLock> lockVault(QString path, std::chrono::milliseconds limit, std::stop_token stop);

/// Those who want the lock in one program, which get it in the order in which they asked. The one whose turn it is
/// waits for other programs, and for whoever of this one holds the lock. One thread.
class VaultQueue
{
public:
    VaultQueue(QString path, std::chrono::milliseconds limit);

    /// The limit begins now, whoever else waits. A stop ends this wait and no other. Errors: as lockVault.
    Task<VaultLock> lock(std::stop_token stop);

private:
    /// Whether it came, or the wait was stopped.
    using Turn = OneShot<bool>;
    using Turns = std::list<Turn>;

    static Task<VaultLock> lockInTurn(std::shared_ptr<Turns> turns, QString path, std::chrono::milliseconds limit,
                                      std::stop_token stop);

    const QString m_path;
    const std::chrono::milliseconds m_limit;
    const std::shared_ptr<Turns> m_turns = std::make_shared<Turns>();
};

} // namespace bookdesk::identity
