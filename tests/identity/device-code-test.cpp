// The answer of the device authorization endpoint is read strictly, and only what may be shown and opened is.
#include "core/json.h"
#include "identity/device-code.h"
#include "identity/errors.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::identity;
namespace ids = bookdesk::identity::errors;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const TimePoint now = TimePoint(std::chrono::seconds{1'800'000'000});

/// As Entra answers.
JsonObject goodAnswer()
{
    return {{u"user_code"_s, u"F7QK2XRMT"_s},
            {u"device_code"_s, u"FAQABAAEAAAD-the-device-code"_s},
            {u"verification_uri"_s, u"https://microsoft.com/devicelogin"_s},
            {u"expires_in"_s, 900},
            {u"interval"_s, 5},
            {u"message"_s, u"To sign in, use a web browser."_s}};
}

net::HttpResponse response(int status, const QByteArray &body)
{
    net::HttpResponse answer;
    answer.status = status;
    answer.body = Secret(body);
    return answer;
}

Result<DeviceCode> readWith(const QString &member, const Json &value, const DeviceCodeRules &rules = {})
{
    JsonObject answer = goodAnswer();
    answer.set(member, value);
    return readDeviceCode(response(200, toCompactJson(answer)), now, rules);
}

QString codeOf(const Result<DeviceCode> &read) { return read ? u"no error"_s : read.error().code.toString(); }

} // namespace

Q_DECLARE_METATYPE(bookdesk::Json)

class DeviceCodeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAllThatIsGiven()
    {
        const Result<DeviceCode> code = readDeviceCode(response(200, toCompactJson(goodAnswer())), now);
        QCOMPARE(codeOf(code), u"no error"_s);
        QCOMPARE(code->userCode, u"F7QK2XRMT"_s);
        QCOMPARE(code->deviceCode, Secret("FAQABAAEAAAD-the-device-code"));
        QCOMPARE(code->verificationLink, QUrl(u"https://microsoft.com/devicelogin"_s));
        QCOMPARE(code->expiresAt, now + 900s);
        QCOMPARE(code->interval, std::chrono::milliseconds(5s));
    }

    void theCodeIsKeptAsItWasSent_data()
    {
        QTest::addColumn<QString>("code");
        for (const QString &code : {u"wdjb-mjht"_s, u"ab 12"_s, u"0OIl1"_s, QString(40, u'X')})
            QTest::newRow(qPrintable(code)) << code;
    }

    void theCodeIsKeptAsItWasSent()
    {
        QFETCH(const QString, code);
        const Result<DeviceCode> read = readWith(u"user_code"_s, code);
        QCOMPARE(codeOf(read), u"no error"_s);
        QCOMPARE(read->userCode, code);
    }

    void theLinkNeverHoldsTheCode()
    {
        const Result<DeviceCode> read =
            readWith(u"verification_uri_complete"_s, u"https://microsoft.com/devicelogin?user_code=F7QK2XRMT"_s);
        QVERIFY(read);
        QCOMPARE(read->verificationLink, QUrl(u"https://microsoft.com/devicelogin"_s));
    }

    void theIntervalIsFiveSecondsWhereNothingIsSaid_data()
    {
        QTest::addColumn<Json>("value");
        QTest::addColumn<qint64>("milliseconds");
        QTest::newRow("nothing") << Json() << qint64{5000};
        QTest::newRow("longer") << Json(12) << qint64{12'000};
        QTest::newRow("less than the least") << Json(0) << qint64{1000};
        QTest::newRow("a fraction") << Json(2.5) << qint64{2500};
    }

    void theIntervalIsFiveSecondsWhereNothingIsSaid()
    {
        QFETCH(const Json, value);
        const Result<DeviceCode> read = readWith(u"interval"_s, value);
        QVERIFY(read);
        QTEST(qint64{read->interval.count()}, "milliseconds");
        JsonObject answer = goodAnswer();
        answer.remove(u"interval");
        QCOMPARE(readDeviceCode(response(200, toCompactJson(answer)), now)->interval, std::chrono::milliseconds(5s));
    }

    void theLinkIsNoPageOfAnotherProvider_data()
    {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("link");
        QTest::addColumn<bool>("isGood");
        const QString generic = u"generic"_s;
        QTest::newRow("its own") << generic << u"https://id.contoso.com/device"_s << true;
        QTest::newRow("elsewhere") << generic << u"https://contoso.com/device"_s << true;
        QTest::newRow("Microsoft's") << generic << u"https://login.microsoft.com/device"_s << false;
        QTest::newRow("Microsoft's with a dot") << generic << u"https://microsoft.com./devicelogin"_s << false;
        QTest::newRow("Okta's") << generic << u"https://contoso.okta.com/activate"_s << false;
        QTest::newRow("Okta's by Okta") << u"okta"_s << u"https://contoso.okta.com/activate"_s << true;
        QTest::newRow("Microsoft's by Entra") << u"entra"_s << u"https://microsoft.com/devicelogin"_s << true;
    }

    void theLinkIsNoPageOfAnotherProvider()
    {
        QFETCH(const QString, provider);
        QFETCH(const QString, link);
        QFETCH(const bool, isGood);
        const DeviceCode code = readWith(u"verification_uri"_s, link).value();
        QCOMPARE(codeOf(withOwnLink(code, *findProvider(provider))),
                 isGood ? u"no error"_s : ids::responseInvalid.toString());
    }

    void nobodyWaitsForHours() { QCOMPARE(readWith(u"expires_in"_s, 86'400)->expiresAt, now + 3600s); }

    void refusesWhatCannotBeUsed_data()
    {
        QTest::addColumn<QString>("member");
        QTest::addColumn<Json>("value");
        const auto row = [](const char *name, const QString &member, const Json &value) {
            QTest::newRow(name) << member << value;
        };
        row("no code", u"user_code"_s, {});
        row("an empty code", u"user_code"_s, u""_s);
        row("a code that is no text", u"user_code"_s, 123);
        row("a code too long to type", u"user_code"_s, QString(41, u'X'));
        row("a code with a hidden character", u"user_code"_s, u"F7Q\u202EK2"_s);
        row("a code with a line feed", u"user_code"_s, u"F7Q\nK2"_s);
        row("a code with letters of another script", u"user_code"_s, u"F7Q\u041A2"_s);
        row("a code that ends in a blank", u"user_code"_s, u"F7Q "_s);
        row("no device code", u"device_code"_s, {});
        row("an empty device code", u"device_code"_s, u""_s);
        row("a device code that is no text", u"device_code"_s, JsonArray{u"a"_s});
        row("a device code with a blank", u"device_code"_s, u"a b"_s);
        row("a device code without end", u"device_code"_s, QString(20'000, u'a'));
        row("no link", u"verification_uri"_s, {});
        row("a link without TLS", u"verification_uri"_s, u"http://microsoft.com/devicelogin"_s);
        row("a link to a program", u"verification_uri"_s, u"file:///usr/bin/true"_s);
        row("a link with a script", u"verification_uri"_s, u"javascript:alert(1)"_s);
        row("a link with a user", u"verification_uri"_s, u"https://microsoft.com@evil.test/"_s);
        row("a link without a host", u"verification_uri"_s, u"https:///devicelogin"_s);
        row("a link without end", u"verification_uri"_s, QString(u"https://a.test/"_s + QString(500, u'a')));
        row("no end", u"expires_in"_s, {});
        row("an end in words", u"expires_in"_s, u"900"_s);
        row("an end that is past", u"expires_in"_s, -1);
        row("an end without end", u"expires_in"_s, 1e300);
        row("an interval in words", u"interval"_s, u"5"_s);
        row("an interval that is negative", u"interval"_s, -5);
        row("an interval longer than the code lives", u"interval"_s, 900);
    }

    void refusesWhatCannotBeUsed()
    {
        QFETCH(const QString, member);
        QFETCH(const Json, value);
        const Result<DeviceCode> read = readWith(member, value);
        QCOMPARE(codeOf(read), ids::responseInvalid.toString());
        QVERIFY(!(advised(read.error()) + factLines(read.error().facts)).contains(u"the-device-code"_s));
    }

    void onLoopbackTheLinkNeedsNoTls()
    {
        QCOMPARE(codeOf(readWith(u"verification_uri"_s, u"http://localhost:8080/devicelogin"_s)), u"no error"_s);
    }

    void tellsWhyThereIsNoCode_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("code");
        const auto row = [](const char *name, int status, const QByteArray &body, ErrorCode code) {
            QTest::newRow(name) << status << body << code.toString();
        };
        row("declined", 400, R"({"error":"access_denied","error_description":"AADSTS53003: Blocked."})", ids::declined);
        row("a client that may not", 401, R"({"error":"invalid_client","error_description":"AADSTS7000218: No."})",
            ids::serverRefused);
        row("a server in trouble", 503, R"({"error":"access_denied"})", ids::serverRefused);
        row("an error that says 200", 200, R"({"error":"invalid_scope"})", ids::serverRefused);
        row("a web page", 404, "<html></html>", ids::serverRefused);
        row("a web page that says 200", 200, "<html></html>", ids::responseInvalid);
        row("an answer without end", 200, '"' + QByteArray(70'000, 'a') + '"', ids::responseInvalid);
        row("a member twice", 200, R"({"user_code":"A","user_code":"B"})", ids::responseInvalid);
    }

    void tellsWhyThereIsNoCode()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        QTEST(codeOf(readDeviceCode(response(status, body), now)), "code");
    }
};

QTEST_GUILESS_MAIN(DeviceCodeTest)
#include "device-code-test.moc"
