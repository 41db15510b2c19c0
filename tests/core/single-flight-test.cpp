#include "core/errors.h"
#include "core/single-flight.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk {
namespace {

/// Work that ends when its test says so.
struct Work
{
    std::vector<OneShot<Result<int>>> runs;
};

Task<int> waitForRun(OneShot<Result<int>> run)
{
    const Result<int> result = co_await run;
    co_return result;
}

std::function<Task<int>()> startOf(const std::shared_ptr<Work> &work)
{
    return [work] {
        work->runs.emplace_back();
        return waitForRun(work->runs.back());
    };
}

using Flights = SingleFlights<QString, int>;

} // namespace

class SingleFlightTest : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<Work> m_work;

private Q_SLOTS:
    void init() { m_work = std::make_shared<Work>(); }

    void oneRunServesAllWhoAskMeanwhile()
    {
        Flights flights;
        auto first = flights.run(u"a"_s, startOf(m_work));
        auto second = flights.run(u"a"_s, startOf(m_work));
        auto third = flights.run(u"a"_s, startOf(m_work));
        QCOMPARE(m_work->runs.size(), 1);
        QVERIFY(flights.isRunning(u"a"_s));
        m_work->runs[0].set(Result<int>(7));
        QCOMPARE(*QCoro::waitFor(std::move(first)), 7);
        QCOMPARE(*QCoro::waitFor(std::move(second)), 7);
        QCOMPARE(*QCoro::waitFor(std::move(third)), 7);
        QVERIFY(!flights.isRunning(u"a"_s));
    }

    void allShareAFailure()
    {
        Flights flights;
        auto first = flights.run(u"a"_s, startOf(m_work));
        auto second = flights.run(u"a"_s, startOf(m_work));
        m_work->runs[0].set(Result<int>(failure(errors::stopped, u"Stopped."_s)));
        const Result<int> firstResult = QCoro::waitFor(std::move(first));
        const Result<int> secondResult = QCoro::waitFor(std::move(second));
        QVERIFY(!firstResult && !secondResult);
        QVERIFY(firstResult.error() == secondResult.error());
        QVERIFY(firstResult.error().code == errors::stopped);
    }

    void whoAsksAfterwardsStartsAnew()
    {
        Flights flights;
        auto first = flights.run(u"a"_s, startOf(m_work));
        m_work->runs[0].set(Result<int>(1));
        QCOMPARE(*QCoro::waitFor(std::move(first)), 1);
        auto second = flights.run(u"a"_s, startOf(m_work));
        QCOMPARE(m_work->runs.size(), 2);
        m_work->runs[1].set(Result<int>(2));
        QCOMPARE(*QCoro::waitFor(std::move(second)), 2);
    }

    void aFailureIsNotKept()
    {
        Flights flights;
        auto first = flights.run(u"a"_s, startOf(m_work));
        m_work->runs[0].set(Result<int>(failure(errors::stopped, u"Stopped."_s)));
        QVERIFY(!QCoro::waitFor(std::move(first)));
        auto second = flights.run(u"a"_s, startOf(m_work));
        m_work->runs[1].set(Result<int>(2));
        QVERIFY(QCoro::waitFor(std::move(second)));
    }

    void otherKeysFlyOnTheirOwn()
    {
        Flights flights;
        auto first = flights.run(u"a"_s, startOf(m_work));
        auto second = flights.run(u"b"_s, startOf(m_work));
        QCOMPARE(m_work->runs.size(), 2);
        m_work->runs[1].set(Result<int>(2));
        QVERIFY(flights.isRunning(u"a"_s));
        QVERIFY(!flights.isRunning(u"b"_s));
        m_work->runs[0].set(Result<int>(1));
        QCOMPARE(*QCoro::waitFor(std::move(first)), 1);
        QCOMPARE(*QCoro::waitFor(std::move(second)), 2);
    }

    void workOfOneKindNeedsNoKey()
    {
        SingleFlight<int> flight;
        auto first = flight.run(startOf(m_work));
        auto second = flight.run(startOf(m_work));
        QCOMPARE(m_work->runs.size(), 1);
        QVERIFY(flight.isRunning());
        m_work->runs[0].set(Result<int>(7));
        QCOMPARE(*QCoro::waitFor(std::move(first)), 7);
        QCOMPARE(*QCoro::waitFor(std::move(second)), 7);
        QVERIFY(!flight.isRunning());
    }

    void workThatEndsAtOnceLandsAtOnce()
    {
        Flights flights;
        OneShot<Result<int>> done;
        done.set(Result<int>(3));
        QCOMPARE(*QCoro::waitFor(flights.run(u"a"_s, [done] { return waitForRun(done); })), 3);
        QVERIFY(!flights.isRunning(u"a"_s));
    }

    void theWorkOutlivesTheFlightsAndACallerThatLeaves()
    {
        auto flights = std::make_unique<Flights>();
        {
            const auto dropped = flights->run(u"a"_s, startOf(m_work));
        }
        auto waiting = flights->run(u"a"_s, startOf(m_work));
        flights.reset();
        m_work->runs[0].set(Result<int>(7));
        QCOMPARE(*QCoro::waitFor(std::move(waiting)), 7);
    }
};

} // namespace bookdesk

QTEST_GUILESS_MAIN(bookdesk::SingleFlightTest)
#include "single-flight-test.moc"
