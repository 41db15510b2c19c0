// The Sandbox as a whole over real sockets: addresses, hosts, methods, TLS, keys, ports.
#include "sandbox/sandbox-server.h"
#include "sandbox/visitor.h"
#include "sandbox/wire.h"

#include <QCoroTask>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::sandbox;
using namespace Qt::StringLiterals;
using test::exchangeRaw;
using test::headerOf;
using test::requestText;

namespace {

std::shared_ptr<SandboxServer> started(SandboxOptions options = {})
{
    auto result = QCoro::waitFor(SandboxServer::start(std::move(options)));
    if (!result)
        qFatal("%s %s", qPrintable(result.error().message), qPrintable(factLines(result.error().facts)));
    return *result;
}

QByteArray bodyText(const QByteArray &detail) { return "{\"detail\":\"" + detail + "\"}"; }

} // namespace

class SandboxServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_sandbox = started();
        m_port = static_cast<quint16>(m_sandbox->baseUrl().port());
    }

    void cleanupTestCase() { m_sandbox.reset(); }

    void itAnswersOnBothFamilies()
    {
        const Response ipv4 = exchangeRaw(m_port, requestText("GET", "/openapi.json", m_port));
        QCOMPARE(ipv4.status, 200);
        QTcpServer probe;
        if (probe.listen(QHostAddress::LocalHostIPv6)) {
            const Response ipv6 = exchangeRaw(m_port, requestText("GET", "/openapi.json", m_port),
                                              QHostAddress(QHostAddress::LocalHostIPv6));
            QCOMPARE(ipv6.status, 200);
            QCOMPARE(ipv6.body, ipv4.body);
        }
        QCOMPARE(m_sandbox->baseUrl(), QUrl(u"http://localhost:%1"_s.arg(m_port)));
    }

    void onlyItsOwnHostsAreAnswered_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<int>("status");
        const QByteArray port = QByteArray::number(m_port);
        QTest::newRow("localhost") << "localhost:"_ba + port << 200;
        QTest::newRow("localhost in another case") << "LocalHost:"_ba + port << 200;
        QTest::newRow("IPv4 loopback") << "127.0.0.1:"_ba + port << 200;
        QTest::newRow("IPv6 loopback") << "[::1]:"_ba + port << 200;
        QTest::newRow("a name that was rebound to loopback") << "evil.example:"_ba + port << 400;
        QTest::newRow("localhost without the port") << "localhost"_ba << 400;
        QTest::newRow("another port") << "localhost:1"_ba << 400;
        QTest::newRow("a name that only begins like ours") << "localhost:"_ba + port + ".evil.example" << 400;
        QTest::newRow("empty") << ""_ba << 400;
    }

    void onlyItsOwnHostsAreAnswered()
    {
        QFETCH(QByteArray, host);
        const Response response = exchangeRaw(m_port, "GET /openapi.json HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        QTEST(response.status, "status");
        if (response.status == 400)
            QCOMPARE(response.body, "Invalid host header"_ba);
    }

    void methodsAndPathsAreAnsweredAsFastApiDoes_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("value");
        const QByteArray self = "http://localhost:" + QByteArray::number(m_port);
        const QByteArray none;
        QTest::newRow("no token") << "GET"_ba
                                  << "/api/v1/books"_ba << 401 << bodyText("Not authenticated") << "www-authenticate"_ba
                                  << "Bearer"_ba;
        QTest::newRow("no token, delete")
            << "DELETE"_ba
            << "/api/v1/books/bk-0001"_ba << 401 << bodyText("Not authenticated") << "www-authenticate"_ba
            << "Bearer"_ba;
        QTest::newRow("HEAD on the list") << "HEAD"_ba
                                          << "/api/v1/books"_ba << 405 << none << "allow"_ba
                                          << "GET"_ba;
        QTest::newRow("POST on the list") << "POST"_ba
                                          << "/api/v1/books"_ba << 405 << bodyText("Method Not Allowed") << "allow"_ba
                                          << "GET"_ba;
        QTest::newRow("OPTIONS on the list")
            << "OPTIONS"_ba
            << "/api/v1/books"_ba << 405 << bodyText("Method Not Allowed") << "allow"_ba
            << "GET"_ba;
        QTest::newRow("GET on a book") << "GET"_ba
                                       << "/api/v1/books/bk-0001"_ba << 405 << bodyText("Method Not Allowed")
                                       << "allow"_ba
                                       << "DELETE"_ba;
        QTest::newRow("slash behind the list")
            << "GET"_ba
            << "/api/v1/books/"_ba << 307 << none << "location"_ba << self + "/api/v1/books";
        QTest::newRow("slash and query") << "GET"_ba
                                         << "/api/v1/books/?a=b%20c"_ba << 307 << none << "location"_ba
                                         << self + "/api/v1/books?a=b%20c";
        QTest::newRow("slash behind a book")
            << "DELETE"_ba
            << "/api/v1/books/x%20y/"_ba << 307 << none << "location"_ba << self + "/api/v1/books/x%20y";
        QTest::newRow("encoded slash in an ID")
            << "DELETE"_ba
            << "/api/v1/books/a%2Fb"_ba << 404 << bodyText("Not Found") << "allow"_ba << none;
        QTest::newRow("unknown path") << "GET"_ba
                                      << "/api/v2/books"_ba << 404 << bodyText("Not Found") << "allow"_ba << none;
        QTest::newRow("root") << "GET"_ba
                              << "/"_ba << 404 << bodyText("Not Found") << "allow"_ba << none;
        QTest::newRow("favicon") << "GET"_ba
                                 << "/favicon.ico"_ba << 404 << bodyText("Not Found") << "allow"_ba << none;
    }

    void methodsAndPathsAreAnsweredAsFastApiDoes()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, header);
        const Response response = exchangeRaw(m_port, requestText(method, target, m_port));
        QTEST(response.status, "status");
        QTEST(response.body, "body");
        QTEST(headerOf(response, header), "value");
        if (!response.body.isEmpty())
            QCOMPARE(headerOf(response, "content-type"), "application/json"_ba);
    }

    void ofTwoAuthorizationHeadersTheFirstCounts()
    {
        const Response basic =
            exchangeRaw(m_port, requestText("GET", "/api/v1/books", m_port,
                                            "Authorization: Basic eDp5\r\nAuthorization: Bearer\r\n"));
        QCOMPARE(basic.body, bodyText("Not authenticated"));
        const Response empty =
            exchangeRaw(m_port, requestText("GET", "/api/v1/books", m_port,
                                            "authorization: bearer\r\nAuthorization: Basic eDp5\r\n"));
        QCOMPARE(empty.body, bodyText("Invalid token: Not enough segments"));
        QCOMPARE(headerOf(empty, "www-authenticate"), QByteArray());
    }

    void noOtherOriginMayRead()
    {
        for (const QByteArray target : {"/api/v1/books", "/openapi.json", "/control"}) {
            const Response response =
                exchangeRaw(m_port, requestText("GET", target, m_port, "Origin: https://evil.example\r\n"));
            for (const auto &[name, value] : response.headers)
                QVERIFY2(!name.startsWith("access-control-"), name.constData());
        }
    }

    void aConnectionIsKept()
    {
        const QByteArray one = requestText("GET", "/api/v1/books", m_port);
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
        QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
        QByteArray received;
        socket.write(one);
        QTRY_VERIFY((received += socket.readAll()).endsWith('}'));
        socket.write(one);
        QTRY_COMPARE((received += socket.readAll()).count("Not authenticated"), 2);
    }

    void withTlsItsOwnAuthorityIsAllThatIsNeeded_data()
    {
        QTest::addColumn<QString>("host");
        QTest::newRow("localhost") << u"localhost"_s;
        QTest::newRow("IPv4") << u"127.0.0.1"_s;
        QTest::newRow("IPv6") << u"::1"_s;
    }

    void withTlsItsOwnAuthorityIsAllThatIsNeeded()
    {
        QFETCH(QString, host);
        if (host == "::1"_L1 && !QTcpServer().listen(QHostAddress::LocalHostIPv6))
            return;
        SandboxOptions options;
        options.usesTls = true;
        const auto sandbox = started(options);
        QCOMPARE(sandbox->baseUrl().scheme(), u"https"_s);
        QUrl url = sandbox->baseUrl();
        url.setHost(host);
        url.setPath(u"/openapi.json"_s);

        QNetworkAccessManager manager;
        QNetworkRequest request(url);
        std::unique_ptr<QNetworkReply> untrusting(manager.get(request));
        QTRY_VERIFY(untrusting->isFinished());
        QCOMPARE(untrusting->error(), QNetworkReply::SslHandshakeFailedError);

        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setCaCertificates(QSslCertificate::fromData(sandbox->certificateAuthority()));
        request.setSslConfiguration(tls);
        QNetworkAccessManager knowing; // one of its own: connections are kept with their trust
        std::unique_ptr<QNetworkReply> trusting(knowing.get(request));
        QTRY_VERIFY(trusting->isFinished());
        QCOMPARE(trusting->error(), QNetworkReply::NoError);
        QCOMPARE(trusting->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 200);
    }

    void theConnectionFileSaysHowToConnect()
    {
        const JsonObject file = m_sandbox->connectionFile();
        QStringList names;
        for (const auto &[name, value] : file.members())
            names += name;
        QCOMPARE(names, QStringList({u"name"_s, u"provider"_s, u"authority"_s, u"clientId"_s, u"scopes"_s,
                                     u"apiBaseUrl"_s, u"audience"_s}));
        QVERIFY(file.find(u"authority")->asString()->startsWith(m_sandbox->baseUrl().toString() + u'/'));
    }

    void behindAProxyItGoesByThatPort()
    {
        SandboxOptions options;
        options.publicPort = 1;
        const std::shared_ptr<SandboxServer> hidden = started(options);
        QVERIFY(hidden->port() > 1);
        QCOMPARE(hidden->baseUrl(), QUrl(u"http://localhost:1"_s));
        QCOMPARE(*hidden->connectionFile().find(u"apiBaseUrl")->asString(), u"http://localhost:1"_s);
        QCOMPARE(exchangeRaw(hidden->port(), requestText("GET", "/openapi.json", 1)).status, 200);
        QCOMPARE(exchangeRaw(hidden->port(), requestText("GET", "/openapi.json", hidden->port())).status, 400);
    }

    void aTakenPortIsNamed()
    {
        SandboxOptions options;
        options.port = m_port;
        const auto second = QCoro::waitFor(SandboxServer::start(options));
        QVERIFY(!second);
        QCOMPARE(second.error().code.toString(), u"sandbox.port-taken"_s);
        QVERIFY(second.error().message.contains(QString::number(m_port)));
    }

    void aPortThatIsTakenOnOneFamilyOnlyIsTaken()
    {
        QTcpServer other;
        if (!other.listen(QHostAddress::LocalHostIPv6))
            return;
        SandboxOptions options;
        options.port = other.serverPort();
        const auto second = QCoro::waitFor(SandboxServer::start(options));
        QVERIFY(!second);
        QCOMPARE(second.error().code.toString(), u"sandbox.port-taken"_s);
    }

    void rotatingChangesOneOfTwoPublishedKeys()
    {
        const auto keyIds = [this] {
            const QByteArray path = m_sandbox->connectionFile()
                                        .find(u"authority")
                                        ->asString()
                                        ->toLatin1()
                                        .mid(m_sandbox->baseUrl().toString().size());
            const Result<JsonObject> keys =
                parseJsonObject(exchangeRaw(m_port, requestText("GET", path + "/discovery/v2.0/keys", m_port)).body);
            QSet<QString> ids;
            for (const Json &key : *keys->find(u"keys")->asArray())
                ids.insert(*key.asObject()->find(u"kid")->asString());
            return ids;
        };
        const QSet<QString> before = keyIds();
        QSignalSpy changes(m_sandbox.get(), &SandboxServer::changed);
        QVERIFY(QCoro::waitFor(m_sandbox->rotateKeys()));
        const QSet<QString> after = keyIds();
        QCOMPARE(before.size(), 2);
        QCOMPARE(after.size(), 2);
        QCOMPARE((before & after).size(), 1);
        QCOMPARE(changes.size(), 1);
    }

    void anEndDuringARotationIsSurvived()
    {
        auto sandbox = started();
        auto rotation = sandbox->rotateKeys();
        sandbox.reset();
        const Result<void> result = QCoro::waitFor(std::move(rotation));
        QVERIFY(!result);
        QCOMPARE(result.error().code.toString(), u"stopped"_s);
    }

    void changesAreSignalled()
    {
        QSignalSpy changes(m_sandbox.get(), &SandboxServer::changed);
        m_sandbox->arm(Fault::apiAnswers500, FaultSpan::once);
        QCOMPARE(changes.size(), 1);
        const Response failed = exchangeRaw(m_port, requestText("GET", "/api/v1/books", m_port));
        QCOMPARE(failed.status, 500);
        QCOMPARE(failed.body, "Internal Server Error"_ba);
        QCOMPARE(headerOf(failed, "content-type"), "text/plain; charset=utf-8"_ba);
        QTRY_COMPARE(changes.size(), 2);
        QVERIFY(m_sandbox->faults().armed().empty());
        QVERIFY(!m_sandbox->grantRole(u"nobody"_s, u"Books.Admin"_s));
        QCOMPARE(changes.size(), 2);
        QVERIFY(m_sandbox->grantRole(u"nora"_s, u"Books.Admin"_s));
        QVERIFY(m_sandbox->revokeRole(u"nora"_s, u"Books.Admin"_s));
        QCOMPARE(changes.size(), 4);
    }

private:
    std::shared_ptr<SandboxServer> m_sandbox;
    quint16 m_port = 0;
};

QTEST_GUILESS_MAIN(SandboxServerTest)
#include "sandbox-server-test.moc"
