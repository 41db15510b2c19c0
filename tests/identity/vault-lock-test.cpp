// Only one program at a time holds the lock, and none that has been killed.
#include "core/off-thread.h"
#include "core/results.h"
#include "identity/vault-lock.h"

#include <QCoroTask>
#include <QDateTime>
#include <QFile>
#include <QLockFile>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using namespace std::chrono_literals;
using identity::VaultLock;

class VaultLockTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// So that what is done on the pool is done in order.
    void init() { QThreadPool::globalInstance()->setMaxThreadCount(1); }

    /// The first one, because a child of a program with threads can do little.
    void aKilledProgramHoldsNothing()
    {
        int pipes[2] = {};
        QCOMPARE(::pipe(pipes), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            QLockFile lock(path());
            lock.setStaleLockTime(0);
            const char isLocked = lock.tryLock() ? 'y' : 'n';
            const bool isWritten = ::write(pipes[1], &isLocked, 1) == 1;
            while (isWritten)
                ::pause();
            ::_exit(1);
        }
        char isLocked = 0;
        QCOMPARE(::read(pipes[0], &isLocked, 1), 1);
        QCOMPARE(isLocked, 'y');
        QCOMPARE(codeOf(QCoro::waitFor(identity::lockVault(path(), 300ms, {}))), u"vault.busy"_s);
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        QCOMPARE(codeOf(QCoro::waitFor(identity::lockVault(path(), 5s, {}))), QString());
    }

    /// By a program that was killed before it could write who it is.
    void aFileWithoutAnOwnerHoldsNothing()
    {
        QFile file(m_folder.filePath(u"nobodys.lock"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(codeOf(QCoro::waitFor(identity::lockVault(file.fileName(), 300ms, {}))), u"vault.busy"_s);
        QVERIFY(file.setFileTime(QDateTime::currentDateTime().addSecs(-10), QFileDevice::FileModificationTime));
        QCOMPARE(codeOf(QCoro::waitFor(identity::lockVault(file.fileName(), 300ms, {}))), QString());
    }

    void itIsFreeWhenTheLastCopyIsGone()
    {
        Result<VaultLock> first = QCoro::waitFor(identity::lockVault(path(), 5s, {}));
        QVERIFY(first);
        QCOMPARE(codeOf(QCoro::waitFor(identity::lockVault(path(), 0ms, {}))), u"vault.busy"_s);
        VaultLock copy = *first;
        first = VaultLock();
        QCOMPARE(codeOf(QCoro::waitFor(identity::lockVault(path(), 0ms, {}))), u"vault.busy"_s);
        copy.reset();
        QCOMPARE(codeOf(QCoro::waitFor(identity::lockVault(path(), 5s, {}))), QString());
    }

    void aWaitCanBeStopped()
    {
        const Result<VaultLock> first = QCoro::waitFor(identity::lockVault(path(), 5s, {}));
        QVERIFY(first);
        std::stop_source stop;
        Task<VaultLock> waiting = identity::lockVault(path(), 60s, stop.get_token());
        stop.request_stop();
        const Result<VaultLock> second = QCoro::waitFor(std::move(waiting));
        QVERIFY(!second);
        QCOMPARE(second.error().code.kind(), ErrorKind::stopped);
    }

    /// They may be what the holder waits for, to become ready.
    void waitsLeaveTheThreadsToOthers()
    {
        const Result<VaultLock> held = QCoro::waitFor(identity::lockVault(path(), 5s, {}));
        QVERIFY(held);
        std::stop_source stop;
        std::vector<Task<VaultLock>> waiting;
        for (int i = 0; i <= QThreadPool::globalInstance()->maxThreadCount(); ++i)
            waiting.push_back(identity::lockVault(path(), 60s, stop.get_token()));
        const auto outcome = test::begin(otherWork());
        QTRY_VERIFY(outcome->has_value());
        stop.request_stop();
        for (Task<VaultLock> &one : waiting)
            QVERIFY(!QCoro::waitFor(std::move(one)));
    }

    void whoAskedFirstIsFirst()
    {
        identity::VaultQueue queue(path(), 60s);
        VaultLock held = QCoro::waitFor(identity::lockVault(path(), 5s, {})).value_or(nullptr);
        QVERIFY(held);
        QStringList order;
        const auto note = [&order](const QString &name) {
            return [&order, name](const Result<VaultLock> &lock) { order += lock ? name : u"none"_s; };
        };
        QObject waiting;
        std::stop_source stop;
        QCoro::connect(queue.lock({}), &waiting, note(u"first"_s));
        QCoro::connect(queue.lock(stop.get_token()), &waiting, note(u"stopped"_s));
        // Then the first has tried in vain, and pauses.
        QVERIFY(QCoro::waitFor(otherWork()));
        stop.request_stop();
        QCOMPARE(order, QStringList{u"none"_s});
        held.reset();
        QCoro::connect(queue.lock({}), &waiting, note(u"second"_s));
        QTRY_COMPARE(order, (QStringList{u"none"_s, u"first"_s, u"second"_s}));
    }

    void theFoldersAreMade()
    {
        QCOMPARE(codeOf(QCoro::waitFor(identity::lockVault(m_folder.filePath(u"a/b/vault.lock"_s), 5s, {}))),
                 QString());
    }

    void aPlaceThatCannotBeWrittenIsNamed()
    {
        QFile file(m_folder.filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const Result<VaultLock> lock = QCoro::waitFor(identity::lockVault(m_folder.filePath(u"file/lock"_s), 5s, {}));
        QCOMPARE(codeOf(lock), u"vault.lock-failed"_s);
        QVERIFY(factValue(lock.error().facts, facts::file).endsWith(u"file/lock"_s));
    }

private:
    QString path() const { return m_folder.filePath(u"vault.lock"_s); }
    static Task<int> otherWork()
    {
        const std::function<int()> work = [] { return 1; };
        const std::optional<int> done = co_await offThread(work, {});
        co_return done.value_or(0);
    }
    static QString codeOf(const Result<VaultLock> &lock) { return lock ? QString() : lock.error().code.toString(); }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(VaultLockTest)
#include "vault-lock-test.moc"
