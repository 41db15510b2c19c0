#include "net/client-bench.h"
#include "net/fake-server.h"
#include "net/http-client.h"

#include <QElapsedTimer>
#include <QTest>

#include <utility>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using net::RequestKind;
using test::always;
using test::ClientBench;
using test::codeOf;
using test::FakeServer;
using test::httpAnswer;
using test::Pending;
using test::requestTo;
using test::SeenRequest;

namespace {

net::Limits limitsWithWait(std::chrono::milliseconds wait)
{
    net::Limits limits = test::patientLimits();
    limits.retries.firstWait = wait;
    limits.retries.longestWait = wait;
    limits.retries.random = [] { return 1.0; };
    return limits;
}

constexpr std::chrono::milliseconds briefly{5};

/// Fails as told, and then answers 200.
struct Flaky
{
    explicit Flaky(QByteArray failed, int times)
        : server([this, failed = std::move(failed), times](const SeenRequest &) {
            const bool fails = static_cast<int>(server.requests().size()) <= times;
            return fails ? failed : httpAnswer("200 OK");
        })
    {}

    int requests() const { return static_cast<int>(server.requests().size()); }

    FakeServer server;
};

} // namespace

/// Which requests are sent again, and when that ends.
class HttpRetriesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void getsOverABriefFailure_data();
    void getsOverABriefFailure();
    void givesTheLastAnswerAfterAllTries();
    void neverRepeatsWhatChangesSomething_data();
    void neverRepeatsWhatChangesSomething();
    void neverRepeatsWhatWillNotPass_data();
    void neverRepeatsWhatWillNotPass();
    void reachesAServerThatComesBack();
    void dropsConnectionsThatMayBeDead();
    void staysWithinTheTimeOfTheRequest();
    void stopsBetweenTwoTries();
    void stopsBetweenTwoTriesWithItsOwner();
    void saysWhenToAskAgain_data();
    void saysWhenToAskAgain();
};

void HttpRetriesTest::getsOverABriefFailure_data()
{
    QTest::addColumn<QByteArray>("failed");
    for (const char *status :
         {"429 Too Many Requests", "502 Bad Gateway", "503 Service Unavailable", "504 Gateway Timeout"})
        QTest::newRow(status) << httpAnswer(status, {{"Retry-After"_ba, "0"_ba}});
    QTest::newRow("503 without Retry-After") << httpAnswer("503 Service Unavailable");
    QTest::newRow("an answer that breaks off")
        << "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\n{"_ba;
}

void HttpRetriesTest::getsOverABriefFailure()
{
    QFETCH(const QByteArray, failed);
    Flaky flaky(failed, 2);
    flaky.server.closeAfterAnswers();
    ClientBench bench(limitsWithWait(briefly));
    QCOMPARE(codeOf(bench.get(flaky.server.url())), u"status 200"_s);
    QCOMPARE(flaky.requests(), 3);
    QCOMPARE(bench.log.exchanges().size(), std::size_t{3});
}

void HttpRetriesTest::givesTheLastAnswerAfterAllTries()
{
    FakeServer server(always(httpAnswer("503 Service Unavailable")));
    ClientBench bench(limitsWithWait(briefly));
    QCOMPARE(codeOf(bench.get(server.url())), u"status 503"_s);
    QCOMPARE(server.requests().size(), std::size_t{3});
}

void HttpRetriesTest::neverRepeatsWhatChangesSomething_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<RequestKind>("kind");
    QTest::newRow("a deletion") << "DELETE"_ba << RequestKind::api;
    QTest::newRow("a token request") << "POST"_ba << RequestKind::tokens;
}

void HttpRetriesTest::neverRepeatsWhatChangesSomething()
{
    QFETCH(const QByteArray, method);
    QFETCH(const RequestKind, kind);
    FakeServer server(always(httpAnswer("503 Service Unavailable", {{"Retry-After"_ba, "0"_ba}})));
    ClientBench bench(limitsWithWait(briefly));
    net::HttpRequest request = requestTo(server.url(), method);
    request.headers = {{"Content-Type"_ba, "text/plain"_ba}};
    request.kind = kind;
    QCOMPARE(codeOf(bench.send(request)), u"status 503"_s);
    QCOMPARE(server.requests().size(), std::size_t{1});
}

void HttpRetriesTest::neverRepeatsWhatWillNotPass_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("code");
    QTest::newRow("an answer as asked") << httpAnswer("200 OK") << u"status 200"_s;
    QTest::newRow("a refusal") << httpAnswer("403 Forbidden") << u"status 403"_s;
    QTest::newRow("a fault of the API") << httpAnswer("500 Internal Server Error") << u"status 500"_s;
    QTest::newRow("a wait that people should see")
        << httpAnswer("429 Too Many Requests", {{"Retry-After"_ba, "12"_ba}}) << u"status 429"_s;
    QTest::newRow("too large") << "HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n{"_ba << u"net.too-large"_s;
}

void HttpRetriesTest::neverRepeatsWhatWillNotPass()
{
    QFETCH(const QByteArray, answer);
    FakeServer server(always(answer));
    ClientBench bench(limitsWithWait(briefly));
    QTEST(codeOf(bench.get(server.url())), "code");
    QCOMPARE(server.requests().size(), std::size_t{1});
}

