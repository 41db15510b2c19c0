#include "books/api-outcome.h"
#include "books/errors.h"
#include "books/token-facts.h"
#include "core/errors.h"
#include "net/errors.h"

#include <QSet>
#include <QTest>

#include <algorithm>

using namespace bookdesk;
using namespace bookdesk::books;
using namespace Qt::StringLiterals;

class ApiOutcomeTest : public QObject
{
    Q_OBJECT

private:
    FactsMaker m_facts;

    ApiOutcome deleting(const net::HttpResponse &response) const
    {
        return explain(deleteRule(), u"DELETE /api/v1/books/bk-3"_s, response, m_facts.of());
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_facts.isReady()); }

    void everyStatusHasItsKind_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<OutcomeKind>("kind");
        QTest::addColumn<QString>("headline");
        const auto row = [](int status, OutcomeKind kind, const QString &headline) {
            QTest::addRow("%d", status) << status << kind << headline;
        };
        row(200, OutcomeKind::ok, u"200 OK"_s);
        row(201, OutcomeKind::unexpected, u"201: an answer that Bookdesk does not expect"_s);
        row(204, OutcomeKind::unexpected, u"204: an answer that Bookdesk does not expect"_s);
        row(302, OutcomeKind::redirect, u"302: the API redirects elsewhere"_s);
        row(307, OutcomeKind::redirect, u"307: the API redirects elsewhere"_s);
        row(400, OutcomeKind::unexpected, u"400: an answer that Bookdesk does not expect"_s);
        row(404, OutcomeKind::notFound, u"404: this book no longer exists"_s);
        row(405, OutcomeKind::methodNotAllowed, u"405: the API does not allow this method"_s);
        row(409, OutcomeKind::conflict, u"409 Conflict: the book cannot be deleted now"_s);
        row(418, OutcomeKind::unexpected, u"418: an answer that Bookdesk does not expect"_s);
        row(422, OutcomeKind::invalid, u"422: the API finds a value of the request wrong"_s);
        row(429, OutcomeKind::throttled, u"429: too many requests"_s);
        row(500, OutcomeKind::serverError, u"500: the books service has a problem"_s);
        row(503, OutcomeKind::serverError, u"503: the books service has a problem"_s);
        row(599, OutcomeKind::serverError, u"599: the books service has a problem"_s);
    }

    void everyStatusHasItsKind()
    {
        QFETCH(int, status);
        QFETCH(OutcomeKind, kind);
        QFETCH(QString, headline);
        const ApiOutcome outcome = deleting(answer(status, "x"));
        QCOMPARE(outcome.status, status);
        QCOMPARE(outcome.kind, kind);
        QCOMPARE(outcome.headline, headline);
        QVERIFY(outcome.code.startsWith(u"books."_s));
        QVERIFY(!outcome.explanation.isEmpty());
        QCOMPARE(outcome.remedy.isEmpty(), outcome.isOk());
        QCOMPARE(outcome.serverSaid, u"x"_s);
    }

    void aRedirectNamesItsTarget()
    {
        net::HttpResponse response = answer(307, {});
        response.redirectTarget = QUrl(u"https://elsewhere.test/api/v1/books?access_token=abcdefghij"_s);
        const ApiOutcome outcome = deleting(response);
        QVERIFY2(outcome.explanation.contains(u"https://elsewhere.test/api/v1/books"_s),
                 qPrintable(outcome.explanation));
        QVERIFY(!outcome.explanation.contains(u"abcdefghij"_s));
        QVERIFY(outcome.explanation.contains(u"did not follow"_s));
    }

    void aListThatIsNotFoundIsAWrongAddress()
    {
        const ApiOutcome outcome = explain(listRule(), u"GET /api/v1/books"_s, answer(404, {}), m_facts.of());
        QCOMPARE(outcome.kind, OutcomeKind::notFound);
        QVERIFY(outcome.remedy.contains(u"/api/v1"_s));
    }

    void aSlashInTheIdExplainsA404()
    {
        const ApiOutcome outcome =
            explain(deleteRule(), u"DELETE /api/v1/books/a%2Fb"_s, answer(404, {}), m_facts.of());
        QVERIFY2(outcome.explanation.contains(u"slash"_s), qPrintable(outcome.explanation));
    }

    void waitingTimesAreShown_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("retryAfter");
        QTest::addColumn<QString>("shown");
        QTest::newRow("seconds") << 429 << "12"_ba << u"in 12 s"_s;
        QTest::newRow("more than a minute, rounded up") << 429 << "61"_ba << u"in 2 min"_s;
        QTest::newRow("longer than anybody waits") << 429 << "18446744073709551615"_ba << u"in 24855 days"_s;
        QTest::newRow("a date") << 429 << "Wed, 21 Oct 2026 07:28:00 GMT"_ba
                                << u"after Wed, 21 Oct 2026 07:28:00 GMT"_s;
        QTest::newRow("nonsense") << 429 << "soon"_ba << u"in a minute"_s;
        QTest::newRow("negative") << 429 << "-5"_ba << u"in a minute"_s;
        QTest::newRow("a server error's") << 503 << "30"_ba << u"in 30 s"_s;
    }

    void waitingTimesAreShown()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, retryAfter);
        QFETCH(QString, shown);
        const ApiOutcome outcome = deleting(answer(status, {}, {{"retry-after"_ba, retryAfter}}));
        QVERIFY2(outcome.remedy.contains(shown), qPrintable(outcome.remedy));
    }

    void theHeadlineOf429NamesTheTime()
    {
        const ApiOutcome outcome = deleting(answer(429, {}, {{"Retry-After"_ba, "12"_ba}}));
        QCOMPARE(outcome.headline, u"429: too many requests, try again in 12 s"_s);
    }

    void theMethodsAllowedAreNamed()
    {
        const ApiOutcome outcome = deleting(answer(405, {}, {{"Allow"_ba, "GET"_ba}}));
        QVERIFY(outcome.explanation.contains(u"GET"_s));
    }

    void aConflictQuotesTheApi()
    {
        const ApiOutcome outcome = deleting(answer(409, R"({"detail":"The book is on loan"})"));
        QCOMPARE(outcome.explanation, u"The API understood the call, but the book's present state forbids it. The API "
                                      "says: “The book is on loan”."_s);
    }

    void theFaultsOfA422AreNamed_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("reasons");
        QTest::newRow("one") << R"({"detail":[{"loc":["path","book_id"],"msg":"too long","type":"x"}]})"_ba
                             << u"Its reasons: book_id (path): too long."_s;
        QTest::newRow("within a list")
            << R"({"detail":[{"loc":["body","items",0,"year"],"msg":"no number"},{"loc":["body"],"msg":"odd"}]})"_ba
            << u"Its reasons: items.0.year (body): no number; body: odd."_s;
        QTest::newRow("no place") << R"({"detail":[{"msg":"odd"}]})"_ba << u"Its reasons: odd."_s;
        QTest::newRow("a text") << R"({"detail":"odd"})"_ba << u"The API says: “odd”."_s;
        QTest::newRow("hostile") << R"({"detail":[{"loc":["path","a\u202eb"],"msg":"\u0007"}]})"_ba
                                 << u"Its reasons: a\\u{202E}b (path): \\u{0007}."_s;
        QTest::newRow("a list of other things") << R"({"detail":[1,{"loc":["path"]}]})"_ba << QString();
    }

    void theFaultsOfA422AreNamed()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, reasons);
        const QString text = u"The API accepts the token, but not a value in the request."_s;
        QCOMPARE(deleting(answer(422, body)).explanation, (text + u' ' + reasons).trimmed());
    }

    void manyFaultsOfA422AreCounted()
    {
        const QByteArray fault = R"({"msg":"odd"},)"_ba;
        const QByteArray body = R"({"detail":[)"_ba + fault.repeated(7).chopped(1) + "]}"_ba;
        const QString text = deleting(answer(422, body)).explanation;
        QCOMPARE(text.count(u"odd"_s), 5);
        QVERIFY2(text.endsWith(u"; 2 more."_s), qPrintable(text));
    }

    void a500IsTheClaimsFaultOnlyIfOurCheckSaysSo()
    {
        const TokenFacts odd = m_facts.of(R"({"roles":"Books.Admin"})");
        const ApiOutcome outcome = explain(listRule(), {}, answer(500, "Internal Server Error"), odd);
        QCOMPARE(outcome.kind, OutcomeKind::claimsRejected);
        QCOMPARE(outcome.code, u"books.claims-rejected"_s);
        QVERIFY2(outcome.explanation.contains(u"roles"_s), qPrintable(outcome.explanation));
        QCOMPARE(explain(listRule(), {}, answer(503, {}), odd).kind, OutcomeKind::serverError);
        QCOMPARE(explain(listRule(), {}, answer(500, {}), m_facts.of()).kind, OutcomeKind::serverError);
    }

    void whatTheServerSaidIsCutRedactedAndVisible()
    {
        const ApiOutcome large = deleting(answer(500, QByteArray(1'000'000, 'x')));
        QVERIFY(large.serverSaid.size() <= 2'000);
        const QByteArray jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl";
        const ApiOutcome echo = deleting(answer(500, "token " + jwt + " \x1b[31m\nline"));
        QVERIFY(!echo.serverSaid.contains(QString::fromLatin1(jwt)));
        QVERIFY2(echo.serverSaid.contains(u"\\u{001B}[31m\nline"_s), qPrintable(echo.serverSaid));
    }

    void everyFailureHasItsKind_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<OutcomeKind>("kind");
        QTest::addColumn<QString>("headline");
        const auto row = [](ErrorCode code, OutcomeKind kind, const QString &headline) {
            QTest::addRow("%s", qPrintable(code.toString())) << code.toString() << kind << headline;
        };
        const QString cannotReach = u"Cannot reach books.contoso.com"_s;
        row(net::errors::nameNotFound, OutcomeKind::network, cannotReach);
        row(net::errors::connectionFailed, OutcomeKind::network, cannotReach);
        row(net::errors::timedOut, OutcomeKind::network, cannotReach);
        row(net::errors::broken, OutcomeKind::network, cannotReach);
        row(net::errors::tlsFailed, OutcomeKind::tls, u"The certificate of books.contoso.com is not trusted"_s);
        row(net::errors::tooLarge, OutcomeKind::unexpected, u"The answer from books.contoso.com cannot be read"_s);
        row(net::errors::stopped, OutcomeKind::stopped, u"The call was stopped"_s);
        row(bookdesk::errors::stopped, OutcomeKind::stopped, u"The call was stopped"_s);
        row(net::errors::urlRefused, OutcomeKind::refused, u"Nothing was sent"_s);
        row(books::errors::idUnusable, OutcomeKind::refused, u"Nothing was sent"_s);
        row(ErrorCode("session.signed-out"), OutcomeKind::refused, u"Nothing was sent"_s);
    }

    void everyFailureHasItsKind()
    {
        QFETCH(QString, code);
        QFETCH(OutcomeKind, kind);
        QFETCH(QString, headline);
        static const std::array codes{
            net::errors::nameNotFound, net::errors::connectionFailed,  net::errors::timedOut,
            net::errors::broken,       net::errors::tlsFailed,         net::errors::tooLarge,
            net::errors::stopped,      bookdesk::errors::stopped,      net::errors::urlRefused,
            books::errors::idUnusable, ErrorCode("session.signed-out")};
        const auto found =
            std::find_if(codes.begin(), codes.end(), [&](ErrorCode one) { return one.toString() == code; });
        QVERIFY(found != codes.end());
        const ApiOutcome outcome = explain(
            u"GET /api/v1/books"_s, Error{*found, u"What happened."_s, {}, {{facts::networkError, u"Qt's words"_s}}},
            u"books.contoso.com"_s);
        QCOMPARE(outcome.status, 0);
        QCOMPARE(outcome.kind, kind);
        QCOMPARE(outcome.code, code);
        QCOMPARE(outcome.headline, headline);
        QVERIFY(!outcome.explanation.isEmpty());
        QVERIFY(outcome.serverSaid.isEmpty());
        QCOMPARE(factValue(outcome.facts, facts::networkError), u"Qt's words"_s);
    }

    void theAdviceOnACertificateIsItsOwn()
    {
        const Error error{net::errors::tlsFailed, u"The certificate expired."_s, u"Renew it."_s};
        QCOMPARE(explain(u"GET /api/v1/books"_s, error, u"books.contoso.com"_s).remedy, u"Renew it."_s);
    }

    void aDeleteThatAServerFailedMayHaveWorked_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("isUnknown");
        QTest::newRow("the API failed") << 500 << true;
        QTest::newRow("a gateway got no usable answer") << 502 << true;
        QTest::newRow("nobody was there") << 503 << false;
        QTest::newRow("a gateway got no answer in time") << 504 << true;
    }

    void aDeleteThatAServerFailedMayHaveWorked()
    {
        QFETCH(int, status);
        const ApiOutcome outcome = deleting(answer(status, {}));
        const bool saysSo =
            outcome.explanation.contains(u"The book may be gone"_s) && outcome.remedy.startsWith(u"Reload the list"_s);
        QTEST(saysSo, "isUnknown");
        const ApiOutcome listing = explain(listRule(), {}, answer(status, {}), m_facts.of());
        QVERIFY(!listing.explanation.contains(u"The book may be gone"_s));
    }

    void aDeleteWithoutAnAnswerMayHaveWorked()
    {
        const auto failed = [](const QString &request, ErrorCode code) {
            return explain(request, Error{code, u"What happened."_s}, u"books.contoso.com"_s);
        };
        const auto saysSo = [](const ApiOutcome &outcome) {
            return outcome.explanation.startsWith(u"What happened. The book may be gone"_s) &&
                   outcome.remedy.startsWith(u"Reload the list"_s);
        };
        const QString request = u"DELETE /api/v1/books/bk-0003"_s;
        for (const ErrorCode code : {net::errors::timedOut, net::errors::broken, net::errors::tooLarge,
                                     net::errors::stopped, bookdesk::errors::stopped}) {
            QVERIFY2(saysSo(failed(request, code)), qPrintable(code.toString()));
            QVERIFY2(!saysSo(failed(u"GET /api/v1/books"_s, code)), qPrintable(code.toString()));
        }
        for (const ErrorCode code : {net::errors::nameNotFound, net::errors::connectionFailed, net::errors::tlsFailed,
                                     net::errors::proxyRefused, net::errors::tokenWithheld, net::errors::urlRefused})
            QVERIFY2(!saysSo(failed(request, code)), qPrintable(code.toString()));
    }

    void aDeleteWithAnotherSuccessMayHaveWorked()
    {
        const auto explained = [this](const AccessRule &rule, int status) {
            return explain(rule, u"some request"_s, answer(status, "x"), m_facts.of()).explanation;
        };
        QVERIFY(explained(deleteRule(), 202).contains(u"The book may be gone"_s));
        QVERIFY(!explained(deleteRule(), 418).contains(u"The book may be gone"_s));
        QVERIFY(!explained(listRule(), 202).contains(u"The book may be gone"_s));
    }

    void kindCodesAreAllDifferent()
    {
        QSet<QString> codes;
        for (int kind = 0; kind <= static_cast<int>(OutcomeKind::refused); ++kind)
            codes.insert(kindCode(static_cast<OutcomeKind>(kind)));
        QCOMPARE(codes.size(), static_cast<int>(OutcomeKind::refused) + 1);
        QVERIFY(!codes.contains(QString()));
    }
};

QTEST_GUILESS_MAIN(ApiOutcomeTest)
#include "api-outcome-test.moc"
