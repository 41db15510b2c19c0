#include "net/client-bench.h"
#include "net/exchange-timing.h"
#include "net/fake-server.h"
#include "net/test-authority.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace bookdesk;
using net::Phase;
using net::PhaseState;
using net::PhaseTime;
using test::ClientBench;
using test::FakeServer;
using test::httpAnswer;
using test::SeenRequest;

namespace {

const net::Exchange &last(const ClientBench &bench) { return bench.log.exchanges().back(); }

std::vector<PhaseTime> phasesOfLast(const ClientBench &bench)
{
    return net::phaseTimes(last(bench), last(bench).duration.value());
}

FakeServer::Answer hello()
{
    return [](const SeenRequest &) { return httpAnswer("200 OK", {}, "Hello"); };
}

std::vector<PhaseState> states(const std::vector<PhaseTime> &phases)
{
    std::vector<PhaseState> result;
    for (const PhaseTime &phase : phases)
        result.push_back(phase.state);
    return result;
}

using enum PhaseState;

} // namespace

class ExchangeTimingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dividesARequestWithAnEmptyBody();
    void dividesAnExchange_data();
    void dividesAnExchange();
    void measuresANewConnection();
    void noticesAReusedConnection();
    void knowsTheConnectionsTls();
    void knowsTheProxy();
    void beginsAgainWhereAConnectionWasClosed();
    void beginsAgainWhereAConnectionIsClosedInsteadOfAnAnswer();
    void measuresUntilAFailure();
};

void ExchangeTimingTest::dividesAnExchange_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<net::Milestones>("milestones");
    QTest::addColumn<std::vector<PhaseTime>>("phases");
    const QString http = u"http://127.0.0.1/"_s;
    const QString https = u"https://api.example/"_s;
    const auto row = [](const char *name, const QString &url, const net::Milestones &milestones,
                        const std::vector<PhaseTime> &phases) { QTest::newRow(name) << url << milestones << phases; };
    row("just begun", http, {},
        {{Phase::name, measured, 0us, 100us}, {Phase::connect}, {Phase::firstByte}, {Phase::body}});
    row("connecting over TLS", https, {10us, {}, {}, {}},
        {{Phase::name, measured, 0us, 10us},
         {Phase::connect, measured, 10us, 90us},
         {Phase::tls, notMeasured},
         {Phase::firstByte},
         {Phase::body}});
    row("answered over TLS", https, {10us, 30us, 31us, 70us},
        {{Phase::name, measured, 0us, 10us},
         {Phase::connect, measured, 10us, 20us},
         {Phase::tls, notMeasured},
         {Phase::firstByte, measured, 31us, 39us},
         {Phase::body, measured, 70us, 30us}});
    row("answered without TLS", http, {10us, {}, 30us, 70us},
        {{Phase::name, measured, 0us, 10us},
         {Phase::connect, measured, 10us, 20us},
         {Phase::firstByte, measured, 30us, 40us},
         {Phase::body, measured, 70us, 30us}});
    row("waiting on a reused connection", https, {{}, {}, 5us, {}},
        {{Phase::name, reused},
         {Phase::connect, reused},
         {Phase::tls, reused},
         {Phase::firstByte, measured, 5us, 95us},
         {Phase::body}});
}

void ExchangeTimingTest::dividesAnExchange()
{
    QFETCH(QString, url);
    QFETCH(net::Milestones, milestones);
    QFETCH(std::vector<PhaseTime>, phases);
    net::Exchange exchange;
    exchange.url = url;
    exchange.milestones = milestones;
    QVERIFY(net::phaseTimes(exchange, 100us) == phases);
}

void ExchangeTimingTest::dividesARequestWithAnEmptyBody()
{
    net::Exchange exchange;
    exchange.url = u"http://127.0.0.1/"_s;
    exchange.hasEmptyBody = true;
    const auto are = [&exchange](const std::vector<PhaseState> &expected) {
        return states(net::phaseTimes(exchange, 100us)) == expected;
    };
    QVERIFY(are({notMeasured, notMeasured, measured, waiting}));
    exchange.milestones.connecting = 10us;
    QVERIFY(are({measured, notMeasured, measured, waiting}));
    exchange.url = u"https://127.0.0.1/"_s;
    QVERIFY(are({measured, measured, notMeasured, waiting, waiting}));
    exchange.milestones.encrypted = 20us;
    QVERIFY(are({measured, measured, notMeasured, measured, waiting}));
    exchange.milestones = {{}, {}, {}, 50us};
    QVERIFY(are({reused, reused, reused, measured, measured}));

    FakeServer server(hello());
    ClientBench bench;
    QVERIFY(bench.send(test::requestTo(server.url(), "DELETE"_ba)).has_value());
    QVERIFY(last(bench).hasEmptyBody);
    QCOMPARE(states(phasesOfLast(bench)), (std::vector{measured, notMeasured, measured, measured}));
    QVERIFY(bench.send(test::requestTo(server.url(), "DELETE"_ba)).has_value());
    QCOMPARE(states(phasesOfLast(bench)), (std::vector{reused, reused, measured, measured}));
}

