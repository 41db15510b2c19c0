#include "net/auth-challenge.h"
#include "net/client-bench.h"
#include "net/errors.h"
#include "net/fake-server.h"
#include "net/http-client.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using net::HttpRequest;
using net::HttpResponse;
using tests::ClientBench;
using tests::FakeServer;
using tests::httpAnswer;
using tests::SeenRequest;

namespace {

QByteArray silence(const SeenRequest &) { return {}; }

FakeServer::Answer always(const QByteArray &answer)
{
    return [answer](const SeenRequest &) { return answer; };
}

QByteArray deflated(const QByteArray &body)
{
    // Without the length that Qt puts in front, it is what HTTP calls deflate.
    return httpAnswer("200 OK", {{"Content-Encoding"_ba, "deflate"_ba}}, qCompress(body).sliced(4));
}

HttpRequest requestTo(const QUrl &url, const QByteArray &method = "GET"_ba)
{
    HttpRequest request;
    request.method = method;
    request.url = url;
    return request;
}

QString codeOf(const Result<HttpResponse> &result)
{
    return result ? u"status %1"_s.arg(result->status) : result.error().code.toString();
}

/// A request under way, whose result can be looked at when it has come.
class Pending
{
public:
    Pending(net::HttpClient &client, const QUrl &url, std::stop_token stop = {})
        : m_task(keep(client.send(requestTo(url), std::move(stop)), m_code))
    {}

    QString code() const { return *m_code; }

private:
    static QCoro::Task<> keep(Task<HttpResponse> task, std::shared_ptr<QString> code)
    {
        const Result<HttpResponse> result = co_await task;
        *code = codeOf(result);
    }

    std::shared_ptr<QString> m_code = std::make_shared<QString>();
    QCoro::Task<> m_task;
};

} // namespace

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
    void readsCompressedAnswers();
    void keepsEveryChallenge();
    void takesAnyStatusForAnAnswer_data();
    void takesAnyStatusForAnAnswer();
    void followsNoRedirect_data();
    void followsNoRedirect();
    void refusesUntrustedAddresses();
    void saysWhyThereIsNoAnswer();
    void noticesThatAnAnswerBreaksOff_data();
    void noticesThatAnAnswerBreaksOff();
    void givesUpOnSilence();
    void givesUpOnATrickle();
    void refusesLargeAnswers_data();
    void refusesLargeAnswers();
    void survivesEndlessAnswers_data();
    void survivesEndlessAnswers();
    void stopsOnRequest();
    void stopsBeforeItBegins();
    void stopsWithItsOwner();
    void mayBeDestroyedByWhoeverWaits();
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
    QCOMPARE(response->body, R"({"books":[]})"_ba);
    QCOMPARE(net::headerValue(response->headers, "x-one"), "1"_ba);
    QVERIFY(response->redirectTarget.isEmpty());
    QCOMPARE(response->serverDate, TimePoint(std::chrono::seconds{784111777}));
    QVERIFY(response->exchangeId > 0);
    QCOMPARE(bench.log.find(response->exchangeId)->responseBody, uR"({"books":[]})"_s);
}

