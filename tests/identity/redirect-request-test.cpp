#include "identity/redirect-request.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace Qt::StringLiterals;

namespace {

RequestReader read(const QByteArray &bytes, RequestReader::Limits limits = {})
{
    RequestReader reader(limits);
    reader.feed(bytes);
    return reader;
}

QMap<QByteArray, QByteArray> plain(const FormParameters &parameters)
{
    QMap<QByteArray, QByteArray> values;
    for (const auto &[name, value] : parameters)
        values.insert(name, value.reveal().toByteArray());
    return values;
}

} // namespace

class RedirectRequestTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aGetIsTakenApart();
    void aFormIsTakenApart();
    void cookiesAreLeftBehind();
    void cookiesCountInTheWholeOnly();
    void whatIsMalformedIsRefused_data();
    void whatIsMalformedIsRefused();
    void limitsHold();
    void whatComesBehindIsIgnored();
    void formsAreDecoded_data();
    void formsAreDecoded();
    void badFormsGiveNothing_data();
    void badFormsGiveNothing();
};

void RedirectRequestTest::aGetIsTakenApart()
{
    const RequestReader reader =
        read("GET /cb?code=a%2Bb&state=s?t HTTP/1.1\r\nHost:  localhost:8400 \r\nX-A: b\r\n\r\n");
    QCOMPARE(reader.state(), RequestReader::State::complete);
    const RedirectRequest &request = reader.request();
    QCOMPARE(request.method, "GET"_ba);
    QCOMPARE(request.path, "/cb"_ba);
    QCOMPARE(request.query, Secret("code=a%2Bb&state=s?t"));
    QCOMPARE(request.host(), "localhost:8400"_ba);
    QVERIFY(request.body.isEmpty());
    QVERIFY(!request.isForm());
    QVERIFY(!request.isPrefetch());
}

void RedirectRequestTest::aFormIsTakenApart()
{
    const QByteArray head =
        "POST / HTTP/1.1\r\nhost: localhost:1\r\n"
        "CONTENT-TYPE: Application/X-WWW-Form-Urlencoded; charset=utf-8\r\ncontent-length: 7\r\n\r\n";
    RequestReader reader{RequestReader::Limits{}};
    QCOMPARE(reader.feed(head), RequestReader::State::reading);
    QCOMPARE(reader.feed("code"), RequestReader::State::reading);
    QCOMPARE(reader.feed("=ab"), RequestReader::State::complete);
    QCOMPARE(reader.request().body, Secret("code=ab"));
    QVERIFY(reader.request().isForm());
}

void RedirectRequestTest::cookiesAreLeftBehind()
{
    const RequestReader reader = read("GET / HTTP/1.1\r\nHost: h\r\nCookie: session=of-another-program\r\n\r\n");
    QCOMPARE(reader.request().headers.size(), 1U);
    QVERIFY(reader.request().cookies.empty());
    const RequestReader own =
        read("GET / HTTP/1.1\r\nHost: h\r\nCookie: a=b;bookdesk=one; bookdesk = two ;bookdesk=th=ree\r\n"
             "cookie: xbookdesk=no; bookdesk=four; bookdesk\r\n\r\n");
    QCOMPARE(own.request().cookies, (std::vector{Secret("one"), Secret("th=ree"), Secret("four")}));
}

void RedirectRequestTest::cookiesCountInTheWholeOnly()
{
    const RequestReader::Limits limits{60, 10, 300};
    const auto with = [](qsizetype size) {
        return "GET / HTTP/1.1\r\nHost: h\r\ncookie: " + QByteArray(size, 'c') + "\r\nX: y\r\n\r\n";
    };
    QCOMPARE(read(with(200), limits).state(), RequestReader::State::complete);
    QCOMPARE(read(with(200), limits).request().headers.size(), 2U);
    QCOMPARE(read(with(300), limits).refusal(), 431);
    QCOMPARE(read(with(300).first(310), limits).refusal(), 431);
    QCOMPARE(read(with(200).replace("X: y", "X: " + QByteArray(60, 'y')), limits).refusal(), 431);
    RequestReader inPieces(limits);
    for (const char byte : with(200))
        inPieces.feed(QByteArrayView(&byte, 1));
    QCOMPARE(inPieces.state(), RequestReader::State::complete);
}

