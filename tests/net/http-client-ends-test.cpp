#include "net/client-bench.h"
#include "net/fake-server.h"
#include "net/http-client.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <memory>
#include <semaphore>

using namespace Qt::StringLiterals;
using namespace bookdesk;
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

namespace {

QByteArray silence(const SeenRequest &) { return {}; }

/// A server in a thread of its own that sends up to 150 MB as fast as they are taken, to one client.
class Flood : public QThread
{
public:
    Flood(QByteArray head, QByteArray piece)
        : m_head(std::move(head))
        , m_piece(std::move(piece))
    {}
    ~Flood() override
    {
        m_start.release();
        wait();
    }

    void start()
    {
        QThread::start();
        m_isListening.acquire();
    }
    QUrl url() const { return QUrl(u"http://127.0.0.1:%1/"_s.arg(m_port)); }
    bool isAsked() const { return m_isAsked; }
    /// Blocks until the client stops reading or has everything.
    bool pour()
    {
        m_start.release();
        return wait(60'000);
    }
    qint64 sent() const { return m_sent; }

private:
    void run() override
    {
        QTcpServer server;
        server.listen(QHostAddress::LocalHost);
        m_port = server.serverPort();
        m_isListening.release();
        if (!server.waitForNewConnection(30'000))
            return;
        const std::unique_ptr<QTcpSocket> socket(server.nextPendingConnection());
        if (!socket->waitForReadyRead(30'000))
            return;
        m_isAsked = true;
        m_start.acquire();
        socket->write(m_head);
        while (m_sent < 150'000'000 && isTaken(*socket))
            m_sent += socket->write(m_piece);
    }

    static bool isTaken(QTcpSocket &socket)
    {
        while (socket.bytesToWrite() > 0) {
            if (!socket.waitForBytesWritten(1'000))
                return false;
        }
        return true;
    }

    const QByteArray m_head;
    const QByteArray m_piece;
    // Unlike QSemaphore, ThreadSanitizer sees it.
    std::counting_semaphore<> m_isListening{0};
    std::counting_semaphore<> m_start{0};
    quint16 m_port = 0;
    std::atomic<bool> m_isAsked = false;
    std::atomic<qint64> m_sent = 0;
};

} // namespace

/// How requests without an answer end.
class HttpClientEndsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhyThereIsNoAnswer();
    void namesTheExchangeThatFailed_data();
    void namesTheExchangeThatFailed();
    void noticesThatAnAnswerBreaksOff_data();
    void noticesThatAnAnswerBreaksOff();
    void sendsWhatChangesSomethingOnce_data();
    void sendsWhatChangesSomethingOnce();
    void givesUpOnSilence();
    void givesUpOnATrickle();
    void refusesLargeAnswers_data();
    void refusesLargeAnswers();
    void boundsCompressedAnswersAsAllOthers_data();
    void boundsCompressedAnswersAsAllOthers();
    void holdsARequestToTheBoundsOfItsKind_data();
    void holdsARequestToTheBoundsOfItsKind();
    void survivesEndlessAnswers_data();
    void survivesEndlessAnswers();
    void readsNoFurtherThanTheBound_data();
    void readsNoFurtherThanTheBound();
    void stopsOnRequest();
    void stopsBeforeItBegins();
    void stopsWithItsOwner();
    void mayBeDestroyedByAWaiter();
};

void HttpClientEndsTest::saysWhyThereIsNoAnswer()
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
    QCOMPARE(factValue(refused.error().facts, facts::host), deserted.authority());
    QCOMPARE(bench.log.exchanges().back().status, 0);
    QCOMPARE(bench.log.exchanges().back().failure, refused.error().message);

    const auto foreign = bench.get(QUrl(u"https://books.\u0441\u043Entoso.invalid/"_s));
    QVERIFY(!foreign);
    const QString message = foreign.error().message;
    QVERIFY2(message.contains("books.xn--ntoso-iyeu.invalid (in other letters: "_L1), qPrintable(message));
    QVERIFY2(message.contains("several scripts"_L1), qPrintable(message));
    QCOMPARE(factValue(foreign.error().facts, facts::host), u"books.xn--ntoso-iyeu.invalid"_s);
    QVERIFY2(!factLines(foreign.error().facts).contains(u'\u0441'), qPrintable(factLines(foreign.error().facts)));

    const auto unknown = bench.get(QUrl(u"https://no-such-host.invalid/"_s));
    QCOMPARE(codeOf(unknown), u"net.name-not-found"_s);
    QVERIFY(unknown.error().message.contains("no-such-host.invalid"_L1));
}

void HttpClientEndsTest::namesTheExchangeThatFailed_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("seconds");
    QTest::addColumn<QString>("code");
    QTest::newRow("broken off") << "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n["_ba << 90 << u"net.broken"_s;
    QTest::newRow("too large") << httpAnswer("200 OK", {}, QByteArray(3000, 'x')) << 90 << u"net.too-large"_s;
    QTest::newRow("too slow") << QByteArray() << 1 << u"net.timed-out"_s;
}

void HttpClientEndsTest::namesTheExchangeThatFailed()
{
    QFETCH(const QByteArray, answer);
    QFETCH(const int, seconds);
    FakeServer server(always(answer));
    if (!answer.isEmpty())
        server.closeAfterAnswers();
    ClientBench bench(test::limitsWith({2000, std::chrono::seconds{seconds}}));
    const auto response = bench.get(server.url());
    QTEST(codeOf(response), "code");
    QVERIFY(response.error().exchangeId > 0);
    QCOMPARE(response.error().exchangeId, bench.log.exchanges().back().id);
}

void HttpClientEndsTest::noticesThatAnAnswerBreaksOff_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("before the status") << "HTTP/1"_ba;
    QTest::newRow("no HTTP at all") << "SSH-2.0-OpenSSH_9.2\r\n\r\n"_ba;
    QTest::newRow("in the headers") << "HTTP/1.1 200 OK\r\nContent-Le"_ba;
    QTest::newRow("in the body") << "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"books\":"_ba;
    QTest::newRow("in a compressed body")
        << "HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\nContent-Length: 6\r\n\r\nabcdef"_ba;
    QTest::newRow("before the end of a compressed body")
        << "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"_ba + QByteArray::fromHex("1f8b08000000000002ffcb48");
    QTest::newRow("compressed in a way that nobody asked for")
        << httpAnswer("200 OK", {{"Content-Encoding"_ba, "br"_ba}}, "{}");
    QTest::newRow("in the body of an error") << "HTTP/1.1 403 Forbidden\r\nContent-Length: 100\r\n\r\n{\"det"_ba;
}

void HttpClientEndsTest::noticesThatAnAnswerBreaksOff()
{
    QFETCH(const QByteArray, answer);
    FakeServer server(always(answer));
    server.closeAfterAnswers();
    ClientBench bench;
    QCOMPARE(codeOf(bench.get(server.url())), u"net.broken"_s);
    QVERIFY(!bench.log.exchanges().back().failure.isEmpty());
}

void HttpClientEndsTest::sendsWhatChangesSomethingOnce_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("answer");
    for (const auto &[when, answer] :
         {std::pair("without an answer", ""_ba), std::pair("with garbage", "SSH-2.0-"_ba)}) {
        QTest::addRow("DELETE, the connection ends %s", when) << "DELETE"_ba
                                                              << ""_ba << answer;
        QTest::addRow("DELETE with a body, the connection ends %s", when) << "DELETE"_ba
                                                                          << "id=1"_ba << answer;
        QTest::addRow("POST, the connection ends %s", when) << "POST"_ba
                                                            << "grant_type=refresh_token"_ba << answer;
        QTest::addRow("POST without a body, the connection ends %s", when) << "POST"_ba
                                                                           << ""_ba << answer;
        QTest::addRow("PUT, the connection ends %s", when) << "PUT"_ba
                                                           << "{}"_ba << answer;
    }
}

void HttpClientEndsTest::sendsWhatChangesSomethingOnce()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, answer);
    FakeServer server(always(answer));
    server.closeAfterAnswers();
    ClientBench bench;
    net::HttpRequest request = requestTo(server.url(), method);
    request.body = Secret(body);
    QCOMPARE(codeOf(bench.send(request)), u"net.broken"_s);
    QCOMPARE(server.requests().size(), std::size_t{1});
    QCOMPARE(server.requests().front().method, method);
    QCOMPARE(server.requests().front().body, body);
}

