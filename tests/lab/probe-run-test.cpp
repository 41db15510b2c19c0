// How probes go out: one after the other, at their pace, until they are stopped. The server answers as the test says.
#include "lab/control.h"
#include "lab/probe-catalogue.h"
#include "lab/probe-run.h"
#include "net/client-bench.h"
#include "net/fake-server.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <chrono>

using namespace bookdesk;
using namespace bookdesk::lab;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::ClientBench;
using test::FakeServer;
using test::httpAnswer;
using test::SeenRequest;

namespace {

const QByteArray refusal = httpAnswer("401 Unauthorized", {}, R"({"detail":"Invalid token: "})");

bool hasGenuineToken(const SeenRequest &seen)
{
    return net::headerValue(seen.headers, "Authorization") == "Bearer opaque-token"_ba;
}

/// Accepts the person's token in the header.
FakeServer::Answer otherwise(const QByteArray &answer)
{
    return
        [answer](const SeenRequest &seen) { return hasGenuineToken(seen) ? httpAnswer("200 OK", {}, "{}") : answer; };
}

/// A run of all probes against a server. The person's token is opaque.
struct Bench
{
    explicit Bench(FakeServer::Answer answer, ProbePace pace = usualPace(true), Secret token = Secret("opaque-token"))
        : server(std::move(answer))
        , run(*client.client, client.redactor, setup(std::move(token)), pace)
    {}

    ProbeSetup setup(Secret token) const
    {
        ProbeSetup setup;
        setup.target = server.url(u"/api/v1/books"_s);
        setup.policy = jose::accessTokenPolicy(u"https://issuer.test"_s, u"api"_s);
        setup.token = std::move(token);
        return setup;
    }

    bool isOver() const { return !run.isRunning(); }
    const ProbeResult &result(const char *id) const { return run.results()[indexOf(id)]; }
    static std::size_t indexOf(const char *id)
    {
        const auto &rows = probeRows();
        return static_cast<std::size_t>(
            std::find_if(rows.begin(), rows.end(),
                         [id](const ProbeRow &row) { return QLatin1StringView(row.id) == QLatin1StringView(id); }) -
            rows.begin());
    }

    FakeServer server;
    ClientBench client;
    ProbeRun run;
};

} // namespace

class ProbeRunTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsEveryProbe();
    void sendsTokensWhereTheRowSays();
    void keepsItsPace();
    void keepsThePaceOfTheRunBefore();
    void stopsAfterTheRequestUnderWay();
    void takesA403WithoutATokenForARefusal();
    void goesOn();
    void sendsOneAgain();
    void repeatsAfterAPause();
    void endsAPauseWhenStopped();
    void givesUpOnALongPause();
    void repeatsNoCrash();
    void provesNothingAtAPublicCall();
    void provesNothingAtACallThatIsNotThere();
    void provesNothingWhereTheGenuineTokenFails_data();
    void provesNothingWhereTheGenuineTokenFails();
    void provesNothingWithoutAGenuineToken();
    void findsWhatIsAcceptedWhereTheGenuineTokenFails_data();
    void findsWhatIsAcceptedWhereTheGenuineTokenFails();
    void findsACrashThatTheGenuineTokenDoesNotCause();
    void sendsAFailedControlAgainWithTheNextProbe();
    void mayDieAtAnyTime();
    void mayDieWhenItHasFinished();
    void recordsNoToken();
};

void ProbeRunTest::sendsEveryProbe()
{
    Bench bench(otherwise(refusal));
    QSignalSpy finished(&bench.run, &ProbeRun::finished);
    QCOMPARE(bench.run.totals().waiting, static_cast<int>(probeRows().size()));
    bench.run.start();
    QTRY_COMPARE(finished.count(), 1);
    const ProbeTotals totals = bench.run.totals();
    QCOMPARE(totals.waiting, 0);
    QCOMPARE(totals.findings(), 0);
    QCOMPARE(totals.refused, static_cast<int>(bench.server.requests().size()) - 1); // Apart from the control.
    QCOMPARE(totals.refused + totals.notPossible, static_cast<int>(probeRows().size()));
    const ProbeResult &noToken = bench.result("no-token");
    QCOMPARE(noToken.status, 401);
    QCOMPARE(noToken.serverSaid, u"{\"detail\":\"Invalid token: \"}"_s);
    QVERIFY(noToken.took);
    QVERIFY(bench.client.log.find(noToken.exchangeId));
}