void HttpClientTest::readsCompressedAnswers()
{
    const QByteArray body = "some text "_ba.repeated(100);
    FakeServer server(always(deflated(body)));
    ClientBench bench;
    const auto response = bench.get(server.url());
    QVERIFY(response.has_value());
    QCOMPARE(response->body, body);
    QCOMPARE(bench.log.exchanges().back().responseBody.toUtf8(), body);
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
    ClientBench bench;
    HttpRequest request = requestTo(server.url());
    request.bearer = Secret("abc.def.ghi");
    const auto response = bench.send(request);
    QCOMPARE(codeOf(response), u"status %1"_s.arg(status));
    QCOMPARE(response->body, body);
    QCOMPARE(net::headerValue(response->headers, "WWW-Authenticate").value_or(QByteArray()), challenge);
    QCOMPARE(server.requests().size(), std::size_t{1});
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

void HttpClientTest::saysWhyThereIsNoAnswer()
{
    QUrl deserted;
    {
        FakeServer gone(silence);
        deserted = gone.url();
    }
    ClientBench bench;
    const auto refused = bench.get(deserted);
    QCOMPARE(codeOf(refused), u"net.connection-failed"_s);
    QVERIFY(refused.error().message.contains(deserted.authority()));
    QVERIFY(refused.error().details.contains(deserted.authority()));
    QCOMPARE(bench.log.exchanges().back().status, 0);
    QCOMPARE(bench.log.exchanges().back().failure, refused.error().message);

    const auto unknown = bench.get(QUrl(u"https://no-such-host.invalid/"_s));
    QCOMPARE(codeOf(unknown), u"net.name-not-found"_s);
    QVERIFY(unknown.error().message.contains("no-such-host.invalid"_L1));
}

void HttpClientTest::noticesThatAnAnswerBreaksOff_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("before the status") << "HTTP/1"_ba;
    QTest::newRow("no HTTP at all") << "SSH-2.0-OpenSSH_9.2\r\n\r\n"_ba;
    QTest::newRow("in the headers") << "HTTP/1.1 200 OK\r\nContent-Le"_ba;
    QTest::newRow("in the body") << "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"books\":"_ba;
    QTest::newRow("in a compressed body")
        << "HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\nContent-Length: 6\r\n\r\nabcdef"_ba;
    QTest::newRow("in the body of an error") << "HTTP/1.1 403 Forbidden\r\nContent-Length: 100\r\n\r\n{\"det"_ba;
}

void HttpClientTest::noticesThatAnAnswerBreaksOff()
{
    QFETCH(const QByteArray, answer);
    FakeServer server(always(answer));
    server.closeAfterAnswers();
    ClientBench bench;
    QCOMPARE(codeOf(bench.get(server.url())), u"net.broken"_s);
    QVERIFY(!bench.log.exchanges().back().failure.isEmpty());
}

void HttpClientTest::givesUpOnSilence()
{
    FakeServer server(silence);
    net::Limits limits = tests::patientLimits();
    limits.transfer = std::chrono::milliseconds{200};
    ClientBench bench(limits);
    const auto result = bench.get(server.url());
    QCOMPARE(codeOf(result), u"net.timed-out"_s);
    QVERIFY(result.error().message.contains(server.url().authority()));
    QCOMPARE(bench.log.exchanges().back().failure, result.error().message);
}

void HttpClientTest::givesUpOnATrickle()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QTimer drip;
    connect(&server, &QTcpServer::newConnection, &drip, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        socket->write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        connect(&drip, &QTimer::timeout, socket, [socket] { socket->write("x"); });
        drip.start(20);
    });
    net::Limits limits = tests::patientLimits();
    limits.whole = std::chrono::milliseconds{400};
    ClientBench bench(limits);
    QCOMPARE(codeOf(bench.get(QUrl(u"http://127.0.0.1:%1/"_s.arg(server.serverPort())))), u"net.timed-out"_s);
}

void HttpClientTest::refusesLargeAnswers_data()
{
    const QByteArray body(3000, 'x');
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("code");
    QTest::newRow("announced") << httpAnswer("200 OK", {}, body) << u"net.too-large"_s;
    QTest::newRow("announced and never sent")
        << "HTTP/1.1 200 OK\r\nContent-Length: 3000\r\n\r\n"_ba << u"net.too-large"_s;
    QTest::newRow("without a length") << "HTTP/1.1 200 OK\r\n\r\n" + body << u"net.too-large"_s;
    QTest::newRow("in chunks") << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nBB8\r\n" + body
                               << u"net.too-large"_s;
    QTest::newRow("an error's") << httpAnswer("500 Oops", {}, body) << u"net.too-large"_s;
    QTest::newRow("compressed") << deflated(body) << u"net.too-large"_s;
    QTest::newRow("compressed beyond reason") << deflated(QByteArray(50'000'000, 'x')) << u"net.broken"_s;
    QTest::newRow("just small enough") << httpAnswer("200 OK", {}, body.first(2000)) << u"status 200"_s;
}

