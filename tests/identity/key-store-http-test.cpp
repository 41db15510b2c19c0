#include "core/json.h"
#include "identity/key-bench.h"
#include "net/test-authority.h"

#include <QSemaphore>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThreadPool>
#include <QTimer>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace std::chrono_literals;
using bookdesk::test::codeOf;
using bookdesk::test::FakeServer;
using bookdesk::test::firstId;
using bookdesk::test::httpAnswer;
using bookdesk::test::issuerKey;
using bookdesk::test::KeyBench;
using bookdesk::test::keySetDocument;
using bookdesk::test::keySetOf;
using bookdesk::test::keysUnavailable;
using bookdesk::test::secondId;
using bookdesk::test::SeenRequest;
using namespace Qt::StringLiterals;

namespace {

const std::pair<QByteArray, QByteArray> tagged{"ETag"_ba, "\"one\""_ba};

} // namespace

/// What the store says to an issuer's server, and what it makes of the answers.
class KeyStoreHttpTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksWhetherTheKeysHaveChanged();
    void doesNotAskAboutATagThatIsMalformed();
    void a304RenewsTheAgeAndKeepsTheKeys();
    void a304MayChangeTheLifetime();
    void a304WithoutOurHavingAskedIsAnError();
    void a304AboutAnotherDocumentIsAnError();
    void asksForTheWholeDocumentAfterAFailure();
    void aChangedDocumentReplacesTheKeys();
    void anUnknownKeyIsLookedForDespiteA304();

    void keepsTheKeysAsLongAsTheServerSays_data();
    void keepsTheKeysAsLongAsTheServerSays();

    void doesNotFollowARedirect_data();
    void doesNotFollowARedirect();
    void refusesAnAnswer_data();
    void refusesAnAnswer();
    void refusesWhatIsTooLarge_data();
    void refusesWhatIsTooLarge();
    void givesUpOnWhatIsTooSlow();
    void readsTheKeysOffThisThread();
    void stopsWhileTheKeysAreRead();

    void readsCertificates();
    void doesNotTakeOneFormatForTheOther();
};

void KeyStoreHttpTest::asksWhetherTheKeysHaveChanged()
{
    KeyBench bench;
    bench.answer = keySetOf({0}, {tagged});
    QVERIFY(bench.prefetch());
    QVERIFY(!bench.lastHeader("If-None-Match"));
    bench.now += 1h;
    QVERIFY(bench.prefetch());
    QCOMPARE(bench.lastHeader("If-None-Match"), "\"one\""_ba);
    QVERIFY(bench.keysFor(u"unknown"_s));
    QCOMPARE(bench.lastHeader("If-None-Match"), "\"one\""_ba);
    QCOMPARE(bench.fetches(), 3);
}

void KeyStoreHttpTest::doesNotAskAboutATagThatIsMalformed()
{
    KeyBench bench;
    bench.answer = keySetOf({0}, {{"ETag"_ba, "one"_ba}});
    QVERIFY(bench.prefetch());
    bench.now += 1h;
    QVERIFY(bench.prefetch());
    QVERIFY(!bench.lastHeader("If-None-Match"));
}

void KeyStoreHttpTest::a304RenewsTheAgeAndKeepsTheKeys()
{
    KeyBench bench;
    bench.answer = keySetOf({0}, {tagged});
    const Result<IssuerKeys> before = bench.prefetch();
    QVERIFY(before);
    bench.answer = httpAnswer("304 Not Modified", {tagged});
    // For longer than keys live that nobody confirms.
    for (int hour = 1; hour <= 30; ++hour) {
        bench.now += 1h;
        const Result<IssuerKeys> keys = bench.keysFor(firstId());
        QVERIFY2(keys, qPrintable(codeOf(keys)));
        QCOMPARE(keys->set.get(), before->set.get());
        QVERIFY(!keys->lastFailure);
        QVERIFY(bench.state()->fetchedAt == bench.now);
        bench.now += 1h - 1s;
        QVERIFY(bench.keysFor(firstId()));
        QCOMPARE(bench.fetches(), 1 + hour);
        bench.now -= 1h - 1s;
    }
}

void KeyStoreHttpTest::a304MayChangeTheLifetime()
{
    KeyBench bench;
    bench.answer = keySetOf({0}, {tagged, {"Cache-Control"_ba, "max-age=600"_ba}});
    QVERIFY(bench.prefetch());
    bench.answer = httpAnswer("304 Not Modified");
    bench.now += 10min;
    QVERIFY(bench.prefetch());
    bench.answer = httpAnswer("304 Not Modified", {{"Cache-Control"_ba, "max-age=1200"_ba}});
    bench.now += 10min;
    QVERIFY(bench.prefetch());
    QCOMPARE(bench.fetches(), 3);
    bench.now += 20min - 1s;
    QVERIFY(bench.prefetch());
    QCOMPARE(bench.fetches(), 3);
    bench.now += 1s;
    QVERIFY(bench.prefetch());
    QCOMPARE(bench.fetches(), 4);
}