void ProbeRunTest::sendsTokensWhereTheRowSays()
{
    Bench bench(otherwise(refusal));
    bench.run.start();
    QTRY_VERIFY(bench.isOver());
    const std::vector<SeenRequest> &requests = bench.server.requests();
    QVERIFY(hasGenuineToken(requests.at(0)));
    QVERIFY(!net::headerValue(requests.at(1).headers, "Authorization"));
    const auto sentWith = [&requests](auto matches) {
        return std::count_if(requests.begin(), requests.end(), matches);
    };
    QCOMPARE(sentWith([](const SeenRequest &seen) {
                 return net::headerValue(seen.headers, "Authorization") == "Bearer this-is-not-a-token"_ba;
             }),
             2); // Alone, and in front of the second header.
    QCOMPARE(sentWith([](const SeenRequest &seen) {
                 return seen.target == "/api/v1/books?access_token=opaque-token" &&
                        !net::headerValue(seen.headers, "Authorization");
             }),
             1);
    QCOMPARE(sentWith([](const SeenRequest &seen) {
                 return seen.body == "access_token=opaque-token" && !net::headerValue(seen.headers, "Authorization");
             }),
             1);
    QVERIFY(
        std::all_of(requests.begin(), requests.end(), [](const SeenRequest &seen) { return seen.method == "GET"; }));
}

void ProbeRunTest::keepsItsPace()
{
    ProbePace pace;
    pace.between = 20ms;
    Bench bench(otherwise(refusal), pace);
    const TimePoint begin = std::chrono::system_clock::now();
    bench.run.start();
    QTRY_VERIFY(bench.isOver());
    const auto &exchanges = bench.client.log.exchanges();
    QVERIFY(exchanges.size() > 2);
    for (std::size_t i = 1; i < exchanges.size(); ++i)
        QVERIFY(exchanges[i].started - begin >= pace.between * static_cast<int>(i) - 1ms);
    QCOMPARE(usualPace(false).between, 500ms);
}

/// Each run is stopped after its first request.
void ProbeRunTest::keepsThePaceOfTheRunBefore()
{
    ProbePace pace;
    pace.between = 200ms;
    Bench bench(otherwise(refusal), pace);
    connect(&bench.server, &FakeServer::requested, &bench.run, &ProbeRun::stop);
    const TimePoint begin = std::chrono::system_clock::now();
    bench.run.start();
    QTRY_VERIFY(bench.isOver());
    ProbeRun next(*bench.client.client, bench.client.redactor, bench.setup(Secret("opaque-token")), pace);
    connect(&bench.server, &FakeServer::requested, &next, &ProbeRun::stop);
    next.follow(bench.run);
    next.start();
    QTRY_VERIFY(!next.isRunning());
    const auto &exchanges = bench.client.log.exchanges();
    QCOMPARE(exchanges.size(), std::size_t{2});
    QVERIFY(exchanges[1].started - begin >= pace.between - 1ms);
}

void ProbeRunTest::stopsAfterTheRequestUnderWay()
{
    Bench bench(otherwise(refusal));
    QSignalSpy finished(&bench.run, &ProbeRun::finished);
    connect(&bench.server, &FakeServer::requested, &bench.run, [&bench] {
        if (bench.server.requests().size() == 2)
            bench.run.stop();
    });
    bench.run.start();
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(bench.server.requests().size(), std::size_t{2});
    QCOMPARE(bench.run.totals().refused, 1);
    QCOMPARE(bench.run.totals().waiting, static_cast<int>(probeRows().size()) - 1);
    QCOMPARE(bench.result("no-token").state, ProbeState::refused);
}

