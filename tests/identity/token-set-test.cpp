#include "core/own-memory.h"
#include "identity/errors.h"
#include "identity/token-set.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace Qt::StringLiterals;

namespace {

constexpr TimePoint testNow{std::chrono::seconds{1'800'000'000}};
const QStringList asked{u"openid"_s, u"api://6f1c/Books.Read"_s};

Result<TokenSet> read(int status, const QByteArray &body)
{
    return readTokenResponse(status, Secret(body), asked, testNow);
}

QString codeOf(const Result<TokenSet> &tokens) { return tokens ? u"no error"_s : tokens.error().code.toString(); }

} // namespace

class TokenSetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAllThatIsGiven();
    void readsARefreshWithoutIdToken();
    void readsTheLifetime_data();
    void readsTheLifetime();
    void readsWhenToRenew_data();
    void readsWhenToRenew();
    void withoutALifetimeTheTokenSays_data();
    void withoutALifetimeTheTokenSays();
    void refusesAnAnswer_data();
    void refusesAnAnswer();
    void namesTokensThatAreBoundToAKey();
    void tellsAnOAuthErrorWhateverTheStatus_data();
    void tellsAnOAuthErrorWhateverTheStatus();
    void tellsARefusalWithoutReason_data();
    void tellsARefusalWithoutReason();
    void aServerInTroubleRefusesNobody_data();
    void aServerInTroubleRefusesNobody();
    void namesWhereARedirectLeads();
    void namesAWebPage_data();
    void namesAWebPage();
    void leavesNoCopies();
};

void TokenSetTest::readsAllThatIsGiven()
{
    const Result<TokenSet> tokens =
        read(200, R"({"token_type":"bearer","scope":"openid  api://6f1c/Books.Read email","expires_in":3599,
                      "ext_expires_in":3599,"access_token":"a.b-c_d~","refresh_token":"0.AX=/+!*$%","id_token":"e.f.g"})");
    QVERIFY2(tokens, qPrintable(codeOf(tokens)));
    QVERIFY(tokens->accessToken == Secret("a.b-c_d~"));
    QVERIFY(tokens->refreshToken == Secret("0.AX=/+!*$%"));
    QVERIFY(tokens->idToken == Secret("e.f.g"));
    QVERIFY(tokens->receivedAt == testNow);
    QVERIFY(tokens->expiresAt == testNow + std::chrono::seconds{3599});
    QCOMPARE(tokens->grantedScopes, (QStringList{u"openid"_s, u"api://6f1c/Books.Read"_s, u"email"_s}));
}

void TokenSetTest::readsARefreshWithoutIdToken()
{
    const Result<TokenSet> tokens =
        read(200, R"({"token_type":"Bearer","expires_in":10,"access_token":"opaque","id_token":null})");
    QVERIFY2(tokens, qPrintable(codeOf(tokens)));
    QVERIFY(tokens->idToken.isEmpty());
    QVERIFY(tokens->refreshToken.isEmpty());
    QCOMPARE(tokens->grantedScopes, asked);
}

void TokenSetTest::readsTheLifetime_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<int>("seconds");
    QTest::newRow("a number") << "3599"_ba << 3599;
    QTest::newRow("a string") << "\"3600\""_ba << 3600;
    QTest::newRow("none left") << "0"_ba << 0;
    QTest::newRow("a fraction") << "59.9"_ba << 59;
    QTest::newRow("a day and more") << "100000"_ba << 100000;
}

void TokenSetTest::readsTheLifetime()
{
    QFETCH(const QByteArray, written);
    QFETCH(const int, seconds);
    const Result<TokenSet> tokens =
        read(200, R"({"token_type":"Bearer","access_token":"abc","expires_in":)" + written + '}');
    QVERIFY2(tokens, qPrintable(codeOf(tokens)));
    QVERIFY(tokens->expiresAt == testNow + std::chrono::seconds{seconds});
}

