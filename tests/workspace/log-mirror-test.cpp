// One log repeats what happens in another.
#include "workspace/log-mirror.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using net::Exchange;
using net::ExchangeLog;
using workspace::LogMirror;

namespace {

Exchange exchangeTo(const QString &url)
{
    Exchange exchange;
    exchange.url = url;
    return exchange;
}

net::Milestones sentAfter(std::chrono::microseconds time)
{
    net::Milestones milestones;
    milestones.sent = time;
    return milestones;
}

void end(ExchangeLog &log, std::int64_t id, int status)
{
    Exchange exchange = *log.find(id);
    exchange.status = status;
    exchange.duration = std::chrono::milliseconds(5);
    log.end(exchange);
}

} // namespace

class LogMirrorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void repeatsAnExchangeUnderItsOwnNumber()
    {
        ExchangeLog from, to;
        to.begin(exchangeTo(u"https://books.test/"_s));
        const LogMirror mirror(from, to);
        const std::int64_t id = from.begin(exchangeTo(u"https://login.test/keys"_s));
        QCOMPARE(to.exchanges().size(), std::size_t{2});
        const std::int64_t copy = to.exchanges().back().id;
        QVERIFY(copy != id);
        QCOMPARE(mirror.original(copy), std::optional(id));
        QVERIFY(!mirror.original(to.exchanges().front().id));
        QVERIFY(to.find(copy)->isUnderWay());

        from.progress(id, sentAfter(std::chrono::microseconds(3)));
        QCOMPARE(to.find(copy)->milestones.sent, std::optional(std::chrono::microseconds(3)));
        end(from, id, 200);
        QCOMPARE(to.find(copy)->status, 200);
        QCOMPARE(to.find(copy)->id, copy);
        from.setResponseBody(id, u"{}"_s, true);
        QCOMPARE(to.find(copy)->responseBody, u"{}"_s);
        QVERIFY(to.find(copy)->isResponseBodyCut);
    }

    void beginsWithWhatIsUnderWay()
    {
        ExchangeLog from, to;
        end(from, from.begin(exchangeTo(u"https://login.test/over"_s)), 200);
        const std::int64_t id = from.begin(exchangeTo(u"https://login.test/keys"_s));
        const LogMirror mirror(from, to);
        QCOMPARE(to.exchanges().size(), std::size_t{1});
        end(from, id, 404);
        QCOMPARE(to.exchanges().front().status, 404);
    }

    void whatWasRemovedHereStaysSo()
    {
        ExchangeLog from, to;
        const LogMirror mirror(from, to);
        const std::int64_t id = from.begin(exchangeTo(u"https://login.test/keys"_s));
        to.clear();
        from.progress(id, sentAfter(std::chrono::microseconds(3)));
        end(from, id, 200);
        QVERIFY(to.exchanges().empty());
    }

    void forgetsNumbersWithTheirExchanges()
    {
        ExchangeLog from, to;
        const LogMirror mirror(from, to);
        from.begin(exchangeTo(u"https://login.test/keys"_s));
        const std::int64_t copy = to.exchanges().front().id;
        from.clear();
        QVERIFY(!mirror.original(copy));
    }
};

QTEST_GUILESS_MAIN(LogMirrorTest)
#include "log-mirror-test.moc"
