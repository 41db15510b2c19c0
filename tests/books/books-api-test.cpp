#include "books/books-api.h"
#include "books/errors.h"
#include "books/token-facts.h"
#include "core/off-thread.h"
#include "net/errors.h"

#include <QTest>

#include <memory>

using namespace bookdesk;
using namespace bookdesk::books;
using namespace Qt::StringLiterals;

namespace {

/// Stands for the session's send: keeps the requests and answers each with the next answer.
struct FakeSend
{
    QList<net::HttpRequest> requests;
    Result<net::HttpResponse> next = answer(200, R"({"books":[],"user":null})");
    std::optional<OneShot<bool>> gate; ///< If set, answers wait for it.
};

Task<net::HttpResponse> sendTo(std::shared_ptr<FakeSend> fake, net::HttpRequest request, std::stop_token stop)
{
    fake->requests += request;
    if (fake->gate) {
        const OneShot<bool> gate = *fake->gate;
        const std::stop_callback onStop(stop, [gate] { gate.set(false); });
        const bool isOpen = co_await gate;
        if (!isOpen)
            co_return failure(net::errors::stopped, u"Stopped."_s);
    }
    co_return fake->next;
}

} // namespace

class BooksApiTest : public QObject
{
    Q_OBJECT

private:
    FactsMaker m_facts;
    std::shared_ptr<FakeSend> m_fake;
    int m_factsAsked = 0;

    std::unique_ptr<BooksApi> api(const QString &base = u"https://books.contoso.com"_s, Redactor redactor = {})
    {
        const std::shared_ptr<FakeSend> fake = m_fake;
        return std::make_unique<BooksApi>(
            QUrl(base),
            [fake](net::HttpRequest request, std::stop_token stop) { return sendTo(fake, std::move(request), stop); },
            [this] {
                ++m_factsAsked;
                return m_facts.of();
            },
            redactor);
    }

