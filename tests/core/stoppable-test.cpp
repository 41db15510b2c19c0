#include "core/stoppable.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

namespace bookdesk {
namespace {

Task<int> failing() { co_return failure(errors::jsonInvalid, u"Broken."_s); }

Task<int> valueOf(OneShot<int> source)
{
    const int value = co_await source;
    co_return value;
}

using Outcome = std::shared_ptr<std::optional<Result<int>>>;

QCoro::Task<> noteResult(Task<int> task, Outcome outcome)
{
    Result<int> result = co_await std::move(task);
    outcome->emplace(std::move(result));
}

/// Waits through unlessStopped; the result comes into what is returned.
Outcome waitFor(Task<int> task, std::stop_token stop, Error reason = {errors::stopped, {}, {}})
{
    const auto outcome = std::make_shared<std::optional<Result<int>>>();
    noteResult(unlessStopped(std::move(task), std::move(stop), std::move(reason)), outcome);
    return outcome;
}

/// An owner of a wait that asks it to stop when it dies, while its other members still live.
struct Owner
{
    explicit Owner(OneShot<int> source)
        : outcome(waitFor(valueOf(std::move(source)), stop.get_token()))
    {}
    ~Owner() { stop.request_stop(); }
    std::stop_source stop;
    Outcome outcome;
};

} // namespace

class StoppableTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTaskThatIsNotStoppedGivesItsResult()
    {
        const OneShot<int> source;
        std::stop_source stop;
        const Outcome outcome = waitFor(valueOf(source), stop.get_token());
        QVERIFY(!*outcome);
        source.set(21);
        QCOMPARE(***outcome, 21);
        stop.request_stop();
        QCOMPARE(***outcome, 21);
    }

    void aTaskThatIsNotStoppedGivesItsError()
    {
        const Outcome outcome = waitFor(failing(), {});
        QCOMPARE((*outcome)->error().message, u"Broken."_s);
    }

    void aStopEndsTheWaitButNotTheTask()
    {
        const OneShot<int> source;
        std::stop_source stop;
        const Outcome stopped = waitFor(valueOf(source), stop.get_token());
        const Outcome other = waitFor(valueOf(source), {});
        stop.request_stop();
        QVERIFY((*stopped)->error().code == errors::stopped);
        QVERIFY(!*other);
        source.set(21);
        QVERIFY((*stopped)->error().code == errors::stopped);
        QCOMPARE(***other, 21);
    }

    void aWaitThatIsStoppedSaysWhy()
    {
        std::stop_source stop;
        stop.request_stop();
        const Outcome outcome = waitFor(valueOf({}), stop.get_token(), {errors::stopped, u"Enough."_s, {}});
        QCOMPARE((*outcome)->error().message, u"Enough."_s);
    }

    void anOwnerMayDieWhateverItsTaskWaitsFor()
    {
        const OneShot<int> source;
        Outcome outcome;
        {
            const Owner owner(source);
            outcome = owner.outcome;
            QVERIFY(!*outcome);
        }
        QVERIFY((*outcome)->error().code == errors::stopped);
        source.set(21);
        QVERIFY((*outcome)->error().code == errors::stopped);
    }

    void eitherStopIsRequestedWhenOneOfTheTwoIs_data()
    {
        QTest::addColumn<bool>("stopsFirst");
        QTest::addColumn<bool>("stopsSecond");
        QTest::newRow("neither") << false << false;
        QTest::newRow("the first") << true << false;
        QTest::newRow("the second") << false << true;
        QTest::newRow("both") << true << true;
    }

    void eitherStopIsRequestedWhenOneOfTheTwoIs()
    {
        QFETCH(const bool, stopsFirst);
        QFETCH(const bool, stopsSecond);
        std::stop_source first;
        std::stop_source second;
        const EitherStop either(first.get_token(), second.get_token());
        QVERIFY(!either.token().stop_requested());
        if (stopsFirst)
            first.request_stop();
        if (stopsSecond)
            second.request_stop();
        QCOMPARE(either.token().stop_requested(), stopsFirst || stopsSecond);
        QCOMPARE(first.stop_requested(), stopsFirst);
        QCOMPARE(second.stop_requested(), stopsSecond);
    }

    void eitherStopKnowsOfAStopThatCameBefore()
    {
        std::stop_source first;
        first.request_stop();
        const EitherStop either(first.get_token(), {});
        QVERIFY(either.token().stop_requested());
    }

    void eitherStopMayBeDestroyedByWhatItResumes()
    {
        std::stop_source first;
        auto either = std::make_unique<EitherStop>(first.get_token(), std::stop_token());
        const std::stop_token token = either->token();
        const std::stop_callback onStop(token, [&either] { either.reset(); });
        first.request_stop();
        QVERIFY(!either);
        QVERIFY(token.stop_requested());
    }
};

} // namespace bookdesk

QTEST_GUILESS_MAIN(bookdesk::StoppableTest)
#include "stoppable-test.moc"
