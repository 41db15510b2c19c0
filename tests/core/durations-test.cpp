// Durations and distances from now, in words.
#include "core/durations.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace bookdesk {

class DurationsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAtMostTwoUnits_data()
    {
        QTest::addColumn<std::chrono::seconds>("duration");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, std::chrono::seconds duration, const QString &text) {
            QTest::newRow(name) << duration << text;
        };
        row("nothing", 0s, u"0 s"_s);
        row("never negative", -5s, u"0 s"_s);
        row("seconds", 12s, u"12 s"_s);
        row("up to a minute", 59s, u"59 s"_s);
        row("a minute", 60s, u"1 min"_s);
        row("minutes, seconds cut off", 52min + 59s, u"52 min"_s);
        row("up to an hour", 1h - 1s, u"59 min"_s);
        row("an hour", 1h, u"1 h"_s);
        row("an hour and seconds", 1h + 59s, u"1 h"_s);
        row("hours and minutes", 1h + 10min, u"1 h 10 min"_s);
        row("up to two days", 48h - 1s, u"47 h 59 min"_s);
        row("two days", 48h, u"2 days"_s);
        row("days, hours cut off", 96h + 23h, u"4 days"_s);
        row("more days than anybody counts", std::chrono::seconds::max(), u"2147483647 days"_s);
    }

    void namesAtMostTwoUnits()
    {
        QFETCH(std::chrono::seconds, duration);
        QTEST(durationText(duration), "text");
    }

    void saysHowFarAMomentIs_data()
    {
        QTest::addColumn<std::chrono::seconds>("ahead");
        QTest::addColumn<QString>("text");
        QTest::newRow("ahead") << std::chrono::seconds(52min) << u"in 52 min"_s;
        QTest::newRow("a second ahead") << 1s << u"in 1 s"_s;
        QTest::newRow("now") << 0s << u"just now"_s;
        QTest::newRow("past") << std::chrono::seconds(-70min) << u"1 h 10 min ago"_s;
        QTest::newRow("longer past than the clock counts")
            << std::chrono::seconds(-125'000 * 24h) << u"125000 days ago"_s;
    }

    void saysHowFarAMomentIs()
    {
        QFETCH(std::chrono::seconds, ahead);
        constexpr std::chrono::seconds now{1'800'000'000};
        QTEST(relativeText(TimePoint(now + ahead), TimePoint(now)), "text");
    }

    void fractionsOfASecondAreNoDistance()
    {
        constexpr TimePoint now{std::chrono::seconds{1'800'000'000}};
        QCOMPARE(relativeText(now + 100ms, now + 900ms), u"just now"_s);
    }

    void namesDays()
    {
        constexpr TimePoint now{std::chrono::seconds(1'795'446'480)};
        QVERIFY(momentText(now - 24h, now).startsWith("yesterday "_L1));
        QVERIFY(momentText(now + 24h, now).startsWith("tomorrow "_L1));
        QVERIFY(momentText(now - 24h * 12, now).endsWith(", 12 days ago"_L1));
    }
};

} // namespace bookdesk

QTEST_GUILESS_MAIN(bookdesk::DurationsTest)
#include "durations-test.moc"
