#include "core/redaction.h"
#include "core/results.h"
#include "identity/fake-tenant.h"
#include "identity/trust-store.h"
#include "net/access-manager.h"
#include "net/exchange-log.h"

#include <QCoroTask>
#include <QTest>

#include <algorithm>
#include <memory>
#include <optional>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

template <class T> QString codeOf(const Result<T> &result)
{
    return result ? u"no error"_s : result.error().code.toString();
}

/// A store whose tenant and clock are the test's.
struct Bench
{
    Result<DiscoveryDocument> endpoints() { return QCoro::waitFor(store->endpoints()); }
    Result<Trust> trustFor(std::vector<Secret> tokens) { return QCoro::waitFor(store->trustFor(std::move(tokens))); }
    Result<jose::InspectedToken> inspect(const Secret &token) { return QCoro::waitFor(store->inspect(token)); }

    qsizetype discoveries()
    {
        const std::vector<SeenRequest> &seen = tenant.server().requests();
        return std::count_if(seen.begin(), seen.end(), [](const SeenRequest &request) {
            return request.target.endsWith("/openid-configuration");
        });
    }
    Secret tokenOf(const QString &issuer, std::size_t key = 0) const
    {
        JsonObject claims = tenant.accessClaims();
        claims.set(u"iss"_s, issuer);
        return *tenantKey(key).sign({}, claims);
    }
    Secret goodToken(std::size_t key = 0) const { return tokenOf(tenant.issuer(), key); }

    FakeTenant tenant;
    TimePoint now = tenant.now;
    net::ExchangeLog log;
    net::AccessManager manager{log, Redactor(), systemNow, {}, {}};
    net::HttpClient http{manager};
    std::unique_ptr<TrustStore> store =
        std::make_unique<TrustStore>(http, tenant.connection(), identity::ApiKnowledge(), [this] { return now; });
};

} // namespace

class TrustStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endpointsAreKeptForAnHour_data();
    void endpointsAreKeptForAnHour();
    void manyWaitsShareOneDiscovery();
    void aFailedDiscoveryIsTriedAgain();
    void aPersonNeedNotWaitForADiscoveryUnderWay();
    void aDomainNameStaysTheTenantThatItWas();
    void trustHasTheKeysOfTheTokens();
    void onlyTokensOfThisIssuerMakeAnyoneAskForAKey_data();
    void onlyTokensOfThisIssuerMakeAnyoneAskForAKey();
    void aTrustWithoutKeysSaysWhy();
    void inspectsByTheTenantsKeys();
    void inspectsNothingWithoutKeys();
    void refusesWhatCannotBeReadWithoutAnyRequest();
    void aCallersStopEndsItsWaitOnly();
    void itsEndEndsAllWaits();
};

void TrustStoreTest::endpointsAreKeptForAnHour_data()
{
    QTest::addColumn<std::chrono::seconds>("later");
    QTest::addColumn<qsizetype>("discoveries");
    QTest::newRow("at once") << 0s << qsizetype{1};
    QTest::newRow("a second before the hour is over") << 3599s << qsizetype{1};
    QTest::newRow("after an hour") << 3600s << qsizetype{2};
    QTest::newRow("weeks later") << 1'000'000s << qsizetype{2};
    QTest::newRow("after the clock was set back") << -1s << qsizetype{2};
}

void TrustStoreTest::endpointsAreKeptForAnHour()
{
    QFETCH(const std::chrono::seconds, later);
    Bench bench;
    const Result<DiscoveryDocument> first = bench.endpoints();
    QVERIFY2(first, qPrintable(codeOf(first)));
    QCOMPARE(first->issuer, bench.tenant.issuer());
    bench.now += later;
    QVERIFY(bench.endpoints() == *first);
    QTEST(bench.discoveries(), "discoveries");
    QVERIFY(bench.endpoints());
    QTEST(bench.discoveries(), "discoveries");
}

void TrustStoreTest::manyWaitsShareOneDiscovery()
{
    Bench bench;
    const auto first = begin(bench.store->endpoints());
    const auto second = begin(bench.store->trustFor({}));
    const auto third = begin(bench.store->inspect(bench.goodToken()));
    QTRY_VERIFY(first->has_value() && second->has_value() && third->has_value());
    QVERIFY(**first && **second && **third);
    QCOMPARE(bench.discoveries(), 1);
    QCOMPARE(bench.tenant.fetchesOfKeys(), 1);
}

void TrustStoreTest::aFailedDiscoveryIsTriedAgain()
{
    Bench bench;
    bench.tenant.server().goAway();
    QCOMPARE(codeOf(bench.endpoints()), u"net.connection-failed"_s);
    QCOMPARE(codeOf(bench.trustFor({})), u"net.connection-failed"_s);
    bench.tenant.server().comeBack();
    QCOMPARE(codeOf(bench.endpoints()), u"no error"_s);
}

void TrustStoreTest::aPersonNeedNotWaitForADiscoveryUnderWay()
{
    Bench bench;
    const auto first = begin(bench.store->endpoints());
    bench.store->startAnew();
    const auto second = begin(bench.store->endpoints());
    QTRY_VERIFY(first->has_value() && second->has_value());
    QCOMPARE(bench.discoveries(), 2);
    QVERIFY2(**second, qPrintable(codeOf(**second)));
    // Whoever waits for it loses nothing: a refresh may have its new tokens already.
    QVERIFY2(**first, qPrintable(codeOf(**first)));
}

