// In a program of its own, because it cannot be undone; on Linux, which can be asked.
#include "core/core-dumps.h"

#include <QTest>

#include <sys/prctl.h>
#include <sys/resource.h>

class CoreDumpsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingOfTheMemoryIsWrittenOrShown()
    {
        bookdesk::keepMemoryPrivate();
        rlimit limit{};
        QCOMPARE(::getrlimit(RLIMIT_CORE, &limit), 0);
        QCOMPARE(limit.rlim_cur, rlim_t{0});
        QCOMPARE(::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), 0);
    }
};

QTEST_GUILESS_MAIN(CoreDumpsTest)
#include "core-dumps-test.moc"
