#include "core/errors.h"
#include "identity/errors.h"
#include "identity/key-store.h"
#include "jose/signing-key.h"
#include "net/fake-server.h"

#include <QCoroTask>
#include <QSignalSpy>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace std::chrono_literals;
using bookdesk::tests::FakeServer;
using bookdesk::tests::httpAnswer;
using bookdesk::tests::SeenRequest;
using namespace Qt::StringLiterals;

namespace {

using Answers = std::vector<std::optional<Result<jose::JwkSet>>>;

/// Real keys, made once because that takes long.
const jose::SigningKey &signingKey(std::size_t index)
{
    static const std::vector<Result<jose::SigningKey>> keys = [] {
        std::vector<Result<jose::SigningKey>> made;
        for (int i = 0; i < 2; ++i)
            made.push_back(jose::SigningKey::generateRsa());
        return made;
    }();
    return *keys.at(index);
}

const QString &firstId() { return signingKey(0).keyId(); }
const QString &secondId() { return signingKey(1).keyId(); }

QByteArray keySetOf(const jose::SigningKey &key)
{
    return httpAnswer("200 OK", {}, toCompactJson(JsonObject{{u"keys"_s, JsonArray{key.publicJwk()}}}));
}

const QByteArray failing = httpAnswer("503 Service Unavailable");

QString codeOf(const Result<jose::JwkSet> &keys) { return keys ? u"no error"_s : keys.error().code.toString(); }

QCoro::Task<void> collect(Task<jose::JwkSet> task, std::shared_ptr<Answers> answers, std::size_t place)
{
    Result<jose::JwkSet> result = co_await task;
    answers->at(place) = std::move(result);
}

/// An issuer that publishes its keys over a real socket, and a store with a clock of our own.
struct Bench
{
    QByteArray answer = keySetOf(signingKey(0));
    FakeServer server{[this](const SeenRequest &) { return answer; }};
    TimePoint now{std::chrono::seconds{1'800'000'000}};
    net::ExchangeLog log;
    net::AccessManager manager{log, Redactor(), systemNow, {}, {}};
    std::unique_ptr<net::HttpClient> http = std::make_unique<net::HttpClient>(manager);
    std::unique_ptr<KeyStore> store = std::make_unique<KeyStore>(*http, [this] { return now; });
    std::shared_ptr<Answers> answers = std::make_shared<Answers>();

    KeySource source(const QString &issuer = u"https://issuer.example"_s) const
    {
        return {issuer, server.url(u"/keys"_s)};
    }

    Result<jose::JwkSet> keysFor(const QString &keyId) { return QCoro::waitFor(store->keysFor(source(), keyId)); }
    Result<jose::JwkSet> prefetch() { return QCoro::waitFor(store->prefetch(source())); }
    int fetches() const { return static_cast<int>(server.requests().size()); }

    /// Asks without waiting; the answer comes into `answers`.
    void ask(const QString &keyId, std::stop_token stop = {})
    {
        answers->emplace_back();
        collect(store->keysFor(source(), keyId, std::move(stop)), answers, answers->size() - 1);
    }

    bool haveAllAnswers() const
    {
        return std::all_of(answers->begin(), answers->end(), [](const auto &got) { return got.has_value(); });
    }
};

} // namespace

class KeyStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fetchesOnceAndServesFromTheCache();
    void renewsAtTheEndOfTheHour();
    void fetchesAgainWhenTheClockWasSetBack();

    void anUnknownKeyForcesOneFetchInFiveMinutes();
    void aFloodOfUnknownKeysAtOnceIsOneFetch();
    void aFloodOnAnEmptyCacheIsOneFetch();
    void aTokenWithoutAKeyIdForcesNothing();
    void aRotationRightAfterThePrefetchIsSeen();
    void aRotationRightAfterARenewalIsSeen();
    void aRotationWhileThePrefetchIsUnderWayIsSeen();

    void aFailedFetchIsRetriedLaterAndLater();
    void aSuccessEndsTheWaiting();
    void aFailedForcedFetchDoesNotStartTheFiveMinutes();
    void lastKnownGoodKeysLiveOneDay();
    void refusesAnAnswer_data();
    void refusesAnAnswer();
    void doesNotFollowARedirect();
    void anAnswerWithoutKeysDoesNotReplaceGoodOnes();

