#include "identity/vault-lock.h"

#include "core/errors.h"
#include "core/off-thread.h"
#include "identity/errors.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QFileInfo>
#include <QLockFile>

#include <functional>
#include <utility>

namespace bookdesk::identity {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(VaultLock)
};

constexpr std::chrono::milliseconds attempt{100};

Error busy()
{
    return {errors::vaultBusy, Texts::tr("Another Bookdesk is using the stored sign-ins and did not finish in time."),
            Texts::tr("Close it, or try again in a moment.")};
}

Error notLocked(const QString &path)
{
    return {errors::vaultLockFailed,
            Texts::tr("The stored sign-ins cannot be used, because a file cannot be written."),
            Texts::tr("Let Bookdesk write in this folder."),
            {{facts::file, path}}};
}

Error ended() { return {bookdesk::errors::stopped, Texts::tr("The wait for the stored sign-ins was stopped.")}; }

Result<VaultLock> lockNow(const QString &path, std::chrono::milliseconds limit, const std::stop_token &stop)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    auto lock = std::make_shared<QLockFile>(path);
    // Only the end of its program frees a lock: a refresh may take as long as the network allows.
    lock->setStaleLockTime(0);
    const QDeadlineTimer deadline(limit);
    while (!lock->tryLock(attempt)) {
        if (lock->error() != QLockFile::LockFailedError)
            return failure(notLocked(path));
        if (deadline.hasExpired())
            return failure(busy());
        if (stop.stop_requested())
            return failure(ended());
    }
    return lock;
}

} // namespace

Task<VaultLock> lockVault(QString path, std::chrono::milliseconds limit, std::stop_token stop)
{
    const std::function<Result<VaultLock>()> work = [path, limit, stop] { return lockNow(path, limit, stop); };
    std::optional<Result<VaultLock>> locked = co_await offThread(work, stop);
    if (!locked)
        co_return failure(ended());
    co_return *std::move(locked);
}

} // namespace bookdesk::identity
