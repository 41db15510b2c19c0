#include "core/one-shot.h"
#include "core/task.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk {
namespace {

QCoro::Task<> collect(OneShot<int> oneShot, std::shared_ptr<QList<int>> values)
{
    const int value = co_await oneShot;
    values->append(value);
}

QCoro::Task<int> passOn(OneShot<int> oneShot)
{
    const int value = co_await oneShot;
    co_return value;
}

QCoro::Task<> setAfter(OneShot<int> first, OneShot<int> second)
{
    const int value = co_await first;
    second.set(value + 1);
}

} // namespace

class OneShotTest : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<QList<int>> m_values = std::make_shared<QList<int>>();

private Q_SLOTS:
    void init() { m_values->clear(); }

    void resumesEveryWaiterInTurn()
    {
        const OneShot<int> oneShot;
        const auto first = collect(oneShot, m_values);
        const auto second = collect(oneShot, m_values);
        QVERIFY(m_values->isEmpty());
        QVERIFY(!oneShot.isSet());
        oneShot.set(5);
        QVERIFY(oneShot.isSet());
        QCOMPARE(*m_values, QList<int>({5, 5}));
    }

    void doesNotMakeALateComerWait()
    {
        const OneShot<int> oneShot;
        oneShot.set(5);
        const auto late = collect(oneShot, m_values);
        QCOMPARE(*m_values, QList<int>({5}));
    }

    void keepsTheFirstValue()
    {
        const OneShot<int> oneShot;
        const auto early = collect(oneShot, m_values);
        oneShot.set(5);
        oneShot.set(6);
        const auto late = collect(oneShot, m_values);
        QCOMPARE(*m_values, QList<int>({5, 5}));
    }

    void copiesShareOneState()
    {
        const OneShot<int> oneShot;
        const OneShot<int> copy = oneShot;
        copy.set(5);
        QVERIFY(oneShot.isSet());
        QCOMPARE(QCoro::waitFor(passOn(oneShot)), 5);
    }

    void outlivesItsOwnerForItsWaiters()
    {
        auto owned = std::make_unique<OneShot<int>>();
        const OneShot<int> setter = *owned;
        const auto waiter = collect(*owned, m_values);
        owned.reset();
        setter.set(5);
        QCOMPARE(*m_values, QList<int>({5}));
    }

    void aWaiterMaySetAnother()
    {
        const OneShot<int> first;
        const OneShot<int> second;
        const auto chain = setAfter(first, second);
        const auto waiter = collect(second, m_values);
        first.set(1);
        QCOMPARE(*m_values, QList<int>({2}));
    }

    void callsAFunctionWithTheValue_data()
    {
        QTest::addColumn<bool>("isSetBefore");
        QTest::newRow("that has come") << true;
        QTest::newRow("that comes later") << false;
    }

    void callsAFunctionWithTheValue()
    {
        QFETCH(const bool, isSetBefore);
        const OneShot<int> oneShot;
        if (isSetBefore)
            oneShot.set(5);
        oneShot.whenSet([values = m_values](const int &value) { *values += value; });
        QCOMPARE(m_values->size(), isSetBefore ? 1 : 0);
        oneShot.set(6);
        QCOMPARE(*m_values, QList<int>({isSetBefore ? 5 : 6}));
    }

    void forgetsAFunctionWhoseValueNeverComes()
    {
        const auto kept = std::make_shared<int>(0);
        {
            const OneShot<int> oneShot;
            oneShot.whenSet([kept](const int &) {});
            QCOMPARE(kept.use_count(), 2L);
        }
        QCOMPARE(kept.use_count(), 1L);
    }

    void forgetsAFunctionThatWasCalled()
    {
        const auto kept = std::make_shared<int>(0);
        const OneShot<int> oneShot;
        oneShot.whenSet([kept](const int &) {});
        oneShot.set(5);
        QCOMPARE(kept.use_count(), 1L);
    }
};

} // namespace bookdesk

QTEST_GUILESS_MAIN(bookdesk::OneShotTest)
#include "one-shot-test.moc"