void HttpClientTest::refusesLargeAnswers()
{
    QFETCH(const QByteArray, answer);
    FakeServer server(always(answer));
    net::Limits limits = tests::patientLimits();
    limits.responseBytes = 2000;
    ClientBench bench(limits);
    QTEST(codeOf(bench.get(server.url())), "code");
}

void HttpClientTest::survivesEndlessAnswers_data()
{
    QTest::addColumn<QByteArray>("statusLine");
    QTest::addColumn<QString>("code");
    QTest::newRow("with the books") << "200 OK"_ba << u"net.too-large"_s;
    QTest::newRow("with an error") << "500 Oops"_ba << u"net.too-large"_s;
    // Qt shows nothing of a 401 before its end, so that time is what bounds it.
    QTest::newRow("with a refusal") << "401 Unauthorized"_ba << u"net.timed-out"_s;
}

void HttpClientTest::survivesEndlessAnswers()
{
    QFETCH(const QByteArray, statusLine);
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, &server, [&server, statusLine] {
        QTcpSocket *socket = server.nextPendingConnection();
        const auto pour = [socket] {
            if (socket->bytesToWrite() < 100'000)
                socket->write(QByteArray(100'000, 'x'));
        };
        connect(socket, &QTcpSocket::bytesWritten, socket, pour);
        socket->write("HTTP/1.1 " + statusLine + "\r\n\r\n");
    });
    net::Limits limits = tests::patientLimits();
    limits.transfer = std::chrono::milliseconds{300};
    limits.responseBytes = 100'000;
    ClientBench bench(limits);
    QTEST(codeOf(bench.get(QUrl(u"http://127.0.0.1:%1/"_s.arg(server.serverPort())))), "code");
}

void HttpClientTest::stopsOnRequest()
{
    FakeServer server(silence);
    QSignalSpy requested(&server, &FakeServer::requested);
    QSignalSpy disconnected(&server, &FakeServer::disconnected);
    ClientBench bench;
    std::stop_source stop;
    const Pending pending(*bench.client, server.url(), stop.get_token());
    QVERIFY(requested.wait());
    QCOMPARE(pending.code(), QString());
    stop.request_stop();
    QCOMPARE(pending.code(), u"net.stopped"_s);
    QVERIFY(!bench.log.exchanges().back().failure.isEmpty());
    QVERIFY(disconnected.size() > 0 || disconnected.wait());
}

void HttpClientTest::stopsBeforeItBegins()
{
    FakeServer server(silence);
    ClientBench bench;
    std::stop_source stop;
    stop.request_stop();
    const Pending pending(*bench.client, server.url(), stop.get_token());
    QCOMPARE(pending.code(), u"net.stopped"_s);
    QVERIFY(bench.log.exchanges().empty());
}

void HttpClientTest::stopsWithItsOwner()
{
    FakeServer server(silence);
    QSignalSpy requested(&server, &FakeServer::requested);
    QSignalSpy disconnected(&server, &FakeServer::disconnected);
    ClientBench bench;
    const Pending first(*bench.client, server.url());
    const Pending second(*bench.client, server.url());
    QTRY_COMPARE(requested.size(), 2);
    bench.client.reset();
    QCOMPARE(first.code(), u"net.stopped"_s);
    QCOMPARE(second.code(), u"net.stopped"_s);
    QTRY_COMPARE(disconnected.size(), 2);
}

void HttpClientTest::mayBeDestroyedByWhoeverWaits()
{
    FakeServer server(always(httpAnswer("200 OK")));
    const auto bench = std::make_shared<std::unique_ptr<ClientBench>>(std::make_unique<ClientBench>());
    const auto destroyWhenAnswered = [](std::shared_ptr<std::unique_ptr<ClientBench>> owner,
                                        QUrl url) -> QCoro::Task<QString> {
        const Result<HttpResponse> result = co_await (*owner)->client->send(requestTo(url));
        owner->reset();
        co_return codeOf(result);
    };
    QCOMPARE(QCoro::waitFor(destroyWhenAnswered(bench, server.url())), u"status 200"_s);
    QVERIFY(!*bench);
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
