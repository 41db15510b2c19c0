#include "net/exchange-log.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <deque>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace bookdesk;

class ExchangeLogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersWhatItKeeps();
    void endsWhatBegan();
    void forgetsTheOldest();
    void holdsWhatItHasRoomFor();
    void canBeFollowedByItsSignals();
    void notesProgress();
    void boundsAllBodies();
    void findsHeadersInAnyCase();
};

void ExchangeLogTest::numbersWhatItKeeps()
{
    net::ExchangeLog log;
    net::Exchange exchange;
    exchange.method = "GET"_ba;
    const auto first = log.begin(exchange);
    exchange.method = "DELETE"_ba;
    const auto second = log.begin(exchange);
    QVERIFY(second > first && first > 0);
    QCOMPARE(log.find(first)->method, "GET"_ba);
    QCOMPARE(log.find(second)->method, "DELETE"_ba);
    QCOMPARE(log.find(second)->id, second);
    QVERIFY(!log.find(0));
}

void ExchangeLogTest::endsWhatBegan()
{
    net::ExchangeLog log;
    const auto first = log.begin({});
    const auto second = log.begin({});
    QVERIFY(log.find(first)->isUnderWay());
    net::Exchange exchange = *log.find(first);
    exchange.status = 404;
    exchange.duration = 5ms;
    log.end(exchange);
    QVERIFY(!log.find(first)->isUnderWay());
    QCOMPARE(log.find(first)->status, 404);
    QCOMPARE(log.exchanges().front().id, first);
    QVERIFY(log.find(second)->isUnderWay());
}

void ExchangeLogTest::forgetsTheOldest()
{
    net::ExchangeLog log;
    const auto first = log.begin({});
    for (int i = 0; i < 999; ++i)
        log.begin({});
    QVERIFY(log.find(first));
    net::Exchange ending = *log.find(first);
    const auto last = log.begin({});
    QVERIFY(!log.find(first));
    QVERIFY(log.find(last));
    QCOMPARE(log.exchanges().size(), std::size_t{1000});

    // It lasted longer than a thousand others.
    QSignalSpy ended(&log, &net::ExchangeLog::ended);
    ending.duration = 1h;
    log.end(ending);
    QVERIFY(!log.find(first));
    QCOMPARE(ended.size(), 0);
}

/// Follows the log by its signals alone, as an item model does, and expects each change to have been made.
class Follower : public QObject
{
public:
    explicit Follower(const net::ExchangeLog &log)
    {
        connect(&log, &net::ExchangeLog::begun, this, [this, &log](std::int64_t id) {
            note(log.find(id) && log.exchanges().back().id == id);
            m_rows.push_back({id, true});
        });
        connect(&log, &net::ExchangeLog::ended, this, [this, &log](std::int64_t id) {
            note(log.find(id) && !log.find(id)->isUnderWay());
            const auto row = std::ranges::find(m_rows, id, &Row::id);
            if (row != m_rows.end())
                row->isUnderWay = false;
        });
        connect(&log, &net::ExchangeLog::removed, this, [this, &log](std::int64_t id) {
            note(!log.find(id));
            if (!m_rows.empty() && m_rows.front().id == id)
                m_rows.pop_front();
        });
    }

    bool shows(const net::ExchangeLog &log) const
    {
        return std::ranges::equal(m_rows, log.exchanges(), [](const Row &row, const net::Exchange &exchange) {
            return row.id == exchange.id && row.isUnderWay == exchange.isUnderWay();
        });
    }
    bool wasToldAfterwards() const { return m_wasToldAfterwards; }

private:
    void note(bool isMade) { m_wasToldAfterwards = m_wasToldAfterwards && isMade; }

    struct Row
    {
        std::int64_t id;
        bool isUnderWay;
    };
    std::deque<Row> m_rows;
    bool m_wasToldAfterwards = true;
};

void ExchangeLogTest::holdsWhatItHasRoomFor()
{
    net::ExchangeLog log(2);
    const auto first = log.begin({});
    const auto second = log.begin({});
    QVERIFY(log.find(first));
    log.begin({});
    QVERIFY(!log.find(first));
    QVERIFY(log.find(second));
    QCOMPARE(log.exchanges().size(), std::size_t{2});
}

void ExchangeLogTest::canBeFollowedByItsSignals()
{
    net::ExchangeLog log;
    const Follower follower(log);
    for (int i = 0; i < 1'200; ++i) {
        const auto id = log.begin({});
        QVERIFY(follower.shows(log));
        if (i % 3 == 0)
            continue;
        net::Exchange exchange = *log.find(id);
        exchange.duration = 1ms;
        log.end(exchange);
        QVERIFY(follower.shows(log));
    }
    QVERIFY(follower.wasToldAfterwards());
    QCOMPARE(log.exchanges().size(), std::size_t{1000});
}

void ExchangeLogTest::notesProgress()
{
    net::ExchangeLog log;
    QSignalSpy changed(&log, &net::ExchangeLog::changed);
    const auto id = log.begin({});
    net::Milestones milestones;
    milestones.connecting = 5us;
    log.progress(id, milestones);
    QCOMPARE(log.find(id)->milestones, milestones);
    QCOMPARE(changed.size(), 1);
    log.progress(id, milestones);
    QCOMPARE(changed.size(), 1);
    log.clear();
    log.progress(id, {});
    log.setResponseBody(id, u"late"_s, false);
    QCOMPARE(changed.size(), 1);
}

void ExchangeLogTest::boundsAllBodies()
{
    net::ExchangeLog log;
    const QString body(1'000'000, u'b');
    for (int i = 0; i < 70; ++i)
        log.setResponseBody(log.begin({}), body, false);
    qsizetype total = 0;
    for (const net::Exchange &exchange : log.exchanges())
        total += exchange.responseBody.size();
    QVERIFY(total <= 64 * 1024 * 1024);
    QVERIFY(log.exchanges().front().isResponseBodyCut);
    QCOMPARE(log.exchanges().front().responseBody.size(), 64 * 1024);
    QVERIFY(!log.exchanges().back().isResponseBodyCut);
    QCOMPARE(log.exchanges().back().responseBody.size(), body.size());
}

void ExchangeLogTest::findsHeadersInAnyCase()
{
    const net::Headers headers{{"Allow"_ba, "GET"_ba}, {"ALLOW"_ba, "DELETE"_ba}};
    QCOMPARE(net::headerValue(headers, "allow"), "GET"_ba);
    QVERIFY(!net::headerValue(headers, "date"));
}

QTEST_GUILESS_MAIN(ExchangeLogTest)
#include "exchange-log-test.moc"