void RedirectRequestTest::whatIsMalformedIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << "\r\n\r\n"_ba;
    QTest::newRow("no version") << "GET /\r\n\r\n"_ba;
    QTest::newRow("a later version") << "GET / HTTP/2.0\r\n\r\n"_ba;
    QTest::newRow("a blank too many") << "GET  / HTTP/1.1\r\n\r\n"_ba;
    QTest::newRow("no path") << "GET x HTTP/1.1\r\n\r\n"_ba;
    QTest::newRow("a method that is none") << "G@T / HTTP/1.1\r\n\r\n"_ba;
    QTest::newRow("a header without a name") << "GET / HTTP/1.1\r\n: x\r\n\r\n"_ba;
    QTest::newRow("a header without a colon") << "GET / HTTP/1.1\r\nhost\r\n\r\n"_ba;
    QTest::newRow("a blank before the colon") << "GET / HTTP/1.1\r\nHost : x\r\n\r\n"_ba;
    QTest::newRow("a control character") << "GET / HTTP/1.1\r\nHost: x\x01\r\n\r\n"_ba;
    QTest::newRow("a bare line feed") << "GET / HTTP/1.1\r\nHost: x\nX: y\r\n\r\n"_ba;
    QTest::newRow("two lengths") << "GET / HTTP/1.1\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n"_ba;
    QTest::newRow("an empty length") << "GET / HTTP/1.1\r\nContent-Length:\r\n\r\n"_ba;
    QTest::newRow("a signed length") << "GET / HTTP/1.1\r\nContent-Length: +1\r\n\r\n"_ba;
}

void RedirectRequestTest::whatIsMalformedIsRefused()
{
    QFETCH(QByteArray, bytes);
    const RequestReader reader = read(bytes);
    QCOMPARE(reader.state(), RequestReader::State::refused);
    QCOMPARE(reader.refusal(), 400);
}

void RedirectRequestTest::limitsHold()
{
    const RequestReader::Limits limits{50, 10};
    QCOMPARE(read("GET / HTTP/1.1\r\nX: " + QByteArray(50, 'x'), limits).refusal(), 431);
    QCOMPARE(read("GET / HTTP/1.1\r\nX: " + QByteArray(50, 'x') + "\r\n\r\n", limits).refusal(), 431);
    QCOMPARE(read("GET / HTTP/1.1\r\nX: x\r\n\r\n", limits).state(), RequestReader::State::complete);
    QCOMPARE(read("POST / HTTP/1.1\r\nContent-Length: 11\r\n\r\n", limits).refusal(), 413);
    QCOMPARE(read("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n", limits).state(), RequestReader::State::reading);
    QCOMPARE(read("POST / HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n").refusal(), 413);
}

void RedirectRequestTest::whatComesBehindIsIgnored()
{
    RequestReader reader = read("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\na=bGET /evil HTTP/1.1\r\n\r\n");
    QCOMPARE(reader.request().body, Secret("a=b"));
    QCOMPARE(reader.feed("more"), RequestReader::State::complete);
    QCOMPARE(reader.request().path, "/"_ba);
}

void RedirectRequestTest::formsAreDecoded_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("plain") << "a=b"_ba
                           << "b"_ba;
    QTest::newRow("a blank") << "a=b+c%20d"_ba
                             << "b c d"_ba;
    QTest::newRow("an encoded plus") << "a=b%2bc%2B"_ba
                                     << "b+c+"_ba;
    QTest::newRow("an equals sign") << "a=b=c"_ba
                                    << "b=c"_ba;
    QTest::newRow("an encoded percent") << "a=%2525"_ba
                                        << "%25"_ba;
    QTest::newRow("an encoded name") << "%61=b"_ba
                                     << "b"_ba;
    QTest::newRow("UTF-8") << "a=%C3%BC"_ba
                           << "\xc3\xbc"_ba;
    QTest::newRow("empty") << "a="_ba
                           << ""_ba;
    QTest::newRow("no value") << "a"_ba
                              << ""_ba;
    QTest::newRow("ampersands too many") << "&&a=b&"_ba
                                         << "b"_ba;
}

void RedirectRequestTest::formsAreDecoded()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, value);
    const std::optional<FormParameters> parameters = readForm(Secret(text));
    QVERIFY(parameters);
    QCOMPARE(plain(*parameters), (QMap<QByteArray, QByteArray>{{"a"_ba, value}}));
}

void RedirectRequestTest::badFormsGiveNothing_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("twice") << "a=b&a=b"_ba;
    QTest::newRow("twice, once encoded") << "a=b&%61=c"_ba;
    QTest::newRow("twice, once without a value") << "a&a=c"_ba;
    QTest::newRow("half an escape") << "a=%4"_ba;
    QTest::newRow("a bare percent") << "a=%"_ba;
    QTest::newRow("no hex") << "a=%4g"_ba;
    QTest::newRow("no UTF-8") << "a=%ff"_ba;
    QTest::newRow("an overlong slash") << "a=%c0%af"_ba;
    QByteArray many;
    for (int i = 0; i < 65; ++i)
        many += 'p' + QByteArray::number(i) + "=1&";
    QTest::newRow("too many") << many;
}

void RedirectRequestTest::badFormsGiveNothing()
{
    QFETCH(QByteArray, text);
    QVERIFY(!readForm(Secret(text)));
}

QTEST_GUILESS_MAIN(RedirectRequestTest)
#include "redirect-request-test.moc"
