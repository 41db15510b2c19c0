#include "jose/base64url.h"
#include "jose/decoded-token.h"
#include "jose/errors.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

const char usualHeader[] = R"({"typ":"JWT","alg":"RS256","kid":"abc"})";
const char usualClaims[] = R"({"sub":"someone"})";

QByteArray token(const QByteArray &header, const QByteArray &claims, const QByteArray &signature = "signature")
{
    return toBase64Url(header) + '.' + toBase64Url(claims) + '.' + toBase64Url(signature);
}

Result<DecodedToken> decodeText(const QByteArray &text) { return decode(Secret(text)); }

DecodedToken withClaims(const QByteArray &claims)
{
    const Result<DecodedToken> decoded = decodeText(token(usualHeader, claims));
    if (!decoded)
        qFatal("The test's token is not valid: %s", qPrintable(factLines(decoded.error().facts)));
    return *decoded;
}

} // namespace

class DecodedTokenTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesATokenApart()
    {
        const QByteArray text = token(usualHeader, usualClaims, "\xff\xfe");
        const Result<DecodedToken> decoded = decodeText(text);
        QVERIFY(decoded);
        QCOMPARE(toCompactJson(decoded->header), QByteArray(usualHeader));
        QCOMPARE(toCompactJson(decoded->claims), QByteArray(usualClaims));
        QCOMPARE(decoded->signature, "\xff\xfe");
        QCOMPARE(decoded->signingInput.reveal().toByteArray(), text.left(text.lastIndexOf('.')));
        QCOMPARE(decoded->keyId(), u"abc"_s);
    }

    void keepsUmlautsAndSymbols()
    {
        const DecodedToken decoded = withClaims(R"({"name":"Jürgen 📚 \u00e9"})");
        QCOMPARE(decoded.stringClaim(u"name"), u"Jürgen 📚 é"_s);
    }

    void acceptsAnEmptySignatureForTheVerificationToRefuse()
    {
        QVERIFY(decodeText(token(R"({"alg":"none"})", usualClaims, {})));
    }

    void isEmptyWhereMembersAreNoStrings()
    {
        const Result<DecodedToken> decoded =
            decodeText(token(R"({"alg":1,"kid":["abc"]})", R"({"sub":7,"name":null})"));
        QVERIFY(decoded);
        QCOMPARE(decoded->keyId(), QString());
        QVERIFY(!decoded->stringClaim(u"sub"));
        QVERIFY(!decoded->stringClaim(u"name"));
        QVERIFY(!decoded->stringClaim(u"absent"));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("code");
        const QString malformed = errors::tokenMalformed.toString();
        const QString opaque = errors::tokenOpaque.toString();
        const QString encrypted = errors::tokenEncrypted.toString();
        const QByteArray good = token(usualHeader, usualClaims);

        QTest::newRow("nothing") << QByteArray() << malformed;
        QTest::newRow("two dots") << QByteArray("..") << malformed;
        QTest::newRow("two parts of a JWT") << good.left(good.lastIndexOf('.')) << malformed;
        QTest::newRow("the header alone") << good.left(good.indexOf('.')) << malformed;
        QTest::newRow("four parts") << good + ".e30" << malformed;
        QTest::newRow("six parts") << good + ".a.b.c" << malformed;
        QTest::newRow("a hundred thousand dots") << toBase64Url(usualHeader) + QByteArray(100'000, '.') << malformed;
        QTest::newRow("a blank in front") << ' ' + good << malformed;
        QTest::newRow("a line feed behind") << good + '\n' << malformed;
        QTest::newRow("the word Bearer in front") << "Bearer " + good << malformed;
        QTest::newRow("quotes around") << '"' + good + '"' << malformed;
        QTest::newRow("a padded signature") << good + "==" << malformed;
        QTest::newRow("a padded header") << toBase64Url("{\"a\":1}") + "==." + toBase64Url("{}") + ".AA" << malformed;
        QTest::newRow("plain base64 in the signature") << good + "+/" << malformed;
        QTest::newRow("trailing bits in the signature") << token(usualHeader, usualClaims, {}) + "AB" << malformed;
        QTest::newRow("an impossible length of the signature")
            << token(usualHeader, usualClaims, {}) + "AAAAA" << malformed;
        QTest::newRow("a zero byte in the claims")
            << toBase64Url(usualHeader) + QByteArray(".e3\0 .AA", 8) << malformed;

        QTest::newRow("a header that is no JSON") << token("hello", usualClaims) << malformed;
        QTest::newRow("a header that is an array") << token("[]", usualClaims) << malformed;
        QTest::newRow("a header that is empty") << token("", usualClaims) << malformed;
        QTest::newRow("claims that are no JSON") << token(usualHeader, "hello") << malformed;
        QTest::newRow("claims that are an array") << token(usualHeader, "[1]") << malformed;
        QTest::newRow("claims that are a string") << token(usualHeader, "\"x\"") << malformed;
        QTest::newRow("claims that are null") << token(usualHeader, "null") << malformed;
        QTest::newRow("claims that are empty") << token(usualHeader, "") << malformed;
        QTest::newRow("an algorithm given twice") << token(R"({"alg":"RS256","alg":"none"})", usualClaims) << malformed;
        QTest::newRow("a subject given twice") << token(usualHeader, R"({"sub":"a","sub":"b"})") << malformed;
        QTest::newRow("a subject given twice, once escaped")
            << token(usualHeader, R"({"sub":"a","s\u0075b":"b"})") << malformed;
        QTest::newRow("a nested member given twice") << token(usualHeader, R"({"x":{"a":1,"a":2}})") << malformed;
        QTest::newRow("broken UTF-8 in the claims") << token(usualHeader, "{\"sub\":\"\xc3\x28\"}") << malformed;
        QTest::newRow("overlong UTF-8 in the claims") << token(usualHeader, "{\"sub\":\"\xc0\xaf\"}") << malformed;
        QTest::newRow("a surrogate as UTF-8") << token(usualHeader, "{\"sub\":\"\xed\xa0\x80\"}") << malformed;
        QTest::newRow("half a surrogate pair as an escape") << token(usualHeader, R"({"sub":"\ud83d"})") << malformed;
        QTest::newRow("UTF-16") << token(usualHeader, QByteArray("{\0}\0", 4)) << malformed;
        QTest::newRow("something behind the claims") << token(usualHeader, "{}{}") << malformed;
        QTest::newRow("a number beyond all limits") << token(usualHeader, R"({"exp":1e400})") << malformed;
        QTest::newRow("NaN") << token(usualHeader, R"({"exp":NaN})") << malformed;
        QTest::newRow("a comment in the claims") << token(usualHeader, "{/**/}") << malformed;
        QTest::newRow("claims nested a thousand deep")
            << token(usualHeader, "{\"x\":" + QByteArray(1000, '[') + QByteArray(1000, ']') + '}') << malformed;

        QTest::newRow("larger than a megabyte")
            << token(usualHeader, usualClaims, QByteArray(1024 * 1024, 'x')) << errors::tokenTooLarge.toString();

        QTest::newRow("an encrypted token")
            << toBase64Url(R"({"alg":"RSA-OAEP","enc":"A256GCM"})") + ".a2V5.aXY.dGV4dA.dGFn" << encrypted;
        QTest::newRow("an encrypted token without a wrapped key")
            << toBase64Url(R"({"alg":"dir","enc":"A256GCM"})") + "..aXY.dGV4dA.dGFn" << encrypted;

        QTest::newRow("a reference token") << QByteArray("0b79bab50daca910b000d4f1a2b675d604257e42") << opaque;
        QTest::newRow("a reference token with dots") << QByteArray("ya29.a0AfH6SMBx.y.z") << opaque;
        QTest::newRow("five words") << QByteArray("a.b.c.d.e") << opaque;
    }

    void refuses()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, code);
        const Result<DecodedToken> decoded = decodeText(text);
        QVERIFY(!decoded);
        QCOMPARE(decoded.error().code.toString(), code);
        QVERIFY(!decoded.error().message.isEmpty());
    }

    void neverShowsTheTokenInAnError()
    {
        const QByteArray secret = "c2VjcmV0LXBhcnQ";
        const Result<DecodedToken> decoded = decodeText(toBase64Url(usualHeader) + '.' + secret + '.' + secret);
        QVERIFY(!decoded);
        const QString told = advised(decoded.error()) + factLines(decoded.error().facts);
        QVERIFY(!told.contains(QString::fromLatin1(secret)));
        QVERIFY(!told.contains(u"secret-part"_s));
    }

    void readsTheAudience_data()
    {
        QTest::addColumn<QByteArray>("claims");
        QTest::addColumn<QStringList>("audience");
        QTest::newRow("a string") << QByteArray(R"({"aud":"a"})") << QStringList{u"a"_s};
        QTest::newRow("an array") << QByteArray(R"({"aud":["a","b"]})") << QStringList{u"a"_s, u"b"_s};
        QTest::newRow("absent") << QByteArray("{}") << QStringList();
        QTest::newRow("null") << QByteArray(R"({"aud":null})") << QStringList();
        QTest::newRow("a number") << QByteArray(R"({"aud":1})") << QStringList();
        QTest::newRow("an array with a number in it") << QByteArray(R"({"aud":["a",1]})") << QStringList();
        QTest::newRow("an object") << QByteArray(R"({"aud":{"a":"b"}})") << QStringList();
    }

    void readsTheAudience()
    {
        QFETCH(QByteArray, claims);
        QFETCH(QStringList, audience);
        QCOMPARE(withClaims(claims).audience(), audience);
    }

    void readsDates_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<std::optional<qint64>>("seconds");
        QTest::newRow("a whole number") << QByteArray("1800000000") << std::optional<qint64>(1'800'000'000);
        QTest::newRow("a fraction is cut off") << QByteArray("1800000000.9") << std::optional<qint64>(1'800'000'000);
        QTest::newRow("with an exponent") << QByteArray("1.8e9") << std::optional<qint64>(1'800'000'000);
        QTest::newRow("before 1970") << QByteArray("-5.5") << std::optional<qint64>(-5);
        QTest::newRow("beyond the clock") << QByteArray("1e300") << std::optional<qint64>();
        QTest::newRow("far before the clock") << QByteArray("-1e300") << std::optional<qint64>();
        QTest::newRow("the largest integer") << QByteArray("18446744073709551615") << std::optional<qint64>();
        QTest::newRow("a string") << QByteArray("\"1800000000\"") << std::optional<qint64>();
        QTest::newRow("null") << QByteArray("null") << std::optional<qint64>();
        QTest::newRow("a boolean") << QByteArray("true") << std::optional<qint64>();
    }

    void readsDates()
    {
        QFETCH(QByteArray, value);
        QFETCH(std::optional<qint64>, seconds);
        const std::optional<TimePoint> time = withClaims("{\"exp\":" + value + '}').dateClaim(u"exp");
        QCOMPARE(time.has_value(), seconds.has_value());
        if (time)
            QCOMPARE(std::chrono::duration_cast<std::chrono::seconds>(time->time_since_epoch()).count(), *seconds);
    }
};

} // namespace bookdesk::jose

QTEST_GUILESS_MAIN(bookdesk::jose::DecodedTokenTest)
#include "decoded-token-test.moc"
