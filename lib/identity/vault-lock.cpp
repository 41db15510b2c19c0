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
#include <QTimer>

#include <functional>
#include <optional>
#include <utility>

namespace bookdesk::identity {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(VaultLock)
};

constexpr int noWait = 0;
constexpr std::chrono::milliseconds untilNextTry{100};
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

/// What came of a try: a lock, a failure, or neither.
using Try = std::optional<Result<VaultLock>>;

Try tryLock(const QString &path)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    auto lock = std::make_shared<QLockFile>(path);
    // Only the end of its program frees a lock: a refresh may take as long as the network allows.
    lock->setStaleLockTime(0);
    if (lock->tryLock(noWait) || (isNobodys(*lock) && lock->removeStaleLockFile() && lock->tryLock(noWait)))
        return lock;
    return lock->error() == QLockFile::LockFailedError ? Try() : failure(notLocked(path));
}

QCoro::Task<void> pause(std::stop_token stop)
{
    const OneShot<bool> end;
    const std::stop_callback onStop(stop, [end] { end.set(true); });
    QTimer timer;
    timer.setSingleShot(true);
    timer.callOnTimeout(&timer, [end] { end.set(true); });
    timer.start(untilNextTry);
    co_await end;
}

} // namespace

Task<VaultLock> lockVault(QString path, std::chrono::milliseconds limit, std::stop_token stop)
{
    const QDeadlineTimer deadline(limit);
    const std::function<Try()> work = [path] { return tryLock(path); };
    while (!stop.stop_requested()) {
        const std::optional<Try> tried = co_await offThread(work, stop);
        if (tried && *tried)
            co_return **tried;
        if (tried && deadline.hasExpired())
            co_return failure(busy());
        co_await pause(stop);
    }
    co_return failure(ended());
}

VaultQueue::VaultQueue(QString path, std::chrono::milliseconds limit)
    : m_path(std::move(path))
    , m_limit(limit)
{}

Task<VaultLock> VaultQueue::lock(std::stop_token stop) { return lockInTurn(m_turns, m_path, m_limit, std::move(stop)); }

/// Whoever waits for its turn has asked later than those before it, so its limit does not pass before its turn comes.
Task<VaultLock> VaultQueue::lockInTurn(std::shared_ptr<Turns> turns, QString path, std::chrono::milliseconds limit,
                                       std::stop_token stop)
{
    const QDeadlineTimer deadline(limit);
    const auto place = turns->insert(turns->end(), Turn());
    turns->front().set(true);
    bool hasCome = false;
    {
        const Turn turn = *place;
        const std::stop_callback onStop(stop, [turn] { turn.set(false); });
        hasCome = co_await turn;
    }
    Result<VaultLock> lock = failure(ended());
    if (hasCome)
        lock = co_await lockVault(path, std::chrono::milliseconds(deadline.remainingTime()), stop);
    turns->erase(place);
    if (!turns->empty())
        turns->front().set(true);
    co_return lock;
}

} // namespace bookdesk::identity