void KeyStoreHttpTest::a304WithoutOurHavingAskedIsAnError()
{
    KeyBench bench;
    bench.answer = httpAnswer("304 Not Modified", {tagged});
    const Result<IssuerKeys> none = bench.prefetch();
    QCOMPARE(codeOf(none), keysUnavailable());
    QCOMPARE(factValue(none.error().facts, facts::httpStatus), "304"_L1);

    bench.now += 5s;
    bench.answer = keySetOf({0});
    QVERIFY(bench.prefetch());
    bench.answer = httpAnswer("304 Not Modified", {tagged});
    bench.now += 1h;
    const Result<IssuerKeys> old = bench.prefetch();
    QVERIFY(old && old->lastFailure && old->find(firstId()));
}

void KeyStoreHttpTest::a304AboutAnotherDocumentIsAnError()
{
    KeyBench bench;
    bench.answer = keySetOf({0}, {tagged});
    QVERIFY(bench.prefetch());
    bench.now += 1h;
    bench.answer = httpAnswer("304 Not Modified", {{"ETag"_ba, "W/\"one\""_ba}});
    QVERIFY(!bench.prefetch()->lastFailure);
    bench.now += 1h;
    bench.answer = httpAnswer("304 Not Modified", {{"ETag"_ba, "\"two\""_ba}});
    QVERIFY(bench.prefetch()->lastFailure);
}

void KeyStoreHttpTest::asksForTheWholeDocumentAfterAFailure()
{
    KeyBench bench;
    bench.answer = keySetOf({0}, {tagged});
    QVERIFY(bench.prefetch());
    bench.now += 1h;
    bench.answer = httpAnswer("503 Service Unavailable");
    QVERIFY(bench.prefetch()->lastFailure);
    QVERIFY(bench.lastHeader("If-None-Match"));
    bench.now += 5s;
    bench.answer = keySetOf({0}, {tagged});
    QVERIFY(!bench.prefetch()->lastFailure);
    QVERIFY(!bench.lastHeader("If-None-Match"));
    bench.now += 1h;
    QVERIFY(bench.prefetch());
    QVERIFY(bench.lastHeader("If-None-Match"));
}

void KeyStoreHttpTest::aChangedDocumentReplacesTheKeys()
{
    KeyBench bench;
    bench.answer = keySetOf({0}, {tagged});
    QVERIFY(bench.prefetch()->find(firstId()));
    bench.onRequest = [](const SeenRequest &request) {
        const bool isKnown = net::headerValue(request.headers, "If-None-Match") == "\"two\""_ba;
        return isKnown ? httpAnswer("304 Not Modified") : keySetOf({1}, {{"ETag"_ba, "\"two\""_ba}});
    };
    for (int hour = 0; hour < 3; ++hour) {
        bench.now += 1h;
        const Result<IssuerKeys> keys = bench.keysFor(secondId());
        QVERIFY(keys && keys->find(secondId()) && !keys->find(firstId()));
    }
    QCOMPARE(bench.fetches(), 4);
    QCOMPARE(bench.lastHeader("If-None-Match"), "\"two\""_ba);
}

void KeyStoreHttpTest::anUnknownKeyIsLookedForDespiteA304()
{
    KeyBench bench;
    bench.answer = keySetOf({0}, {tagged});
    QVERIFY(bench.prefetch());
    bench.answer = httpAnswer("304 Not Modified", {tagged});
    QVERIFY(!bench.keysFor(secondId())->find(secondId()));
    QVERIFY(!bench.keysFor(secondId())->find(secondId()));
    QCOMPARE(bench.fetches(), 2);
    bench.answer = keySetOf({1}, {{"ETag"_ba, "\"two\""_ba}});
    bench.now += 5min;
    QVERIFY(bench.keysFor(secondId())->find(secondId()));
}

void KeyStoreHttpTest::keepsTheKeysAsLongAsTheServerSays_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("seconds");
    QTest::newRow("nothing said") << "X: x"_ba << 3600;
    QTest::newRow("less than an hour") << "Cache-Control: public, max-age=600, must-revalidate"_ba << 600;
    QTest::newRow("a day, as Entra says") << "Cache-Control: max-age=86400, private"_ba << 3600;
    QTest::newRow("15 s, as Auth0 says") << "Cache-Control: public, max-age=15, stale-while-revalidate=15"_ba << 60;
    QTest::newRow("nothing at all") << "Cache-Control: max-age=0"_ba << 60;
    QTest::newRow("not to be stored") << "Cache-Control: no-store"_ba << 60;
    QTest::newRow("to be asked about each time") << "Cache-Control: no-cache"_ba << 60;
    QTest::newRow("what is left after caches on the way") << "Age: 500\r\nCache-Control: max-age=600"_ba << 100;
    QTest::newRow("negative") << "Cache-Control: max-age=-1"_ba << 3600;
    QTest::newRow("no number") << "Cache-Control: max-age=soon"_ba << 3600;
    QTest::newRow("beyond counting") << "Cache-Control: max-age=99999999999999999999999"_ba << 3600;
}

