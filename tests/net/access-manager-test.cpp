#include "net/access-manager.h"
#include "net/client-bench.h"
#include "net/fake-server.h"

#include <QAuthenticator>
#include <QBuffer>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using net::Exchange;
using test::ClientBench;
using test::FakeServer;
using test::httpAnswer;
using test::SeenRequest;

namespace {

constexpr auto formType = "application/x-www-form-urlencoded";

QByteArray echo(const SeenRequest &request)
{
    QByteArray body = request.method + ' ' + request.target + '\n' + request.body + '\n';
    for (const auto &[name, value] : request.headers)
        body += name + " = " + value + '\n';
    return httpAnswer("200 OK", {{"X-Echo"_ba, request.body.left(500).simplified()}}, body);
}

/// Everything that an exchange shows, in one text.
QString shown(const Exchange &exchange)
{
    QStringList lines{exchange.url, exchange.requestBody, exchange.reason, exchange.responseBody, exchange.failure};
    for (const net::Headers &headers : {exchange.requestHeaders, exchange.responseHeaders}) {
        for (const auto &[name, value] : headers)
            lines += QString::fromUtf8(name + ": " + value);
    }
    return lines.join(u'\n');
}

const Exchange &last(const ClientBench &bench) { return bench.log.exchanges().back(); }

} // namespace

class AccessManagerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordsAnExchange();
    void leavesTheBodiesToTheirConsumers();
    void removesTheBearer();
    void removesSecretFields();
    void removesTokensFromAnswers();
    void recordsATokenResponseWithoutItsTokens();
    void knowsBothSpellingsOfABlank();
    void removesCookies();
    void keepsTextOnly();
    void keepsTheBeginningOfLargeBodies();
    void cutsNoSecretInTwo();
    void cutsOnlyWhatIsLongerThanAMegabyte();
    void keepsOneMegabyteOfAnAnswer();
    void stopsAnExchange();
    void keepsNoCookies();
    void logsInToNoServer();
    void callsNoUntrustedAddress();
    void endsWhatIsUnderWayWhenItGoes();
};