void ProbeRunTest::takesA403WithoutATokenForARefusal()
{
    Bench bench([](const SeenRequest &seen) {
        if (hasGenuineToken(seen))
            return httpAnswer("200 OK", {}, "{}");
        return net::headerValue(seen.headers, "Authorization")
                   ? refusal
                   : httpAnswer("403 Forbidden", {}, R"({"detail":"Not authenticated"})");
    });
    bench.run.start();
    QTRY_VERIFY(bench.isOver());
    QCOMPARE(bench.result("no-token").state, ProbeState::refused);
    QCOMPARE(bench.result("not-a-token").state, ProbeState::refused);
    QCOMPARE(bench.run.totals().findings(), 0);
}

void ProbeRunTest::goesOn()
{
    Bench bench(otherwise(refusal));
    const auto stopping = connect(&bench.server, &FakeServer::requested, &bench.run, &ProbeRun::stop);
    bench.run.start();
    QTRY_VERIFY(bench.isOver());
    disconnect(stopping);
    bench.run.start();
    QTRY_VERIFY(bench.isOver());
    QCOMPARE(bench.run.totals().waiting, 0);
    QVERIFY(hasPassed(bench.run.control()));
    QCOMPARE(static_cast<int>(bench.server.requests().size()), bench.run.totals().refused + 1);
}

void ProbeRunTest::sendsOneAgain()
{
    Bench bench(otherwise(refusal));
    bench.run.start();
    QTRY_VERIFY(bench.isOver());
    const std::size_t before = bench.server.requests().size();
    bench.run.runAgain(Bench::indexOf("not-a-token"));
    QCOMPARE(bench.result("not-a-token").status, 0);
    QTRY_VERIFY(bench.isOver());
    QCOMPARE(bench.server.requests().size(), before + 1);
    QCOMPARE(bench.result("not-a-token").state, ProbeState::refused);
}

/// The first @p times answers to forged tokens ask for a pause.
FakeServer::Answer throttled(int times, const QByteArray &retryAfter)
{
    return [left = times, retryAfter](const SeenRequest &seen) mutable {
        if (hasGenuineToken(seen))
            return httpAnswer("200 OK", {}, "{}");
        return left-- > 0 ? httpAnswer("429 Too Many Requests", {{"Retry-After", retryAfter}}) : refusal;
    };
}

void ProbeRunTest::repeatsAfterAPause()
{
    Bench bench(throttled(2, "0"));
    bench.run.start();
    QTRY_VERIFY(bench.isOver());
    QCOMPARE(bench.result("no-token").state, ProbeState::refused);
    QCOMPARE(static_cast<int>(bench.server.requests().size()), bench.run.totals().refused + 3);
}

void ProbeRunTest::endsAPauseWhenStopped()
{
    Bench bench(throttled(1, "50"));
    bench.run.start();
    QTRY_VERIFY(!bench.result("no-token").why.isEmpty());
    QCOMPARE(bench.result("no-token").state, ProbeState::waiting);
    bench.run.stop();
    QTRY_VERIFY(bench.isOver());
    QCOMPARE(bench.result("no-token").state, ProbeState::waiting);
    bench.run.start();
    QTRY_VERIFY(bench.isOver());
    QCOMPARE(bench.result("no-token").state, ProbeState::refused);
    QCOMPARE(bench.result("no-token").why, QString());
}

void ProbeRunTest::givesUpOnALongPause()
{
    Bench bench(throttled(1, "3600"));
    bench.run.start();
    QTRY_VERIFY(bench.isOver());
    QCOMPARE(bench.result("no-token").state, ProbeState::noAnswer);
    QCOMPARE(bench.result("no-token").status, 429);

    Bench never(throttled(1000, "0"));
    connect(&never.run, &ProbeRun::resultChanged, this, [&never] {
        if (never.result("no-token").state == ProbeState::noAnswer)
            never.run.stop();
    });
    never.run.start();
    QTRY_VERIFY(never.isOver());
    QCOMPARE(never.result("no-token").state, ProbeState::noAnswer);
    QCOMPARE(never.server.requests().size(), std::size_t{5});
}