void TokenSetTest::readsWhenToRenew_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<std::optional<TimePoint>>("renewal");
    const std::optional<TimePoint> soon = testNow + std::chrono::seconds{1800};
    QTest::newRow("a number") << R"(,"refresh_in":1800)"_ba << soon;
    QTest::newRow("a string") << R"(,"refresh_in":"1800")"_ba << soon;
    QTest::newRow("not said") << ""_ba << std::optional<TimePoint>();
    for (const QByteArray &odd : {"null"_ba, "-1"_ba, "\"soon\""_ba, "[1800]"_ba, "1e99"_ba})
        QTest::newRow(odd) << R"(,"refresh_in":)" + odd << std::optional<TimePoint>();
}

void TokenSetTest::readsWhenToRenew()
{
    QFETCH(const QByteArray, written);
    const Result<TokenSet> tokens =
        read(200, R"({"token_type":"Bearer","access_token":"abc","expires_in":3600)" + written + '}');
    QVERIFY2(tokens, qPrintable(codeOf(tokens)));
    QTEST(tokens->renewAt, "renewal");
}

void TokenSetTest::withoutALifetimeTheTokenSays_data()
{
    QTest::addColumn<QByteArray>("lifetime");
    QTest::newRow("missing") << QByteArray();
    QTest::newRow("null") << R"("expires_in":null,)"_ba;
}

void TokenSetTest::withoutALifetimeTheTokenSays()
{
    QFETCH(const QByteArray, lifetime);
    const QByteArray claims = R"({"exp":1800000777})"_ba.toBase64(QByteArray::Base64UrlEncoding);
    const Result<TokenSet> tokens = read(200, R"({"token_type":"Bearer",)" + lifetime +
                                                  R"("access_token":"eyJhbGciOiJub25lIn0.)" + claims + R"(."})");
    QVERIFY2(tokens, qPrintable(codeOf(tokens)));
    QVERIFY(tokens->expiresAt == testNow + std::chrono::seconds{777});
}

void TokenSetTest::refusesAnAnswer_data()
{
    QTest::addColumn<QByteArray>("body");
    const QByteArray token = R"("access_token":"seCretTok3n")";
    QTest::newRow("of nothing") << QByteArray();
    QTest::newRow("that is a page") << "<html>seCretTok3n</html>"_ba;
    QTest::newRow("cut off") << "{\"token_type\":\"Bearer\","_ba + token;
    QTest::newRow("that is a list") << "[\"seCretTok3n\"]"_ba;
    QTest::newRow("without a type") << "{\"expires_in\":1,"_ba + token + '}';
    QTest::newRow("of another type") << "{\"token_type\":\"mac\",\"expires_in\":1,"_ba + token + '}';
    QTest::newRow("of an echoing type") << "{\"token_type\":\"seCretTok3n\",\"expires_in\":1,"_ba + token + '}';
    QTest::newRow("without an access token") << R"({"token_type":"Bearer","expires_in":1,"id_token":"seCretTok3n"})"_ba;
    QTest::newRow("with an empty access token") << R"({"token_type":"Bearer","expires_in":1,"access_token":""})"_ba;
    QTest::newRow("with two access tokens")
        << "{\"token_type\":\"Bearer\",\"expires_in\":1,"_ba + token + ',' + token + '}';
    QTest::newRow("with a number for a token") << R"({"token_type":"Bearer","expires_in":1,"access_token":5})"_ba;
    QTest::newRow("with a header in the token")
        << R"({"token_type":"Bearer","expires_in":1,"access_token":"seCretTok3n\r\nX: y"})"_ba;
    QTest::newRow("with a blank in the token")
        << R"({"token_type":"Bearer","expires_in":1,"access_token":"seCretTok3n b"})"_ba;
    QTest::newRow("with an umlaut in the refresh token")
        << "{\"token_type\":\"Bearer\",\"expires_in\":1,\"refresh_token\":\"s\u00fc\","_ba + token + '}';
    QTest::newRow("with a list for the ID token")
        << "{\"token_type\":\"Bearer\",\"expires_in\":1,\"id_token\":[\"a\"],"_ba + token + '}';
    QTest::newRow("with a list for the scope")
        << "{\"token_type\":\"Bearer\",\"expires_in\":1,\"scope\":[\"a\"],"_ba + token + '}';
    const auto lifetime = [token](const char *name, const QByteArray &written) {
        QTest::newRow(name) << "{\"token_type\":\"Bearer\",\"expires_in\":"_ba + written + ',' + token + '}';
    };
    QTest::newRow("without a lifetime and with a token that does not say")
        << R"({"token_type":"Bearer","access_token":"eyJhbGciOiJub25lIn0.eyJzdWIiOiJzZUNyZXRUb2szbiJ9."})"_ba;
    QTest::newRow("without a lifetime") << "{\"token_type\":\"Bearer\","_ba + token + '}';
    lifetime("with a lifetime of null", "null");
    lifetime("with a lifetime of true", "true");
    lifetime("with a lifetime before zero", "-1");
    lifetime("with a lifetime of years", "1e12");
    lifetime("with a lifetime in words", "\"an hour\"");
    lifetime("with a lifetime in hexadecimal", "\"0x10\"");
    lifetime("with an empty lifetime", "\"\"");
}

