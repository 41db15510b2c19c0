#include "books/token-facts.h"
#include "core/errors.h"
#include "lab/endpoint-run.h"
#include "lab/errors.h"
#include "net/errors.h"
#include "sandbox/openapi.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace bookdesk;
using namespace bookdesk::lab;
using namespace Qt::StringLiterals;

namespace {

/// Plays the API: keeps the calls and answers each with the next status.
struct FakeApi
{
    QStringList calls;
    std::vector<books::Sending> sent;
    int status = 200;
    Result<net::HttpResponse> document = books::answer(404, "");
    std::optional<OneShot<bool>> gate; ///< If set, answers wait for it.
};

QCoro::Task<books::ApiOutcome> callOf(std::shared_ptr<FakeApi> api, books::AccessRule rule, QString path,
                                      books::Sending sending, std::stop_token stop)
{
    const QString request = QString::fromLatin1(rule.method) + u' ' + path;
    api->calls += request;
    api->sent.push_back(sending);
    if (api->gate) {
        const OneShot<bool> gate = *api->gate;
        const std::stop_callback onStop(stop, [gate] { gate.set(false); });
        const bool isOpen = co_await gate;
        if (!isOpen)
            co_return books::explain(request, Error{net::errors::stopped, u"Stopped."_s});
    }
    co_return books::explain(rule, request, books::answer(api->status, "{}"), {});
}

Task<net::HttpResponse> fetchOf(std::shared_ptr<FakeApi> api) { co_return api->document; }

} // namespace

class EndpointRunTest : public QObject
{
    Q_OBJECT

private:
    books::FactsMaker m_facts;
    std::shared_ptr<FakeApi> m_api;
    books::TokenFacts m_token;

    std::unique_ptr<EndpointRun> endpoints()
    {
        const std::shared_ptr<FakeApi> api = m_api;
        return std::make_unique<EndpointRun>(EndpointRun::Parts{
            [api](books::AccessRule rule, QString path, books::Sending sending, std::stop_token stop) {
                return callOf(api, std::move(rule), std::move(path), sending, std::move(stop));
            },
            [api](std::stop_token) { return fetchOf(api); }, [this] { return m_token; }});
    }