void ProbeRunTest::repeatsNoCrash()
{
    Bench bench(otherwise(httpAnswer("503 Service Unavailable")));
    bench.run.start();
    QTRY_VERIFY(bench.isOver());
    QCOMPARE(bench.result("not-a-token").state, ProbeState::crashed);
    QCOMPARE(static_cast<int>(bench.server.requests().size()), bench.run.totals().crashed + 1);
}

void ProbeRunTest::provesNothingAtAPublicCall()
{
    Bench bench(test::always(httpAnswer("200 OK", {}, "{}")));
    bench.run.start();
    QTRY_VERIFY(bench.isOver());
    QCOMPARE(bench.result("no-token").state, ProbeState::accepted);
    QCOMPARE(bench.run.totals().findings(), 1);
    QCOMPARE(bench.server.requests().size(), std::size_t{2});
    QCOMPARE(bench.result("not-a-token").state, ProbeState::notPossible);
    QVERIFY(bench.result("not-a-token").why.contains(u"without any token"_s));
}

void ProbeRunTest::provesNothingAtACallThatIsNotThere()
{
    Bench bench(test::always(httpAnswer("404 Not Found")));
    bench.run.start();
    QTRY_VERIFY(bench.isOver());
    QCOMPARE(bench.run.totals().refused, 0);
    QCOMPARE(bench.run.totals().noAnswer, static_cast<int>(bench.server.requests().size()) - 1);
}

void ProbeRunTest::provesNothingWhereTheGenuineTokenFails_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("headline");
    QTest::newRow("401") << refusal << u"Nothing is proven: the API refuses the genuine token too, with 401"_s;
    QTest::newRow("403") << httpAnswer("403 Forbidden")
                         << u"Nothing is proven: the API refuses the genuine token too, with 403"_s;
    QTest::newRow("500") << httpAnswer("500 Internal Server Error")
                         << u"Nothing is proven: the API answers the genuine token with 500"_s;
}

void ProbeRunTest::provesNothingWhereTheGenuineTokenFails()
{
    QFETCH(const QByteArray, answer);
    QFETCH(const QString, headline);
    Bench bench(test::always(answer));
    QSignalSpy changed(&bench.run, &ProbeRun::controlChanged);
    bench.run.start();
    QTRY_VERIFY(bench.isOver());
    QVERIFY(hasFailed(bench.run.control()));
    QCOMPARE(controlHeadline(bench.run.control()), headline);
    QVERIFY(controlAdvice(bench.run.control()).contains(u"Until then refusals prove nothing"_s));
    QCOMPARE(changed.count(), 2); // running, answered
    const ProbeTotals totals = bench.run.totals();
    QCOMPARE(totals.refused, 0);
    QCOMPARE(totals.findings(), 0);
    QCOMPARE(totals.unproven, static_cast<int>(bench.server.requests().size()) - 1);
    QCOMPARE(bench.result("not-a-token").why, headline + u'.');
}

void ProbeRunTest::provesNothingWithoutAGenuineToken()
{
    Bench bench(test::always(refusal), usualPace(true), {});
    bench.run.start();
    QTRY_VERIFY(bench.isOver());
    QCOMPARE(bench.run.control().state, ProbeState::notPossible);
    QCOMPARE(controlCode(bench.run.control()), u"not-possible"_s);
    QVERIFY(controlAdvice(bench.run.control()).startsWith(u"Nobody is signed in"_s));
    QCOMPARE(bench.run.totals().refused, 0);
    QCOMPARE(bench.run.totals().unproven, static_cast<int>(bench.server.requests().size()));
}

void ProbeRunTest::findsWhatIsAcceptedWhereTheGenuineTokenFails_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("401") << refusal;
    QTest::newRow("403") << httpAnswer("403 Forbidden");
}