void TokenSetTest::refusesAnAnswer()
{
    QFETCH(const QByteArray, body);
    const Result<TokenSet> tokens = read(200, body);
    QCOMPARE(codeOf(tokens), errors::responseInvalid.toString());
    QVERIFY2(!(advised(tokens.error()) + factLines(tokens.error().facts)).contains(u"seCretTok3n"_s),
             qPrintable(factLines(tokens.error().facts)));
}

void TokenSetTest::namesTokensThatAreBoundToAKey()
{
    const Result<TokenSet> tokens =
        read(200, R"({"token_type":"DPoP","expires_in":1,"access_token":"seCretTok3n"})"_ba);
    QCOMPARE(codeOf(tokens), errors::proofOfPossessionUnsupported.toString());
    QVERIFY(!(advised(tokens.error()) + factLines(tokens.error().facts)).contains(u"seCretTok3n"_s));
}

void TokenSetTest::tellsAnOAuthErrorWhateverTheStatus_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("400") << 400;
    QTest::newRow("401") << 401;
    QTest::newRow("200, against the rules") << 200;
}

void TokenSetTest::tellsAnOAuthErrorWhateverTheStatus()
{
    QFETCH(const int, status);
    const QByteArray body = R"({"error":"invalid_grant","error_description":"AADSTS54005: Used already.",
                                "correlation_id":"11111111-2222-3333-4444-555555555555"})";
    const Result<TokenSet> tokens = readTokenResponse(status, Secret(body), asked, testNow, u"http://localhost:5000"_s);
    QCOMPARE(codeOf(tokens), errors::grantInvalid.toString());
    QCOMPARE(factValue(tokens.error().facts, facts::correlationId), u"11111111-2222-3333-4444-555555555555"_s);
    QCOMPARE(factValue(tokens.error().facts, facts::redirectUri), u"http://localhost:5000"_s);
}

void TokenSetTest::tellsARefusalWithoutReason_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("a redirect") << 302 << QByteArray();
    QTest::newRow("a page") << 403 << "<html>seCretTok3n</html>"_ba;
    QTest::newRow("too many requests") << 429 << QByteArray();
    QTest::newRow("a server in trouble") << 503 << "{}"_ba;
    QTest::newRow("another success") << 201
                                     << R"({"token_type":"Bearer","expires_in":1,"access_token":"seCretTok3n"})"_ba;
}

