// What the key cache shows of itself, and the refresh that a person asks for.
#include "core/json.h"
#include "identity/key-bench.h"

#include <QSignalSpy>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using bookdesk::test::firstId;
using bookdesk::test::httpAnswer;
using bookdesk::test::KeyBench;
using bookdesk::test::keySetOf;
using bookdesk::test::secondId;

class KeySnapshotTest : public QObject
{
    Q_OBJECT

private:
    static KeySnapshot snapshot(const KeyBench &bench)
    {
        const std::vector<KeySnapshot> all = bench.store->snapshots();
        return all.empty() ? KeySnapshot() : all.back();
    }

    static Result<IssuerKeys> refresh(KeyBench &bench)
    {
        return QCoro::waitFor(bench.store->refresh(bench.source().issuer));
    }

private Q_SLOTS:
    void anIssuerThatWasAskedIsCurrent()
    {
        KeyBench bench;
        QCOMPARE(bench.store->snapshots().size(), std::size_t(0));
        QVERIFY(bench.prefetch());
        const KeySnapshot shown = snapshot(bench);
        QCOMPARE(shown.state, KeysState::current);
        QCOMPARE(shown.source, bench.source());
        QCOMPARE(shown.keys.size(), std::size_t(1));
        QCOMPARE(shown.keys[0].keyId, firstId());
        QVERIFY(shown.keys[0].description.startsWith("RSA 2048"_L1));
        QVERIFY(shown.keys[0].firstSeen == bench.now && !shown.keys[0].lastUsed);
        QVERIFY(shown.fetchedAt == bench.now && shown.took);
        QVERIFY(shown.nextRenewal == bench.now + 1h);
        QVERIFY(shown.usableUntil == bench.now + 24h);
        QVERIFY(!shown.nextForced && !shown.nextTry && !shown.nextRefresh && !shown.lastFailure);
        QCOMPARE(shown.history.size(), std::size_t(1));
    }

    void usesAreCountedAndDated()
    {
        KeyBench bench;
        QVERIFY(bench.prefetch());
        const TimePoint fetched = bench.now;
        bench.now += 1min;
        QVERIFY(bench.keysFor(firstId()));
        QVERIFY(bench.keysFor(firstId()));
        const KeySnapshot shown = snapshot(bench);
        QCOMPARE(shown.uses, std::uint64_t(2));
        QVERIFY(shown.keys[0].firstSeen == fetched);
        QVERIFY(shown.keys[0].lastUsed == bench.now);
    }

    void anUnknownKeyIsNamedAndStartsTheFiveMinutes()
    {
        KeyBench bench;
        QVERIFY(bench.prefetch());
        bench.now += 1min;
        QVERIFY(bench.keysFor(u"gone"_s));
        const KeySnapshot shown = snapshot(bench);
        QVERIFY(shown.nextForced == bench.now + 5min);
        QCOMPARE(shown.history.back().unknownKeyId, u"gone"_s);
        QVERIFY(shown.history.back().at == bench.now);
        bench.now += 5min;
        QVERIFY(!snapshot(bench).nextForced);
    }

    void keysAreKeptWhereARefreshFails()
    {
        KeyBench bench;
        QVERIFY(bench.prefetch());
        const TimePoint fetched = bench.now;
        bench.now += 2h;
        bench.answer = httpAnswer("503 Service Unavailable");
        QVERIFY(bench.keysFor(firstId()));
        const KeySnapshot shown = snapshot(bench);
        QCOMPARE(shown.state, KeysState::kept);
        QVERIFY(shown.lastFailure && shown.nextTry == bench.now + 5s);
        QVERIFY(shown.usableUntil == fetched + 24h);
        QCOMPARE(shown.history.back().kind, KeyEvent::Kind::failed);
        bench.now += 23h;
        QCOMPARE(snapshot(bench).state, KeysState::none);
        QVERIFY(snapshot(bench).keys.empty());
    }

    void aFetchUnderWayIsSeen()
    {
        KeyBench bench;
        bench.ask(firstId());
        QCOMPARE(snapshot(bench).state, KeysState::fetching);
        QTRY_VERIFY(bench.haveAllAnswers());
        QCOMPARE(snapshot(bench).state, KeysState::current);
    }

    void whatIsLeftOutIsListed()
    {
        KeyBench bench;
        JsonObject keys;
        keys.set(u"keys"_s,
                 JsonArray{JsonObject{{u"kty"_s, u"oct"_s}, {u"kid"_s, u"shared"_s}}, test::issuerKey(0).publicJwk()});
        bench.answer = httpAnswer("200 OK", {{"Content-Type", "application/json"}}, toCompactJson(keys));
        QVERIFY(bench.prefetch());
        QCOMPARE(snapshot(bench).leftOut.size(), std::size_t(1));
        QCOMPARE(snapshot(bench).leftOut[0].keyId, u"shared"_s);
    }

    void aPersonsRefreshNeitherHeedsNorStartsTheFiveMinutes()
    {
        KeyBench bench;
        QVERIFY(bench.prefetch());
        QVERIFY(bench.keysFor(u"gone"_s));
        const KeySnapshot before = snapshot(bench);
        QCOMPARE(bench.fetches(), 2);
        bench.now += 1min;
        bench.answer = keySetOf({0, 1});
        QVERIFY(refresh(bench));
        QCOMPARE(bench.fetches(), 3);
        QVERIFY(snapshot(bench).nextForced == before.nextForced);
        QCOMPARE(snapshot(bench).keys.size(), std::size_t(2));
        bench.now += 4min;
        QVERIFY(refresh(bench));
        QVERIFY(!snapshot(bench).nextForced);
    }

    void aPersonsRefreshRestsForFiveSeconds()
    {
        KeyBench bench;
        QVERIFY(bench.prefetch());
        QVERIFY(refresh(bench));
        QVERIFY(snapshot(bench).nextRefresh == bench.now + 5s);
        bench.now += 4s;
        QVERIFY(refresh(bench));
        QCOMPARE(bench.fetches(), 2);
        bench.now += 1s;
        QVERIFY(!snapshot(bench).nextRefresh);
        QVERIFY(refresh(bench));
        QCOMPARE(bench.fetches(), 3);
    }

    void anIssuerThatNobodyAskedForIsNotRefreshed()
    {
        KeyBench bench;
        QVERIFY(!refresh(bench));
        QCOMPARE(bench.fetches(), 0);
    }

    void theHistoryIsShort()
    {
        KeyBench bench;
        for (int i = 0; i < 8; ++i) {
            QVERIFY(bench.prefetch());
            bench.now += 1h;
        }
        QCOMPARE(snapshot(bench).history.size(), std::size_t(5));
    }
};

QTEST_GUILESS_MAIN(KeySnapshotTest)
#include "key-snapshot-test.moc"