    void forgetsTheIssuerLeastUsed();
    void doesNotMixTheSourcesOfAnIssuer();
    void tellsThatSomethingChanged();
    void aWaiterThatStopsLeavesTheFetchToTheOthers();
    void endsItsTasksWhenDestroyed();
    void survivesTheEndOfTheClient();
};

void KeyStoreTest::fetchesOnceAndServesFromTheCache()
{
    Bench bench;
    QVERIFY(!bench.store->state(bench.source().issuer));
    QVERIFY(bench.store->cached(bench.source().issuer).keys.empty());
    for (int i = 0; i < 5; ++i) {
        const Result<jose::JwkSet> keys = bench.keysFor(firstId());
        QVERIFY2(keys, qPrintable(codeOf(keys)));
        QVERIFY(keys->find(firstId()));
    }
    QVERIFY(bench.prefetch());
    QVERIFY(bench.store->cached(bench.source().issuer).find(firstId()));
    QCOMPARE(bench.fetches(), 1);
    const std::optional<KeyState> state = bench.store->state(bench.source().issuer);
    QVERIFY(state && !state->lastFailure);
    QCOMPARE(state->count, std::size_t{1});
    QVERIFY(state->fetchedAt == bench.now);
}

void KeyStoreTest::renewsAtTheEndOfTheHour()
{
    Bench bench;
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
    Bench bench;
    QVERIFY(bench.prefetch());
    bench.now -= 24h;
    QVERIFY(bench.keysFor(firstId()));
    QVERIFY(bench.keysFor(firstId()));
    QCOMPARE(bench.fetches(), 2);
}

void KeyStoreTest::anUnknownKeyForcesOneFetchInFiveMinutes()
{
    Bench bench;
    QVERIFY(bench.prefetch());
    for (int i = 0; i < 50; ++i) {
        const Result<jose::JwkSet> keys = bench.keysFor(u"random-%1"_s.arg(i));
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

void KeyStoreTest::aFloodOfUnknownKeysAtOnceIsOneFetch()
{
    Bench bench;
    QVERIFY(bench.prefetch());
    for (int i = 0; i < 50; ++i)
        bench.ask(u"random-%1"_s.arg(i));
    QTRY_VERIFY(bench.haveAllAnswers());
    QCOMPARE(bench.fetches(), 2);
    for (const auto &answer : *bench.answers)
        QVERIFY2(*answer, qPrintable(codeOf(*answer)));
}

void KeyStoreTest::aFloodOnAnEmptyCacheIsOneFetch()
{
    Bench bench;
    for (int i = 0; i < 50; ++i)
        bench.ask(u"random-%1"_s.arg(i));
    QTRY_VERIFY(bench.haveAllAnswers());
    QVERIFY(bench.keysFor(u"one more"_s));
    QCOMPARE(bench.fetches(), 1);
}

void KeyStoreTest::aTokenWithoutAKeyIdForcesNothing()
{
    Bench bench;
    QVERIFY(bench.prefetch());
    QVERIFY(bench.keysFor(QString()));
    QCOMPARE(bench.fetches(), 1);
}

void KeyStoreTest::aRotationRightAfterThePrefetchIsSeen()
{
    Bench bench;
    QVERIFY(bench.prefetch());
    bench.answer = keySetOf(signingKey(1));
    const Result<jose::JwkSet> keys = bench.keysFor(secondId());
    QVERIFY2(keys, qPrintable(codeOf(keys)));
    QVERIFY(keys->find(secondId()));
    QVERIFY(!keys->find(firstId()));
    QCOMPARE(bench.fetches(), 2);
}

void KeyStoreTest::aRotationRightAfterARenewalIsSeen()
{
    Bench bench;
    QVERIFY(bench.prefetch());
    bench.now += 1h;
    QVERIFY(bench.keysFor(firstId()));
    bench.answer = keySetOf(signingKey(1));
    const Result<jose::JwkSet> keys = bench.keysFor(secondId());
    QVERIFY(keys && keys->find(secondId()));
    QCOMPARE(bench.fetches(), 3);
}

void KeyStoreTest::aRotationWhileThePrefetchIsUnderWayIsSeen()
{
    Bench bench;
    QObject::connect(&bench.server, &FakeServer::requested, &bench.server,
                     [&bench] { bench.answer = keySetOf(signingKey(1)); });
    bench.ask(QString());
    bench.ask(secondId());
    bench.ask(secondId());
    QTRY_VERIFY(bench.haveAllAnswers());
    QVERIFY(bench.answers->at(1).value()->find(secondId()));
    QVERIFY(bench.answers->at(2).value()->find(secondId()));
    QCOMPARE(bench.fetches(), 2);
}

void KeyStoreTest::aFailedFetchIsRetriedLaterAndLater()
{
    Bench bench;
    bench.answer = failing;
    int expected = 1;
    QCOMPARE(codeOf(bench.prefetch()), identity::errors::keysUnavailable.toString());
    for (const std::chrono::seconds delay : {5s, 10s, 20s, 40s, 80s, 160s, 300s, 300s}) {
        bench.now += delay - 1s;
        QCOMPARE(codeOf(bench.keysFor(firstId())), identity::errors::keysUnavailable.toString());
        QCOMPARE(bench.fetches(), expected);
        bench.now += 1s;
        QCOMPARE(codeOf(bench.keysFor(firstId())), identity::errors::keysUnavailable.toString());
        QCOMPARE(bench.fetches(), ++expected);
    }
}

void KeyStoreTest::aSuccessEndsTheWaiting()
{
    Bench bench;
    bench.answer = failing;
    QVERIFY(!bench.prefetch());
    bench.now += 5s;
    QVERIFY(!bench.prefetch());
    bench.answer = keySetOf(signingKey(0));
    bench.now += 10s;
    QVERIFY(bench.prefetch());
    QVERIFY(!bench.store->state(bench.source().issuer)->lastFailure);
    // The next failure begins with the shortest wait again.
    bench.now += 1h;
    bench.answer = failing;
    QVERIFY(bench.keysFor(firstId()));
    bench.now += 5s;
    QVERIFY(bench.keysFor(firstId()));
    QCOMPARE(bench.fetches(), 5);
}

void KeyStoreTest::aFailedForcedFetchDoesNotStartTheFiveMinutes()
{
    Bench bench;
    QVERIFY(bench.prefetch());
    bench.answer = failing;
    const Result<jose::JwkSet> old = bench.keysFor(secondId());
    QVERIFY(old && old->find(firstId()));
    QVERIFY(bench.store->state(bench.source().issuer)->lastFailure);
    bench.answer = keySetOf(signingKey(1));
    bench.now += 4s;
    QVERIFY(!bench.keysFor(secondId())->find(secondId()));
    QCOMPARE(bench.fetches(), 2);
    bench.now += 1s;
    QVERIFY(bench.keysFor(secondId())->find(secondId()));
    QCOMPARE(bench.fetches(), 3);
}

void KeyStoreTest::lastKnownGoodKeysLiveOneDay()
{
    Bench bench;
    QVERIFY(bench.prefetch());
    bench.answer = failing;
    bench.now += 24h - 1s;
    const Result<jose::JwkSet> old = bench.keysFor(firstId());
    QVERIFY(old && old->find(firstId()));
    const std::optional<KeyState> state = bench.store->state(bench.source().issuer);
    QVERIFY(state && state->lastFailure);
    QCOMPARE(state->count, std::size_t{1});
    QCOMPARE(state->lastFailure->code.toString(), identity::errors::keysUnavailable.toString());
    QVERIFY(!bench.store->cached(bench.source().issuer).keys.empty());

    bench.now += 1s;
    QCOMPARE(codeOf(bench.keysFor(firstId())), identity::errors::keysUnavailable.toString());
    QVERIFY(bench.store->cached(bench.source().issuer).keys.empty());
    QCOMPARE(bench.store->state(bench.source().issuer)->count, std::size_t{0});
}

void KeyStoreTest::refusesAnAnswer_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("not there") << httpAnswer("404 Not Found");
    QTest::newRow("no content") << httpAnswer("204 No Content");
    QTest::newRow("a page") << httpAnswer("200 OK", {}, "<html></html>");
    QTest::newRow("no keys member") << httpAnswer("200 OK", {}, "{}");
    QTest::newRow("no key") << httpAnswer("200 OK", {}, R"({"keys":[]})");
    QTest::newRow("no usable key") << httpAnswer("200 OK", {}, R"({"keys":[{"kty":"oct","kid":"a","k":"AAAA"}]})");
    QByteArray padded = toCompactJson(JsonObject{{u"keys"_s, JsonArray{signingKey(0).publicJwk()}}});
    padded += QByteArray(1024 * 1024, ' ');
    QTest::newRow("more than 1 MiB") << httpAnswer("200 OK", {}, padded);
}

void KeyStoreTest::refusesAnAnswer()
{
    QFETCH(const QByteArray, answer);
    Bench bench;
    bench.answer = answer;
    const Result<jose::JwkSet> keys = bench.keysFor(firstId());
    QCOMPARE(codeOf(keys), identity::errors::keysUnavailable.toString());
    QVERIFY(keys.error().details.contains(bench.source().jwksUri.toString()));
}

void KeyStoreTest::doesNotFollowARedirect()
{
    const FakeServer elsewhere([](const SeenRequest &) { return keySetOf(signingKey(0)); });
    Bench bench;
    bench.answer = httpAnswer("307 Temporary Redirect", {{"Location", elsewhere.url().toEncoded()}});
    const Result<jose::JwkSet> keys = bench.keysFor(firstId());
    QCOMPARE(codeOf(keys), identity::errors::keysUnavailable.toString());
    QVERIFY(keys.error().details.contains(elsewhere.url().toString()));
    QCOMPARE(elsewhere.connections(), 0);
}

void KeyStoreTest::anAnswerWithoutKeysDoesNotReplaceGoodOnes()
{
    Bench bench;
    QVERIFY(bench.prefetch());
    bench.answer = httpAnswer("200 OK", {}, R"({"keys":[]})");
    bench.now += 1h;
    const Result<jose::JwkSet> keys = bench.keysFor(firstId());
    QVERIFY2(keys, qPrintable(codeOf(keys)));
    QVERIFY(keys->find(firstId()));
}

void KeyStoreTest::forgetsTheIssuerLeastUsed()
{
    Bench bench;
    const auto issuer = [](int number) { return u"https://issuer-%1.example"_s.arg(number); };
    for (int i = 0; i < 32; ++i)
        QVERIFY(QCoro::waitFor(bench.store->prefetch(bench.source(issuer(i)))));
    QVERIFY(!bench.store->cached(issuer(0)).keys.empty());
    QVERIFY(QCoro::waitFor(bench.store->prefetch(bench.source(issuer(32)))));
    QCOMPARE(bench.fetches(), 33);
    QVERIFY(bench.store->state(issuer(0)));
    QVERIFY(!bench.store->state(issuer(1)));
    QVERIFY(bench.store->state(issuer(2)));
    QVERIFY(bench.store->state(issuer(32)));
    QVERIFY(QCoro::waitFor(bench.store->prefetch(bench.source(issuer(1)))));
    QCOMPARE(bench.fetches(), 34);
}

void KeyStoreTest::doesNotMixTheSourcesOfAnIssuer()
{
    Bench bench;
    const FakeServer other([](const SeenRequest &) { return keySetOf(signingKey(1)); });
    QVERIFY(bench.prefetch());
    const KeySource moved{bench.source().issuer, other.url()};
    const Result<jose::JwkSet> keys = QCoro::waitFor(bench.store->keysFor(moved, QString()));
    QVERIFY(keys && keys->find(secondId()) && !keys->find(firstId()));
}

void KeyStoreTest::tellsThatSomethingChanged()
{
    Bench bench;
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
    Bench bench;
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
    Bench bench;
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
    Bench bench;
    bench.answer = QByteArray();
    bench.ask(firstId());
    QTRY_COMPARE(bench.fetches(), 1);
    bench.http.reset();
    QTRY_VERIFY(bench.haveAllAnswers());
    QVERIFY(!*bench.answers->at(0));
    // An end of our own making is no failure of the server's.
    QVERIFY(!bench.store->state(bench.source().issuer)->lastFailure);
}

QTEST_GUILESS_MAIN(KeyStoreTest)
#include "key-store-test.moc"