void KeyStoreHttpTest::keepsTheKeysAsLongAsTheServerSays()
{
    QFETCH(const QByteArray, header);
    QFETCH(const int, seconds);
    KeyBench bench;
    bench.answer.replace("\r\n\r\n", "\r\n" + header + "\r\n\r\n");
    QVERIFY(bench.keysFor(firstId()));
    bench.now += std::chrono::seconds(seconds) - 1s;
    QVERIFY(bench.keysFor(firstId()));
    QCOMPARE(bench.fetches(), 1);
    bench.now += 1s;
    QVERIFY(bench.keysFor(firstId()));
    QCOMPARE(bench.fetches(), 2);
}

void KeyStoreHttpTest::doesNotFollowARedirect_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<bool>("staysOnItsHost");
    for (const char *status :
         {"301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"}) {
        QTest::addRow("to another host, %.3s", status) << QByteArray(status) << false;
        QTest::addRow("to the same host, %.3s", status) << QByteArray(status) << true;
    }
}

void KeyStoreHttpTest::doesNotFollowARedirect()
{
    QFETCH(const QByteArray, status);
    QFETCH(const bool, staysOnItsHost);
    const FakeServer elsewhere([](const SeenRequest &) { return keySetOf({0}); });
    KeyBench bench;
    const QUrl target = staysOnItsHost ? bench.server.url(u"/other"_s) : elsewhere.url();
    bench.answer = httpAnswer(status, {{"Location"_ba, target.toEncoded()}});
    const Result<IssuerKeys> keys = bench.keysFor(firstId());
    QCOMPARE(codeOf(keys), keysUnavailable());
    QCOMPARE(factValue(keys.error().facts, facts::location), target.toString());
    QCOMPARE(elsewhere.connections(), 0);
    QCOMPARE(bench.fetches(), 1);
}

void KeyStoreHttpTest::refusesAnAnswer_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("not there") << httpAnswer("404 Not Found");
    QTest::newRow("no content") << httpAnswer("204 No Content");
    QTest::newRow("the keys with an error") << httpAnswer("500 Oops", {}, keySetDocument({0}));
    QTest::newRow("a part of the keys") << httpAnswer("206 Partial Content", {}, keySetDocument({0}));
    QTest::newRow("nothing") << httpAnswer("200 OK");
    QTest::newRow("a page") << httpAnswer("200 OK", {}, "<html></html>");
    QTest::newRow("no keys member") << httpAnswer("200 OK", {}, "{}");
    QTest::newRow("no key") << httpAnswer("200 OK", {}, R"({"keys":[]})");
    QTest::newRow("no usable key") << httpAnswer("200 OK", {}, R"({"keys":[{"kty":"oct","kid":"a","k":"AAAA"}]})");
}

void KeyStoreHttpTest::refusesAnAnswer()
{
    QFETCH(const QByteArray, answer);
    KeyBench bench;
    bench.answer = answer;
    const Result<IssuerKeys> keys = bench.keysFor(firstId());
    QCOMPARE(codeOf(keys), keysUnavailable());
    QCOMPARE(factValue(keys.error().facts, facts::url), bench.source().jwksUri.toString());
}

void KeyStoreHttpTest::refusesWhatIsTooLarge_data()
{
    const QByteArray keys = keySetDocument({0});
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("code");
    const auto padded = [&keys](qsizetype size) { return keys + QByteArray(size - keys.size(), ' '); };
    QTest::newRow("1 MiB is not") << httpAnswer("200 OK", {}, padded(1024 * 1024)) << u"no error"_s;
    QTest::newRow("a byte more") << httpAnswer("200 OK", {}, padded(1024 * 1024 + 1)) << keysUnavailable();
    QTest::newRow("packed small") << test::deflated(padded(1024 * 1024 + 1)) << keysUnavailable();
    QTest::newRow("announced and never sent")
        << "HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n"_ba << keysUnavailable();
}

void KeyStoreHttpTest::refusesWhatIsTooLarge()
{
    QFETCH(const QByteArray, answer);
    KeyBench bench;
    bench.answer = answer;
    QTEST(codeOf(bench.keysFor(firstId())), "code");
}

