// A GET with two Authorization headers: what goes out, what comes back, and how it ends.
#include "net/client-bench.h"
#include "net/fake-proxy.h"
#include "net/fake-server.h"
#include "net/test-authority.h"
#include "net/trusted-url.h"

#include <QNetworkProxy>
#include <QProcessEnvironment>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using net::HttpRequest;
using net::HttpResponse;
using test::always;
using test::ClientBench;
using test::codeOf;
using test::FakeProxy;
using test::FakeServer;
using test::httpAnswer;
using test::limitsWith;
using test::SeenRequest;

namespace {

HttpRequest twofold(const QUrl &url)
{
    HttpRequest request = test::requestTo(url);
    request.kind = net::RequestKind::probe;
    request.firstAuthorization = "Bearer first";
    request.bearer = Secret("second-and-secret");
    return request;
}

QByteArrayList authorizations(const net::Headers &headers)
{
    QByteArrayList values;
    for (const auto &[name, value] : headers) {
        if (name.compare("authorization", Qt::CaseInsensitive) == 0)
            values += value;
    }
    return values;
}

const QUrl distant(u"https://books.example.org/api/v1/books"_s);

net::ProxyRules through(const QString &value)
{
    net::ProxyRules rules;
    rules.environment = QProcessEnvironment();
    rules.environment.insert(u"https_proxy"_s, value);
    rules.system = [](const QUrl &) { return QNetworkProxy(QNetworkProxy::NoProxy); };
    return rules;
}

} // namespace

class RepeatedHeaderReplyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsBothHeaders();
    void givesBackTheAnswer_data();
    void givesBackTheAnswer();
    void isRecordedWithoutSecrets();
    void failsLikeAnyOther();
    void trustsWhomTheConnectionTrusts();
    void isBoundedInTimeAndSize();
    void goesThroughTheProxy_data();
    void goesThroughTheProxy();
    void isRefusedByTheProxy();
};

void RepeatedHeaderReplyTest::sendsBothHeaders()
{
    FakeServer server(always(httpAnswer("200 OK")));
    ClientBench bench;
    QCOMPARE(codeOf(bench.send(twofold(server.url(u"/api/v1/books?a=%2F"_s)))), u"status 200"_s);
    const SeenRequest &seen = server.requests().front();
    QCOMPARE(seen.method, "GET"_ba);
    QCOMPARE(seen.target, "/api/v1/books?a=%2F"_ba);
    QCOMPARE(authorizations(seen.headers), QByteArrayList({"Bearer first", "Bearer second-and-secret"}));
    QVERIFY(net::headerValue(seen.headers, "User-Agent")->startsWith("Bookdesk/"));
    QCOMPARE(net::headerValue(seen.headers, "Host"), "127.0.0.1:" + QByteArray::number(server.port()));
}

void RepeatedHeaderReplyTest::givesBackTheAnswer_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("hangsUp");
    QTest::newRow("of a known length") << httpAnswer("401 Unauthorized", {}, "refused") << "refused"_ba << false;
    QTest::newRow("that ends with the connection") << "HTTP/1.1 401 Unauthorized\r\nX: y\r\n\r\nrefused"_ba
                                                   << "refused"_ba << true;
    QTest::newRow("in chunks")
        << "HTTP/1.1 401 Unauthorized\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nrefu\r\n3;x=y\r\nsed\r\n0\r\n\r\n"_ba
        << "refused"_ba << false;
    QTest::newRow("in chunks of a strange size")
        << "HTTP/1.1 401 Unauthorized\r\nTransfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\nrefused"_ba
        << "refused"_ba << true;
    QTest::newRow("without a body") << "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"_ba << QByteArray()
                                    << false;
}

void RepeatedHeaderReplyTest::givesBackTheAnswer()
{
    QFETCH(const QByteArray, answer);
    QFETCH(const QByteArray, body);
    QFETCH(const bool, hangsUp);
    FakeServer server(always(answer));
    if (hangsUp)
        server.closeAfterAnswers();
    ClientBench bench;
    const Result<HttpResponse> response = bench.send(twofold(server.url()));
    QCOMPARE(codeOf(response), u"status 401"_s);
    QCOMPARE(response->reason, u"Unauthorized"_s);
    QCOMPARE(response->body.reveal().toByteArray(), body);
}

