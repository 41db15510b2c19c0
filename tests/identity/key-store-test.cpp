#include "core/errors.h"
#include "core/json.h"
#include "identity/key-bench.h"
#include "jose/verify.h"

#include <QSignalSpy>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace std::chrono_literals;
using bookdesk::test::codeOf;
using bookdesk::test::FakeServer;
using bookdesk::test::firstId;
using bookdesk::test::httpAnswer;
using bookdesk::test::issuerKey;
using bookdesk::test::KeyBench;
using bookdesk::test::keySetOf;
using bookdesk::test::secondId;
using bookdesk::test::SeenRequest;
using namespace Qt::StringLiterals;

namespace {

const QByteArray failing = httpAnswer("503 Service Unavailable");

Secret tokenOf(const KeyBench &bench, std::size_t key)
{
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(bench.now.time_since_epoch()).count();
    const JsonObject claims{{u"iss"_s, bench.source().issuer},
                            {u"aud"_s, u"the-api"_s},
                            {u"sub"_s, u"somebody"_s},
                            {u"exp"_s, static_cast<std::int64_t>(now + 86'400)}};
    const Result<Secret> token = issuerKey(key).sign({}, claims);
    return token ? *token : Secret();
}

bool passes(const Secret &token, const IssuerKeys &keys, const KeyBench &bench)
{
    const jose::TokenPolicy policy = jose::accessTokenPolicy(bench.source().issuer, u"the-api"_s);
    return jose::verify(token, *keys.set, policy, bench.now).passed();
}

} // namespace

/// The contract's key cache, clause by clause (the numbers alone are KeyScheduleTest's):
///
/// per issuer, at most 32             forgetsTheIssuerLeastUsed, doesNotMixIssuers
/// one hour to live                   renewsAtTheEndOfTheHour
/// an unknown kid forces a refresh    anUnknownKeyForcesOneFetchInFiveMinutes
/// at most one in five minutes        the same, and KeyStoreFloodTest
/// a configured issuer: no discovery  asksNothingButTheConfiguredAddress
/// only configured issuers are asked  KeyStoreSignInTest::aTokenOfAnotherIssuerMakesNobodyFetch
/// no network on the hot path         fetchesOnceAndServesFromTheCache, answersAtOnceWhereNothingIsToBeFetched
/// a prefetch starts no five minutes  aRotationRightAfterThePrefetchIsSeen, …WhileThePrefetchIsUnderWay…
/// nor does a renewal                 aRotationRightAfterARenewalIsSeen
/// nor a failed fetch                 KeyStoreFailureTest::aFailedForcedFetchDoesNotStartTheFiveMinutes
/// which is retried, doubling         KeyStoreFailureTest::aFailedFetchIsRetriedLaterAndLater, aSuccessEndsTheWaiting
/// last known good: 24 h              KeyStoreFailureTest::lastKnownGoodKeysLiveOneDay
/// and reported as such               KeyStoreFailureTest::lastKnownGoodKeysAreReportedAsSuch
/// single flight                      aFloodOnAnEmptyCacheIsOneFetch, KeyStoreFloodTest
/// bounds on size and time            KeyStoreHttpTest::refusesWhatIsTooLarge, givesUpOnWhatIsTooSlow
/// no alg of token or key             aKeyNeedsNoAlgorithm
class KeyStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fetchesOnceAndServesFromTheCache();
    void answersAtOnceWhereNothingIsToBeFetched();
    void sharesItsKeys();
    void asksNothingButTheConfiguredAddress();
    void renewsAtTheEndOfTheHour();
    void fetchesAgainWhenTheClockWasSetBack();

    void anUnknownKeyForcesOneFetchInFiveMinutes();
    void aFloodOnAnEmptyCacheIsOneFetch();
    void aTokenWithoutAKeyIdForcesNothing();
    void aRotationRightAfterThePrefetchIsSeen();
    void aRotationRightAfterARenewalIsSeen();
    void aRotationWhileThePrefetchIsUnderWayIsSeen();

    void aRemovedKeyStopsVerifyingAfterTheRenewal();
    void aRemovedKeyStopsVerifyingAfterAForcedFetch();
    void remembersTheKeysThatWereReplaced();
    void aKeyNeedsNoAlgorithm();

    void forgetsTheIssuerLeastUsed();
    void doesNotMixIssuers();
    void doesNotMixTheSourcesOfAnIssuer();
    void tellsThatSomethingChanged();
    void aWaiterThatStopsLeavesTheFetchToTheOthers();
    void endsItsTasksWhenDestroyed();
    void survivesTheEndOfTheClient();
};

void KeyStoreTest::fetchesOnceAndServesFromTheCache()
{
    KeyBench bench;
    QVERIFY(!bench.state());
    QVERIFY(bench.cached().set->keys.empty());
    for (int i = 0; i < 5; ++i) {
        const Result<IssuerKeys> keys = bench.keysFor(firstId());
        QVERIFY2(keys, qPrintable(codeOf(keys)));
        QVERIFY(keys->find(firstId()));
    }
    QVERIFY(bench.prefetch());
    QVERIFY(bench.cached().find(firstId()));
    QCOMPARE(bench.fetches(), 1);
    const std::optional<KeyState> state = bench.state();
    QVERIFY(state && !state->lastFailure);
    QCOMPARE(state->count, std::size_t{1});
    QVERIFY(state->fetchedAt == bench.now);
}

void KeyStoreTest::answersAtOnceWhereNothingIsToBeFetched()
{
    KeyBench bench;
    QVERIFY(bench.prefetch());
    QVERIFY(bench.store->keysFor(bench.source(), firstId()).isReady());
    QVERIFY(bench.store->prefetch(bench.source()).isReady());
    std::stop_source stop;
    QVERIFY(bench.store->keysFor(bench.source(), firstId(), stop.get_token()).isReady());
}

void KeyStoreTest::sharesItsKeys()
{
    KeyBench bench;
    const Result<IssuerKeys> first = bench.keysFor(firstId());
    const Result<IssuerKeys> second = bench.keysFor(firstId());
    QVERIFY(first && second);
    QCOMPARE(first->set.get(), second->set.get());
    QCOMPARE(bench.cached().set.get(), first->set.get());
}

void KeyStoreTest::asksNothingButTheConfiguredAddress()
{
    KeyBench bench;
    QVERIFY(bench.keysFor(firstId()));
    QVERIFY(bench.keysFor(u"unknown"_s));
    QCOMPARE(bench.fetches(), 2);
    for (const SeenRequest &request : bench.server.requests()) {
        QCOMPARE(request.method, "GET"_ba);
        QCOMPARE(request.target, "/keys"_ba);
        QVERIFY(!net::headerValue(request.headers, "Authorization"));
    }
}

void KeyStoreTest::renewsAtTheEndOfTheHour()
{
    KeyBench bench;
    QVERIFY(bench.prefetch());
    bench.now += 1h - 1s;
    QVERIFY(bench.keysFor(firstId()));
    QCOMPARE(bench.fetches(), 1);
    bench.now += 1s;
    QVERIFY(bench.keysFor(firstId()));
    QCOMPARE(bench.fetches(), 2);
    QVERIFY(bench.keysFor(firstId()));
    QCOMPARE(bench.fetches(), 2);
}

void KeyStoreTest::fetchesAgainWhenTheClockWasSetBack()
{
    KeyBench bench;
    QVERIFY(bench.prefetch());
    bench.now -= 24h;
    QVERIFY(bench.keysFor(firstId()));
    QVERIFY(bench.keysFor(firstId()));
    QCOMPARE(bench.fetches(), 2);
}

void KeyStoreTest::anUnknownKeyForcesOneFetchInFiveMinutes()
{
    KeyBench bench;
    QVERIFY(bench.prefetch());
    for (int i = 0; i < 50; ++i) {
        const Result<IssuerKeys> keys = bench.keysFor(u"random-%1"_s.arg(i));
        QVERIFY2(keys, qPrintable(codeOf(keys)));
        QVERIFY(keys->find(firstId()));
    }
    QCOMPARE(bench.fetches(), 2);
    bench.now += 5min - 1s;
    QVERIFY(bench.keysFor(u"random"_s));
    QCOMPARE(bench.fetches(), 2);
    bench.now += 1s;
    QVERIFY(bench.keysFor(u"random"_s));
    QCOMPARE(bench.fetches(), 3);
}

void KeyStoreTest::aFloodOnAnEmptyCacheIsOneFetch()
{
    KeyBench bench;
    for (int i = 0; i < 50; ++i)
        bench.ask(u"random-%1"_s.arg(i));
    QTRY_VERIFY(bench.haveAllAnswers());
    QVERIFY(bench.keysFor(u"one more"_s));
    QCOMPARE(bench.fetches(), 1);
}

void KeyStoreTest::aTokenWithoutAKeyIdForcesNothing()
{
    KeyBench bench;
    QVERIFY(bench.prefetch());
    QVERIFY(bench.keysFor(QString()));
    QCOMPARE(bench.fetches(), 1);
}

void KeyStoreTest::aRotationRightAfterThePrefetchIsSeen()
{
    KeyBench bench;
    QVERIFY(bench.prefetch());
    bench.answer = keySetOf({1});
    const Result<IssuerKeys> keys = bench.keysFor(secondId());
    QVERIFY2(keys, qPrintable(codeOf(keys)));
    QVERIFY(keys->find(secondId()));
    QVERIFY(!keys->find(firstId()));
    QCOMPARE(bench.fetches(), 2);
}

void KeyStoreTest::aRotationRightAfterARenewalIsSeen()
{
    KeyBench bench;
    QVERIFY(bench.prefetch());
    bench.now += 1h;
    QVERIFY(bench.keysFor(firstId()));
    bench.answer = keySetOf({1});
    const Result<IssuerKeys> keys = bench.keysFor(secondId());
    QVERIFY(keys && keys->find(secondId()));
    QCOMPARE(bench.fetches(), 3);
}

void KeyStoreTest::aRotationWhileThePrefetchIsUnderWayIsSeen()
{
    KeyBench bench;
    QObject::connect(&bench.server, &FakeServer::requested, &bench.server, [&bench] { bench.answer = keySetOf({1}); });
    bench.ask(QString());
    bench.ask(secondId());
    bench.ask(secondId());
    QTRY_VERIFY(bench.haveAllAnswers());
    QVERIFY(bench.answers->at(1).value()->find(secondId()));
    QVERIFY(bench.answers->at(2).value()->find(secondId()));
    QCOMPARE(bench.fetches(), 2);
}

void KeyStoreTest::aRemovedKeyStopsVerifyingAfterTheRenewal()
{
    KeyBench bench;
    bench.answer = keySetOf({0, 1});
    const Secret token = tokenOf(bench, 0);
    QVERIFY(passes(token, *bench.keysFor(firstId()), bench));
    bench.answer = keySetOf({1});
    bench.now += 1h - 1s;
    QVERIFY(passes(token, *bench.keysFor(firstId()), bench));
    bench.now += 1s;
    QVERIFY(!passes(token, *bench.keysFor(firstId()), bench));
    QVERIFY(!passes(token, bench.cached(), bench));
    QVERIFY(passes(tokenOf(bench, 1), *bench.keysFor(secondId()), bench));
}

void KeyStoreTest::aRemovedKeyStopsVerifyingAfterAForcedFetch()
{
    KeyBench bench;
    const Secret token = tokenOf(bench, 0);
    QVERIFY(passes(token, *bench.keysFor(firstId()), bench));
    bench.answer = keySetOf({1});
    QVERIFY(passes(tokenOf(bench, 1), *bench.keysFor(secondId()), bench));
    QVERIFY(!passes(token, *bench.keysFor(firstId()), bench));
}

void KeyStoreTest::remembersTheKeysThatWereReplaced()
{
    KeyBench bench;
    QVERIFY(bench.keysFor(firstId())->set->replaced.isEmpty());
    bench.answer = keySetOf({1});
    QCOMPARE(bench.keysFor(secondId())->set->replaced, QStringList(firstId()));
    bench.now += 1h;
    QCOMPARE(bench.keysFor(secondId())->set->replaced, QStringList(firstId()));
    bench.answer = keySetOf({0, 1});
    bench.now += 1h;
    QVERIFY(bench.keysFor(secondId())->set->replaced.isEmpty());
}

void KeyStoreTest::aKeyNeedsNoAlgorithm()
{
    KeyBench bench;
    QVERIFY(!issuerKey(0).publicJwk().find(u"alg"));
    const Result<IssuerKeys> keys = bench.keysFor(firstId());
    QVERIFY(keys && keys->find(firstId()));
    const Secret token = tokenOf(bench, 0);
    QVERIFY(passes(token, *keys, bench));
    // The allow-list decides, and neither the token nor the key.
    jose::TokenPolicy other = jose::accessTokenPolicy(bench.source().issuer, u"the-api"_s);
    other.algorithms = {jose::Algorithm::es256};
    QVERIFY(!jose::verify(token, *keys->set, other, bench.now).passed());
}

void KeyStoreTest::forgetsTheIssuerLeastUsed()
{
    KeyBench bench;
    const auto issuer = [](int number) { return u"https://issuer-%1.example"_s.arg(number); };
    for (int i = 0; i < 32; ++i)
        QVERIFY(QCoro::waitFor(bench.store->prefetch(bench.source(issuer(i)))));
    QVERIFY(!bench.store->cached(issuer(0)).set->keys.empty());
    QVERIFY(QCoro::waitFor(bench.store->prefetch(bench.source(issuer(32)))));
    QCOMPARE(bench.fetches(), 33);
    QVERIFY(bench.store->state(issuer(0)));
    QVERIFY(!bench.store->state(issuer(1)));
    QVERIFY(bench.store->state(issuer(2)));
    QVERIFY(bench.store->state(issuer(32)));
    QVERIFY(QCoro::waitFor(bench.store->prefetch(bench.source(issuer(1)))));
    QCOMPARE(bench.fetches(), 34);
}

void KeyStoreTest::doesNotMixIssuers()
{
    KeyBench bench;
    const FakeServer other([](const SeenRequest &) { return keySetOf({1}); });
    const KeySource another{u"https://another.example"_s, other.url()};
    QVERIFY(bench.prefetch());
    const Result<IssuerKeys> keys = QCoro::waitFor(bench.store->keysFor(another, firstId()));
    QVERIFY(keys && keys->find(secondId()) && !keys->find(firstId()));
    QVERIFY(bench.cached().find(firstId()) && !bench.cached().find(secondId()));
    QVERIFY(!bench.store->cached(u"https://issuer.example/"_s).find(firstId()));
}

void KeyStoreTest::doesNotMixTheSourcesOfAnIssuer()
{
    KeyBench bench;
    const FakeServer other([](const SeenRequest &) { return keySetOf({1}); });
    QVERIFY(bench.prefetch());
    const KeySource moved{bench.source().issuer, other.url()};
    const Result<IssuerKeys> keys = QCoro::waitFor(bench.store->keysFor(moved, QString()));
    QVERIFY(keys && keys->find(secondId()) && !keys->find(firstId()));
}

void KeyStoreTest::tellsThatSomethingChanged()
{
    KeyBench bench;
    const QSignalSpy changes(bench.store.get(), &KeyStore::changed);
    QVERIFY(bench.prefetch());
    QCOMPARE(changes.size(), 1);
    QVERIFY(bench.keysFor(firstId()));
    QCOMPARE(changes.size(), 1);
    bench.answer = failing;
    QVERIFY(bench.keysFor(secondId()));
    QCOMPARE(changes.size(), 2);
}

void KeyStoreTest::aWaiterThatStopsLeavesTheFetchToTheOthers()
{
    KeyBench bench;
    std::stop_source stop;
    bench.ask(firstId(), stop.get_token());
    bench.ask(firstId());
    stop.request_stop();
    QVERIFY(bench.answers->at(0));
    QCOMPARE(codeOf(*bench.answers->at(0)), bookdesk::errors::stopped.toString());
    QVERIFY(!bench.answers->at(1));
    QTRY_VERIFY(bench.haveAllAnswers());
    QCOMPARE(codeOf(*bench.answers->at(1)), u"no error"_s);
    QCOMPARE(bench.fetches(), 1);
}

void KeyStoreTest::endsItsTasksWhenDestroyed()
{
    KeyBench bench;
    bench.answer = QByteArray();
    bench.ask(firstId());
    bench.ask(secondId());
    QTRY_COMPARE(bench.fetches(), 1);
    QVERIFY(!bench.answers->at(0) && !bench.answers->at(1));
    bench.store.reset();
    QTRY_VERIFY(bench.haveAllAnswers());
    QCOMPARE(codeOf(*bench.answers->at(0)), bookdesk::errors::stopped.toString());
    QCOMPARE(codeOf(*bench.answers->at(1)), bookdesk::errors::stopped.toString());
}

void KeyStoreTest::survivesTheEndOfTheClient()
{
    KeyBench bench;
    bench.answer = QByteArray();
    bench.ask(firstId());
    QTRY_COMPARE(bench.fetches(), 1);
    bench.http.reset();
    QTRY_VERIFY(bench.haveAllAnswers());
    QVERIFY(!*bench.answers->at(0));
    // An end of our own making is no failure of the server's.
    QVERIFY(!bench.state()->lastFailure);
}

QTEST_GUILESS_MAIN(KeyStoreTest)
#include "key-store-test.moc"
