#include "net/auth-challenge.h"
#include "net/client-bench.h"
#include "net/fake-server.h"
#include "net/http-client.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using net::HttpRequest;
using net::HttpResponse;
using test::always;
using test::ClientBench;
using test::codeOf;
using test::deflated;
using test::FakeServer;
using test::httpAnswer;
using test::Pending;
using test::requestTo;
using test::SeenRequest;

class HttpClientTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsWhatItIsGiven();
    void sendsEveryMethod_data();
    void sendsEveryMethod();
    void needsNoBodyAfterHead();
    void keepsThePathAsEncoded();
    void givesBackTheAnswer();
    void takesAnApisAnswerOfManyMegabytes();
    void readsCompressedAnswers();
    void keepsEveryChallenge();
    void takesAnyStatusForAnAnswer_data();
    void takesAnyStatusForAnAnswer();
    void a304MayNameTheLengthOfWhatItDoesNotSend();
    void followsNoRedirect_data();
    void followsNoRedirect();
    void refusesUntrustedAddresses();
    void servesManyAtOnce();
    void encodesForms();
};

void HttpClientTest::sendsWhatItIsGiven()
{
    FakeServer server(always(httpAnswer("200 OK")));
    ClientBench bench;
    HttpRequest request = requestTo(server.url(u"/token"_s), "POST"_ba);
    request.headers = {{"Content-Type"_ba, "application/x-www-form-urlencoded"_ba}, {"X-Extra"_ba, "1"_ba}};
    request.bearer = Secret("abc.def.ghi");
    request.body = Secret("grant_type=refresh_token&refresh_token=0.secret");
    QCOMPARE(codeOf(bench.send(request)), u"status 200"_s);

    QCOMPARE(server.requests().size(), std::size_t{1});
    const SeenRequest &seen = server.requests().front();
    QCOMPARE(seen.method, "POST"_ba);
    QCOMPARE(seen.target, "/token"_ba);
    QCOMPARE(seen.body, "grant_type=refresh_token&refresh_token=0.secret"_ba);
    QCOMPARE(net::headerValue(seen.headers, "Authorization"), "Bearer abc.def.ghi"_ba);
    QCOMPARE(net::headerValue(seen.headers, "X-Extra"), "1"_ba);
    QVERIFY(net::headerValue(seen.headers, "User-Agent")->startsWith("Bookdesk/"));
    QVERIFY(!net::headerValue(seen.headers, "Cookie"));
}

