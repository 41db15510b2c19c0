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
};

} // namespace bookdesk

QTEST_GUILESS_MAIN(bookdesk::TaskTest)
#include "task-test.moc"