    static net::HttpResponse fastApisDocument()
    {
        return books::answer(200, toCompactJson(sandbox::openApiDocument(u"http://localhost/t"_s, u"id"_s)));
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_facts.isReady()); }

    void init()
    {
        m_api = std::make_shared<FakeApi>();
        m_token = m_facts.of();
    }

    void beginsWithTheContractsRules()
    {
        const std::unique_ptr<EndpointRun> run = endpoints();
        QCOMPARE(run->results().size(), std::size_t{2});
        QCOMPARE(run->results()[0].prediction.status, 200);
        QCOMPARE(run->results()[1].prediction.status, 403);
        QVERIFY(run->results()[1].prediction.reason.contains("Books.Admin"_L1));
        QVERIFY(run->results()[0].comparison == Comparison::notRun);
    }

    void runsOnlySafeCallsAtOnce()
    {
        const std::unique_ptr<EndpointRun> run = endpoints();
        run->setOwnRules({{"HEAD", u"/health"_s, {}, {}},
                          {"GET", u"/api/v1/books/{book_id}"_s, {}, {}},
                          {"POST", u"/api/v1/books"_s, {}, {}},
                          {"PUT", u"/a"_s, {}, {}},
                          {"PATCH", u"/a"_s, {}, {}}});
        const Result<SafeCalls> calls = QCoro::waitFor(run->runSafe());
        QVERIFY(calls);
        QCOMPARE(*calls, (SafeCalls{2, 1}));
        QCOMPARE(m_api->calls, QStringList({u"GET /api/v1/books"_s, u"HEAD /health"_s}));
        QVERIFY(run->results()[0].comparison == Comparison::asPredicted);
        QVERIFY(!run->results()[1].outcome);
        QVERIFY(!run->isRunning());
    }

    void runsOneCallWithItsValues()
    {
        const std::unique_ptr<EndpointRun> run = endpoints();
        m_api->status = 403;
        QVERIFY(QCoro::waitFor(run->run(run->results()[1].rule.rule, {{u"book_id"_s, u"a/b"_s}})));
        QCOMPARE(m_api->calls, QStringList(u"DELETE /api/v1/books/a%2Fb"_s));
        QVERIFY(run->results()[1].comparison == Comparison::asPredicted);
        QVERIFY(!run->results()[0].outcome);
    }

    void stopsBetweenCallsAndInThem()
    {
        const std::unique_ptr<EndpointRun> run = endpoints();
        run->setOwnRules({{"GET", u"/health"_s, {}, {}}});
        m_api->gate.emplace();
        Task<SafeCalls> calls = run->runSafe();
        QVERIFY(run->isRunning());
        QCOMPARE(run->current()->path, u"/api/v1/books"_s);
        const Result<SafeCalls> second = QCoro::waitFor(run->runSafe());
        QVERIFY(!second);
        run->stop();
        const Result<SafeCalls> ended = QCoro::waitFor(std::move(calls));
        QVERIFY(!ended);
        QCOMPARE(ended.error().code, bookdesk::errors::stopped);
        QCOMPARE(m_api->calls.size(), 1);
        QVERIFY(!run->results()[0].outcome);
        QVERIFY(run->results()[0].comparison == Comparison::notRun);
        QVERIFY(!run->isRunning());
        QVERIFY(!run->current());
    }

    void aStoppedCallKeepsTheAnswerBefore()
    {
        const std::unique_ptr<EndpointRun> run = endpoints();
        QVERIFY(QCoro::waitFor(run->runSafe()));
        m_api->gate.emplace();
        Task<SafeCalls> calls = run->runSafe();
        run->stop();
        QVERIFY(!QCoro::waitFor(std::move(calls)));
        QCOMPARE(run->results()[0].outcome->status, 200);
        QVERIFY(run->results()[0].comparison == Comparison::asPredicted);
    }

    void withholdsTokensUnlessTheyAreToBeSentAnyway()
    {
        const std::unique_ptr<EndpointRun> run = endpoints();
        QVERIFY(QCoro::waitFor(run->runSafe()));
        QVERIFY(QCoro::waitFor(run->runSafe(books::Sending::anyway)));
        QVERIFY(m_api->sent == std::vector({books::Sending::guarded, books::Sending::anyway}));
    }

    void canBeDestroyedDuringACall()
    {
        std::unique_ptr<EndpointRun> run = endpoints();
        m_api->gate.emplace();
        Task<SafeCalls> calls = run->runSafe();
        run.reset();
        QVERIFY(!QCoro::waitFor(std::move(calls)));
        QVERIFY(m_api->gate->isSet()); // The call was stopped, too.
    }

    void canBeDestroyedByWhatListens()
    {
        std::unique_ptr<EndpointRun> run = endpoints();
        QObject::connect(run.get(), &EndpointRun::changed, run.get(), [&run] {
            if (run->results()[0].outcome)
                run.reset();
        });
        QVERIFY(!QCoro::waitFor(run->runSafe()));
        QVERIFY(!run);
    }

    void readsTheDocument()
    {
        const std::unique_ptr<EndpointRun> run = endpoints();
        JsonObject paths{{u"/health"_s, JsonObject{{u"get"_s, JsonObject()}}}};
        m_api->document =
            books::answer(200, toCompactJson(JsonObject{{u"openapi"_s, u"3.1.0"_s}, {u"paths"_s, paths}}));
        QSignalSpy changes(run.get(), &EndpointRun::changed);
        QVERIFY(QCoro::waitFor(run->loadDocument()));
        QCOMPARE(changes.size(), 2);
        QCOMPARE(run->results().size(), std::size_t{3});
        QCOMPARE(run->results()[2].rule.rule.path, u"/health"_s);
        QVERIFY(run->document());
        m_api->document = fastApisDocument();
        QVERIFY(QCoro::waitFor(run->loadDocument()));
        QCOMPARE(run->results().size(), std::size_t{2});
    }

    void aFailedFetchLeavesTheRules_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("code");
        QTest::newRow("not found") << 404 << QByteArray() << u"lab.document-unavailable"_s;
        QTest::newRow("a redirect") << 302 << QByteArray() << u"lab.document-unavailable"_s;
        QTest::newRow("no answer") << 0 << QByteArray() << u"lab.document-unavailable"_s;
        QTest::newRow("a web page") << 200 << "<html>"_ba << u"lab.document-invalid"_s;
    }

    void aFailedFetchLeavesTheRules()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(QString, code);
        const std::unique_ptr<EndpointRun> run = endpoints();
        m_api->document = fastApisDocument();
        QVERIFY(QCoro::waitFor(run->loadDocument()));
        m_api->document = status ? Result<net::HttpResponse>(books::answer(status, body))
                                 : Result<net::HttpResponse>(failure(net::errors::connectionFailed, u"No."_s));
        const Result<void> loaded = QCoro::waitFor(run->loadDocument());
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().code.toString(), code);
        QCOMPARE(run->documentFailure()->code.toString(), code);
        QVERIFY(run->document());
        QCOMPARE(run->results().size(), std::size_t{2});
        QVERIFY(!run->isLoading());
    }

    void anotherTokenIsPredictedAnew()
    {
        const std::unique_ptr<EndpointRun> run = endpoints();
        QVERIFY(QCoro::waitFor(run->runSafe()));
        m_token = m_facts.of(R"({"roles":["Books.Admin"]})");
        run->notePredictions();
        QCOMPARE(run->results()[1].prediction.status, 200);
        // What was predicted in the same way is still compared with what came.
        QVERIFY(run->results()[0].outcome);
        m_token = m_facts.of(R"({"scp":"Books.Write"})");
        run->notePredictions();
        QCOMPARE(run->results()[0].prediction.status, 403);
        QVERIFY(!run->results()[0].outcome);
    }

    void anotherPersonSeesNothingOfTheOneBefore()
    {
        const std::unique_ptr<EndpointRun> run = endpoints();
        QVERIFY(QCoro::waitFor(run->runSafe()));
        run->forget();
        QVERIFY(!run->results()[0].outcome);
    }
};

QTEST_GUILESS_MAIN(EndpointRunTest)
#include "endpoint-run-test.moc"