void HttpClientEndsTest::givesUpOnSilence()
{
    FakeServer server(silence);
    net::Limits limits = test::patientLimits();
    limits.transfer = std::chrono::milliseconds{200};
    ClientBench bench(limits);
    const auto result = bench.get(server.url());
    QCOMPARE(codeOf(result), u"net.timed-out"_s);
    QVERIFY(result.error().message.contains(server.url().authority()));
    QCOMPARE(bench.log.exchanges().back().failure, result.error().message);
}

void HttpClientEndsTest::givesUpOnATrickle()
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
    ClientBench bench(test::limitsWith({1024 * 1024, std::chrono::milliseconds{400}}));
    QCOMPARE(codeOf(bench.get(QUrl(u"http://127.0.0.1:%1/"_s.arg(server.serverPort())))), u"net.timed-out"_s);
}

void HttpClientEndsTest::refusesLargeAnswers_data()
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
    QTest::newRow("compressed beyond reason") << deflated(QByteArray(50'000'000, 'x')) << u"net.too-large"_s;
    QTest::newRow("just small enough") << httpAnswer("200 OK", {}, body.first(2000)) << u"status 200"_s;
}

void HttpClientEndsTest::refusesLargeAnswers()
{
    QFETCH(const QByteArray, answer);
    FakeServer server(always(answer));
    ClientBench bench(test::limitsWith({2000, std::chrono::seconds{90}}));
    QTEST(codeOf(bench.get(server.url())), "code");
}

void HttpClientEndsTest::boundsCompressedAnswersAsAllOthers_data()
{
    QTest::addColumn<qsizetype>("size");
    QTest::addColumn<QString>("code");
    QTest::newRow("too large") << qsizetype{50'000'000} << u"net.too-large"_s;
    // More than ten megabytes that compress so well are suspicious to Qt.
    QTest::newRow("just small enough") << qsizetype{20'000'000} << u"status 200"_s;
}