void HttpClientTest::sendsEveryMethod_data()
{
    QTest::addColumn<QByteArray>("method");
    for (const char *method : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
        QTest::newRow(method) << QByteArray(method);
}

void HttpClientTest::sendsEveryMethod()
{
    QFETCH(const QByteArray, method);
    FakeServer server(always("HTTP/1.1 204 No Content\r\n\r\n"_ba));
    ClientBench bench;
    HttpRequest request = requestTo(server.url(), method);
    request.headers = {{"Content-Type"_ba, "text/plain"_ba}};
    QCOMPARE(codeOf(bench.send(request)), u"status 204"_s);
    QCOMPARE(server.requests().front().method, method);
    QCOMPARE(bench.log.exchanges().front().method, method);
}

void HttpClientTest::needsNoBodyAfterHead()
{
    FakeServer server(always("HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n"_ba));
    ClientBench bench;
    QCOMPARE(codeOf(bench.send(requestTo(server.url(), "HEAD"_ba))), u"status 200"_s);
}

void HttpClientTest::keepsThePathAsEncoded()
{
    FakeServer server(always(httpAnswer("200 OK")));
    ClientBench bench;
    QUrl url = server.url();
    url.setPath(u"/api/v1/books/a%2Fb%20c%3F%25%C3%BC"_s, QUrl::StrictMode);
    QCOMPARE(codeOf(bench.send(requestTo(url, "DELETE"_ba))), u"status 200"_s);
    QCOMPARE(server.requests().front().target, "/api/v1/books/a%2Fb%20c%3F%25%C3%BC"_ba);
}

void HttpClientTest::givesBackTheAnswer()
{
    FakeServer server(always(httpAnswer(
        "200 Fine", {{"Date"_ba, "Sun, 06 Nov 1994 08:49:37 GMT"_ba}, {"X-One"_ba, "1"_ba}}, R"({"books":[]})"_ba)));
    ClientBench bench;
    const auto response = bench.get(server.url());
    QVERIFY(response.has_value());
    QCOMPARE(response->status, 200);
    QCOMPARE(response->reason, u"Fine"_s);
    QCOMPARE(response->body.reveal(), R"({"books":[]})"_ba);
    QCOMPARE(net::headerValue(response->headers, "x-one"), "1"_ba);
    QVERIFY(response->redirectTarget.isEmpty());
    QCOMPARE(response->serverDate, TimePoint(std::chrono::seconds{784111777}));
    QVERIFY(response->exchangeId > 0);
    QCOMPARE(bench.log.find(response->exchangeId)->responseBody, uR"({"books":[]})"_s);
}

void HttpClientTest::takesAnApisAnswerOfManyMegabytes()
{
    const QByteArray body(20'000'000, 'x');
    FakeServer server(always(httpAnswer("200 OK", {}, body)));
    ClientBench bench{net::Limits()};
    const auto response = bench.get(server.url());
    QVERIFY(response.has_value());
    QCOMPARE(response->body.size(), body.size());
}

void HttpClientTest::readsCompressedAnswers()
{
    const QByteArray body = "some text "_ba.repeated(100);
    FakeServer server(always(deflated(body)));
    ClientBench bench;
    const auto response = bench.get(server.url());
    QVERIFY(response.has_value());
    QCOMPARE(response->body.reveal(), body);
    QCOMPARE(bench.log.exchanges().back().responseBody.toUtf8(), body);
    QCOMPARE(net::headerValue(server.requests().back().headers, "Accept-Encoding"), "gzip"_ba);
}

void HttpClientTest::keepsEveryChallenge()
{
    FakeServer server(always(httpAnswer("401 Unauthorized", {{"WWW-Authenticate"_ba, R"(Basic realm="a, b")"_ba},
                                                             {"WWW-Authenticate"_ba, R"(Bearer error="x")"_ba}})));
    ClientBench bench;
    const auto response = bench.get(server.url());
    QVERIFY(response.has_value());
    const auto challenges = net::readChallenges(response->headers);
    QCOMPARE(challenges.size(), std::size_t{2});
    QCOMPARE(challenges[0].parameter(u"realm"), u"a, b"_s);
    QCOMPARE(challenges[1].scheme, u"Bearer"_s);
    QCOMPARE(challenges[1].parameter(u"error"), u"x"_s);
}

void HttpClientTest::takesAnyStatusForAnAnswer_data()
{
    QTest::addColumn<QByteArray>("statusLine");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("challenge");
    QTest::newRow("201") << "201 Created"_ba << 201 << QByteArray();
    QTest::newRow("300") << "300 Multiple Choices"_ba << 300 << QByteArray();
    QTest::newRow("304") << "304 Not Modified"_ba << 304 << QByteArray();
    QTest::newRow("400") << "400 Bad Request"_ba << 400 << QByteArray();
    QTest::newRow("401 without a challenge") << "401 Unauthorized"_ba << 401 << QByteArray();
    QTest::newRow("401 with Bearer") << "401 Unauthorized"_ba << 401 << "Bearer"_ba;
    QTest::newRow("401 with Basic") << "401 Unauthorized"_ba << 401 << "Basic realm=\"x\""_ba;
    QTest::newRow("401 with Digest") << "401 Unauthorized"_ba << 401 << "Digest realm=\"x\", nonce=\"1\""_ba;
    QTest::newRow("401 with Negotiate") << "401 Unauthorized"_ba << 401 << "Negotiate"_ba;
    QTest::newRow("403") << "403 Forbidden"_ba << 403 << QByteArray();
    QTest::newRow("404") << "404 Not Found"_ba << 404 << QByteArray();
    QTest::newRow("405") << "405 Method Not Allowed"_ba << 405 << QByteArray();
    QTest::newRow("407") << "407 Proxy Authentication Required"_ba << 407 << QByteArray();
    QTest::newRow("409") << "409 Conflict"_ba << 409 << QByteArray();
    QTest::newRow("410") << "410 Gone"_ba << 410 << QByteArray();
    QTest::newRow("418") << "418 I'm a teapot"_ba << 418 << QByteArray();
    QTest::newRow("429") << "429 Too Many Requests"_ba << 429 << QByteArray();
    QTest::newRow("500") << "500 Internal Server Error"_ba << 500 << QByteArray();
    QTest::newRow("501") << "501 Not Implemented"_ba << 501 << QByteArray();
    QTest::newRow("503") << "503 Service Unavailable"_ba << 503 << QByteArray();
    QTest::newRow("599") << "599 Odd"_ba << 599 << QByteArray();
}

void HttpClientTest::takesAnyStatusForAnAnswer()
{
    QFETCH(const QByteArray, statusLine);
    QFETCH(const int, status);
    QFETCH(const QByteArray, challenge);
    net::Headers headers;
    if (!challenge.isEmpty())
        headers.emplace_back("WWW-Authenticate"_ba, challenge);
    const QByteArray body = status == 304 ? QByteArray() : R"({"detail":"Because"})"_ba;
    FakeServer server(always(httpAnswer(statusLine, headers, body)));
    ClientBench bench(test::limitsWithoutRetries());
    HttpRequest request = requestTo(server.url());
    request.bearer = Secret("abc.def.ghi");
    const auto response = bench.send(request);
    QCOMPARE(codeOf(response), u"status %1"_s.arg(status));
    QCOMPARE(response->body.reveal(), body);
    QCOMPARE(net::headerValue(response->headers, "WWW-Authenticate").value_or(QByteArray()), challenge);
    QCOMPARE(server.requests().size(), std::size_t{1});
}

void HttpClientTest::a304MayNameTheLengthOfWhatItDoesNotSend()
{
    FakeServer server(always("HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n"_ba));
    ClientBench bench;
    QCOMPARE(codeOf(bench.send(requestTo(server.url()))), u"status 304"_s);
}

void HttpClientTest::followsNoRedirect_data()
{
    QTest::addColumn<QByteArray>("statusLine");
    QTest::newRow("301") << "301 Moved Permanently"_ba;
    QTest::newRow("302") << "302 Found"_ba;
    QTest::newRow("303") << "303 See Other"_ba;
    QTest::newRow("307") << "307 Temporary Redirect"_ba;
    QTest::newRow("308") << "308 Permanent Redirect"_ba;
}

void HttpClientTest::followsNoRedirect()
{
    QFETCH(const QByteArray, statusLine);
    FakeServer other(always(httpAnswer("200 OK")));
    const QByteArray target = other.url(u"/collect?x=%20"_s).toEncoded();
    FakeServer server([&](const SeenRequest &request) {
        return httpAnswer(statusLine, {{"Location"_ba, request.target == "/near" ? "../far?y=1"_ba : target}});
    });
    ClientBench bench;
    HttpRequest request = requestTo(server.url());
    request.bearer = Secret("abc.def.ghi");
    const auto response = bench.send(request);
    QVERIFY(response.has_value());
    QCOMPARE(response->status, statusLine.first(3).toInt());
    QCOMPARE(response->redirectTarget, QUrl::fromEncoded(target));

    const auto relative = bench.get(server.url(u"/near"_s));
    QVERIFY(relative.has_value());
    QCOMPARE(relative->redirectTarget, server.url(u"/far?y=1"_s));
    QCOMPARE(server.requests().size(), std::size_t{2});
    QCOMPARE(other.connections(), 0);
}

void HttpClientTest::refusesUntrustedAddresses()
{
    ClientBench bench;
    for (const QString &url : {u"http://books.example.org/"_s, u"file:///etc/hostname"_s, u"data:,x"_s, u"/list"_s})
        QCOMPARE(codeOf(bench.get(QUrl(url))), u"net.url-refused"_s);
    QVERIFY(bench.log.exchanges().empty());
}

void HttpClientTest::servesManyAtOnce()
{
    FakeServer server([](const SeenRequest &request) { return httpAnswer("200 OK", {}, request.target); });
    ClientBench bench;
    std::vector<std::unique_ptr<Pending>> all;
    for (int i = 0; i < 30; ++i)
        all.push_back(std::make_unique<Pending>(*bench.client, server.url(u"/%1"_s.arg(i))));
    for (const auto &one : all)
        QTRY_COMPARE(one->code(), u"status 200"_s);
    QCOMPARE(server.requests().size(), all.size());
    QCOMPARE(bench.log.exchanges().size(), all.size());
}

void HttpClientTest::encodesForms()
{
    const net::FormFields fields{{"grant_type"_ba, Secret("authorization_code")},
                                 {"code"_ba, Secret("a+b/c=d&e f%g!*'()~\xc3\xbc\n")},
                                 {"state x"_ba, Secret()}};
    QCOMPARE(net::encodeForm(fields).reveal().toByteArray(),
             "grant_type=authorization_code&code=a%2Bb%2Fc%3Dd%26e%20f%25g%21%2A%27%28%29%7E%C3%BC%0A&state%20x="_ba);
    QVERIFY(net::encodeForm({}).isEmpty());
}

QTEST_GUILESS_MAIN(HttpClientTest)
#include "http-client-test.moc"
