// The time that is left, in words and as a bar.
#include "widgets/bars.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using namespace std::chrono_literals;

class BarsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsWhatIsLeft_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("minutes are counted in full") << qint64{52 * 60 + 59} << u"52 min left"_s;
        QTest::newRow("under a minute seconds count") << qint64{40} << u"40 s left"_s;
        QTest::newRow("from an hour on hours count") << qint64{3 * 3600} << u"3 h left"_s;
        QTest::newRow("at the end it has expired") << qint64{0} << u"expired 0 s ago"_s;
        QTest::newRow("after the end it says since when") << qint64{-180} << u"expired 3 min ago"_s;
        QTest::newRow("an end longer ago than the clock counts")
            << qint64{-3'000'000} * 3600 << u"expired 125000 days ago"_s;
    }

    void showsWhatIsLeft()
    {
        QFETCH(const qint64, seconds);
        constexpr std::chrono::seconds now = std::chrono::hours(500000);
        QTEST(widgets::lifeText(TimePoint(now + std::chrono::seconds(seconds)), TimePoint(now)), "text");
    }

    void theLifeBarFollowsTheClockWhileItIsVisible()
    {
        TimePoint now{std::chrono::hours(500000)};
        widgets::LifeBar bar([&now] { return now; });
        bar.setLife(now, now + 60min);
        bar.show();
        QCOMPARE(bar.text(), u"1 h left"_s);
        now += 50min;
        QTRY_COMPARE(bar.text(), u"10 min left"_s);
    }

    void theLifeBarShowsInRedThatALifeIsOver()
    {
        const TimePoint now{std::chrono::hours(500000)};
        widgets::LifeBar bar([now] { return now; });
        const auto *line = bar.findChild<widgets::ThinBar *>();
        bar.setLife(now - 1h, now + 1h);
        QCOMPARE(line->property("tone").toString(), QString());
        QCOMPARE(line->value(), line->maximum() / 2);
        bar.setLife(now - 2h, now - 1h);
        QCOMPARE(line->property("tone").toString(), u"bad"_s);
        QCOMPARE(line->value(), line->maximum());
    }

    void theLifeBarNamesNoBeginningThatIsNotKnown()
    {
        const TimePoint now{std::chrono::hours(500000)};
        widgets::LifeBar bar([now] { return now; });
        const QString end = widgets::timeOfDay(now + 1h);
        bar.setLife({}, now + 1h);
        QStringList texts;
        for (const QLabel *label : bar.findChildren<QLabel *>())
            texts += label->text();
        QCOMPARE(texts, QStringList({QString(), u"1 h left"_s, end}));
        QCOMPARE(bar.findChild<widgets::ThinBar *>()->value(), 0);
    }

    void theThinBarSaysWhetherTheEndIsKnown()
    {
        widgets::ThinBar bar(u"Loading"_s);
        QVERIFY(bar.isHidden());
        bar.startIndeterminate();
        QVERIFY(!bar.isHidden());
        QCOMPARE(bar.maximum(), 0);
        bar.setFraction(0.5);
        QCOMPARE(bar.value(), bar.maximum() / 2);
        bar.stop();
        QVERIFY(bar.isHidden());
    }
};

QTEST_MAIN(BarsTest)
#include "bars-test.moc"
