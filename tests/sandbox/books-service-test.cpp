// The books API: who gets what, the order of its checks, and every byte of its answers.
#include "jose/base64url.h"
#include "sandbox/books-service.h"
#include "sandbox/client.h"

#include <QTest>

#include <limits>

using namespace bookdesk;
using namespace bookdesk::sandbox;
using namespace Qt::StringLiterals;
using test::bearer;
using test::bodyOf;
using test::Client;
using test::getRequest;
using test::textIn;

namespace {

const QByteArray notAuthenticated = "{\"detail\":\"Not authenticated\"}";
const QByteArray expired = "{\"detail\":\"Token expired\"}";
const QByteArray invalid = "{\"detail\":\"Invalid token: ";
const QByteArray noScope = "{\"detail\":\"Missing scopes: Books.Read\"}";
const QByteArray noRole = "{\"detail\":\"Role 'Books.Admin' required\"}";
const QByteArray stumbled = "Internal Server Error";

/// A tenant with its client, and the API that trusts it.
class Api
{
public:
    Api()
        : client()
        , service(client.state, catalogue(),
                  {u"http://localhost:8080"_s, client.tenant.authority(), [this] { return client.now; }})
    {}

    static Catalogue catalogue()
    {
        JsonArray books;
        for (const QString &id : {u"bk-1"_s, u"bk-2"_s})
            books.emplace_back(JsonObject{{u"title"_s, u"Möwen & Meer"_s}, {u"id"_s, id}, {u"year"_s, 1900}});
        return Catalogue(std::move(books));
    }

    Response list(const Headers &headers) { return service.answer(getRequest("/api/v1/books", {}, headers)); }

    Response remove(const QByteArray &id, const Headers &headers)
    {
        Request request = getRequest("/api/v1/books/" + id, {}, headers);
        request.method = "DELETE";
        return service.answer(request);
    }

    QByteArray tokenFor(const QString &persona)
    {
        return textIn(client.tokensFor(persona), u"access_token").toLatin1();
    }

    std::int64_t seconds(int fromNow) const
    {
        return std::chrono::duration_cast<std::chrono::seconds>(client.now.time_since_epoch()).count() + fromNow;
    }

    /// Claims that pass, with everything the API reads.
    JsonObject goodClaims() const
    {
        return {{u"aud"_s, client.state.registrations().apiId},
                {u"iss"_s, client.tenant.issuer()},
                {u"iat"_s, seconds(-10)},
                {u"nbf"_s, seconds(-10)},
                {u"exp"_s, seconds(60)},
                {u"sub"_s, u"subject"_s},
                {u"preferred_username"_s, u"ada@sandbox.test"_s},
                {u"scp"_s, u"Books.Read"_s},
                {u"roles"_s, JsonArray{Json(u"Books.Admin"_s)}}};
    }

    QByteArray signedToken(const JsonObject &claims, const JsonObject &header = {}) const
    {
        const Result<Secret> token = test::spareKeys()[0].sign(header, claims);
        return token->reveal().toByteArray();
    }

    Client client;
    BooksService service;
};

using Change = std::function<void(Api &, JsonObject &)>;

Change set(const QString &name, const Json &value)
{
    return [name, value](Api &, JsonObject &claims) { claims.set(name, value); };
}

Change without(const QString &name)
{
    return [name](Api &, JsonObject &claims) { claims.remove(name); };
}

Change setTime(const QString &name, int fromNow)
{
    return [name, fromNow](Api &api, JsonObject &claims) { claims.set(name, api.seconds(fromNow)); };
}

Change both(const Change &first, const Change &second)
{
    return [first, second](Api &api, JsonObject &claims) {
        first(api, claims);
        second(api, claims);
    };
}

} // namespace

Q_DECLARE_METATYPE(Change)
Q_DECLARE_METATYPE(bookdesk::sandbox::Headers)
Q_DECLARE_METATYPE(bookdesk::JsonObject)

class BooksServiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPersonaOnEveryEndpoint_data()
    {
        QTest::addColumn<QString>("persona");
        QTest::addColumn<int>("listStatus");
        QTest::addColumn<QByteArray>("listBody");
        QTest::addColumn<int>("deleteStatus");
        QTest::addColumn<QByteArray>("deleteBody");
        const QByteArray books = "{\"books\":[{\"title\":\"Möwen & Meer\",\"id\":\"bk-1\",\"year\":1900},"
                                 "{\"title\":\"Möwen & Meer\",\"id\":\"bk-2\",\"year\":1900}],\"user\":\"";
        QTest::newRow("Riley") << u"riley"_s << 200 << books + "riley.reader@sandbox.test\"}" << 403 << noRole;
        QTest::newRow("Ada") << u"ada"_s << 200 << books + "ada.admin@sandbox.test\"}" << 200
                             << "{\"deleted\":\"bk-1\",\"by\":\"ada.admin@sandbox.test\"}"_ba;
        QTest::newRow("Nora") << u"nora"_s << 403 << noScope << 403 << noRole;
    }

    void everyPersonaOnEveryEndpoint()
    {
        QFETCH(QString, persona);
        Api api;
        const Headers headers = bearer(api.tokenFor(persona));
        const Response list = api.list(headers);
        QTEST(list.status, "listStatus");
        QTEST(list.body, "listBody");
        QCOMPARE(list.headers, Headers({{"content-type", "application/json"}}));
        const Response removed = api.remove("bk-1", headers);
        QTEST(removed.status, "deleteStatus");
        QTEST(removed.body, "deleteBody");
        QCOMPARE(removed.headers, Headers({{"content-type", "application/json"}}));
    }

    void aDeletedBookIsGoneAndAnUnknownOneIsNoError()
    {
        Api api;
        const Headers headers = bearer(api.tokenFor(u"ada"_s));
        QCOMPARE(api.remove("bk-1", headers).status, 200);
        QVERIFY(!api.list(headers).body.contains("bk-1"));
        QVERIFY(api.list(headers).body.contains("bk-2"));
        QCOMPARE(api.remove("bk-1", headers).status, 200);
        const Response odd = api.remove("a%20b%22%C3%BC%2B..", headers);
        QCOMPARE(odd.status, 200);
        QCOMPARE(odd.body, "{\"deleted\":\"a b\\\"ü+..\",\"by\":\"ada.admin@sandbox.test\"}"_ba);
    }

    void withoutABearerNobodyIsAuthenticated_data()
    {
        QTest::addColumn<Headers>("headers");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("no header") << Headers{} << notAuthenticated;
        QTest::newRow("another scheme") << Headers{{"Authorization", "Basic eDp5"}} << notAuthenticated;
        QTest::newRow("a longer word") << Headers{{"Authorization", "Bearers x"}} << notAuthenticated;
        QTest::newRow("empty") << Headers{{"Authorization", ""}} << notAuthenticated;
        QTest::newRow("first of two is Basic")
            << Headers{{"Authorization", "Basic eDp5"}, {"Authorization", "Bearer x"}} << notAuthenticated;
        QTest::newRow("nothing behind") << Headers{{"authorization", "Bearer"}} << invalid + "Not enough segments\"}";
        QTest::newRow("in small letters")
            << Headers{{"AUTHORIZATION", "bearer x"}} << invalid + "Not enough segments\"}";
        QTest::newRow("first of two is Bearer") << Headers{{"Authorization", "BEARER"}, {"Authorization", "Basic eDp5"}}
                                                << invalid + "Not enough segments\"}";
    }

    void withoutABearerNobodyIsAuthenticated()
    {
        QFETCH(Headers, headers);
        QFETCH(QByteArray, body);
        Api api;
        for (const Response &response : {api.list(headers), api.remove("bk-1", headers)}) {
            QCOMPARE(response.status, 401);
            QCOMPARE(response.body, body);
            const bool asksForBearer = response.headers.back() == std::pair("www-authenticate"_ba, "Bearer"_ba);
            QCOMPARE(asksForBearer, body == notAuthenticated);
        }
    }

    void aGoodTokenIsGood()
    {
        Api api;
        QCOMPARE(api.list(bearer(api.signedToken(api.goodClaims()))).status, 200);
        QCOMPARE(api.remove("bk-1", bearer(api.signedToken(api.goodClaims()))).status, 200);
    }

    void theFirstFaultDecides_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char *name, const Change &change, int status, const QByteArray &body) {
            QTest::newRow(name) << change << status << body;
        };
        const Json list(JsonArray{Json(u"x"_s)});
        row("expired a second ago", setTime(u"exp"_s, -1), 401, expired);
        row("expiring now", setTime(u"exp"_s, 0), 401, expired);
        row("expiring in a second", setTime(u"exp"_s, 1), 200, {});
        row("expiry as digits in a string", set(u"exp"_s, u"9999999999"_s), 200, {});
        row("expiry in words", set(u"exp"_s, u"soon"_s), 401,
            invalid + "Expiration Time claim (exp) must be an integer.");
        row("expiry as a list", set(u"exp"_s, list), 500, stumbled);
        row("expiry null", set(u"exp"_s, Json()), 401, invalid + "Token is missing the \\\"exp\\\" claim");
        row("expiry true", set(u"exp"_s, true), 401, expired);
        row("expiry with a fraction", set(u"exp"_s, 1.5), 401, expired);
        row("no expiry", without(u"exp"_s), 401, invalid + "Token is missing the \\\"exp\\\" claim");
        row("no subject", without(u"sub"_s), 401, invalid + "Token is missing the \\\"sub\\\" claim");
        row("no issuer", without(u"iss"_s), 401, invalid + "Missing 'iss' in payload");
        row("another issuer", set(u"iss"_s, u"https://sts.windows.net/x/"_s), 401,
            invalid + "Invalid 'iss': 'https://sts.windows.net/x/'");
        row("an issuer list", set(u"iss"_s, list), 500, stumbled);
        row("an issuer number", set(u"iss"_s, 5), 401, invalid + "Invalid 'iss': '5'");
        row("another audience", set(u"aud"_s, u"other"_s), 401, invalid + "Audience doesn't match");
        row("no audience", without(u"aud"_s), 401, invalid + "Token is missing the \\\"aud\\\" claim");
        row("an audience that is false", set(u"aud"_s, Json(false)), 401,
            invalid + "Token is missing the \\\"aud\\\" claim");
        row("an audience list without us", set(u"aud"_s, list), 401, invalid + "Audience doesn't match");
        row("an audience of numbers", set(u"aud"_s, JsonArray{Json(1)}), 401,
            invalid + "Invalid claim format in token");
        row("an audience object", set(u"aud"_s, JsonObject{{u"a"_s, 1}}), 401,
            invalid + "Invalid claim format in token");
        row("not yet valid", setTime(u"nbf"_s, 30), 401, invalid + "The token is not yet valid (nbf)");
        row("issued in the future", setTime(u"iat"_s, 30), 401, invalid + "The token is not yet valid (iat)");
        row("begin in words", set(u"nbf"_s, u"x"_s), 401, invalid + "Not Before claim (nbf) must be an integer.");
        row("issued in words", set(u"iat"_s, u"x"_s), 401, invalid + "Issued At claim (iat) must be an integer.");
        row("issued null", set(u"iat"_s, Json()), 500, stumbled);
        row("begin as a list", set(u"nbf"_s, list), 500, stumbled);
        row("neither issued nor begun", both(without(u"iat"_s), without(u"nbf"_s)), 200, {});
        row("a subject number", set(u"sub"_s, 5), 401, invalid + "Subject must be a string");
        row("a token ID number", set(u"jti"_s, 5), 401, invalid + "JWT ID must be a string");
        row("a name number", set(u"name"_s, 5), 500, stumbled);
        row("a name null", set(u"name"_s, Json()), 200, {});
        row("a user name list", set(u"preferred_username"_s, list), 500, stumbled);
        row("scopes as a list", set(u"scp"_s, list), 500, stumbled);
        row("scopes null", set(u"scp"_s, Json()), 500, stumbled);
        row("roles as a string", set(u"roles"_s, u"Books.Admin"_s), 500, stumbled);
        row("roles with a number", set(u"roles"_s, JsonArray{Json(1)}), 500, stumbled);
        row("roles null", set(u"roles"_s, Json()), 500, stumbled);
        row("no scopes", without(u"scp"_s), 403, noScope);
        row("other scopes", set(u"scp"_s, u"Books.Reading books.read"_s), 403, noScope);
        row("scopes with more blanks", set(u"scp"_s, u" x \t Books.Read "_s), 200, {});
        row("expired and for another audience", both(setTime(u"exp"_s, -1), set(u"aud"_s, u"other"_s)), 401, expired);
        row("expired and from another issuer", both(setTime(u"exp"_s, -1), set(u"iss"_s, u"other"_s)), 401,
            invalid + "Invalid 'iss': 'other'");
        row("expired and not yet valid", both(setTime(u"exp"_s, -1), setTime(u"nbf"_s, 30)), 401,
            invalid + "The token is not yet valid (nbf)");
        row("expired and without a subject", both(setTime(u"exp"_s, -1), without(u"sub"_s)), 401,
            invalid + "Token is missing the \\\"sub\\\" claim");
        row("another audience and roles of a wrong type", both(set(u"aud"_s, u"other"_s), set(u"roles"_s, 1)), 401,
            invalid + "Audience doesn't match");
        row("no scopes and a name of a wrong type", both(without(u"scp"_s), set(u"name"_s, 1)), 500, stumbled);
    }

    void theFirstFaultDecides()
    {
        QFETCH(Change, change);
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        Api api;
        JsonObject claims = api.goodClaims();
        change(api, claims);
        const Response response = api.list(bearer(api.signedToken(claims)));
        QCOMPARE(response.status, status);
        QVERIFY2(response.body.startsWith(body), response.body.constData());
        for (const auto &[name, value] : response.headers)
            QVERIFY(name != "www-authenticate");
        if (status == 500)
            QCOMPARE(response.headers, Headers({{"content-type", "text/plain; charset=utf-8"}}));
    }

    void theKeyIsLookedAtBeforeTheTimes()
    {
        Api api;
        JsonObject claims = api.goodClaims();
        claims.set(u"exp"_s, 1);
        const Result<Secret> strange = test::spareKeys()[2].sign({}, claims);
        QCOMPARE(api.list(bearer(strange->reveal().toByteArray())).body, invalid + "\"}");
        const QByteArray forged = api.signedToken(claims, {{u"kid"_s, test::spareKeys()[1].keyId()}});
        QCOMPARE(api.list(bearer(forged)).body, invalid + "Signature verification failed\"}");
        const QByteArray numbered = api.signedToken(claims, {{u"kid"_s, 5}});
        QCOMPARE(api.list(bearer(numbered)).body, invalid + "Key ID header parameter must be a string\"}");
    }

    void theAlgorithmIsNotTheTokensChoice_data()
    {
        QTest::addColumn<QString>("algorithm");
        for (const QString &algorithm : {u"none"_s, u"HS256"_s, u"RS512"_s, u"rs256"_s})
            QTest::newRow(qPrintable(algorithm)) << algorithm;
    }

    void theAlgorithmIsNotTheTokensChoice()
    {
        QFETCH(QString, algorithm);
        Api api;
        const QByteArray good = api.signedToken(api.goodClaims());
        const JsonObject header{{u"alg"_s, algorithm}, {u"kid"_s, test::spareKeys()[0].keyId()}};
        const QByteArray token =
            jose::toBase64Url(toCompactJson(header)) + good.sliced(good.indexOf('.'), good.size() - good.indexOf('.'));
        const Response response = api.list(bearer(token));
        QCOMPARE(response.status, 401);
        QVERIFY(response.body.startsWith(invalid));
    }

    void aDamagedTokenIsInvalid_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::newRow("one part") << "x"_ba;
        QTest::newRow("two parts") << "e30.e30"_ba;
        QTest::newRow("empty parts") << ".."_ba;
        QTest::newRow("no JSON") << "eA.eA.eA"_ba;
        QTest::newRow("four parts") << "e30.e30.e30.e30"_ba;
        QTest::newRow("no key ID") << jose::toBase64Url("{\"alg\":\"RS256\"}") + ".e30.eA";
    }

    void aDamagedTokenIsInvalid()
    {
        QFETCH(QByteArray, token);
        Api api;
        const Response response = api.list(bearer(token));
        QCOMPARE(response.status, 401);
        QVERIFY2(response.body.startsWith(invalid), response.body.constData());
    }

    void afterARotationTheOldTokenGetsNoReason()
    {
        Api api;
        const Headers headers = bearer(api.tokenFor(u"ada"_s));
        QCOMPARE(api.list(headers).status, 200);
        api.client.state.rotateKeys(test::spareKeys()[2]);
        const Response response = api.list(headers);
        QCOMPARE(response.status, 401);
        QCOMPARE(response.body, invalid + "\"}");
        QCOMPARE(api.list(bearer(api.tokenFor(u"ada"_s))).status, 200);
    }

    void theFaultyTokensGetTheirAnswers_data()
    {
        QTest::addColumn<int>("fault");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("expired") << int(Fault::accessTokenExpired) << expired;
        QTest::newRow("another audience")
            << int(Fault::accessTokenWrongAudience) << invalid + "Audience doesn't match\"}";
        QTest::newRow("a broken signature")
            << int(Fault::accessTokenSignatureBroken) << invalid + "Signature verification failed\"}";
    }

    void theFaultyTokensGetTheirAnswers()
    {
        QFETCH(int, fault);
        Api api;
        api.client.state.arm(static_cast<Fault>(fault), FaultSpan::once);
        const Response response = api.list(bearer(api.tokenFor(u"ada"_s)));
        QCOMPARE(response.status, 401);
        QTEST(response.body, "body");
        QCOMPARE(api.list(bearer(api.tokenFor(u"ada"_s))).status, 200);
    }

    void theApiCanAnswer500()
    {
        Api api;
        const Headers headers = bearer(api.tokenFor(u"ada"_s));
        api.client.state.arm(Fault::apiAnswers500, FaultSpan::once);
        QCOMPARE(api.service.answer(getRequest("/openapi.json")).status, 200);
        const Response failed = api.remove("bk-1", headers);
        QCOMPARE(failed.status, 500);
        QCOMPARE(failed.body, stumbled);
        QVERIFY(api.list(headers).body.contains("bk-1"));
        api.client.state.arm(Fault::apiAnswers500, FaultSpan::untilCleared);
        QCOMPARE(api.list(headers).status, 500);
        QCOMPARE(api.list({}).status, 500);
        api.client.state.clearFaults();
        QCOMPARE(api.list(headers).status, 200);
    }

    void callsCanBeAnsweredWrongly_data()
    {
        QTest::addColumn<Fault>("fault");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("no token") << Fault::apiLosesToken << 401 << "Not authenticated"_ba;
        QTest::newRow("no algorithm") << Fault::apiNamesNoAlgorithm << 401
                                      << "\\\"algorithms\\\" argument when calling decode().\"}"_ba;
        QTest::newRow("claims") << Fault::apiAsksForClaims << 401 << "Additional claims"_ba;
        QTest::newRow("no reason") << Fault::apiGivesNoReason << 403 << "{\"detail\":\"Forbidden\"}"_ba;
        QTest::newRow("a gateway") << Fault::gatewayForbids << 403 << "<html>"_ba;
        QTest::newRow("a redirect") << Fault::apiRedirects << 307 << ""_ba;
        QTest::newRow("405") << Fault::apiAnswers405 << 405 << "Method Not Allowed"_ba;
        QTest::newRow("too much") << Fault::apiAnswersTooMuch << 200 << "   "_ba;
        QTest::newRow("a web page") << Fault::apiAnswersWebPage << 200 << "<html>"_ba;
        QTest::newRow("a time-out") << Fault::gatewayTimesOut << 504 << "<html>"_ba;
    }

    void callsCanBeAnsweredWrongly()
    {
        QFETCH(Fault, fault);
        QFETCH(int, status);
        QFETCH(QByteArray, part);
        Api api;
        const Headers headers = bearer(api.tokenFor(u"ada"_s));
        api.client.state.arm(fault, FaultSpan::once);
        const Response failed = api.list(headers);
        QCOMPARE(failed.status, status);
        QVERIFY2(failed.body.contains(part), failed.body);
        QCOMPARE(api.list(headers).status, 200);
        api.client.state.arm(fault, FaultSpan::once);
        QCOMPARE(api.remove("bk-1", headers).status, status);
        QVERIFY(api.list(headers).body.contains("bk-1"));
    }

    void aChallengeIsMetByATokenThatProvesIt_data()
    {
        QTest::addColumn<Fault>("fault");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("challenge");
        QTest::addColumn<JsonObject>("claims");
        const auto asked = [](const char *context) {
            return "claims=\"" +
                   QByteArray("{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"")
                       .append(context)
                       .append("\"}}}")
                       .toBase64() +
                   "\"";
        };
        const std::int64_t now = 1'790'000'000;
        const JsonArray strict{Json(u"c2"_s)};
        QTest::newRow("what a refresh gives")
            << Fault::apiAsksForClaims << 401 << asked("c1") << JsonObject{{u"acrs"_s, JsonArray{Json(u"c1"_s)}}};
        QTest::newRow("what the person gives")
            << Fault::apiAsksForPerson << 401 << asked("c2") << JsonObject{{u"acrs"_s, strict}};
        QTest::newRow("RFC 9470") << Fault::apiAsksForRecentSignIn << 401 << "acr_values=\"c2\", max_age=\"600\""_ba
                                  << JsonObject{{u"acrs"_s, strict}, {u"auth_time"_s, now - 600}};
        QTest::newRow("a scope") << Fault::apiAsksForScope << 403 << "error=\"insufficient_scope\", scope=\"api://"_ba
                                 << JsonObject{{u"scp"_s, u"Books.Read Books.Write"_s}};
    }

    void aChallengeIsMetByATokenThatProvesIt()
    {
        QFETCH(const Fault, fault);
        QFETCH(const int, status);
        QFETCH(const QByteArray, challenge);
        QFETCH(const JsonObject, claims);
        Api api;
        api.client.state.arm(fault, FaultSpan::untilCleared);
        for (int call = 0; call < 2; ++call) {
            const Response refused = api.list(bearer(api.signedToken(api.goodClaims())));
            QCOMPARE(refused.status, status);
            QVERIFY2(refused.headers.back().second.contains(challenge), refused.headers.back().second);
        }
        JsonObject proving = api.goodClaims();
        for (const auto &[name, value] : claims.members())
            proving.set(name, value);
        QCOMPARE(api.list(bearer(api.signedToken(proving))).status, 200);
        QCOMPARE(api.list({}).status, 401);
        QVERIFY(!api.list({}).headers.back().second.contains(challenge));
    }

    void aSignInOfLongAgoDoesNotDo()
    {
        Api api;
        api.client.state.arm(Fault::apiAsksForRecentSignIn, FaultSpan::untilCleared);
        JsonObject claims = api.goodClaims();
        claims.set(u"acrs"_s, JsonArray{Json(u"c2"_s)});
        QCOMPARE(api.list(bearer(api.signedToken(claims))).status, 401);
        claims.set(u"auth_time"_s, api.seconds(-601));
        QCOMPARE(api.list(bearer(api.signedToken(claims))).status, 401);
        claims.set(u"auth_time"_s, api.seconds(-600));
        QCOMPARE(api.list(bearer(api.signedToken(claims))).status, 200);
    }

    void aMisconfiguredVerifierNeedsAToken()
    {
        Api api;
        api.client.state.arm(Fault::apiNamesNoAlgorithm, FaultSpan::untilCleared);
        QCOMPARE(api.list({}).body, notAuthenticated);
    }

    void deletionsCanBeRefused_data()
    {
        QTest::addColumn<Fault>("fault");
        QTest::addColumn<int>("status");
        QTest::newRow("404") << Fault::bookNotFound << 404;
        QTest::newRow("409") << Fault::bookOnLoan << 409;
        QTest::newRow("422") << Fault::bookIdRefused << 422;
    }

    void deletionsCanBeRefused()
    {
        QFETCH(Fault, fault);
        QFETCH(int, status);
        Api api;
        const Headers admin = bearer(api.tokenFor(u"ada"_s));
        api.client.state.arm(fault, FaultSpan::once);
        QCOMPARE(api.remove("bk-1", bearer(api.tokenFor(u"riley"_s))).status, 403);
        QCOMPARE(api.list(admin).status, 200);
        QCOMPARE(api.remove("bk-1", admin).status, status);
        QVERIFY(api.list(admin).body.contains("bk-1"));
        QCOMPARE(api.remove("bk-1", admin).status, 200);
    }

    void theApiCanAskToSlowDown()
    {
        Api api;
        const Headers headers = bearer(api.tokenFor(u"ada"_s));
        api.client.state.arm(Fault::apiAnswers429, FaultSpan::once);
        const Response refused = api.list(headers);
        QCOMPARE(refused.status, 429);
        const std::pair wanted("retry-after"_ba, "12"_ba);
        QVERIFY(std::ranges::find(refused.headers, wanted) != refused.headers.end());
        QCOMPARE(api.list(headers).status, 200);
    }

    void theWayFromA403ToA200()
    {
        Api api;
        const JsonObject tokens = api.client.tokensFor(u"riley"_s);
        const auto headersOf = [](const JsonObject &answer) {
            return bearer(textIn(answer, u"access_token").toLatin1());
        };
        QCOMPARE(api.remove("bk-1", headersOf(tokens)).body, noRole);
        QVERIFY(api.client.state.grantRole(u"riley"_s, u"Books.Admin"_s));
        QCOMPARE(api.remove("bk-1", headersOf(tokens)).body, noRole);
        const JsonObject fresh = bodyOf(api.client.refresh(textIn(tokens, u"refresh_token")));
        QCOMPARE(api.remove("bk-1", headersOf(fresh)).status, 200);
    }

    void anAppOnlyTokenWithTheRoleMayDelete()
    {
        Api api;
        JsonObject claims = api.goodClaims();
        claims.remove(u"preferred_username");
        claims.remove(u"scp");
        const Headers headers = bearer(api.signedToken(claims));
        QCOMPARE(api.remove("bk-1", headers).body, "{\"deleted\":\"bk-1\",\"by\":null}"_ba);
        QCOMPARE(api.list(headers).body, noScope);
    }

    void pathsAreAsStarletteHasThem_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<int>("status");
        QTest::addColumn<Headers>("headers");
        const Headers json{{"content-type", "application/json"}};
        const auto allowing = [&json](const char *methods) {
            Headers headers = json;
            headers.emplace_back("allow", methods);
            return headers;
        };
        const auto to = [](const char *location) { return Headers{{"location", location}}; };
        QTest::newRow("HEAD on the document") << "HEAD"_ba
                                              << "/openapi.json"_ba << 200 << json;
        QTest::newRow("POST on the document") << "POST"_ba
                                              << "/openapi.json"_ba << 405 << allowing("GET, HEAD");
        QTest::newRow("slash behind the document")
            << "GET"_ba
            << "/openapi.json/"_ba << 307 << to("http://localhost:8080/openapi.json");
        QTest::newRow("DELETE on the list") << "DELETE"_ba
                                            << "/api/v1/books"_ba << 405 << allowing("GET");
        QTest::newRow("HEAD on the list") << "HEAD"_ba
                                          << "/api/v1/books"_ba << 405 << allowing("GET");
        QTest::newRow("an unknown method") << ""_ba
                                           << "/api/v1/books"_ba << 405 << allowing("GET");
        QTest::newRow("DELETE with a slash behind the list")
            << "DELETE"_ba
            << "/api/v1/books/"_ba << 307 << to("http://localhost:8080/api/v1/books");
        QTest::newRow("many slashes") << "GET"_ba
                                      << "/api/v1/books///"_ba << 307 << to("http://localhost:8080/api/v1/books");
        QTest::newRow("an ID that ends with an encoded slash")
            << "DELETE"_ba
            << "/api/v1/books/a%2F"_ba << 307 << to("http://localhost:8080/api/v1/books/a");
        QTest::newRow("PUT on a book") << "PUT"_ba
                                       << "/api/v1/books/x"_ba << 405 << allowing("DELETE");
        QTest::newRow("a slash in an ID") << "DELETE"_ba
                                          << "/api/v1/books/a/b"_ba << 404 << json;
        QTest::newRow("another case") << "GET"_ba
                                      << "/API/v1/books"_ba << 404 << json;
        QTest::newRow("nothing") << "GET"_ba
                                 << ""_ba << 404 << json;
    }

    void pathsAreAsStarletteHasThem()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, path);
        Api api;
        Request request = getRequest(path);
        request.method = method;
        const Response response = api.service.answer(request);
        QTEST(response.status, "status");
        QTEST(response.headers, "headers");
        if (response.status == 404)
            QCOMPARE(response.body, "{\"detail\":\"Not Found\"}"_ba);
        if (response.status == 405)
            QCOMPARE(response.body, "{\"detail\":\"Method Not Allowed\"}"_ba);
        if (response.status == 307)
            QVERIFY(response.body.isEmpty());
    }

    void theRedirectStaysOnTheHostThatWasAsked()
    {
        Api api;
        const Response response = api.service.answer(getRequest("/api/v1/books/", "a=1", {{"Host", "127.0.0.1:8080"}}));
        QCOMPARE(response.headers, Headers({{"location", "http://127.0.0.1:8080/api/v1/books?a=1"}}));
    }

    void theDocumentIsFastApis()
    {
        Api api;
        const Response response = api.service.answer(getRequest("/openapi.json"));
        const QByteArray expected =
            "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"FastAPI\",\"version\":\"0.1.0\"},\"paths\":{\"/api/v1/"
            "books\":{\"get\":"
            "{\"summary\":\"List Books\",\"operationId\":\"list_books_api_v1_books_get\",\"responses\":{\"200\":"
            "{\"description\":\"Successful "
            "Response\",\"content\":{\"application/json\":{\"schema\":{\"type\":\"object\","
            "\"title\":\"Response List Books Api V1 Books Get\"}}}}},"
            "\"security\":[{\"OAuth2AuthorizationCodeBearer\":[\"Books.Read\"]}]}},\"/api/v1/books/"
            "{book_id}\":{\"delete\":"
            "{\"summary\":\"Delete Book\",\"operationId\":\"delete_book_api_v1_books__book_id__delete\","
            "\"security\":[{\"OAuth2AuthorizationCodeBearer\":[]}],\"parameters\":[{\"name\":\"book_id\",\"in\":"
            "\"path\","
            "\"required\":true,\"schema\":{\"type\":\"string\",\"title\":\"Book Id\"}}],\"responses\":{\"200\":"
            "{\"description\":\"Successful "
            "Response\",\"content\":{\"application/json\":{\"schema\":{\"type\":\"object\","
            "\"title\":\"Response Delete Book Api V1 Books  Book Id  Delete\"}}}},\"422\":"
            "{\"description\":\"Validation Error\",\"content\":{\"application/json\":{\"schema\":"
            "{\"$ref\":\"#/components/schemas/HTTPValidationError\"}}}}}}}},\"components\":{\"schemas\":"
            "{\"HTTPValidationError\":{\"properties\":{\"detail\":{\"items\":{\"$ref\":\"#/components/schemas/"
            "ValidationError\"},"
            "\"type\":\"array\",\"title\":\"Detail\"}},\"type\":\"object\",\"title\":\"HTTPValidationError\"},"
            "\"ValidationError\":"
            "{\"properties\":{\"loc\":{\"items\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"integer\"}]},\"type\":"
            "\"array\","
            "\"title\":\"Location\"},\"msg\":{\"type\":\"string\",\"title\":\"Message\"},\"type\":{\"type\":\"string\","
            "\"title\":\"Error "
            "Type\"}},\"type\":\"object\",\"required\":[\"loc\",\"msg\",\"type\"],\"title\":\"ValidationError\"}},"
            "\"securitySchemes\":{\"OAuth2AuthorizationCodeBearer\":{\"type\":\"oauth2\",\"flows\":{"
            "\"authorizationCode\":"
            "{\"scopes\":{\"api://API/Books.Read\":\"Read books\",\"api://API/Books.Write\":\"Write books\"},"
            "\"authorizationUrl\":\"AUTHORITY/oauth2/v2.0/authorize\",\"tokenUrl\":\"AUTHORITY/oauth2/v2.0/"
            "token\"}}}}}}";
        QByteArray filled = expected;
        filled.replace("API/", api.client.state.registrations().apiId.toLatin1() + '/');
        filled.replace("AUTHORITY", api.client.tenant.authority().toLatin1());
        QCOMPARE(response.body, filled);
    }
};

QTEST_GUILESS_MAIN(BooksServiceTest)
#include "books-service-test.moc"
