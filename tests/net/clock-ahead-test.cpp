// How far this computer's clock is off, by the dates in recorded answers.
#include "net/clock-ahead.h"
#include "net/exchange-log.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace bookdesk;

namespace {

/// Sun, 06 Nov 1994 08:49:37 GMT
constexpr TimePoint serverTime{784'111'777s};

net::Exchange answered(const QByteArray &date, TimePoint started)
{
    net::Exchange exchange;
    exchange.started = started;
    exchange.duration = 400ms;
    exchange.responseHeaders = {{"Date", date}};
    return exchange;
}

} // namespace

class ClockAheadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isTheDistanceWhenTheAnswerCame_data()
    {
        QTest::addColumn<QByteArray>("date");
        QTest::addColumn<std::chrono::seconds>("started");
        QTest::addColumn<std::optional<std::chrono::seconds>>("ahead");
        const QByteArray date = "Sun, 06 Nov 1994 08:49:37 GMT";
        using Ahead = std::optional<std::chrono::seconds>;
        QTest::newRow("right") << date << std::chrono::seconds(784'111'777) << Ahead(0s);
        QTest::newRow("fast") << date << std::chrono::seconds(784'112'377) << Ahead(600s);
        QTest::newRow("slow") << date << std::chrono::seconds(784'111'177) << Ahead(-600s);
        QTest::newRow("no date") << QByteArray("today") << std::chrono::seconds(784'111'777) << Ahead();
        QTest::newRow("the year 9999") << QByteArray("Fri, 31 Dec 9999 23:59:59 GMT")
                                       << std::chrono::seconds(784'111'777) << Ahead(-std::chrono::years(100));
    }
    void isTheDistanceWhenTheAnswerCame()
    {
        QFETCH(QByteArray, date);
        QFETCH(std::chrono::seconds, started);
        QTEST(net::clockAhead(answered(date, TimePoint(started))), "ahead");
    }

    void theLastAnswerWithADateCounts()
    {
        net::ExchangeLog log;
        QVERIFY(!net::clockAhead(log));
        log.begin(answered("Sun, 06 Nov 1994 08:49:37 GMT", serverTime + 1h));
        log.begin(answered("Sun, 06 Nov 1994 08:49:37 GMT", serverTime + 2h));
        log.begin(answered("soon", serverTime));
        log.begin({});
        QCOMPARE(net::clockAhead(log), std::optional<std::chrono::seconds>(2h));
    }
};

QTEST_GUILESS_MAIN(ClockAheadTest)
#include "clock-ahead-test.moc"