void TrustStoreTest::aDomainNameStaysTheTenantThatItWas()
{
    Bench bench;
    Connection connection = bench.tenant.connection();
    connection.authority.setPath(u"/contoso.test"_s);
    bench.store =
        std::make_unique<TrustStore>(bench.http, connection, identity::ApiKnowledge(), [&bench] { return bench.now; });
    const Result<Trust> before = bench.trustFor({});
    QCOMPARE(codeOf(before), u"no error"_s);
    bench.now += 2h;
    bench.tenant.issuingTenant = u"9188040d-6c67-4c5b-b112-36a304b66dad"_s;
    const Result<Trust> after = bench.trustFor({});
    QCOMPARE(codeOf(after), u"discovery.issuer-mismatch"_s);
    QCOMPARE(factValue(after.error().facts, facts::expected), before->issuer());
    QCOMPARE(factValue(after.error().facts, facts::got), bench.tenant.issuer());
}

void TrustStoreTest::trustHasTheKeysOfTheTokens()
{
    Bench bench;
    const Result<Trust> before = bench.trustFor({});
    QVERIFY(before && before->keys->find(tenantKey(0).keyId()));
    bench.tenant.publishedKeys = {0, 1};
    const Result<Trust> same = bench.trustFor({bench.goodToken(0)});
    QVERIFY(same && !same->keys->find(tenantKey(1).keyId()));
    QCOMPARE(bench.tenant.fetchesOfKeys(), 1);
    const Result<Trust> after = bench.trustFor({bench.goodToken(0), bench.goodToken(1)});
    QVERIFY(after && after->keys->find(tenantKey(0).keyId()) && after->keys->find(tenantKey(1).keyId()));
    QCOMPARE(bench.tenant.fetchesOfKeys(), 2);
    QCOMPARE(bench.discoveries(), 1);
}

void TrustStoreTest::onlyTokensOfThisIssuerMakeAnyoneAskForAKey_data()
{
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<int>("fetches");
    QTest::newRow("this issuer's") << QString() << 2;
    QTest::newRow("another's") << u"https://evil.test/v2.0"_s << 1;
}

void TrustStoreTest::onlyTokensOfThisIssuerMakeAnyoneAskForAKey()
{
    QFETCH(const QString, issuer);
    Bench bench;
    QVERIFY(bench.trustFor({}));
    QVERIFY(bench.trustFor({bench.tokenOf(issuer.isEmpty() ? bench.tenant.issuer() : issuer, 1)}));
    QTEST(bench.tenant.fetchesOfKeys(), "fetches");
    QVERIFY(bench.trustFor({Secret("opaque-reference-token")}));
    QTEST(bench.tenant.fetchesOfKeys(), "fetches");
}

void TrustStoreTest::aTrustWithoutKeysSaysWhy()
{
    Bench bench;
    bench.tenant.publishedKeys = {};
    const Result<Trust> trust = bench.trustFor({bench.goodToken()});
    QVERIFY2(trust, qPrintable(codeOf(trust)));
    QVERIFY(trust->keys->keys.empty());
    QVERIFY(trust->keysFailure && trust->keysFailure->code.toString() == u"keys.unavailable"_s);
}

void TrustStoreTest::inspectsByTheTenantsKeys()
{
    Bench bench;
    const Result<jose::InspectedToken> good = bench.inspect(bench.goodToken());
    QVERIFY2(good && good->verification.passed(), qPrintable(codeOf(good)));
    const Result<jose::InspectedToken> forged = bench.inspect(bench.goodToken(1));
    QVERIFY(forged && !forged->verification.passed());
    bench.now += 2h;
    const Result<jose::InspectedToken> expired = bench.inspect(bench.goodToken());
    QVERIFY(expired && expired->verification.firstFailure()->kind == jose::CheckKind::expiry);
}

void TrustStoreTest::inspectsNothingWithoutKeys()
{
    Bench bench;
    bench.tenant.publishedKeys = {};
    QCOMPARE(codeOf(bench.inspect(bench.goodToken())), u"keys.unavailable"_s);
}

void TrustStoreTest::refusesWhatCannotBeReadWithoutAnyRequest()
{
    Bench bench;
    const Result<jose::InspectedToken> opaque = bench.inspect(Secret("opaque-reference-token"));
    QVERIFY(opaque && !opaque->decoded);
    QCOMPARE(opaque->verification.firstFailure()->kind, jose::CheckKind::structure);
    QVERIFY(bench.tenant.server().requests().empty());
}

void TrustStoreTest::aCallersStopEndsItsWaitOnly()
{
    Bench bench;
    std::stop_source stop;
    const auto stopped = begin(bench.store->endpoints(stop.get_token()));
    const auto other = begin(bench.store->endpoints());
    stop.request_stop();
    QVERIFY(stopped->has_value());
    QCOMPARE(codeOf(**stopped), u"net.stopped"_s);
    QTRY_VERIFY(other->has_value());
    QCOMPARE(codeOf(**other), u"no error"_s);
    QCOMPARE(bench.discoveries(), 1);
}

void TrustStoreTest::itsEndEndsAllWaits()
{
    Bench bench;
    const auto endpoints = begin(bench.store->endpoints());
    const auto trust = begin(bench.store->trustFor({}));
    const auto inspected = begin(bench.store->inspect(bench.goodToken()));
    bench.store.reset();
    QVERIFY(endpoints->has_value() && trust->has_value() && inspected->has_value());
    QCOMPARE(codeOf(**endpoints), u"net.stopped"_s);
    QCOMPARE(codeOf(**trust), u"net.stopped"_s);
    QCOMPARE(codeOf(**inspected), u"net.stopped"_s);
}

QTEST_GUILESS_MAIN(TrustStoreTest)
#include "trust-store-test.moc"
