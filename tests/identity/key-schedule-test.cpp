#include "identity/key-schedule.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace std::chrono_literals;
using Seconds = std::chrono::seconds;
using Reason = KeySchedule::Reason;
using Wanted = KeySchedule::Wanted;

namespace {

constexpr TimePoint start{std::chrono::seconds{1'800'000'000}};

KeySchedule fetchedAtStart(std::optional<Seconds> lifetime = {})
{
    KeySchedule schedule;
    schedule.noteKeys(start, lifetime);
    return schedule;
}

/// How long @p holds stays true from the start on, to the second.
template <class Holds> Seconds durationOf(Holds holds)
{
    Seconds passed{0};
    while (passed < 48h && holds(start + passed))
        ++passed;
    return passed;
}

} // namespace

/// The rules of the key cache, in which the time is a number.
class KeyScheduleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsFetchedYet();
    void keysLiveOneHour();
    void theServerMayShortenTheLife_data();
    void theServerMayShortenTheLife();
    void theShortestLifeIsNeverLongerThanTheLife();
    void keysAreUsableForADay();
    void anUnknownKeyForcesAFetchAtOnce();
    void aForcedFetchStartsFiveMinutes();
    void aRenewalDoesNotStartThem();
    void aRenewalDoesNotEndThem();
    void aFailureDoesNotStartThem();
    void aFailureIsRetriedLaterAndLater();
    void aSuccessEndsTheWaiting();
    void aFailureLeavesFreshKeysAlone();
    void aClockThatWasSetBackKeepsNothingYoung();
};

void KeyScheduleTest::nothingIsFetchedYet()
{
    const KeySchedule schedule;
    QVERIFY(schedule.reasonToFetch(Wanted::notHeld, start) == Reason::renewal);
    QVERIFY(!schedule.areFresh(start) && !schedule.areUsable(start) && !schedule.fetchedAt());
}

void KeyScheduleTest::keysLiveOneHour()
{
    const KeySchedule schedule = fetchedAtStart();
    QVERIFY(schedule.fetchedAt() == start);
    QVERIFY(durationOf([&](TimePoint now) { return schedule.areFresh(now); }) == 1h);
    QVERIFY(durationOf([&](TimePoint now) { return !schedule.reasonToFetch(Wanted::held, now); }) == 1h);
    QVERIFY(schedule.reasonToFetch(Wanted::held, start + 1h) == Reason::renewal);
}

void KeyScheduleTest::theServerMayShortenTheLife_data()
{
    QTest::addColumn<qint64>("allowed");
    QTest::addColumn<qint64>("lives");
    QTest::newRow("a day") << qint64{86'400} << qint64{3600};
    QTest::newRow("an hour") << qint64{3600} << qint64{3600};
    QTest::newRow("a second less") << qint64{3599} << qint64{3599};
    QTest::newRow("a minute") << qint64{60} << qint64{60};
    QTest::newRow("a second less than a minute") << qint64{59} << qint64{60};
    QTest::newRow("nothing") << qint64{0} << qint64{60};
}

void KeyScheduleTest::theServerMayShortenTheLife()
{
    QFETCH(const qint64, allowed);
    QFETCH(const qint64, lives);
    const KeySchedule schedule = fetchedAtStart(Seconds(allowed));
    QCOMPARE(durationOf([&](TimePoint now) { return schedule.areFresh(now); }).count(), lives);
    QVERIFY(durationOf([&](TimePoint now) { return schedule.areUsable(now); }) == 24h);
}

void KeyScheduleTest::theShortestLifeIsNeverLongerThanTheLife()
{
    KeyRules rules;
    rules.timeToLive = 10s;
    KeySchedule schedule(rules);
    schedule.noteKeys(start, Seconds{0});
    QVERIFY(durationOf([&](TimePoint now) { return schedule.areFresh(now); }) == 10s);
}

void KeyScheduleTest::keysAreUsableForADay()
{
    KeySchedule schedule = fetchedAtStart();
    schedule.noteFailure(start + 1h);
    QVERIFY(durationOf([&](TimePoint now) { return schedule.areUsable(now); }) == 24h);
}

void KeyScheduleTest::anUnknownKeyForcesAFetchAtOnce()
{
    const KeySchedule schedule = fetchedAtStart();
    QVERIFY(schedule.reasonToFetch(Wanted::notHeld, start) == Reason::unknownKey);
    QVERIFY(!schedule.reasonToFetch(Wanted::held, start));
}

void KeyScheduleTest::aForcedFetchStartsFiveMinutes()
{
    KeySchedule schedule = fetchedAtStart();
    schedule.noteForced(start);
    QVERIFY(durationOf([&](TimePoint now) { return !schedule.reasonToFetch(Wanted::notHeld, now); }) == 5min);
    QVERIFY(schedule.reasonToFetch(Wanted::notHeld, start + 5min) == Reason::unknownKey);
}

void KeyScheduleTest::aRenewalDoesNotStartThem()
{
    KeySchedule schedule = fetchedAtStart();
    schedule.noteKeys(start + 1h, {});
    QVERIFY(schedule.reasonToFetch(Wanted::notHeld, start + 1h) == Reason::unknownKey);
}

void KeyScheduleTest::aRenewalDoesNotEndThem()
{
    KeySchedule schedule = fetchedAtStart();
    schedule.noteForced(start);
    schedule.noteKeys(start + 1min, {});
    QVERIFY(!schedule.reasonToFetch(Wanted::notHeld, start + 5min - 1s));
    QVERIFY(schedule.reasonToFetch(Wanted::notHeld, start + 5min) == Reason::unknownKey);
}

void KeyScheduleTest::aFailureDoesNotStartThem()
{
    KeySchedule schedule = fetchedAtStart();
    schedule.noteFailure(start);
    QVERIFY(durationOf([&](TimePoint now) { return !schedule.reasonToFetch(Wanted::notHeld, now); }) == 5s);
    QVERIFY(schedule.reasonToFetch(Wanted::notHeld, start + 5s) == Reason::unknownKey);
}

void KeyScheduleTest::aFailureIsRetriedLaterAndLater()
{
    KeySchedule schedule;
    TimePoint now = start;
    for (const Seconds delay : {5s, 10s, 20s, 40s, 80s, 160s, 300s, 300s, 300s}) {
        schedule.noteFailure(now);
        QVERIFY(!schedule.reasonToFetch(Wanted::notHeld, now));
        QVERIFY(!schedule.reasonToFetch(Wanted::notHeld, now + delay - 1s));
        now += delay;
        QVERIFY(schedule.reasonToFetch(Wanted::notHeld, now) == Reason::renewal);
    }
}

void KeyScheduleTest::aSuccessEndsTheWaiting()
{
    KeySchedule schedule;
    for (int i = 0; i < 8; ++i)
        schedule.noteFailure(start);
    schedule.noteKeys(start, {});
    QVERIFY(schedule.reasonToFetch(Wanted::notHeld, start) == Reason::unknownKey);
    schedule.noteFailure(start);
    QVERIFY(durationOf([&](TimePoint now) { return !schedule.reasonToFetch(Wanted::notHeld, now); }) == 5s);
}

void KeyScheduleTest::aFailureLeavesFreshKeysAlone()
{
    KeySchedule schedule = fetchedAtStart();
    schedule.noteFailure(start + 30min);
    QVERIFY(durationOf([&](TimePoint now) { return !schedule.reasonToFetch(Wanted::held, now); }) == 1h);
}

void KeyScheduleTest::aClockThatWasSetBackKeepsNothingYoung()
{
    const TimePoint before = start - 1s;
    KeySchedule schedule = fetchedAtStart();
    QVERIFY(!schedule.areFresh(before) && !schedule.areUsable(before));
    schedule.noteFailure(start);
    QVERIFY(schedule.reasonToFetch(Wanted::held, before) == Reason::renewal);
    schedule.noteForced(start);
    schedule.noteKeys(before, {});
    QVERIFY(schedule.reasonToFetch(Wanted::notHeld, before) == Reason::unknownKey);
}

QTEST_APPLESS_MAIN(KeyScheduleTest)
#include "key-schedule-test.moc"
