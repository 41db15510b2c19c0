#include "core/hostile-strings.h"
#include "core/masking.h"
#include "net/client-bench.h"
#include "net/curl.h"
#include "net/fake-server.h"

#include <QDir>
#include <QEventLoop>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using net::Exchange;
using test::FakeServer;
using test::httpAnswer;
using test::SeenRequest;

namespace {

Exchange exchangeTo(const QUrl &url, const QByteArray &method = "GET"_ba)
{
    Exchange exchange;
    exchange.method = method;
    exchange.url = url.toString(QUrl::FullyEncoded);
    return exchange;
}

struct Run
{
    int status = -1;
    QByteArray output;
    QByteArray complaint;
    QStringList files; ///< That the command made.
};

/// Runs @p command by the system's shell in an empty folder, while the event loop serves it.
Run runByShell(const QString &command)
{
    const QTemporaryDir folder;
    QProcess shell;
    shell.setWorkingDirectory(folder.path());
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"TOKEN"_s, u"the token's value"_s);
    environment.insert(u"CURL_HOME"_s, folder.path());
    environment.insert(u"no_proxy"_s, u"*"_s);
    shell.setProcessEnvironment(environment);
    QEventLoop loop;
    QObject::connect(&shell, &QProcess::finished, &loop, &QEventLoop::quit);
    QObject::connect(&shell, &QProcess::errorOccurred, &loop, &QEventLoop::quit);
    shell.start(u"/bin/sh"_s, {u"-c"_s, command + u" \\\n  --silent --show-error --max-time 20"_s});
    loop.exec();
    return {shell.exitCode(), shell.readAllStandardOutput(), shell.readAllStandardError(),
            QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)};
}

/// What a word can carry: no zero characters and no halves of pairs.
QString carried(const QString &text)
{
    QString result;
    for (const char32_t character : text.toUcs4()) {
        if (character != 0)
            result += QChar::fromUcs4(character);
    }
    return result;
}

} // namespace

class CurlTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesOneCommand();
    void sendsTheToken();
    void leavesOutRemovedSecrets();
    void runsWithAnyMethod_data();
    void runsWithAnyMethod();
    void keepsThePathAsItIs();
    void sendsHostileText_data();
    void sendsHostileText();
    void namesHeadersOnly();

private:
    FakeServer m_server{[](const SeenRequest &) { return httpAnswer("200 OK", {}, "Hello"); }};
};

void CurlTest::writesOneCommand()
{
    Exchange exchange = exchangeTo(QUrl(u"https://books.contoso.com/api/v1/books/it's"_s), "DELETE"_ba);
    exchange.requestHeaders = {{"Accept"_ba, "application/json"_ba}, {"Authorization"_ba, removedMark().toUtf8()}};
    QCOMPARE(net::curlCommand(exchange), uR"(curl --globoff --path-as-is \
  --request 'DELETE' \
  --url 'https://books.contoso.com/api/v1/books/it'\''s' \
  --header 'Accept: application/json' \
  --header "Authorization: Bearer $TOKEN")"_s);
}

void CurlTest::sendsTheToken()
{
    Exchange exchange = exchangeTo(m_server.url());
    exchange.requestHeaders = {{"authorization"_ba, removedMark().toUtf8()}};
    const Run run = runByShell(net::curlCommand(exchange));
    QVERIFY2(run.status == 0, run.complaint);
    QCOMPARE(run.output, "Hello"_ba);
    QCOMPARE(net::headerValue(m_server.requests().back().headers, "Authorization"), "Bearer the token's value"_ba);
}

void CurlTest::leavesOutRemovedSecrets()
{
    Exchange exchange = exchangeTo(m_server.url());
    exchange.requestHeaders = {{"Cookie"_ba, removedMark().toUtf8()},
                               {"Proxy-Authorization"_ba, "Basic "_ba + removedMark().toUtf8()},
                               {"X-Empty"_ba, ""_ba}};
    const Run run = runByShell(net::curlCommand(exchange));
    QVERIFY2(run.status == 0, run.complaint);
    QVERIFY(!net::headerValue(m_server.requests().back().headers, "Cookie"));
    QVERIFY(!net::headerValue(m_server.requests().back().headers, "Proxy-Authorization"));
    QCOMPARE(net::headerValue(m_server.requests().back().headers, "X-Empty"), ""_ba);
}

void CurlTest::runsWithAnyMethod_data()
{
    QTest::addColumn<QByteArray>("method");
    for (const char *method : {"GET", "HEAD", "DELETE", "POST", "PUT", "OPTIONS", "M-SEARCH"})
        QTest::newRow(method) << QByteArray(method);
}

void CurlTest::runsWithAnyMethod()
{
    QFETCH(QByteArray, method);
    FakeServer server([](const SeenRequest &) { return "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n"_ba; });
    const Run run = runByShell(net::curlCommand(exchangeTo(server.url(), method)));
    QVERIFY2(run.status == 0, run.complaint);
    QCOMPARE(server.requests().back().method, method);
}

void CurlTest::keepsThePathAsItIs()
{
    const QString path = u"/a/../{b,c}/[1-3]/%2e%2E/?q=[x]&r={1}#"_s;
    Exchange exchange;
    exchange.method = "GET"_ba;
    exchange.url = m_server.url(u"/"_s).toString().chopped(1) + path;
    const Run run = runByShell(net::curlCommand(exchange));
    QVERIFY2(run.status == 0, run.complaint);
    QCOMPARE(m_server.requests().back().target, path.chopped(1).toLatin1());
}

void CurlTest::sendsHostileText_data() { test::addHostileRows(); }

void CurlTest::sendsHostileText()
{
    QFETCH(QString, text);
    QUrl url = m_server.url(u"/"_s + text);
    url.setQuery(QString::fromUtf8(QUrl::toPercentEncoding(text)));
    Exchange exchange = exchangeTo(url, "POST"_ba);
    exchange.requestHeaders = {{"X-Text"_ba, "begin "_ba + carried(text).toUtf8() + " end"_ba},
                               {"Content-Type"_ba, "text/plain"_ba}};
    exchange.requestBody = text;
    const QString command = net::curlCommand(exchange);
    QVERIFY(test::showsAll(command));
    const std::size_t before = m_server.requests().size();
    const Run run = runByShell(command);
    QVERIFY2(run.status == 0, run.complaint);
    QCOMPARE(run.files, QStringList());
    QCOMPARE(m_server.requests().size(), before + 1);
    const SeenRequest &seen = m_server.requests().back();
    QCOMPARE(QString::fromUtf8(seen.body), carried(text));
    QCOMPARE(QUrl::fromEncoded(seen.target).query(QUrl::FullyEncoded), url.query(QUrl::FullyEncoded));
    const QString header = u"begin "_s + carried(text) + u" end"_s;
    QCOMPARE(QString::fromUtf8(net::headerValue(seen.headers, "X-Text").value_or(QByteArray())).simplified(),
             header.simplified());
}

void CurlTest::namesHeadersOnly()
{
    Exchange exchange = exchangeTo(m_server.url());
    exchange.requestHeaders = {{"@/etc/passwd"_ba, "a"_ba}, {""_ba, "b"_ba}, {"A B"_ba, "c"_ba}};
    QVERIFY(!net::curlCommand(exchange).contains(u"--header"_s));
}

QTEST_GUILESS_MAIN(CurlTest)
#include "curl-test.moc"