void KeyStoreHttpTest::givesUpOnWhatIsTooSlow()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QTimer drip;
    connect(&server, &QTcpServer::newConnection, &drip, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        socket->write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        connect(&drip, &QTimer::timeout, socket, [socket] { socket->write(" "); });
        drip.start(20ms);
    });
    net::Limits limits;
    limits.bounds = [](net::RequestKind kind) {
        return net::AnswerBounds{1024 * 1024, kind == net::RequestKind::keys ? 300ms : 60s};
    };
    KeyBench bench({}, limits);
    const KeySource slow{bench.source().issuer, QUrl(u"http://127.0.0.1:%1/"_s.arg(server.serverPort()))};
    const Result<IssuerKeys> keys = QCoro::waitFor(bench.store->prefetch(slow));
    QCOMPARE(codeOf(keys), keysUnavailable());
    QVERIFY(keys.error().message.contains("in time"_L1));
}

/// Occupies every thread of the pool while it lives.
class BusyPool
{
public:
    BusyPool()
    {
        for (int i = 0; i < m_threads; ++i)
            QThreadPool::globalInstance()->start([this] { m_gate.acquire(); });
    }
    ~BusyPool() { release(); }
    void release()
    {
        m_gate.release(m_threads);
        QThreadPool::globalInstance()->waitForDone();
    }

private:
    int m_threads = QThreadPool::globalInstance()->maxThreadCount();
    QSemaphore m_gate;
};

void KeyStoreHttpTest::readsTheKeysOffThisThread()
{
    KeyBench bench;
    BusyPool pool;
    bench.ask(firstId());
    QTRY_VERIFY(!bench.log.exchanges().empty() && !bench.log.exchanges().back().isUnderWay());
    // Whatever this thread could do about it is done by then.
    for (int i = 0; i < 100; ++i)
        QCoreApplication::processEvents();
    QVERIFY(!bench.haveAllAnswers());
    pool.release();
    QTRY_VERIFY(bench.haveAllAnswers());
    QVERIFY(bench.answers->at(0).value()->find(firstId()));
}

void KeyStoreHttpTest::stopsWhileTheKeysAreRead()
{
    KeyBench bench;
    BusyPool pool;
    bench.ask(firstId());
    QTRY_VERIFY(!bench.log.exchanges().empty() && !bench.log.exchanges().back().isUnderWay());
    for (int i = 0; i < 100; ++i)
        QCoreApplication::processEvents();
    QVERIFY(!bench.haveAllAnswers());
    bench.store.reset();
    QVERIFY(bench.haveAllAnswers());
    QCOMPARE(codeOf(*bench.answers->at(0)), u"stopped"_s);
}

void KeyStoreHttpTest::readsCertificates()
{
    const test::TestAuthority first("One");
    const test::TestAuthority second("Two");
    const JsonObject map{{u"id-1"_s, QString::fromLatin1(first.certificate())},
                         {u"id-2"_s, QString::fromLatin1(second.certificate())}};
    KeyBench bench;
    bench.answer = httpAnswer("200 OK", {{"Cache-Control"_ba, "public, max-age=600"_ba}}, toCompactJson(map));
    KeySource source = bench.source();
    source.format = KeyFormat::certificateMap;
    const Result<IssuerKeys> keys = QCoro::waitFor(bench.store->keysFor(source, u"id-2"_s));
    QVERIFY2(keys, qPrintable(codeOf(keys)));
    const Result<jose::PublicKey> expected = jose::PublicKey::fromCertificate(second.certificate());
    QVERIFY(expected && keys->find(u"id-1") && keys->find(u"id-2"));
    QVERIFY(keys->find(u"id-2")->key == *expected);
    QVERIFY(!(keys->find(u"id-1")->key == *expected));
    bench.now += 10min;
    QVERIFY(QCoro::waitFor(bench.store->keysFor(source, u"id-2"_s)));
    QCOMPARE(bench.fetches(), 2);
}

void KeyStoreHttpTest::doesNotTakeOneFormatForTheOther()
{
    KeyBench bench;
    KeySource source = bench.source();
    QVERIFY(QCoro::waitFor(bench.store->prefetch(source)));
    source.format = KeyFormat::certificateMap;
    const Result<IssuerKeys> keys = QCoro::waitFor(bench.store->prefetch(source));
    QCOMPARE(codeOf(keys), keysUnavailable());

    const test::TestAuthority authority("One");
    bench.answer =
        httpAnswer("200 OK", {}, toCompactJson(JsonObject{{u"id-1"_s, QString::fromLatin1(authority.certificate())}}));
    QCOMPARE(codeOf(bench.prefetch()), keysUnavailable());
}

QTEST_GUILESS_MAIN(KeyStoreHttpTest)
#include "key-store-http-test.moc"
