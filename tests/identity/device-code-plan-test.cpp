#include "identity/device-code-plan.h"

#include <QTest>

using namespace bookdesk::identity;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

class DeviceCodePlanTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksAtTheIntervalThatWasAsked()
    {
        DeviceCodePlan plan(5s);
        QCOMPARE(plan.wait(), milliseconds(5s));
        plan.notePending();
        QCOMPARE(plan.wait(), milliseconds(5s));
    }

    void slowDownIsKept()
    {
        DeviceCodePlan plan(5s);
        plan.noteSlowDown();
        QCOMPARE(plan.wait(), milliseconds(10s));
        plan.notePending();
        QCOMPARE(plan.wait(), milliseconds(10s));
        plan.noteSlowDown();
        QCOMPARE(plan.wait(), milliseconds(15s));
        QCOMPARE(plan.interval(), milliseconds(15s));
    }

    void failuresBackOffUntilAnAnswerComes()
    {
        DeviceCodePlan plan(5s);
        for (const milliseconds wait : {10s, 20s, 40s, 60s, 60s}) {
            plan.noteFailure();
            QCOMPARE(plan.wait(), wait);
        }
        QCOMPARE(plan.interval(), milliseconds(5s));
        plan.notePending();
        QCOMPARE(plan.wait(), milliseconds(5s));
    }

    void slowDownEndsTheBackingOffToo()
    {
        DeviceCodePlan plan(5s);
        plan.noteFailure();
        plan.noteFailure();
        plan.noteSlowDown();
        QCOMPARE(plan.wait(), milliseconds(10s));
    }

    void whatTheServerSaysCounts()
    {
        DeviceCodePlan plan(5s);
        plan.noteFailure(30s);
        QCOMPARE(plan.wait(), milliseconds(30s));
        plan.notePending();
        plan.noteFailure(1s);
        QCOMPARE(plan.wait(), milliseconds(10s));
        plan.noteFailure(300s);
        QCOMPARE(plan.wait(), milliseconds(300s));
    }

    void aLongIntervalIsNotMadeShorter()
    {
        DeviceCodePlan plan(90s);
        plan.noteFailure();
        QCOMPARE(plan.wait(), milliseconds(90s));
    }
};

QTEST_GUILESS_MAIN(DeviceCodePlanTest)
#include "device-code-plan-test.moc"