void ProbeRunTest::findsWhatIsAcceptedWhereTheGenuineTokenFails()
{
    QFETCH(const QByteArray, answer);
    Bench bench([answer](const SeenRequest &seen) {
        const bool isGarbage = net::headerValue(seen.headers, "Authorization") == "Bearer this-is-not-a-token"_ba;
        return isGarbage ? httpAnswer("200 OK", {}, "{}") : answer;
    });
    bench.run.start();
    QTRY_VERIFY(bench.isOver());
    QVERIFY(hasFailed(bench.run.control()));
    QCOMPARE(bench.result("not-a-token").state, ProbeState::accepted);
}

void ProbeRunTest::findsACrashThatTheGenuineTokenDoesNotCause()
{
    Bench bench([](const SeenRequest &seen) {
        return hasGenuineToken(seen) ? refusal : httpAnswer("500 Internal Server Error");
    });
    bench.run.start();
    QTRY_VERIFY(bench.isOver());
    QVERIFY(hasFailed(bench.run.control()));
    QCOMPARE(bench.result("not-a-token").state, ProbeState::crashed);
}

void ProbeRunTest::sendsAFailedControlAgainWithTheNextProbe()
{
    bool isMended = false;
    Bench bench([&isMended](const SeenRequest &seen) {
        return isMended && hasGenuineToken(seen) ? httpAnswer("200 OK", {}, "{}") : refusal;
    });
    bench.run.start();
    QTRY_VERIFY(bench.isOver());
    const std::size_t before = bench.server.requests().size();
    isMended = true;
    for (int i = 1; i <= 2; ++i) {
        bench.run.runAgain(Bench::indexOf("not-a-token"));
        QTRY_VERIFY(bench.isOver());
    }
    QVERIFY(hasPassed(bench.run.control()));
    QCOMPARE(bench.result("not-a-token").state, ProbeState::refused);
    QCOMPARE(bench.server.requests().size(), before + 3); // The control once, because it has passed then.
}

void ProbeRunTest::mayDieAtAnyTime()
{
    FakeServer server([](const SeenRequest &) { return QByteArray(); });
    ClientBench client;
    ProbeSetup setup;
    setup.target = server.url();
    auto run = std::make_unique<ProbeRun>(*client.client, client.redactor, setup, usualPace(true));
    run->start();
    run.reset(); // while its key is being made

    run = std::make_unique<ProbeRun>(*client.client, client.redactor, setup, usualPace(true));
    run->start();
    QTRY_COMPARE(server.requests().size(), std::size_t{1});
    run.reset(); // while a request is under way
    QTRY_VERIFY(!client.log.exchanges().back().isUnderWay());
}

void ProbeRunTest::mayDieWhenItHasFinished()
{
    FakeServer server(test::always(refusal));
    ClientBench client;
    ProbeSetup setup;
    setup.target = server.url();
    auto run = std::make_unique<ProbeRun>(*client.client, client.redactor, setup, usualPace(true));
    connect(run.get(), &ProbeRun::finished, this, [&run] { run.reset(); });
    run->start();
    QTRY_VERIFY(!run);
}

void ProbeRunTest::recordsNoToken()
{
    Bench bench([](const SeenRequest &seen) {
        return httpAnswer("401 Unauthorized", {}, "no: " + seen.target + seen.body + "opaque-token");
    });
    bench.run.start();
    QTRY_VERIFY(bench.isOver());
    for (const net::Exchange &exchange : bench.client.log.exchanges()) {
        QVERIFY(!exchange.url.contains(u"opaque-token"_s));
        QVERIFY(!exchange.requestBody.contains(u"opaque-token"_s));
    }
    QVERIFY(!bench.result("token-in-query").serverSaid.contains(u"opaque-token"_s));
    QVERIFY(bench.result("token-in-query").serverSaid.contains(u"no: "_s));
}

QTEST_GUILESS_MAIN(ProbeRunTest)
#include "probe-run-test.moc"
