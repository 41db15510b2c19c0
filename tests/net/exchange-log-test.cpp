#include "net/exchange-log.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;

class ExchangeLogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersWhatItKeeps();
    void forgetsTheOldest();
    void findsHeadersInAnyCase();
};

void ExchangeLogTest::numbersWhatItKeeps()
{
    net::ExchangeLog log;
    QSignalSpy added(&log, &net::ExchangeLog::added);
    net::Exchange exchange;
    exchange.method = "GET"_ba;
    const auto first = log.add(exchange);
    exchange.method = "DELETE"_ba;
    const auto second = log.add(exchange);
    QVERIFY(second > first && first > 0);
    QCOMPARE(added.size(), 2);
    QCOMPARE(log.find(first)->method, "GET"_ba);
    QCOMPARE(log.find(second)->method, "DELETE"_ba);
    QCOMPARE(log.find(second)->id, second);
    QVERIFY(!log.find(0));
}

void ExchangeLogTest::forgetsTheOldest()
{
    net::ExchangeLog log;
    const auto first = log.add({});
    for (int i = 0; i < 999; ++i)
        log.add({});
    QVERIFY(log.find(first));
    const auto last = log.add({});
    QVERIFY(!log.find(first));
    QVERIFY(log.find(last));
    QCOMPARE(log.exchanges().size(), std::size_t{1000});
}

void ExchangeLogTest::findsHeadersInAnyCase()
{
    const net::Headers headers{{"Allow"_ba, "GET"_ba}, {"ALLOW"_ba, "DELETE"_ba}};
    QCOMPARE(net::headerValue(headers, "allow"), "GET"_ba);
    QVERIFY(!net::headerValue(headers, "date"));
}

QTEST_GUILESS_MAIN(ExchangeLogTest)
#include "exchange-log-test.moc"
