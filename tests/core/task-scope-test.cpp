#include "core/task-scope.h"

#include <QPointer>
#include <QTest>

#include <functional>
#include <memory>

using namespace Qt::StringLiterals;

namespace bookdesk {
namespace {

constexpr ErrorCode endedCode{"test.ended"};

Error ended() { return {endedCode, u"The object has gone."_s, {}}; }

/// What happened, in order.
using Diary = std::shared_ptr<QStringList>;

struct Entry
{
    explicit Entry(Diary place, QString atEnd)
        : diary(std::move(place))
        , text(std::move(atEnd))
    {}
    ~Entry() { *diary += text; }
    Q_DISABLE_COPY_MOVE(Entry)

    Diary diary;
    QString text;
};

template <class T> using Outcome = std::shared_ptr<std::optional<T>>;

template <class T> QCoro::Task<void> note(QCoro::Task<T> task, Outcome<T> outcome, std::function<void()> then)
{
    T result = co_await std::move(task);
    outcome->emplace(std::move(result));
    if (then)
        then();
}

/// Waits for the task and keeps its result; then calls @p then.
template <class T> Outcome<T> watch(QCoro::Task<T> task, std::function<void()> then = {})
{
    const auto outcome = std::make_shared<std::optional<T>>();
    note(std::move(task), outcome, std::move(then));
    return outcome;
}

Task<int> valueOf(OneShot<int> source)
{
    const int value = co_await source;
    co_return value;
}

/// An object with tasks, which wait for the source unless they are stopped.
class Owner : public QObject
{
    Q_OBJECT

public:
    Owner(Diary diary, OneShot<int> awaited)
        : m_source(std::move(awaited))
        , m_diary(diary)
        , m_member(std::make_unique<Entry>(std::move(diary), u"member dies"_s))
    {}

    Task<int> wait(std::stop_token callersStop = {})
    {
        return m_scope.run([this](std::stop_token) { return waitForSource(); }, ended(), std::move(callersStop));
    }
    Task<int> waitInside()
    {
        return m_scope.run([this](std::stop_token) { return waitInSteps(); }, ended());
    }
    Task<int> callOutFirst()
    {
        return m_scope.run([this](std::stop_token) { return sayAndWait(); }, ended());
    }
    QCoro::Task<QString> text()
    {
        return m_scope.run([this](std::stop_token) { return textOfSource(); }, ended());
    }
    Task<int> called(std::function<Result<int>()> function)
    {
        return m_scope.run([this, function](std::stop_token) { return resultOf(function); }, ended());
    }
    /// The coroutine is the lambda itself.
    Task<int> waitInLambda(QString captured)
    {
        return m_scope.run(
            [this, captured](std::stop_token) -> ScopedTask<int> {
                const Result<int> value = co_await callOut([this] { return m_source; });
                *m_diary += captured;
                co_return value;
            },
            ended());
    }
    bool stop() { return m_scope.stop(); }
    bool restart() { return m_scope.restart(); }

Q_SIGNALS:
    void said();

private:
    void write(const QString &text) const { *m_member->diary += text; }

    ScopedTask<int> waitForSource()
    {
        const Entry last(m_diary, u"frame ends"_s);
        const Result<int> value = co_await callOut([this] { return valueOf(m_source); });
        write(value ? u"value"_s : u"stopped"_s);
        co_return value;
    }

    ScopedTask<int> waitInSteps()
    {
        const Result<int> value = co_await sayAndWait();
        write(value ? u"outer value"_s : u"outer stopped"_s);
        if (!value)
            co_return failure(value.error());
        const Result<void> told = co_await say();
        if (!told)
            co_return failure(told.error());
        co_return *value + 1;
    }

    ScopedTask<int> sayAndWait()
    {
        if (const Result<void> told = co_await say(); !told)
            co_return failure(told.error());
        Result<int> value = co_await callOut([this] { return m_source; });
        co_return value;
    }

    ScopedTask<void> say()
    {
        const Result<void> told = co_await callOut([this] { Q_EMIT said(); });
        write(told ? u"said"_s : u"not said"_s);
        co_return told;
    }

    ScopedCoroutine<QString> textOfSource()
    {
        const Result<int> value = co_await callOut([this] { return m_source; });
        co_return value ? QString::number(*value) : value.error().message;
    }

    ScopedTask<int> resultOf(std::function<Result<int>()> function)
    {
        Result<int> result = co_await callOut(function);
        write(u"called"_s);
        co_return result;
    }

