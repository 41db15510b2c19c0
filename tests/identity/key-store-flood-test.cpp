#include "identity/key-bench.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace std::chrono_literals;
using bookdesk::test::codeOf;
using bookdesk::test::firstId;
using bookdesk::test::httpAnswer;
using bookdesk::test::KeyBench;
using bookdesk::test::keySetOf;
using bookdesk::test::keysUnavailable;
using bookdesk::test::secondId;
using namespace Qt::StringLiterals;

namespace {

constexpr int manyTokens = 5000;

QString randomId(int number) { return u"random-%1"_s.arg(number); }

} // namespace

/// Tokens with key IDs that nobody has published, thousands of them.
class KeyStoreFloodTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneAfterTheOtherIsOneFetch();
    void allAtOnceIsOneFetch();
    void allAtOnceOnAnEmptyCacheIsOneFetch();
    void whileThePrefetchIsUnderWayIsOneFetchMore();
    void isOneFetchInFiveMinutes();
    void onAServerThatFailsIsOneFetchUntilItIsRetried();
    void thatForbidsCachingIsOneFetchAMinute();
    void doesNotKeepGoodTokensWaiting();
    void withoutKeyIdsIsNoFetch();
};

void KeyStoreFloodTest::oneAfterTheOtherIsOneFetch()
{
    KeyBench bench;
    QVERIFY(bench.prefetch());
    const int before = bench.fetches();
    for (int i = 0; i < manyTokens; ++i) {
        const Result<IssuerKeys> keys = bench.keysFor(randomId(i));
        QVERIFY2(keys, qPrintable(codeOf(keys)));
        QVERIFY(keys->find(firstId()) && !keys->find(randomId(i)));
    }
    QCOMPARE(bench.fetches() - before, 1);
}

void KeyStoreFloodTest::allAtOnceIsOneFetch()
{
    KeyBench bench;
    QVERIFY(bench.prefetch());
    const int before = bench.fetches();
    for (int i = 0; i < manyTokens; ++i)
        bench.ask(randomId(i));
    QTRY_VERIFY(bench.haveAllAnswers());
    for (const auto &answer : *bench.answers)
        QVERIFY2(*answer, qPrintable(codeOf(*answer)));
    QCOMPARE(bench.fetches() - before, 1);
}

void KeyStoreFloodTest::allAtOnceOnAnEmptyCacheIsOneFetch()
{
    KeyBench bench;
    for (int i = 0; i < manyTokens; ++i)
        bench.ask(randomId(i));
    QTRY_VERIFY(bench.haveAllAnswers());
    QVERIFY(bench.keysFor(u"one more"_s));
    QCOMPARE(bench.fetches(), 1);
}

void KeyStoreFloodTest::whileThePrefetchIsUnderWayIsOneFetchMore()
{
    KeyBench bench;
    bench.ask({});
    for (int i = 0; i < manyTokens; ++i)
        bench.ask(randomId(i));
    QTRY_VERIFY(bench.haveAllAnswers());
    QCOMPARE(bench.fetches(), 2);
}

void KeyStoreFloodTest::isOneFetchInFiveMinutes()
{
    KeyBench bench;
    QVERIFY(bench.prefetch());
    const TimePoint begin = bench.now;
    // A token a second for as long as the keys are fresh.
    for (bench.now = begin; bench.now < begin + 1h; bench.now += 1s)
        QVERIFY(bench.keysFor(randomId(static_cast<int>((bench.now - begin) / 1s))));
    QCOMPARE(bench.fetches() - 1, 60 / 5);
}

void KeyStoreFloodTest::onAServerThatFailsIsOneFetchUntilItIsRetried()
{
    KeyBench bench;
    bench.answer = httpAnswer("503 Service Unavailable");
    for (int i = 0; i < manyTokens; ++i)
        QCOMPARE(codeOf(bench.keysFor(randomId(i))), keysUnavailable());
    QCOMPARE(bench.fetches(), 1);
    bench.now += 5s;
    for (int i = 0; i < manyTokens; ++i)
        bench.ask(randomId(i));
    QTRY_VERIFY(bench.haveAllAnswers());
    QCOMPARE(bench.fetches(), 2);
}

void KeyStoreFloodTest::thatForbidsCachingIsOneFetchAMinute()
{
    KeyBench bench;
    bench.answer = keySetOf({0}, {{"Cache-Control"_ba, "no-store, max-age=0"_ba}});
    for (int i = 0; i < manyTokens; ++i)
        QVERIFY(bench.keysFor(firstId()));
    QCOMPARE(bench.fetches(), 1);
    bench.now += 1min;
    for (int i = 0; i < manyTokens; ++i)
        QVERIFY(bench.keysFor(firstId()));
    QCOMPARE(bench.fetches(), 2);
}

void KeyStoreFloodTest::doesNotKeepGoodTokensWaiting()
{
    KeyBench bench;
    QVERIFY(bench.prefetch());
    bench.answer = QByteArray();
    bench.ask(u"random"_s);
    QTRY_COMPARE(bench.fetches(), 2);
    for (int i = 0; i < manyTokens; ++i)
        QVERIFY(bench.store->keysFor(bench.source(), firstId()).isReady());
    QVERIFY(!bench.haveAllAnswers());
    QCOMPARE(bench.fetches(), 2);
}

void KeyStoreFloodTest::withoutKeyIdsIsNoFetch()
{
    KeyBench bench;
    QVERIFY(bench.prefetch());
    for (int i = 0; i < manyTokens; ++i)
        QVERIFY(bench.keysFor({}));
    QCOMPARE(bench.fetches(), 1);
}

QTEST_GUILESS_MAIN(KeyStoreFloodTest)
#include "key-store-flood-test.moc"