void TokenSetTest::tellsARefusalWithoutReason()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    const Result<TokenSet> tokens = read(status, body);
    QCOMPARE(codeOf(tokens), errors::serverRefused.toString());
    QCOMPARE(factValue(tokens.error().facts, facts::httpStatus), QString::number(status));
    QVERIFY(!(advised(tokens.error()) + factLines(tokens.error().facts)).contains(u"seCretTok3n"_s));
}

void TokenSetTest::aServerInTroubleRefusesNobody_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("invalid_grant") << R"({"error":"invalid_grant","error_description":"AADSTS90033: Busy."})"_ba;
    QTest::newRow("server_error") << R"({"error":"server_error","error_description":"AADSTS90033: Busy."})"_ba;
    QTest::newRow("access_denied") << R"({"error":"access_denied","error_description":"AADSTS90033: Busy."})"_ba;
}

void TokenSetTest::aServerInTroubleRefusesNobody()
{
    QFETCH(const QByteArray, body);
    for (const int status : {500, 503}) {
        const Result<TokenSet> tokens = read(status, body);
        QCOMPARE(codeOf(tokens), errors::serverRefused.toString());
        QVERIFY2(tokens.error().message.contains(u"not available"_s), qPrintable(tokens.error().message));
        QCOMPARE(factValue(tokens.error().facts, facts::httpStatus), QString::number(status));
        QCOMPARE(factValue(tokens.error().facts, facts::aadsts), u"90033"_s);
    }
}

void TokenSetTest::namesWhereARedirectLeads()
{
    const QUrl target(u"https://proxy.contoso.com/login?code=0.AXo-secret"_s);
    const Result<TokenSet> tokens = readTokenResponse(302, Secret("<html>"), asked, testNow, {}, target);
    QCOMPARE(codeOf(tokens), errors::serverRefused.toString());
    QVERIFY2(tokens.error().message.contains(u"redirects to https://proxy.contoso.com/login"_s),
             qPrintable(tokens.error().message));
    QVERIFY(factValue(tokens.error().facts, facts::location).startsWith(u"https://proxy.contoso.com/login"_s));
    QVERIFY(!(advised(tokens.error()) + factLines(tokens.error().facts)).contains(u"0.AXo"_s));
}

void TokenSetTest::namesAWebPage_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::newRow("as if all were well") << 200 << errors::responseInvalid.toString();
    QTest::newRow("in the way") << 403 << errors::serverRefused.toString();
    QTest::newRow("of a proxy") << 407 << errors::serverRefused.toString();
}

void TokenSetTest::namesAWebPage()
{
    QFETCH(const int, status);
    const Result<TokenSet> tokens = read(status, "\n <!DOCTYPE html><html>Please sign in to the Wi-Fi</html>");
    QTEST(codeOf(tokens), "code");
    QVERIFY2(tokens.error().message.contains(u"web page"_s), qPrintable(tokens.error().message));
    QCOMPARE(factValue(tokens.error().facts, facts::httpStatus), QString::number(status));
}

void TokenSetTest::leavesNoCopies()
{
    static constexpr QByteArrayView token = "kept-by-the-set-alone.0123456789.abcdefghijklmnopqrstuvwxyz";
    if (!test::copiesInMemory(token))
        QSKIP("This system does not show a program its memory.");
    const int before = *test::copiesInMemory(token);
    Secret body("{\"token_type\":\"Bearer\",\"expires_in\":3600,"
                "\"access_token\":\"kept-by-the-set-alone.0123456789.abcdefghijklmnopqrstuvwxyz\"}");
    {
        const Result<TokenSet> tokens = readTokenResponse(200, body, asked, testNow);
        QVERIFY(tokens);
        QVERIFY(tokens->accessToken == Secret(token));
        body = {};
        QCOMPARE(*test::copiesInMemory(token), before + 1);
    }
    QCOMPARE(*test::copiesInMemory(token), before);
}

QTEST_GUILESS_MAIN(TokenSetTest)
#include "token-set-test.moc"