void RepeatedHeaderReplyTest::isRecordedWithoutSecrets()
{
    FakeServer server(always(httpAnswer("401 Unauthorized", {}, "no second-and-secret")));
    ClientBench bench;
    const Result<HttpResponse> response = bench.send(twofold(server.url()));
    QVERIFY(response);
    const net::Exchange *exchange = bench.log.find(response->exchangeId);
    QVERIFY(exchange && !exchange->isUnderWay());
    QCOMPARE(exchange->status, 401);
    QCOMPARE(authorizations(exchange->requestHeaders).size(), 2);
    for (const QByteArray &value : authorizations(exchange->requestHeaders))
        QCOMPARE(value, ("Bearer "_L1 + removedMark()).toUtf8());
    QVERIFY(exchange->responseBody.startsWith(u"no "_s));
    QVERIFY(!exchange->responseBody.contains(u"secret"_s));
}

void RepeatedHeaderReplyTest::failsLikeAnyOther()
{
    ClientBench bench;
    FakeServer gone(always(httpAnswer("200 OK")));
    const QUrl url = gone.url();
    gone.goAway();
    QCOMPARE(codeOf(bench.send(twofold(url))), u"net.connection-failed"_s);
    QCOMPARE(codeOf(bench.send(twofold(QUrl(u"http://books.contoso.com/"_s)))), u"net.url-refused"_s);
}

void RepeatedHeaderReplyTest::trustsWhomTheConnectionTrusts()
{
    const test::TestAuthority authority("Our CA");
    FakeServer server(always(httpAnswer("200 OK")), authority.serverTls());
    ClientBench stranger;
    QCOMPARE(codeOf(stranger.send(twofold(server.url()))), u"net.tls-failed"_s);
    QVERIFY(server.requests().empty());

    const auto authorities = net::readCertificates(authority.certificate());
    QVERIFY(authorities.has_value());
    ClientBench friendly(test::patientLimits(), {*authorities, {server.url().host()}});
    QCOMPARE(codeOf(friendly.send(twofold(server.url()))), u"status 200"_s);
}

void RepeatedHeaderReplyTest::isBoundedInTimeAndSize()
{
    FakeServer silent([](const SeenRequest &) { return QByteArray(); });
    ClientBench impatient(limitsWith({1024, std::chrono::milliseconds{100}}));
    QCOMPARE(codeOf(impatient.send(twofold(silent.url()))), u"net.timed-out"_s);

    FakeServer talkative(always(httpAnswer("200 OK", {}, QByteArray(4096, 'a'))));
    ClientBench careful(limitsWith({1024, std::chrono::seconds{60}}));
    QCOMPARE(codeOf(careful.send(twofold(talkative.url()))), u"net.too-large"_s);
}

void RepeatedHeaderReplyTest::goesThroughTheProxy_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QByteArray>("credentials");
    QTest::newRow("without a log-in") << QString() << QByteArray();
    QTest::newRow("with a log-in") << u"ann:secret@"_s << "Basic "_ba + "ann:secret"_ba.toBase64();
}

void RepeatedHeaderReplyTest::goesThroughTheProxy()
{
    QFETCH(const QString, user);
    QFETCH(const QByteArray, credentials);
    const test::TestAuthority authority("Our CA");
    FakeServer api(always(httpAnswer("401 Unauthorized", {}, "no")), authority.serverTls({"DNS:books.example.org"}));
    FakeProxy proxy(
        [credentials](const SeenRequest &request) {
            const QByteArray given = net::headerValue(request.headers, "Proxy-Authorization").value_or(QByteArray());
            return given == credentials
                       ? "HTTP/1.1 200 Connection established\r\n\r\n"_ba
                       : httpAnswer("407 Proxy Authentication Required", {{"Proxy-Authenticate"_ba, "Basic"_ba}});
        },
        api.port());
    ClientBench bench(test::patientLimits(), {{authority.sslCertificate()}, {distant.host()}},
                      through(user + proxy.name()));
    QCOMPARE(codeOf(bench.send(twofold(distant))), u"status 401"_s);
    QCOMPARE(api.requests().size(), std::size_t{1});
    QCOMPARE(authorizations(api.requests().front().headers),
             QByteArrayList({"Bearer first", "Bearer second-and-secret"}));
    QVERIFY(!net::headerValue(api.requests().front().headers, "Proxy-Authorization"));
    for (const SeenRequest &asked : proxy.requests()) {
        QCOMPARE(asked.target, "books.example.org:443"_ba);
        QVERIFY(authorizations(asked.headers).isEmpty());
    }
}

void RepeatedHeaderReplyTest::isRefusedByTheProxy()
{
    FakeProxy proxy(always(httpAnswer("403 Forbidden")));
    ClientBench bench(test::patientLimits(), {}, through(proxy.name()));
    QCOMPARE(codeOf(bench.send(twofold(distant))), u"net.proxy-refused"_s);
}

QTEST_GUILESS_MAIN(RepeatedHeaderReplyTest)
#include "repeated-header-reply-test.moc"