void HttpClientEndsTest::boundsCompressedAnswersAsAllOthers()
{
    QFETCH(const qsizetype, size);
    FakeServer server(always(deflated(QByteArray(size, 'x'))));
    ClientBench bench(test::limitsWith({20'000'000, std::chrono::seconds{20}}));
    const Result<HttpResponse> response = bench.get(server.url());
    QTEST(codeOf(response), "code");
    QVERIFY(!response || response->body.size() == size);
}

void HttpClientEndsTest::holdsARequestToTheBoundsOfItsKind_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("code");
    QTest::newRow("within") << httpAnswer("200 OK", {}, QByteArray(2000, 'x')) << u"status 200"_s;
    QTest::newRow("too large") << httpAnswer("200 OK", {}, QByteArray(2001, 'x')) << u"net.too-large"_s;
    QTest::newRow("too large when unpacked") << deflated(QByteArray(2001, 'x')) << u"net.too-large"_s;
    QTest::newRow("announced too large") << "HTTP/1.1 200 OK\r\nContent-Length: 2001\r\n\r\n"_ba << u"net.too-large"_s;
    QTest::newRow("too slow") << QByteArray() << u"net.timed-out"_s;
    QTest::newRow("too slow to end") << "HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\nx"_ba << u"net.timed-out"_s;
}

void HttpClientEndsTest::holdsARequestToTheBoundsOfItsKind()
{
    QFETCH(const QByteArray, answer);
    FakeServer server(always(answer));
    net::Limits limits = test::patientLimits();
    limits.bounds = [usual = limits.bounds](net::RequestKind kind) {
        return kind == net::RequestKind::keys ? net::AnswerBounds{2000, std::chrono::milliseconds{500}} : usual(kind);
    };
    ClientBench bench(limits);
    net::HttpRequest request = requestTo(server.url());
    request.kind = net::RequestKind::keys;
    QTEST(codeOf(bench.send(std::move(request))), "code");
}

void HttpClientEndsTest::survivesEndlessAnswers_data()
{
    QTest::addColumn<QByteArray>("statusLine");
    QTest::addColumn<QString>("code");
    QTest::newRow("with the books") << "200 OK"_ba << u"net.too-large"_s;
    QTest::newRow("with an error") << "500 Oops"_ba << u"net.too-large"_s;
    // Qt shows nothing of a 401 before its end, so only time bounds it.
    QTest::newRow("with a refusal") << "401 Unauthorized"_ba << u"net.timed-out"_s;
}

void HttpClientEndsTest::survivesEndlessAnswers()
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
    net::Limits limits = test::limitsWith({100'000, std::chrono::seconds{90}});
    limits.transfer = std::chrono::milliseconds{300};
    ClientBench bench(limits);
    QTEST(codeOf(bench.get(QUrl(u"http://127.0.0.1:%1/"_s.arg(server.serverPort())))), "code");
}

void HttpClientEndsTest::readsNoFurtherThanTheBound_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("piece");
    const QByteArray body(1'000'000, 'x');
    const QByteArray chunk = QByteArray::number(body.size(), 16) + "\r\n" + body + "\r\n";
    QTest::newRow("without a length") << "HTTP/1.1 200 OK\r\n\r\n"_ba << body;
    QTest::newRow("in chunks") << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"_ba << chunk;
    QTest::newRow("an error's") << "HTTP/1.1 500 Oops\r\n\r\n"_ba << body;
    // Except a 401's, which Qt keeps to itself: only time bounds it.
}

/// What is read and not taken stays in memory, and what is not read stays with the server.
void HttpClientEndsTest::readsNoFurtherThanTheBound()
{
    QFETCH(const QByteArray, head);
    QFETCH(const QByteArray, piece);
    Flood flood(head, piece);
    flood.start();
    ClientBench bench(test::limitsWith({1'000'000, std::chrono::seconds{90}}));
    const Pending pending(*bench.client, flood.url());
    QTRY_VERIFY(flood.isAsked());
    // Nobody listens to Qt's signals meanwhile.
    QVERIFY(flood.pour());
    // The sockets' own buffers take some megabytes.
    QVERIFY2(flood.sent() < 30'000'000, qPrintable(QString::number(flood.sent())));
}

void HttpClientEndsTest::stopsOnRequest()
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

void HttpClientEndsTest::stopsBeforeItBegins()
{
    FakeServer server(silence);
    ClientBench bench;
    std::stop_source stop;
    stop.request_stop();
    const Pending pending(*bench.client, server.url(), stop.get_token());
    QCOMPARE(pending.code(), u"net.stopped"_s);
    QVERIFY(bench.log.exchanges().empty());
}

void HttpClientEndsTest::stopsWithItsOwner()
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

void HttpClientEndsTest::mayBeDestroyedByAWaiter()
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

QTEST_GUILESS_MAIN(HttpClientEndsTest)
#include "http-client-ends-test.moc"