void ExchangeTimingTest::measuresANewConnection()
{
    FakeServer server(hello());
    ClientBench bench;
    QVERIFY(bench.get(server.url()).has_value());
    const net::Milestones &at = last(bench).milestones;
    QVERIFY(at.connecting && at.sent && at.answered && !at.encrypted);
    QVERIFY(0us < *at.connecting && *at.connecting <= *at.sent && *at.sent <= *at.answered);
    QVERIFY(*at.answered < *last(bench).duration + 1ms);
    QCOMPARE(states(phasesOfLast(bench)), (std::vector{measured, measured, measured, measured}));
    QCOMPARE(last(bench).patience, test::patientLimits().transfer);
    QCOMPARE(last(bench).tlsVersion, QString());
    QCOMPARE(last(bench).proxy, QString());
}

void ExchangeTimingTest::noticesAReusedConnection()
{
    FakeServer server(hello());
    ClientBench bench;
    QVERIFY(bench.get(server.url()).has_value());
    QVERIFY(!last(bench).isConnectionReused());
    QVERIFY(bench.get(server.url()).has_value());
    QVERIFY(last(bench).isConnectionReused());
    QCOMPARE(states(phasesOfLast(bench)), (std::vector{reused, reused, measured, measured}));
    QCOMPARE(server.connections(), 1);
}

void ExchangeTimingTest::knowsTheConnectionsTls()
{
    const test::TestAuthority authority("Our <b>CA</b>");
    FakeServer server(hello(), authority.serverTls());
    ClientBench bench(test::patientLimits(), {{authority.sslCertificate()}, {server.url().host()}});
    QVERIFY(bench.get(server.url()).has_value());
    QCOMPARE(last(bench).tlsVersion, u"TLS 1.3"_s);
    QCOMPARE(last(bench).certificateAuthority, u"Our <b>CA</b>"_s);
    QVERIFY(last(bench).milestones.encrypted.has_value());
    QCOMPARE(states(phasesOfLast(bench)), (std::vector{measured, measured, notMeasured, measured, measured}));
    QVERIFY(bench.get(server.url()).has_value());
    QCOMPARE(last(bench).tlsVersion, u"TLS 1.3"_s);
    QCOMPARE(states(phasesOfLast(bench)), (std::vector{reused, reused, reused, measured, measured}));
}

void ExchangeTimingTest::knowsTheProxy()
{
    net::ProxyRules rules;
    rules.source = net::ProxySource::manual;
    rules.manual = {net::ProxyKind::http, u"127.0.0.1"_s, 9, u"user"_s, Secret("password-of-proxy"), {}};
    ClientBench bench(test::limitsWithoutRetries(), {}, rules);
    bench.manager.get(QNetworkRequest(QUrl(u"https://api.invalid/"_s)));
    QCOMPARE(last(bench).proxy, u"127.0.0.1:9"_s);
}

void ExchangeTimingTest::beginsAgainWhereAConnectionWasClosed()
{
    FakeServer server(hello());
    server.closeAfterAnswers();
    ClientBench bench;
    QVERIFY(bench.get(server.url()).has_value());
    QVERIFY(bench.get(server.url()).has_value());
    QVERIFY(!last(bench).isConnectionReused());
    QVERIFY(last(bench).milestones.answered >= last(bench).milestones.sent);
}

void ExchangeTimingTest::beginsAgainWhereAConnectionIsClosedInsteadOfAnAnswer()
{
    int requests = 0;
    FakeServer server(
        [&requests](const SeenRequest &request) { return ++requests == 2 ? QByteArray() : hello()(request); });
    ClientBench bench;
    QVERIFY(bench.get(server.url()).has_value());
    server.closeAfterAnswers();
    QVERIFY(bench.get(server.url()).has_value());
    QCOMPARE(server.connections(), 2);
    QVERIFY(!last(bench).isConnectionReused());
    QCOMPARE(states(phasesOfLast(bench)), (std::vector{notMeasured, notMeasured, measured, measured}));
}

void ExchangeTimingTest::measuresUntilAFailure()
{
    FakeServer silent([](const SeenRequest &) { return QByteArray(); });
    net::Limits limits = test::limitsWithoutRetries();
    limits.transfer = 200ms;
    ClientBench bench(limits);
    QVERIFY(!bench.get(silent.url()).has_value());
    const std::vector<PhaseTime> phases = phasesOfLast(bench);
    QCOMPARE(states(phases), (std::vector{measured, measured, measured, waiting}));
    QVERIFY(phases.at(2).length > 100ms);

    QVERIFY(!bench.get(QUrl(u"https://nothing.invalid/"_s)).has_value());
    QCOMPARE(states(phasesOfLast(bench)), (std::vector{measured, waiting, waiting, waiting, waiting}));
}

QTEST_GUILESS_MAIN(ExchangeTimingTest)
#include "exchange-timing-test.moc"
