#include "core/errors.h"
#include "core/task.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace bookdesk {
namespace {

constexpr auto never = 24h;

QCoro::Task<> noteEnd(QCoro::Task<WaitEnd> pause, std::shared_ptr<std::optional<WaitEnd>> end)
{
    *end = co_await pause;
}

Task<int> failing() { co_return failure(errors::stopped, u"Stopped."_s); }

Task<int> twice(Task<int> task)
{
    const Result<int> result = co_await task;
    if (!result)
        co_return failure(result.error());
    co_return *result * 2;
}

Task<int> answer() { co_return 21; }

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

class TaskTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void carriesAValue() { QCOMPARE(*QCoro::waitFor(twice(answer())), 42); }

    void carriesAnError()
    {
        const Result<int> result = QCoro::waitFor(twice(failing()));
        QVERIFY(!result);
        QVERIFY(result.error().code == errors::stopped);
    }

    void aPauseEndsByItself()
    {
        QVERIFY(QCoro::waitFor(pauseFor(1ms, {})) == WaitEnd::elapsed);
        QVERIFY(QCoro::waitFor(pauseFor(0ms, {})) == WaitEnd::elapsed);
    }

    void aPauseEndsWhenStopIsRequested()
    {
        std::stop_source source;
        const auto end = std::make_shared<std::optional<WaitEnd>>();
        const auto note = noteEnd(pauseFor(never, source.get_token()), end);
        QVERIFY(!*end);
        source.request_stop();
        QVERIFY(*end == WaitEnd::stopped);
    }

    void aPauseDoesNotBeginAfterTheStop()
    {
        std::stop_source source;
        source.request_stop();
        const auto end = std::make_shared<std::optional<WaitEnd>>();
        const auto note = noteEnd(pauseFor(never, source.get_token()), end);
        QVERIFY(*end == WaitEnd::stopped);
    }

    void aStopAfterThePauseChangesNothing()
    {
        std::stop_source source;
        const auto end = std::make_shared<std::optional<WaitEnd>>();
        const auto note = noteEnd(pauseFor(1ms, source.get_token()), end);
        QTRY_VERIFY(*end == WaitEnd::elapsed);
        source.request_stop();
        QVERIFY(*end == WaitEnd::elapsed);
    }

    void oneStopEndsEveryPause()
    {
        std::stop_source source;
        const auto first = std::make_shared<std::optional<WaitEnd>>();
        const auto second = std::make_shared<std::optional<WaitEnd>>();
        const auto firstNote = noteEnd(pauseFor(never, source.get_token()), first);
        const auto secondNote = noteEnd(pauseFor(never, source.get_token()), second);
        source.request_stop();
        QVERIFY(*first == WaitEnd::stopped);
        QVERIFY(*second == WaitEnd::stopped);
    }

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
        QCOMPARE((*outcome)->error().message, u"Stopped."_s);
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

QTEST_GUILESS_MAIN(bookdesk::TaskTest)
#include "task-test.moc"