    const OneShot<int> m_source;
    const Diary m_diary;
    const std::unique_ptr<Entry> m_member;
    TaskScope m_scope;
};

} // namespace

class TaskScopeTest : public QObject
{
    Q_OBJECT

private:
    Diary m_diary;
    OneShot<int> m_source;
    std::unique_ptr<Owner> m_owner;

private Q_SLOTS:
    void init()
    {
        m_diary = std::make_shared<QStringList>();
        m_source = OneShot<int>();
        m_owner = std::make_unique<Owner>(m_diary, m_source);
    }
    void cleanup()
    {
        m_owner.reset();
        m_source.set(0);
    }

    void aTaskGivesItsValue()
    {
        const auto outcome = watch(m_owner->wait());
        QVERIFY(!*outcome);
        m_source.set(7);
        QCOMPARE(***outcome, 7);
        QCOMPARE(*m_diary, (QStringList{u"value"_s, u"frame ends"_s}));
    }

    void aTaskThatNeedNotWaitIsReadyAtOnce()
    {
        m_source.set(7);
        const Task<int> task = m_owner->wait();
        QVERIFY(task.isReady());
    }

    void anyTypeMayBeGiven()
    {
        const auto outcome = watch(m_owner->text());
        m_source.set(7);
        QCOMPARE(**outcome, u"7"_s);
    }

    void aTaskHasEndedBeforeTheMembersDie()
    {
        const auto outcome = watch(m_owner->wait());
        m_owner.reset();
        QCOMPARE(*m_diary, (QStringList{u"stopped"_s, u"frame ends"_s, u"member dies"_s}));
        QVERIFY((*outcome)->error() == ended());
    }

    void everyTaskHearsOfTheEnd()
    {
        const auto first = watch(m_owner->wait());
        const auto second = watch(m_owner->waitInside());
        const auto third = watch(m_owner->text());
        m_owner.reset();
        QVERIFY((*first)->error() == ended());
        QVERIFY((*second)->error() == ended());
        QCOMPARE(**third, ended().message);
        m_source.set(7);
        QVERIFY((*first)->error() == ended());
    }

    void aTaskThatNobodyWaitsForEndsToo()
    {
        m_owner->wait();
        m_owner.reset();
        QCOMPARE(*m_diary, (QStringList{u"stopped"_s, u"frame ends"_s, u"member dies"_s}));
    }

    void aSlotMayDestroyTheOwner_data()
    {
        QTest::addColumn<bool>("isNested");
        QTest::addColumn<int>("saidBefore");
        QTest::addColumn<QStringList>("diary");
        QTest::newRow("in the first step") << false << 0 << QStringList{u"not said"_s, u"member dies"_s};
        QTest::newRow("in the first step of a step")
            << true << 0 << QStringList{u"not said"_s, u"outer stopped"_s, u"member dies"_s};
        QTest::newRow("after a wait") << true << 1
                                      << QStringList{u"said"_s, u"outer value"_s, u"not said"_s, u"member dies"_s};
    }

    void aSlotMayDestroyTheOwner()
    {
        QFETCH(const bool, isNested);
        QFETCH(const int, saidBefore);
        QFETCH(const QStringList, diary);
        int count = 0;
        connect(m_owner.get(), &Owner::said, this, [&] {
            if (count++ == saidBefore)
                m_owner.reset();
        });
        const auto outcome = watch(isNested ? m_owner->waitInside() : m_owner->callOutFirst());
        m_source.set(7);
        QVERIFY(!m_owner);
        QCOMPARE(*m_diary, diary);
        QVERIFY(*outcome && (*outcome)->error() == ended());
    }

    void aSlotMayStopTheTasks()
    {
        bool isStopped = false;
        connect(m_owner.get(), &Owner::said, this, [&] { isStopped = m_owner->stop(); });
        const auto outcome = watch(m_owner->waitInside());
        QVERIFY(isStopped);
        QVERIFY(*outcome && (*outcome)->error() == ended());
        QCOMPARE(*m_diary, (QStringList{u"not said"_s, u"outer stopped"_s}));
    }

    void whoWaitsMayDestroyTheOwner_data()
    {
        QTest::addColumn<bool>("isSet");
        QTest::newRow("when the value comes") << true;
        QTest::newRow("when the task is stopped") << false;
    }

