#include "core/wall-alarm.h"

#include <QSignalSpy>
#include <QTest>

using namespace bookdesk;
using namespace std::chrono_literals;

class WallAlarmTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ringsOnceWhenTheTimeHasCome()
    {
        WallAlarm alarm;
        QSignalSpy rings(&alarm, &WallAlarm::rang);
        const auto begun = std::chrono::system_clock::now();
        alarm.setIn(50ms);
        QVERIFY(rings.wait());
        QVERIFY(std::chrono::system_clock::now() >= begun + 50ms);
        WallAlarm later;
        QSignalSpy laterRings(&later, &WallAlarm::rang);
        later.setIn(50ms);
        QVERIFY(laterRings.wait());
        QCOMPARE(rings.size(), 1);
    }

    void ringsAtOnceWhereTheTimeIsPast()
    {
        WallAlarm alarm;
        QSignalSpy rings(&alarm, &WallAlarm::rang);
        alarm.setIn(0ms);
        QVERIFY(rings.wait());
    }

    void whatIsSetTakesThePlaceOfWhatWasSet()
    {
        WallAlarm alarm;
        QSignalSpy rings(&alarm, &WallAlarm::rang);
        alarm.setIn(1h);
        alarm.setIn(10ms);
        QVERIFY(rings.wait());
    }

    void aStoppedAlarmIsSilent()
    {
        WallAlarm alarm;
        QSignalSpy rings(&alarm, &WallAlarm::rang);
        alarm.setIn(10ms);
        alarm.stop();
        WallAlarm later;
        QSignalSpy laterRings(&later, &WallAlarm::rang);
        later.setIn(50ms);
        QVERIFY(laterRings.wait());
        QVERIFY(rings.isEmpty());
    }
};

QTEST_GUILESS_MAIN(WallAlarmTest)
#include "wall-alarm-test.moc"