    static QString sentUrl(const net::HttpRequest &request) { return QString::fromLatin1(request.url.toEncoded()); }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_facts.isReady()); }

    void init()
    {
        m_fake = std::make_shared<FakeSend>();
        m_factsAsked = 0;
    }

    void theListIsAskedForAndRead()
    {
        m_fake->next = answer(200, R"({"books":[{"id":"bk-1","title":"Emma"}],"user":"riley@x"})");
        const ListOutcome outcome = QCoro::waitFor(api()->list());
        QVERIFY(outcome.outcome.isOk());
        QCOMPARE(outcome.outcome.code, u"books.ok"_s);
        QCOMPARE(outcome.outcome.request, u"GET /api/v1/books"_s);
        QCOMPARE(outcome.list->books.size(), 1u);
        QCOMPARE(outcome.list->user, std::optional(u"riley@x"_s));
        QCOMPARE(m_fake->requests.size(), 1);
        QCOMPARE(m_fake->requests.first().method, "GET"_ba);
        QCOMPARE(sentUrl(m_fake->requests.first()), u"https://books.contoso.com/api/v1/books"_s);
        QCOMPARE(m_factsAsked, 1);
    }

    void aWithheldTokenIsAnOutcomeOfItsOwn()
    {
        m_fake->next = failure(net::errors::tokenWithheld, u"It is for somebody else."_s, u"Send it anyway."_s);
        const ApiOutcome outcome = QCoro::waitFor(api()->list()).outcome;
        QVERIFY(outcome.kind == OutcomeKind::withheld);
        QCOMPARE(outcome.status, 0);
        QCOMPARE(outcome.code, u"net.token-withheld"_s);
        QCOMPARE(outcome.explanation, u"It is for somebody else."_s);
        QCOMPARE(outcome.remedy, u"Send it anyway."_s);
        QVERIFY(QCoro::waitFor(api()->remove(u"bk-1"_s)).outcome.kind == OutcomeKind::withheld);
        (void)QCoro::waitFor(api()->list(Sending::anyway));
        (void)QCoro::waitFor(api()->remove(u"bk-1"_s, Sending::anyway));
        QList<bool> allowed;
        for (const net::HttpRequest &request : m_fake->requests)
            allowed += request.mayCarryForeignToken;
        QCOMPARE(allowed, (QList<bool>{false, false, true, true}));
    }

    void anyOtherCallIsExplainedByItsRule()
    {
        const AccessRule rule{"POST", u"/api/v1/shelves/{id}"_s, {u"Books.Write"_s}, {}};
        m_fake->next = answer(403, "{}");
        const ApiOutcome refused = QCoro::waitFor(api()->call(rule, u"/api/v1/shelves/a%2Fb"_s));
        QCOMPARE(refused.request, u"POST /api/v1/shelves/a%2Fb"_s);
        QVERIFY(refused.kind == OutcomeKind::scopeMissing);
        QVERIFY2(refused.explanation.contains("this call needs the scope Books.Write"_L1),
                 qPrintable(refused.explanation));
        m_fake->next = answer(404, "{}");
        const ApiOutcome missing = QCoro::waitFor(api()->call(rule, u"/api/v1/shelves/1"_s));
        QCOMPARE(missing.headline, u"404: the API has no such endpoint"_s);
        QVERIFY(missing.explanation.contains("nothing with this ID"_L1));
        m_fake->next = answer(404, "{}");
        const ApiOutcome unknown =
            QCoro::waitFor(api()->call({"GET", u"/api/v1/shelves"_s, {}, {}}, u"/api/v1/shelves"_s));
        QCOMPARE(unknown.headline, missing.headline);
        QVERIFY(!unknown.explanation.contains("ID"_L1) && !unknown.remedy.contains("ID"_L1));
        QCOMPARE(m_fake->requests.first().method, "POST"_ba);
        QCOMPARE(sentUrl(m_fake->requests.first()), u"https://books.contoso.com/api/v1/shelves/a%2Fb"_s);
        QVERIFY(!m_fake->requests.first().mayCarryForeignToken);
    }

    void anEmptyListIsNoError()
    {
        const ListOutcome outcome = QCoro::waitFor(api()->list());
        QVERIFY(outcome.outcome.isOk());
        QCOMPARE(outcome.outcome.explanation, u"The API returned no books."_s);
    }

    void theBasePathIsKept_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("url");
        QTest::newRow("plain") << u"https://h"_s << u"https://h/api/v1/books"_s;
        QTest::newRow("with a slash") << u"https://h/"_s << u"https://h/api/v1/books"_s;
        QTest::newRow("with a query") << u"https://h/sub?x=1#y"_s << u"https://h/sub/api/v1/books"_s;
        QTest::newRow("with two slashes") << u"https://h/sub//"_s << u"https://h/sub/api/v1/books"_s;
        QTest::newRow("with a port and a path")
            << u"http://localhost:8031/sub"_s << u"http://localhost:8031/sub/api/v1/books"_s;
        QTest::newRow("with an encoded path") << u"https://h/a%2Fb"_s << u"https://h/a%2Fb/api/v1/books"_s;
    }

    void theBasePathIsKept()
    {
        QFETCH(QString, base);
        QFETCH(QString, url);
        (void)QCoro::waitFor(api(base)->list());
        QCOMPARE(sentUrl(m_fake->requests.first()), url);
    }

    void anIdIsExactlyOneEncodedSegment_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("segment");
        QTest::newRow("plain") << u"bk-0003"_s << u"bk-0003"_s;
        QTest::newRow("a slash") << u"a/b"_s << u"a%2Fb"_s;
        QTest::newRow("a percent sign") << u"50%"_s << u"50%25"_s;
        QTest::newRow("something that looks encoded") << u"%2F"_s << u"%252F"_s;
        QTest::newRow("encoded dots stay text") << u"%2e%2e"_s << u"%252e%252e"_s;
        QTest::newRow("a question mark") << u"a?b=c"_s << u"a%3Fb%3Dc"_s;
        QTest::newRow("a hash") << u"a#b"_s << u"a%23b"_s;
        QTest::newRow("a space") << u"a b"_s << u"a%20b"_s;
        QTest::newRow("a plus") << u"a+b"_s << u"a%2Bb"_s;
        QTest::newRow("a semicolon") << u"a;b"_s << u"a%3Bb"_s;
        QTest::newRow("a colon and an at") << u"a:b@c"_s << u"a%3Ab%40c"_s;
        QTest::newRow("a backslash") << u"a\\b"_s << u"a%5Cb"_s;
        QTest::newRow("unreserved characters") << u"a-._~Z9"_s << u"a-._~Z9"_s;
        QTest::newRow("umlauts") << u"bücher"_s << u"b%C3%BCcher"_s;
        QTest::newRow("beyond the BMP") << u"📚"_s << u"%F0%9F%93%9A"_s;
        QTest::newRow("a line break") << u"a\r\nb"_s << u"a%0D%0Ab"_s;
        QTest::newRow("three dots") << u"..."_s << u"..."_s;
        QTest::newRow("dots in a path") << u"../x"_s << u"..%2Fx"_s;
        QTest::newRow("nothing but a slash") << u"/"_s << u"%2F"_s;
        QTest::newRow("the placeholder itself") << u"{book_id}"_s << u"%7Bbook_id%7D"_s;
    }

    void anIdIsExactlyOneEncodedSegment()
    {
        QFETCH(QString, id);
        QFETCH(QString, segment);
        m_fake->next = answer(200, toCompactJson(JsonObject{{u"deleted"_s, id}, {u"by"_s, nullptr}}));
        const DeleteOutcome outcome = QCoro::waitFor(api()->remove(id));
        QVERIFY(outcome.outcome.isOk());
        QCOMPARE(outcome.deleted, id);
        const net::HttpRequest &request = m_fake->requests.first();
        QCOMPARE(request.method, "DELETE"_ba);
        QCOMPARE(request.url.path(QUrl::FullyEncoded), u"/api/v1/books/"_s + segment);
        QCOMPARE(sentUrl(request), u"https://books.contoso.com/api/v1/books/"_s + segment);
        QCOMPARE(outcome.outcome.request, u"DELETE /api/v1/books/"_s + segment);
    }

    void someIdsAreNeverSent_data()
    {
        QTest::addColumn<QString>("id");
        QTest::newRow("empty") << QString();
        QTest::newRow("a dot") << u"."_s;
        QTest::newRow("two dots") << u".."_s;
    }

    void someIdsAreNeverSent()
    {
        QFETCH(QString, id);
        const DeleteOutcome outcome = QCoro::waitFor(api()->remove(id));
        QVERIFY(m_fake->requests.isEmpty());
        QCOMPARE(outcome.outcome.kind, OutcomeKind::refused);
        QCOMPARE(outcome.outcome.code, u"books.id-unusable"_s);
        QCOMPARE(outcome.outcome.status, 0);
        QVERIFY(!outcome.outcome.explanation.isEmpty());
        QVERIFY(refusedId(id));
        QCOMPARE(refusedId(id)->code, books::errors::idUnusable);
    }

    void onlyASlashIsWarnedOf()
    {
        QVERIFY(!idWarning(u"a/b"_s).isEmpty());
        QVERIFY(idWarning(u"a%2Fb"_s).isEmpty());
        QVERIFY(idWarning(u"bk-1"_s).isEmpty());
        QVERIFY(!refusedId(u"a/b"_s));
    }

    void aDeletionSaysWhatAndWho()
    {
        m_fake->next = answer(200, R"({"deleted":"bk-1","by":"ada@x"})");
        const DeleteOutcome outcome = QCoro::waitFor(api()->remove(u"bk-1"_s));
        QCOMPARE(outcome.deleted, u"bk-1"_s);
        QCOMPARE(outcome.by, std::optional(u"ada@x"_s));
        QCOMPARE(outcome.outcome.explanation, u"The API says that ada@x deleted bk-1."_s);
    }

    void namesFromTheRightAreSetApart()
    {
        m_fake->next = answer(200, R"({"deleted":"bk-1","by":"\u0639\u0644\u06CC \u202E1"})");
        const DeleteOutcome outcome = QCoro::waitFor(api()->remove(u"bk-1"_s));
        QCOMPARE(outcome.outcome.explanation,
                 u"The API says that \u2068\u0639\u0644\u06CC \u202E1\u2069 deleted bk-1."_s);
    }

    void a200ThatCannotBeReadIsUnexpected_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("a web page") << "<html><title>Sign in</title></html>"_ba;
        QTest::newRow("another object") << R"({"items":[],"removed":1})"_ba;
        QTest::newRow("wrong types") << R"({"books":"x","deleted":7})"_ba;
    }

    void a200ThatCannotBeReadIsUnexpected()
    {
        QFETCH(QByteArray, body);
        m_fake->next = answer(200, body);
        const ListOutcome list = QCoro::waitFor(api()->list());
        const DeleteOutcome removal = QCoro::waitFor(api()->remove(u"x"_s));
        for (const ApiOutcome &outcome : {list.outcome, removal.outcome}) {
            QCOMPARE(outcome.kind, OutcomeKind::unexpected);
            QCOMPARE(outcome.code, u"books.response-invalid"_s);
            QCOMPARE(outcome.status, 200);
            QVERIFY(!outcome.explanation.isEmpty());
            QVERIFY(!outcome.remedy.isEmpty());
        }
        QVERIFY(list.list->books.empty());
    }

    void failuresAndRefusalsArePassedOn()
    {
        m_fake->next = answer(403, R"({"detail":"Role 'Books.Admin' required"})");
        QCOMPARE(QCoro::waitFor(api()->remove(u"x"_s)).outcome.kind, OutcomeKind::roleMissing);
        Error noConnection{net::errors::connectionFailed, u"No connection."_s, u"refused"_s};
        noConnection.exchangeId = 7;
        m_fake->next = failure(noConnection);
        const ListOutcome outcome = QCoro::waitFor(api(u"https://books.contoso.com:8443"_s)->list());
        QCOMPARE(outcome.outcome.kind, OutcomeKind::network);
        QCOMPARE(outcome.outcome.headline, u"Cannot reach books.contoso.com:8443"_s);
        QCOMPARE(outcome.outcome.exchangeId, 7);
    }

    void whatTheRedactorKnowsIsRemovedBeforeTextsAreCut_data()
    {
        QTest::addColumn<net::HttpResponse>("next");
        const QByteArray secret = "opaque-token-value";
        // Shown are the first and the last thousand characters of a body, and two hundred of a quoted value.
        for (const qsizetype before : {986, 990, 993})
            QTest::newRow(qPrintable(u"a body, cut after %1"_s.arg(before)))
                << answer(500, QByteArray(before, '.') + secret + QByteArray(2'000, '.'));
        QTest::newRow("a long body, cut as it is read")
            << answer(500, QByteArray(8'000 - 9, '.') + secret + QByteArray(100'000, ' '));
        net::HttpResponse quoted = answer(418, {});
        quoted.reason = QString(93, u'.') + QString::fromLatin1(secret) + QString(200, u'.');
        QTest::newRow("a reason phrase") << quoted;
        quoted = answer(405, {}, {{"Allow", QByteArray(93, '.') + secret + QByteArray(200, '.')}});
        QTest::newRow("a header") << quoted;
    }

    void whatTheRedactorKnowsIsRemovedBeforeTextsAreCut()
    {
        QFETCH(net::HttpResponse, next);
        const Redactor redactor;
        redactor.learn(Secret("opaque-token-value"));
        m_fake->next = next;
        const ListOutcome outcome = QCoro::waitFor(api(u"https://books.contoso.com"_s, redactor)->list());
        const QString all = outcome.outcome.serverSaid + outcome.outcome.headline + outcome.outcome.explanation;
        QVERIFY2(!all.contains(u"opaque"_s) && !all.contains(u"value"_s), qPrintable(all));
    }

    void whatTheRedactorKnowsIsRemoved()
    {
        const Redactor redactor;
        redactor.learn(Secret("opaque-token-value"));
        m_fake->next = answer(401, R"({"detail":"Invalid token: opaque-token-value"})");
        const ListOutcome outcome = QCoro::waitFor(api(u"https://h"_s, redactor)->list());
        QVERIFY(!outcome.outcome.serverSaid.contains(u"opaque-token-value"_s));
        QVERIFY(outcome.outcome.serverSaid.contains(removedMark()));
    }

    void aLargeListIsReadOnAnotherThreadAndDeliveredHere()
    {
        QByteArray body = R"({"books":[)";
        for (int i = 0; i < 20'000; ++i)
            body += (i ? ",{\"id\":\"" : "{\"id\":\"") + QByteArray::number(i) + "\"}";
        m_fake->next = answer(200, body + "],\"user\":null}");
        const ListOutcome outcome = QCoro::waitFor(api()->list());
        QCOMPARE(outcome.list->books.size(), 20'000u);
        QCOMPARE(QThread::currentThread(), thread());
    }

    void destroyingTheApiStopsWhatIsUnderWay()
    {
        m_fake->gate.emplace();
        std::unique_ptr<BooksApi> doomed = api();
        std::optional<ListOutcome> outcome;
        QCoro::connect(doomed->list(), this, [&outcome](ListOutcome result) { outcome = std::move(result); });
        QVERIFY(!outcome);
        doomed.reset();
        QTRY_VERIFY(outcome);
        QCOMPARE(outcome->outcome.kind, OutcomeKind::stopped);
        QCOMPARE(m_factsAsked, 0);
    }

    void destroyingTheApiWhileTheListIsReadEndsTheCall()
    {
        m_fake->next = answer(200, "{\"books\":[" + QByteArray(3'000'000, ' ') + "]}");
        std::unique_ptr<BooksApi> doomed = api();
        std::optional<ListOutcome> outcome;
        QCoro::connect(doomed->list(), this, [&outcome](ListOutcome result) { outcome = std::move(result); });
        QVERIFY(!outcome); // the result is delivered by the event loop, which has not run
        doomed.reset();
        QTRY_VERIFY(outcome);
        QCOMPARE(outcome->outcome.kind, OutcomeKind::stopped);
    }
};

QTEST_GUILESS_MAIN(BooksApiTest)
#include "books-api-test.moc"
