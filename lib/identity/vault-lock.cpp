#include "identity/vault-lock.h"

#include "core/errors.h"
#include "core/off-thread.h"
#include "identity/errors.h"

#include <QCoreApplication>
#include <QDateTime>
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
/// Far longer than a program needs to write who it is into the file that it has made.
constexpr std::chrono::seconds writingTime{2};

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

/// Made by a program that was killed before it could write who it is. QLockFile would wait for it for ever.
bool isNobodys(const QLockFile &lock)
{
    qint64 program = 0;
    QString host;
    QString name;
    const QDateTime made = QFileInfo(lock.fileName()).lastModified();
    return made.isValid() && made.addDuration(writingTime) < QDateTime::currentDateTime() &&
           !lock.getLockInfo(&program, &host, &name);
}

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
        const bool isFreed = isNobodys(*lock) && lock->removeStaleLockFile();
        if (deadline.hasExpired() && !isFreed)
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