void AccessManagerTest::recordsAnExchange()
{
    FakeServer server([](const SeenRequest &) {
        return httpAnswer("404 Nowhere", {{"X-One"_ba, "1"_ba}}, "Hello"_ba);
    });
    Redactor redactor;
    net::ExchangeLog log;
    const TimePoint now{std::chrono::seconds{1'700'000'000}};
    net::AccessManager manager(
        log, redactor, [now] { return now; }, {}, test::patientLimits());
    QNetworkRequest request(server.url(u"/a?b=c"_s));
    request.setRawHeader("X-Two"_ba, "2"_ba);
    QNetworkReply *reply = manager.get(request);
    const std::int64_t id = net::AccessManager::exchangeId(reply);
    QVERIFY(log.find(id)->isUnderWay());
    QCOMPARE(log.find(id)->started, now);
    QCOMPARE(log.find(id)->status, 0);
    QCOMPARE(log.find(id)->url, server.url(u"/a?b=c"_s).toString());
    std::int64_t idWhenFinished = 0;
    connect(reply, &QNetworkReply::finished, this, [&] { idWhenFinished = net::AccessManager::exchangeId(reply); });
    QTRY_COMPARE(idWhenFinished, id);

    const Exchange &exchange = *log.find(idWhenFinished);
    QCOMPARE(exchange.started, now);
    QVERIFY(!exchange.isUnderWay());
    QVERIFY(exchange.duration->count() >= 0);
    QCOMPARE(exchange.method, "GET"_ba);
    QCOMPARE(exchange.url, server.url(u"/a?b=c"_s).toString());
    QCOMPARE(net::headerValue(exchange.requestHeaders, "x-two"), "2"_ba);
    QCOMPARE(exchange.status, 404);
    QCOMPARE(exchange.reason, u"Nowhere"_s);
    QCOMPARE(net::headerValue(exchange.responseHeaders, "x-one"), "1"_ba);
    QCOMPARE(exchange.responseBody, u"Hello"_s);
    QCOMPARE(exchange.failure, QString());
}

void AccessManagerTest::leavesTheBodiesToTheirConsumers()
{
    FakeServer server([](const SeenRequest &request) { return httpAnswer("200 OK", {}, request.body); });
    ClientBench bench;
    QByteArray data = "skipped:" + "some text "_ba.repeated(30'000);
    QBuffer device(&data);
    QVERIFY(device.open(QIODevice::ReadOnly));
    device.seek(8);
    QNetworkRequest request(server.url());
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"text/plain"_s);
    QByteArray got;
    QNetworkReply *reply = bench.manager.post(request, &device);
    connect(reply, &QNetworkReply::finished, this, [&] { got = reply->readAll(); });
    QTRY_COMPARE(got.size(), data.size() - 8);
    QCOMPARE(got, data.sliced(8));
    QCOMPARE(server.requests().front().body, data.sliced(8));
    QCOMPARE(last(bench).requestBody.size(), data.size() - 8);
    QVERIFY(last(bench).requestBody.startsWith(u"some text some"_s));
}

void AccessManagerTest::removesTheBearer()
{
    FakeServer server(echo);
    ClientBench bench;
    net::HttpRequest request;
    request.url = server.url(u"/list?again=opaque%2Bbearer.0123"_s);
    request.bearer = Secret("opaque+bearer.0123");
    const auto response = bench.send(request);
    QVERIFY(response.has_value());
    QVERIFY(response->body.reveal().contains("opaque+bearer.0123"));
    QVERIFY(!shown(last(bench)).contains("bearer.0123"_L1));
    QVERIFY(last(bench).responseBody.contains(removedMark()));
    QCOMPARE(net::headerValue(last(bench).requestHeaders, "Authorization"), ("Bearer "_L1 + removedMark()).toUtf8());

    // Where nobody expects it: in the reason phrase, and as a header's name.
    FakeServer odd([](const SeenRequest &) {
        return httpAnswer("404 No opaque+bearer.0123", {{"X-opaque+bearer.0123", "1"}}, {});
    });
    QVERIFY(bench.get(odd.url()).has_value());
    QVERIFY(!shown(last(bench)).contains("bearer.0123"_L1));
    QCOMPARE(last(bench).reason, u"No "_s + removedMark());

    // A server may also come back to a token of earlier.
    FakeServer later([](const SeenRequest &) { return httpAnswer("200 OK", {}, "opaque+bearer.0123"_ba); });
    QVERIFY(bench.get(later.url()).has_value());
    QCOMPARE(last(bench).responseBody, removedMark());
}

void AccessManagerTest::removesSecretFields()
{
    FakeServer server(echo);
    ClientBench bench;
    net::HttpRequest request;
    request.method = "POST"_ba;
    request.url = server.url();
    request.headers = {{"Content-Type"_ba, formType}};
    request.body = net::encodeForm({{"client_id"_ba, Secret("the-client-id")},
                                    {"code"_ba, Secret("1.AUTHCODE +/=!*$")},
                                    {"code_verifier"_ba, Secret("VERIFIER-0123456789")},
                                    {"refresh_token"_ba, Secret("0.REFRESH_abc-~")}});
    const auto response = bench.send(request);
    QVERIFY(response.has_value());
    QVERIFY(response->body.reveal().contains("VERIFIER"));
    const QString text = shown(last(bench));
    QVERIFY2(!text.contains("AUTHCODE"_L1), qPrintable(text));
    QVERIFY2(!text.contains("VERIFIER"_L1), qPrintable(text));
    QVERIFY2(!text.contains("REFRESH_abc"_L1), qPrintable(text));
    QVERIFY(text.contains("the-client-id"_L1));

    // The values themselves are known from now on, decoded too.
    FakeServer later([](const SeenRequest &) {
        return httpAnswer("200 OK", {}, "got 1.AUTHCODE +/=!*$ and 0.REFRESH_abc-~ and VERIFIER-0123456789."_ba);
    });
    QVERIFY(bench.get(later.url()).has_value());
    QCOMPARE(last(bench).responseBody, u"got %1 and %1 and %1."_s.arg(removedMark()));
}

void AccessManagerTest::removesTokensFromAnswers()
{
    FakeServer server([](const SeenRequest &) {
        return httpAnswer(
            "302 Found", {{"Location"_ba, "http://localhost:1/?code=0.LOCATIONCODE&state=1"_ba}},
            R"({"token_type":"Bearer","access_token":"ACCESS-opaque","refresh_token" : "0.R\"EFRESH","scope":"openid"})"_ba);
    });
    ClientBench bench;
    QVERIFY(bench.get(server.url()).has_value());
    const QString text = shown(last(bench));
    QVERIFY2(!text.contains("ACCESS-opaque"_L1), qPrintable(text));
    QVERIFY2(!text.contains("EFRESH"_L1), qPrintable(text));
    QVERIFY2(!text.contains("LOCATIONCODE"_L1), qPrintable(text));
    QVERIFY(text.contains("\"scope\":\"openid\""_L1));
}

void AccessManagerTest::recordsATokenResponseWithoutItsTokens()
{
    FakeServer server([](const SeenRequest &) {
        return httpAnswer("200 OK", {}, R"({ "access_token": "ACCESS", "expires_in": 3599, "scope": "openid" })"_ba);
    });
    ClientBench bench;
    net::HttpRequest request;
    request.kind = net::RequestKind::tokens;
    request.method = "POST"_ba;
    request.url = server.url();
    request.headers = {{"Content-Type"_ba, formType}};
    request.body = net::encodeForm({{"grant_type"_ba, Secret("authorization_code")}, {"code"_ba, Secret("a+b c")}});
    const auto response = bench.send(request);
    QVERIFY(response.has_value());
    QVERIFY(response->body.reveal().contains("ACCESS"));
    QCOMPARE(last(bench).requestBody, u"grant_type=authorization_code&code=%1"_s.arg(removedMark()));
    QCOMPARE(last(bench).responseBody,
             u"{\"access_token\":\"%1\",\"expires_in\":3599,\"scope\":\"openid\"}"_s.arg(removedMark()));
}

/// Forms may have a `+` for a blank, and a server may echo the value either way.
void AccessManagerTest::knowsBothSpellingsOfABlank()
{
    FakeServer server(
        [](const SeenRequest &) { return httpAnswer("200 OK", {}, "FIRST+SECOND-PART FIRST SECOND-PART"_ba); });
    ClientBench bench;
    net::HttpRequest request;
    request.method = "POST"_ba;
    request.url = server.url();
    request.headers = {{"Content-Type"_ba, formType}};
    request.body = Secret("password=FIRST+SECOND%2DPART");
    QVERIFY(bench.send(request).has_value());
    QVERIFY2(last(bench).responseBody.endsWith(removedMark()), qPrintable(last(bench).responseBody));
    request.body = Secret("password=FIRST+SECOND-PART");
    QVERIFY(bench.send(request).has_value());
    QCOMPARE(last(bench).responseBody, u"%1 %1"_s.arg(removedMark()));
}

void AccessManagerTest::removesCookies()
{
    FakeServer server([](const SeenRequest &) {
        return httpAnswer("200 OK", {{"Set-Cookie"_ba, "a=SESSION1"_ba}, {"Set-Cookie"_ba, "b=SESSION2"_ba}});
    });
    ClientBench bench;
    QVERIFY(bench.get(server.url()).has_value());
    QVERIFY(!shown(last(bench)).contains("SESSION"_L1));
    QVERIFY(net::headerValue(last(bench).responseHeaders, "Set-Cookie"));
}

void AccessManagerTest::keepsTextOnly()
{
    FakeServer server([](const SeenRequest &) { return httpAnswer("200 OK", {}, "\x89PNG\r\n\x1a\n\xff\xfe"_ba); });
    ClientBench bench;
    const auto response = bench.get(server.url());
    QVERIFY(response.has_value());
    QCOMPARE(response->body.reveal(), "\x89PNG\r\n\x1a\n\xff\xfe"_ba);
    QCOMPARE(last(bench).responseBody, u"(not text)"_s);
}

void AccessManagerTest::keepsTheBeginningOfLargeBodies()
{
    // Three-byte characters, so that the end of what is looked at falls into one.
    const QString body = u"\u20ac"_s.repeated(9) + u"\u20ac \u20ac"_s.repeated(40'000);
    FakeServer server([&body](const SeenRequest &) { return httpAnswer("200 OK", {}, body.toUtf8()); });
    ClientBench bench;
    // All of it may be there at any time after that.
    QString first;
    connect(&bench.log, &net::ExchangeLog::ended, this, [&] { first = last(bench).responseBody; });
    const auto response = bench.get(server.url());
    QVERIFY(response.has_value());
    QCOMPARE(response->body.reveal(), body.toUtf8());
    QVERIFY(first.size() > 16 * 1024);
    QVERIFY(first.toUtf8().size() <= 80 * 1024);
    QVERIFY(body.startsWith(first));
}

void AccessManagerTest::cutsNoSecretInTwo()
{
    const QByteArray token = "eyJhbGciOiJSUzI1NiJ9." + QByteArray(1200, 'p') + '.' + QByteArray(300, 's');
    const QByteArray opaque = "OPAQUE-" + QByteArray(2000, 'q');
    for (qsizetype before = 60 * 1024; before < 84 * 1024; before += 500) {
        const QByteArray secret = before % 1000 == 0 ? token : opaque;
        const QByteArray body = QByteArray(before - 1, 'x') + ' ' + secret + " the end"_ba;
        FakeServer server([&body](const SeenRequest &) { return httpAnswer("200 OK", {}, body); });
        ClientBench bench;
        bench.redactor.learn(Secret(opaque));
        QString first;
        connect(&bench.log, &net::ExchangeLog::ended, this, [&] { first = last(bench).responseBody; });
        QVERIFY(bench.get(server.url()).has_value());
        QVERIFY(!last(bench).responseBody.contains("eyJ"_L1));
        QVERIFY(!last(bench).responseBody.contains("OPAQUE"_L1));
        QVERIFY(!first.contains("eyJ"_L1));
        QVERIFY(!first.contains("OPAQUE"_L1));
        QVERIFY(first.size() <= 64 * 1024);
        QThreadPool::globalInstance()->clear(); // Only the first part matters here.
    }
}

void AccessManagerTest::keepsOneMegabyteOfAnAnswer()
{
    const QByteArray secret = "OPAQUE-" + QByteArray(2000, 'q');
    const QByteArray body = "begin "_ba + secret + QByteArray(1'100'000, ' ') + " more"_ba;
    FakeServer server([&body](const SeenRequest &) { return httpAnswer("200 OK", {}, body); });
    ClientBench bench(test::limitsWith({4 * 1024 * 1024, std::chrono::seconds{60}}));
    bench.redactor.learn(Secret(secret));
    QVERIFY(bench.get(server.url()).has_value());
    QCOMPARE(last(bench).responseBytes, qint64{body.size()});
    QVERIFY(last(bench).isResponseBodyCut);
    QTRY_COMPARE_WITH_TIMEOUT(last(bench).responseBody.size(), 1'000'000, 30'000);
    QVERIFY(last(bench).isResponseBodyCut);
    QVERIFY(last(bench).responseBody.startsWith(u"begin "_s + removedMark()));

    // All of it where it is smaller.
    const QByteArray smaller = body.first(100'000) + "end"_ba;
    FakeServer other([&smaller](const SeenRequest &) { return httpAnswer("200 OK", {}, smaller); });
    QVERIFY(bench.get(other.url()).has_value());
    QTRY_VERIFY_WITH_TIMEOUT(!last(bench).isResponseBodyCut, 30'000);
    QVERIFY(last(bench).responseBody.endsWith(u" end"_s));
}

void AccessManagerTest::cutsOnlyWhatIsLongerThanAMegabyte()
{
    for (const qsizetype size : {1'000'000, 1'000'001}) {
        const QByteArray body = QByteArray(size - 1, ' ') + 'x';
        FakeServer server([&body](const SeenRequest &) { return httpAnswer("200 OK", {}, body); });
        ClientBench bench(test::limitsWith({4 * 1024 * 1024, std::chrono::seconds{60}}));
        QVERIFY(bench.get(server.url()).has_value());
        QTRY_COMPARE_WITH_TIMEOUT(last(bench).responseBody.size(), 1'000'000, 30'000);
        QCOMPARE(last(bench).isResponseBodyCut, size > 1'000'000);
        QCOMPARE(last(bench).responseBytes, qint64{size});
    }
}

void AccessManagerTest::stopsAnExchange()
{
    FakeServer silent([](const SeenRequest &) { return QByteArray(); });
    ClientBench bench(test::limitsWithoutRetries());
    const test::Pending pending(*bench.client, silent.url());
    QTRY_VERIFY(!silent.requests().empty());
    bench.manager.stop(last(bench).id + 1);
    QVERIFY(last(bench).isUnderWay());
    bench.manager.stop(last(bench).id);
    QVERIFY(!last(bench).isUnderWay());
    QVERIFY(last(bench).failure.contains(u"was stopped"_s));
    QTRY_COMPARE(pending.code(), u"net.stopped"_s);
}

void AccessManagerTest::keepsNoCookies()
{
    FakeServer server([](const SeenRequest &) { return httpAnswer("200 OK", {{"Set-Cookie"_ba, "a=b; Path=/"_ba}}); });
    ClientBench bench;
    QVERIFY(bench.get(server.url()).has_value());
    QVERIFY(bench.get(server.url()).has_value());
    QVERIFY(!net::headerValue(server.requests().back().headers, "Cookie"));
}

void AccessManagerTest::logsInToNoServer()
{
    FakeServer server([](const SeenRequest &) {
        return httpAnswer("401 Unauthorized", {{"WWW-Authenticate"_ba, "Basic realm=\"x\""_ba}}, "Who?"_ba);
    });
    ClientBench bench;
    bool wasAsked = false;
    connect(&bench.manager, &QNetworkAccessManager::authenticationRequired, this,
            [&wasAsked](QNetworkReply *, QAuthenticator *authenticator) {
                wasAsked = true;
                authenticator->setUser(u"client-id"_s);
                authenticator->setPassword(u""_s);
            });
    const auto response = bench.get(server.url());
    QVERIFY(response.has_value());
    QCOMPARE(response->status, 401);
    QCOMPARE(response->body.reveal(), "Who?"_ba);
    QVERIFY(!wasAsked);
    QCOMPARE(server.requests().size(), std::size_t{1});
}

void AccessManagerTest::callsNoUntrustedAddress()
{
    ClientBench bench;
    for (const QString &url : {u"http://books.invalid/"_s, u"file:///etc/hostname"_s, u"data:,hello"_s}) {
        QNetworkReply *reply = bench.manager.get(QNetworkRequest(QUrl(url)));
        QSignalSpy finished(reply, &QNetworkReply::finished);
        QByteArray body;
        connect(reply, &QNetworkReply::finished, this, [&] { body = reply->readAll(); });
        QVERIFY(finished.wait());
        QCOMPARE(body, QByteArray());
        QCOMPARE(last(bench).status, 0);
        QCOMPARE(last(bench).url, url);
        QVERIFY(!last(bench).failure.isEmpty());
    }
}

void AccessManagerTest::endsWhatIsUnderWayWhenItGoes()
{
    FakeServer server([](const SeenRequest &) { return QByteArray(); });
    QSignalSpy requested(&server, &FakeServer::requested);
    QSignalSpy disconnected(&server, &FakeServer::disconnected);
    net::ExchangeLog log;
    {
        net::AccessManager manager(log, {}, systemNow, {}, test::patientLimits());
        manager.get(QNetworkRequest(server.url()));
        QVERIFY(requested.wait());
    }
    QTRY_COMPARE(disconnected.size(), 1);
    QCOMPARE(log.exchanges().size(), std::size_t{1});
    QVERIFY(!log.exchanges().back().isUnderWay());
    QVERIFY(!log.exchanges().back().failure.isEmpty());
}

QTEST_GUILESS_MAIN(AccessManagerTest)
#include "access-manager-test.moc"
