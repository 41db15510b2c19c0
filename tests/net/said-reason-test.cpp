#include "net/said-reason.h"

#include <QTest>

using namespace bookdesk;
using namespace Qt::StringLiterals;

class SaidReasonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheReasons_data();
    void findsTheReasons();
    void hasBounds();
    void knowsExpiry_data();
    void knowsExpiry();
    void readsChallenges();
    void knowsWebPages();
};

void SaidReasonTest::findsTheReasons_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QStringList>("reasons");
    const auto row = [](const char *name, const QByteArray &body, const QStringList &reasons) {
        QTest::newRow(name) << body << reasons;
    };
    row("FastAPI's detail", R"({"detail":"Token expired"})", {u"Token expired"_s});
    row("FastAPI's list", R"({"detail":[{"loc":["a"],"msg":"m1","type":"t"},{"msg":"m2"}]})", {u"m1"_s, u"m2"_s});
    row("an object", R"({"detail":{"code":5,"message":"m"}})", {u"m"_s});
    row("problem details", R"({"type":"u","title":"t","status":401,"detail":"d"})", {u"d"_s, u"t"_s});
    row("a gateway's message", R"({"message":"m"})", {u"m"_s});
    row("OAuth", R"({"error":"invalid_token","error_description":"Jwt expired"})",
        {u"Jwt expired"_s, u"invalid_token"_s});
    row("Microsoft's error", R"({"error":{"code":"X","message":"m"}})", {u"m"_s});
    row("an array", R"([{"message":"m"}])", {u"m"_s});
    row("a JSON string", R"("said")", {u"said"_s});
    row("plain text", " Jwt is expired\n", {u"Jwt is expired"_s});
    row("nothing", {}, {});
    row("blanks", R"({"detail":" ","message":""})", {});
    row("no text", R"({"detail":7,"message":null,"title":true})", {});
    row("other members", R"({"x":"y"})", {});
    row("a web page", "<html><body>expired</body></html>", {});
    row("bytes", QByteArray("\0\1", 2), {});
    row("no UTF-8", "\xff\xfe", {});
}

void SaidReasonTest::findsTheReasons()
{
    QFETCH(QByteArray, body);
    QTEST(net::saidReasons(body), "reasons");
}

void SaidReasonTest::hasBounds()
{
    QVERIFY(net::saidReasons(R"({"detail":[)" + QByteArray(R"("x",)").repeated(1'000) + R"("x"]})").size() <= 20);
    QVERIFY(net::saidReasons(QByteArray(1'001, 'x')).isEmpty());
    QVERIFY(net::saidReasons(R"({"detail":")" + QByteArray(64 * 1024, 'x') + "\"}").isEmpty());
}

void SaidReasonTest::knowsExpiry_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isExpiry");
    QTest::newRow("the contract") << u"Token expired"_s << true;
    QTest::newRow("Envoy") << u"Jwt is expired"_s << true;
    QTest::newRow("AWS") << u"The incoming token has expired"_s << true;
    QTest::newRow("ASP.NET Core") << u"IDX10223: Lifetime validation failed. The token is expired."_s << true;
    QTest::newRow("with a comma") << u"expired, sign in"_s << true;
    QTest::newRow("part of an address") << u"Invalid 'iss': 'https://evil.test/expired/x'"_s << false;
    QTest::newRow("part of a host") << u"unknown host expired-tokens.test"_s << false;
    QTest::newRow("something else") << u"Invalid token"_s << false;
}

void SaidReasonTest::knowsExpiry()
{
    QFETCH(QString, text);
    QTEST(net::isAboutExpiry(text), "isExpiry");
}

void SaidReasonTest::readsChallenges()
{
    net::HttpResponse response;
    response.headers = {{"WWW-Authenticate", R"(Bearer error="invalid_token", error_description="The token expired")"}};
    QVERIFY(net::saysTokenExpired(response));
    response.headers.clear();
    QVERIFY(!net::saysTokenExpired(response));
    response.body = Secret(R"({"message":"Token expired"})");
    QVERIFY(net::saysTokenExpired(response));
}

void SaidReasonTest::knowsWebPages()
{
    QVERIFY(net::isWebPage("<html>"));
    QVERIFY(net::isWebPage("\xef\xbb\xbf\r\n <!DOCTYPE html>"));
    QVERIFY(!net::isWebPage(""));
    QVERIFY(!net::isWebPage("Jwt is expired <now>"));
}

QTEST_GUILESS_MAIN(SaidReasonTest)
#include "said-reason-test.moc"
