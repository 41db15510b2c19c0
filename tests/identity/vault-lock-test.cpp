// Only one program at a time holds the lock, and none that has been killed.
#include "identity/vault-lock.h"

#include <QCoroTask>
#include <QDateTime>
#include <QFile>
#include <QLockFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using namespace std::chrono_literals;
using identity::VaultLock;

class VaultLockTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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
    static QString codeOf(const Result<VaultLock> &lock) { return lock ? QString() : lock.error().code.toString(); }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(VaultLockTest)
#include "vault-lock-test.moc"