    /// Both wait for the same, so the second is destroyed while it is still to be resumed.
    void whoWaitsMayDestroyTheOwner()
    {
        QFETCH(const bool, isSet);
        const auto first = watch(m_owner->wait(), [this] { m_owner.reset(); });
        const auto second = watch(m_owner->wait(), [this] { m_owner.reset(); });
        if (isSet)
            m_source.set(7);
        else
            QVERIFY(!m_owner->stop());
        QVERIFY(!m_owner);
        QVERIFY(*first && *second);
        QCOMPARE((*first)->has_value(), isSet);
        QVERIFY((*second)->error() == ended());
        QCOMPARE(m_diary->last(), u"member dies"_s);
    }

    void aCallersStopEndsNothingElse()
    {
        std::stop_source stop;
        const auto stopped = watch(m_owner->wait(stop.get_token()));
        const auto other = watch(m_owner->wait());
        stop.request_stop();
        QVERIFY((*stopped)->error() == ended());
        QVERIFY(!*other);
        m_source.set(7);
        QCOMPARE(***other, 7);
    }

    void aCallerThatHasStoppedWaitsForNothing()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto outcome = watch(m_owner->wait(stop.get_token()));
        QVERIFY(*outcome && (*outcome)->error() == ended());
    }

    void aCallerMayDestroyTheOwnerWhenItStops()
    {
        std::stop_source stop;
        const auto first = watch(m_owner->wait(stop.get_token()), [this] { m_owner.reset(); });
        const auto second = watch(m_owner->wait());
        stop.request_stop();
        QVERIFY(*first && *second && !m_owner);
    }

    void afterAStopNothingWaits()
    {
        const auto before = watch(m_owner->wait());
        QVERIFY(m_owner->stop());
        QVERIFY((*before)->error() == ended());
        const auto after = watch(m_owner->wait());
        QVERIFY(*after && (*after)->error() == ended());
    }

    void afterAStopNothingIsCalled()
    {
        bool isCalled = false;
        connect(m_owner.get(), &Owner::said, this, [&isCalled] { isCalled = true; });
        QVERIFY(m_owner->stop());
        const auto outcome = watch(m_owner->callOutFirst());
        QVERIFY((*outcome)->error() == ended());
        QVERIFY(!isCalled);
    }

    void afterARestartOthersRun()
    {
        const auto before = watch(m_owner->wait());
        QVERIFY(m_owner->restart());
        QVERIFY((*before)->error() == ended());
        const auto after = watch(m_owner->wait());
        QVERIFY(!*after);
        m_source.set(7);
        QCOMPARE(***after, 7);
    }

    void whatBeginsDuringARestartRuns()
    {
        Outcome<Result<int>> next;
        const auto before = watch(m_owner->wait(), [&] { next = watch(m_owner->wait()); });
        QVERIFY(m_owner->restart());
        QVERIFY(*before && next && !*next);
        m_source.set(7);
        QCOMPARE(***next, 7);
    }

    void whatBeginsWhileTheOwnerDiesEndsAtOnce()
    {
        Outcome<Result<int>> next;
        Owner *dying = m_owner.get();
        const auto before = watch(m_owner->wait(), [&] { next = watch(dying->wait()); });
        m_owner.reset();
        QVERIFY(*before && next && *next);
        QVERIFY((*next)->error() == ended());
        QCOMPARE(m_diary->last(), u"member dies"_s);
    }

    void whatIsCalledGivesItsResult()
    {
        QCOMPARE(*QCoro::waitFor(m_owner->called([] { return 7; })), 7);
        const Result<int> failed = QCoro::waitFor(m_owner->called([] { return failure(errors::jsonInvalid, {}); }));
        QVERIFY(!failed && failed.error().code == errors::jsonInvalid);
    }

    /// The value of a function that destroyed the owner is lost, but nothing else is.
    void whatIsCalledMayDestroyTheOwner()
    {
        const QString kept = u"a text of the function's own"_s;
        QString read;
        const auto outcome = watch(m_owner->called([this, kept, &read] {
            m_owner.reset();
            read = kept;
            return 7;
        }));
        QVERIFY(*outcome && (*outcome)->error() == ended());
        QCOMPARE(read, kept);
        QCOMPARE(*m_diary, (QStringList{u"called"_s, u"member dies"_s}));
    }

    void theWorkLivesAsLongAsItsTask()
    {
        const auto outcome = watch(m_owner->waitInLambda(u"captured text"_s));
        m_source.set(7);
        QCOMPARE(***outcome, 7);
        QCOMPARE(*m_diary, QStringList{u"captured text"_s});
    }
};

} // namespace bookdesk

QTEST_GUILESS_MAIN(bookdesk::TaskScopeTest)
#include "task-scope-test.moc"