void HttpRetriesTest::reachesAServerThatComesBack()
{
    FakeServer server(always(httpAnswer("200 OK")));
    server.goAway();
    ClientBench bench(limitsWithWait(std::chrono::milliseconds{50}));
    connect(&bench.log, &net::ExchangeLog::ended, this, [&, isFirst = true]() mutable {
        if (std::exchange(isFirst, false))
            server.comeBack();
    });
    QCOMPARE(codeOf(bench.get(server.url())), u"status 200"_s);
    QCOMPARE(bench.log.exchanges().size(), std::size_t{2});
}

void HttpRetriesTest::dropsConnectionsThatMayBeDead()
{
    // Two connections are kept; then the network changes, and both lead nowhere.
    bool areOldOnesDead = false;
    int connections = 0;
    FakeServer server([&](const SeenRequest &) {
        const bool isOld = areOldOnesDead && server.connections() == connections;
        return isOld ? QByteArray() : httpAnswer("200 OK");
    });
    net::Limits limits = limitsWithWait(briefly);
    limits.transfer = std::chrono::milliseconds{300};
    ClientBench bench(limits);
    const Pending first(*bench.client, server.url());
    const Pending second(*bench.client, server.url());
    QTRY_VERIFY(first.code() == "status 200"_L1 && second.code() == "status 200"_L1);
    connections = server.connections();
    QCOMPARE(connections, 2);
    areOldOnesDead = true;
    QCOMPARE(codeOf(bench.get(server.url())), u"net.timed-out"_s);
    QCOMPARE(codeOf(bench.get(server.url())), u"status 200"_s);
}

void HttpRetriesTest::staysWithinTheTimeOfTheRequest()
{
    // The second try is left without an answer: the time that the first one took counts.
    FakeServer server([&server](const SeenRequest &) {
        return server.requests().size() == 1 ? httpAnswer("503 Service Unavailable") : QByteArray();
    });
    net::Limits limits = limitsWithWait(std::chrono::milliseconds{800});
    limits.bounds = [](RequestKind) { return net::AnswerBounds{1024, std::chrono::milliseconds{1'000}}; };
    ClientBench bench(limits);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(codeOf(bench.get(server.url())), u"net.timed-out"_s);
    QVERIFY2(timer.elapsed() < 1'700, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(server.requests().size(), std::size_t{2});

    // There is no room for a wait.
    limits.retries.firstWait = std::chrono::minutes{1};
    limits.retries.longestWait = std::chrono::minutes{1};
    ClientBench patient(limits);
    FakeServer failing(always(httpAnswer("503 Service Unavailable")));
    QCOMPARE(codeOf(patient.get(failing.url())), u"status 503"_s);
}

void HttpRetriesTest::stopsBetweenTwoTries()
{
    FakeServer server(always(httpAnswer("503 Service Unavailable")));
    ClientBench bench(limitsWithWait(std::chrono::seconds{60}));
    std::stop_source stop;
    const Pending pending(*bench.client, server.url(), stop.get_token());
    QTRY_VERIFY(!bench.log.exchanges().empty() && !bench.log.exchanges().front().isUnderWay());
    QCoreApplication::processEvents();
    QCOMPARE(pending.code(), QString());
    stop.request_stop();
    QCOMPARE(pending.code(), u"net.stopped"_s);
    QCOMPARE(server.requests().size(), std::size_t{1});
}

void HttpRetriesTest::stopsBetweenTwoTriesWithItsOwner()
{
    FakeServer server(always(httpAnswer("503 Service Unavailable")));
    ClientBench bench(limitsWithWait(std::chrono::seconds{60}));
    const Pending pending(*bench.client, server.url());
    QTRY_VERIFY(!bench.log.exchanges().empty() && !bench.log.exchanges().front().isUnderWay());
    QCoreApplication::processEvents();
    bench.client.reset();
    QCOMPARE(pending.code(), u"net.stopped"_s);
}

void HttpRetriesTest::saysWhenToAskAgain_data()
{
    QTest::addColumn<net::Headers>("headers");
    QTest::addColumn<int>("wait");
    QTest::newRow("in seconds") << net::Headers{{"Retry-After"_ba, "12"_ba}} << 12;
    // Our clock is years away from both.
    QTest::newRow("by the server's clock") << net::Headers{{"Date"_ba, "Fri, 15 Jan 2021 08:00:00 GMT"_ba},
                                                           {"Retry-After"_ba, "Fri, 15 Jan 2021 08:00:40 GMT"_ba}}
                                           << 40;
    QTest::newRow("not at all") << net::Headers{} << -1;
}

void HttpRetriesTest::saysWhenToAskAgain()
{
    QFETCH(const net::Headers, headers);
    QFETCH(const int, wait);
    FakeServer server(always(httpAnswer("500 Internal Server Error", headers)));
    ClientBench bench;
    const Result<net::HttpResponse> response = bench.get(server.url());
    QCOMPARE(response->retryAfter.value_or(std::chrono::seconds{-1}).count(), wait);
}

QTEST_GUILESS_MAIN(HttpRetriesTest)
#include "http-retries-test.moc"
