#include "core/hostile-strings.h"
#include "core/json.h"
#include "core/text.h"
#include "net/client-bench.h"
#include "net/fake-server.h"
#include "net/har.h"

#include <QProcess>
#include <QTest>

#include <memory>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace bookdesk;
using net::Exchange;
using test::ClientBench;
using test::FakeServer;
using test::httpAnswer;
using test::SeenRequest;

namespace {

const TimePoint begin{1'790'000'000s + 114ms};

Exchange answered()
{
    Exchange exchange;
    exchange.started = begin;
    exchange.duration = 341ms;
    exchange.method = "GET"_ba;
    exchange.url = u"https://books.contoso.com/api/v1/books?page=2&q=a%20b"_s;
    exchange.requestHeaders = {{"Accept"_ba, "application/json"_ba}, {"Cookie"_ba, "a=b"_ba}};
    exchange.status = 200;
    exchange.reason = u"OK"_s;
    exchange.responseHeaders = {{"content-type"_ba, "application/json"_ba}, {"Set-Cookie"_ba, "a=b"_ba}};
    exchange.responseBody = u"{\"books\":[]}"_s;
    exchange.responseBytes = 12;
    exchange.milestones = {12'000us, 82'000us, 83'000us, 285'000us};
    return exchange;
}

/// The only entry of an archive.
JsonObject entryOf(const QByteArray &har)
{
    const Result<JsonObject> archive = parseJsonObject(har);
    if (!archive)
        return {};
    return *archive->find(u"log")->asObject()->find(u"entries")->asArray()->at(0).asObject();
}

JsonObject memberOf(const JsonObject &object, QStringView name) { return *object.find(name)->asObject(); }

QString textOf(const JsonObject &object, QStringView name) { return *object.find(name)->asString(); }

struct Reading
{
    QByteArrayList lines;
    QString complaint;
};

/// What a program that knows nothing of ours reads.
Reading readByPython(const QByteArray &har)
{
    QProcess python;
    // Debian's own Python, which has Debian's jsonschema.
    python.start(u"/usr/bin/python3"_s, {QStringLiteral(BOOKDESK_SOURCE_DIR "/tests/net/har_1_2.py")});
    python.write(har);
    python.closeWriteChannel();
    if (!python.waitForFinished(60'000) || python.exitCode() != 0)
        return {{}, QString::fromUtf8(python.readAllStandardError()) + python.errorString()};
    return {python.readAllStandardOutput().trimmed().split('\n'), {}};
}

} // namespace

class HarTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesRequestAndResponse();
    void writesTimings();
    void writesNoTimeThatIsNotKnown();
    void writesWhatIsUnderWay();
    void omitsCookies();
    void isReadByAnotherTool();
    void keepsHostileText_data();
    void keepsHostileText();
};

void HarTest::writesRequestAndResponse()
{
    const JsonObject entry = entryOf(net::harOf({answered()}, begin));
    QCOMPARE(textOf(entry, u"startedDateTime"), u"2026-09-21T14:13:20.114Z"_s);
    const JsonObject request = memberOf(entry, u"request");
    QCOMPARE(textOf(request, u"method"), u"GET"_s);
    QCOMPARE(textOf(request, u"url"), answered().url);
    const JsonArray &query = *request.find(u"queryString")->asArray();
    QCOMPARE(query.size(), std::size_t{2});
    QCOMPARE(textOf(*query[1].asObject(), u"name"), u"q"_s);
    QCOMPARE(textOf(*query[1].asObject(), u"value"), u"a b"_s);
    QVERIFY(!request.find(u"postData"));
    const JsonObject content = memberOf(memberOf(entry, u"response"), u"content");
    QCOMPARE(textOf(content, u"mimeType"), u"application/json"_s);
    QCOMPARE(textOf(content, u"text"), answered().responseBody);
    QCOMPARE(content.find(u"size")->toDouble(), 12.0);
    QVERIFY(!content.find(u"comment"));

    Exchange form = answered();
    form.requestBody = u"a=b"_s;
    form.isResponseBodyCut = true;
    const JsonObject posted = entryOf(net::harOf({form}, begin));
    QCOMPARE(textOf(memberOf(memberOf(posted, u"request"), u"postData"), u"text"), u"a=b"_s);
    QCOMPARE(textOf(memberOf(memberOf(posted, u"response"), u"content"), u"comment"), u"Cut"_s);
}

void HarTest::writesTimings()
{
    const JsonObject timings = memberOf(entryOf(net::harOf({answered()}, begin)), u"timings");
    QCOMPARE(timings.find(u"blocked")->toDouble(), -1.0);
    QCOMPARE(timings.find(u"dns")->toDouble(), 12.0);
    QCOMPARE(timings.find(u"connect")->toDouble(), 70.0);
    QCOMPARE(timings.find(u"ssl")->toDouble(), -1.0);
    QCOMPARE(timings.find(u"send")->toDouble(), 1.0);
    QCOMPARE(timings.find(u"wait")->toDouble(), 202.0);
    QCOMPARE(timings.find(u"receive")->toDouble(), 56.0);
}

void HarTest::writesNoTimeThatIsNotKnown()
{
    Exchange exchange = answered();
    exchange.milestones = {{}, {}, 1'000us, 5'000us};
    const JsonObject reused = memberOf(entryOf(net::harOf({exchange}, begin)), u"timings");
    QCOMPARE(reused.find(u"dns")->toDouble(), -1.0);
    QCOMPARE(reused.find(u"connect")->toDouble(), -1.0);
    QCOMPARE(reused.find(u"wait")->toDouble(), 4.0);

    exchange.isInBrowser = true;
    exchange.duration = 0ms;
    const JsonObject entry = entryOf(net::harOf({exchange}, begin + 1h));
    QCOMPARE(memberOf(entry, u"timings").find(u"dns")->toDouble(), -1.0);
    QCOMPARE(entry.find(u"time")->toDouble(), 0.0);
    QCOMPARE(textOf(entry, u"comment"), u"Opened in the browser"_s);
}

void HarTest::writesWhatIsUnderWay()
{
    Exchange exchange = answered();
    exchange.duration.reset();
    exchange.status = 0;
    exchange.milestones = {12'000us, 82'000us, 82'000us, {}};
    const JsonObject entry = entryOf(net::harOf({exchange}, begin + 5'082ms));
    QCOMPARE(memberOf(entry, u"timings").find(u"wait")->toDouble(), 5'000.0);
    QCOMPARE(entry.find(u"time")->toDouble(), 5'082.0);
    QVERIFY(textOf(entry, u"comment").contains(u"Under way"_s));
    // Clocks are set back now and then.
    QCOMPARE(entryOf(net::harOf({exchange}, begin - 1h)).find(u"time")->toDouble(), 82.0);
}

void HarTest::omitsCookies()
{
    const QByteArray har = net::harOf({answered()}, begin);
    QVERIFY(har.contains("Accept"));
    QVERIFY(!har.contains("Cookie"));
    QVERIFY(!har.contains("a=b"));
}

void HarTest::isReadByAnotherTool()
{
    FakeServer server([](const SeenRequest &request) {
        if (request.target == "/silent")
            return QByteArray();
        return httpAnswer("200 OK", {{"Set-Cookie"_ba, "s=secret"_ba}, {"Location"_ba, "/next"_ba}}, request.body);
    });
    ClientBench bench(test::limitsWithoutRetries());
    net::HttpRequest post = test::requestTo(server.url(u"/a?b=c"_s), "POST"_ba);
    post.body = Secret("some=field&code=secret");
    QVERIFY(bench.send(std::move(post)).has_value());
    QVERIFY(bench.get(server.url()).has_value());
    QVERIFY(!bench.get(QUrl(u"https://nothing.invalid/"_s)).has_value());
    bench.manager.recordInBrowser(QUrl(u"https://login.example/authorize?scope=a"_s));
    const test::Pending pending(*bench.client, server.url(u"/silent"_s));
    QTRY_COMPARE(server.requests().size(), std::size_t{3});
    const auto &exchanges = bench.log.exchanges();
    const Reading reading = readByPython(net::harOf({exchanges.begin(), exchanges.end()}, systemNow()));
    QVERIFY2(reading.complaint.isEmpty(), qPrintable(reading.complaint));
    QCOMPARE(reading.lines.size(), 5);
    QCOMPARE(reading.lines[0], "POST " + server.url(u"/a?b=c"_s).toEncoded() + " 200");
    QCOMPARE(reading.lines[2], "GET https://nothing.invalid/ 0"_ba);
    QCOMPARE(reading.lines[4], "GET " + server.url(u"/silent"_s).toEncoded() + " 0");
}

void HarTest::keepsHostileText_data() { test::addHostileRows(); }

void HarTest::keepsHostileText()
{
    QFETCH(QString, text);
    Exchange exchange = answered();
    exchange.reason = text;
    exchange.responseBody = text;
    exchange.requestBody = text;
    exchange.failure = text;
    exchange.requestHeaders.emplace_back(text.toUtf8(), text.toUtf8());
    const QByteArray har = net::harOf({exchange}, begin);
    QVERIFY(test::showsAll(QString::fromUtf8(har)));
    const JsonObject entry = entryOf(har);
    // Halves of surrogate pairs are no characters, so no file can hold them.
    const QString arrived = QString::fromUtf8(text.toUtf8());
    QCOMPARE(textOf(memberOf(entry, u"response"), u"statusText"), arrived);
    QCOMPARE(textOf(memberOf(memberOf(entry, u"request"), u"postData"), u"text"), arrived);
}

QTEST_GUILESS_MAIN(HarTest)
#include "har-test.moc"
