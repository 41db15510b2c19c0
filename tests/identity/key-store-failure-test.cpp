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

const QByteArray failing = httpAnswer("503 Service Unavailable");

} // namespace

/// What holds while an issuer's keys cannot be fetched.
class KeyStoreFailureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFailedFetchIsRetriedLaterAndLater();
    void aPersonNeedNotWait();
    void aPersonNeedNotWaitForAFetchUnderWay();
    void aSuccessEndsTheWaiting();
    void aFailedForcedFetchDoesNotStartTheFiveMinutes();
    void lastKnownGoodKeysLiveOneDay();
    void lastKnownGoodKeysAreReportedAsSuch();
    void anAnswerWithoutKeysDoesNotReplaceGoodOnes();
};

void KeyStoreFailureTest::aFailedFetchIsRetriedLaterAndLater()
{
    KeyBench bench;
    bench.answer = failing;
    int expected = 1;
    QCOMPARE(codeOf(bench.prefetch()), keysUnavailable());
    for (const std::chrono::seconds delay : {5s, 10s, 20s, 40s, 80s, 160s, 300s, 300s}) {
        bench.now += delay - 1s;
        QCOMPARE(codeOf(bench.keysFor(firstId())), keysUnavailable());
        QCOMPARE(bench.fetches(), expected);
        bench.now += 1s;
        QCOMPARE(codeOf(bench.keysFor(firstId())), keysUnavailable());
        QCOMPARE(bench.fetches(), ++expected);
    }
}

void KeyStoreFailureTest::aPersonNeedNotWait()
{
    KeyBench bench;
    bench.answer = failing;
    QVERIFY(!bench.prefetch());
    bench.store->startAnew();
    QVERIFY(!bench.prefetch());
    QCOMPARE(bench.fetches(), 2);
    // The pauses get longer all the same.
    bench.now += 9s;
    QVERIFY(!bench.prefetch());
    QCOMPARE(bench.fetches(), 2);
    bench.answer = keySetOf({0});
    bench.store->startAnew();
    QVERIFY(bench.prefetch());
    QCOMPARE(bench.fetches(), 3);
    // Keys that are fresh are not fetched again.
    bench.store->startAnew();
    QVERIFY(bench.prefetch());
    QCOMPARE(bench.fetches(), 3);
}

void KeyStoreFailureTest::aPersonNeedNotWaitForAFetchUnderWay()
{
    KeyBench bench;
    bench.answer.clear();
    bench.ask(firstId());
    QTRY_COMPARE(bench.fetches(), 1);
    bench.answer = keySetOf({0});
    bench.now += 1s;
    bench.store->startAnew();
    QVERIFY(bench.prefetch());
    QCOMPARE(bench.fetches(), 2);
    // Whoever waits for it goes on waiting.
    QVERIFY(!bench.haveAllAnswers());
    bench.server.goAway();
    QTRY_VERIFY(bench.haveAllAnswers());
    QCOMPARE(codeOf(*bench.answers->front()), codeOf(identity::IssuerKeys()));
    // The keys are newer than what has failed.
    QVERIFY(!bench.state()->lastFailure);
}

void KeyStoreFailureTest::aSuccessEndsTheWaiting()
{
    KeyBench bench;
    bench.answer = failing;
    QVERIFY(!bench.prefetch());
    bench.now += 5s;
    QVERIFY(!bench.prefetch());
    bench.answer = keySetOf({0});
    bench.now += 10s;
    QVERIFY(bench.prefetch());
    QVERIFY(!bench.state()->lastFailure);
    // The next failure begins with the shortest wait again.
    bench.now += 1h;
    bench.answer = failing;
    QVERIFY(bench.keysFor(firstId()));
    bench.now += 5s;
    QVERIFY(bench.keysFor(firstId()));
    QCOMPARE(bench.fetches(), 5);
}

void KeyStoreFailureTest::aFailedForcedFetchDoesNotStartTheFiveMinutes()
{
    KeyBench bench;
    QVERIFY(bench.prefetch());
    bench.answer = failing;
    const Result<IssuerKeys> old = bench.keysFor(secondId());
    QVERIFY(old && old->find(firstId()));
    QVERIFY(bench.state()->lastFailure);
    bench.answer = keySetOf({1});
    bench.now += 4s;
    QVERIFY(!bench.keysFor(secondId())->find(secondId()));
    QCOMPARE(bench.fetches(), 2);
    bench.now += 1s;
    QVERIFY(bench.keysFor(secondId())->find(secondId()));
    QCOMPARE(bench.fetches(), 3);
}

void KeyStoreFailureTest::lastKnownGoodKeysLiveOneDay()
{
    KeyBench bench;
    QVERIFY(bench.prefetch());
    bench.answer = failing;
    bench.now += 24h - 1s;
    const Result<IssuerKeys> old = bench.keysFor(firstId());
    QVERIFY(old && old->find(firstId()));
    const std::optional<KeyState> state = bench.state();
    QVERIFY(state && state->lastFailure);
    QCOMPARE(state->count, std::size_t{1});
    QCOMPARE(state->lastFailure->code.toString(), keysUnavailable());
    QVERIFY(!bench.cached().set->keys.empty());

    bench.now += 1s;
    QCOMPARE(codeOf(bench.keysFor(firstId())), keysUnavailable());
    QVERIFY(bench.cached().set->keys.empty());
    QCOMPARE(bench.state()->count, std::size_t{0});
}

void KeyStoreFailureTest::lastKnownGoodKeysAreReportedAsSuch()
{
    KeyBench bench;
    const Result<IssuerKeys> fresh = bench.keysFor(firstId());
    QVERIFY(fresh && !fresh->lastFailure);
    bench.now += 1h;
    bench.answer = failing;
    // Whether the refresh just failed, or had failed before and is not due again.
    for (int i = 0; i < 2; ++i) {
        const Result<IssuerKeys> old = bench.keysFor(firstId());
        QVERIFY(old && old->lastFailure);
        QCOMPARE(old->lastFailure->code.toString(), keysUnavailable());
        QCOMPARE(factValue(old->lastFailure->facts, facts::httpStatus), "503"_L1);
        QCOMPARE(old->set.get(), fresh->set.get());
    }
    QCOMPARE(bench.fetches(), 2);
    QVERIFY(bench.cached().lastFailure);
    bench.now += 5s;
    bench.answer = keySetOf({0});
    const Result<IssuerKeys> again = bench.keysFor(firstId());
    QVERIFY(again && !again->lastFailure);
    QVERIFY(!bench.cached().lastFailure);
}

void KeyStoreFailureTest::anAnswerWithoutKeysDoesNotReplaceGoodOnes()
{
    KeyBench bench;
    QVERIFY(bench.prefetch());
    bench.answer = httpAnswer("200 OK", {}, R"({"keys":[]})");
    bench.now += 1h;
    const Result<IssuerKeys> keys = bench.keysFor(firstId());
    QVERIFY2(keys, qPrintable(codeOf(keys)));
    QVERIFY(keys->find(firstId()));
}

QTEST_GUILESS_MAIN(KeyStoreFailureTest)
#include "key-store-failure-test.moc"
