#include "books/api-outcome.h"
#include "books/token-facts.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::books;
using namespace Qt::StringLiterals;

namespace {

const QByteArray expiredClaims = R"({"exp":1799999000})";
const QString request = u"GET /api/v1/books"_s;

net::HttpResponse detailAnswer(const QString &detail, int status = 401)
{
    return answer(status, toCompactJson(JsonObject{{u"detail"_s, detail}}));
}

} // namespace

class RejectedTokenTest : public QObject
{
    Q_OBJECT

private:
    FactsMaker m_facts;

    ApiOutcome explained(const net::HttpResponse &response, const QByteArray &claims = "{}") const
    {
        return explain(listRule(), request, response, m_facts.of(claims));
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_facts.isReady()); }

    void expiryIsReadWhereverItIsSaid_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("a message") << R"({"message":"The incoming token has expired"})"_ba;
        QTest::newRow("an object") << R"({"detail":{"msg":"Token expired"}})"_ba;
        QTest::newRow("a list, behind something else") << R"({"detail":["Invalid header","Token has expired"]})"_ba;
        QTest::newRow("a description") << R"({"error":"invalid_token","error_description":"Jwt expired at 2026"})"_ba;
        QTest::newRow("a title") << R"({"title":"Token expired","detail":"See the docs."})"_ba;
        QTest::newRow("plain text") << "Jwt is expired"_ba;
    }

    void expiryIsReadWhereverItIsSaid()
    {
        QFETCH(QByteArray, body);
        const ApiOutcome outcome = explained(answer(401, body));
        QCOMPARE(outcome.kind, OutcomeKind::expired);
        QCOMPARE(outcome.code, u"books.token-expired"_s);
    }

    void unknownReasonsAreQuoted()
    {
        const ApiOutcome outcome = explained(answer(401, R"({"message":"Today is a holiday"})"));
        QCOMPARE(outcome.code, u"books.token-rejected"_s);
        QVERIFY2(outcome.explanation.contains(u"It says: “Today is a holiday”."_s), qPrintable(outcome.explanation));
    }

    void aWebPageSaysNothingAboutTheToken()
    {
        const ApiOutcome outcome = explained(answer(401, "<html>Your signature and audience expired</html>"));
        QCOMPARE(outcome.kind, OutcomeKind::unauthenticated);
        QVERIFY2(outcome.headline.contains(u"web page"_s), qPrintable(outcome.headline));
        QVERIFY2(outcome.explanation.contains(u"gateway"_s), qPrintable(outcome.explanation));
        const net::Headers challenge{{"WWW-Authenticate"_ba, R"(Bearer error="invalid_token")"_ba}};
        QVERIFY(!explained(answer(401, "<html>", challenge)).headline.contains(u"web page"_s));
    }

    void theBodySaysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("detail");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("remedyHas");
        QTest::addColumn<bool>("freshTokenMayHelp");
        const auto row = [](const char *name, const QString &detail, const QString &code, const QString &remedyHas,
                            bool freshTokenMayHelp) {
            QTest::newRow(name) << detail << code << remedyHas << freshTokenMayHelp;
        };
        row("no bearer header", u"Not authenticated"_s, u"books.not-authenticated"_s, u"Authorization header"_s, false);
        row("expired", u"Token expired"_s, u"books.token-expired"_s, u"fresh token"_s, true);
        row("unknown key", u"Invalid token: "_s, u"books.key-unknown"_s, u"fresh token, or sign in again"_s, true);
        row("unknown key, white space cut", u"Invalid token:"_s, u"books.key-unknown"_s, u"sign in again"_s, true);
        row("no algorithm named",
            u"Invalid token: It is required that you pass in a value for the \"algorithms\" argument when calling decode()."_s,
            u"books.api-misconfigured"_s, u"algorithms=[\"RS256\"]"_s, false);
        row("a v1 token", u"Invalid token: Invalid 'iss': 'https://sts.windows.net/5c0e/'"_s, u"books.token-version"_s,
            u"requestedAccessTokenVersion to 2"_s, true);
        row("a v1 token of China's cloud", u"Invalid token: Invalid 'iss': 'https://sts.chinacloudapi.cn/5c0e/'"_s,
            u"books.token-version"_s, u"Manifest"_s, true);
        row("another issuer", u"Invalid token: Invalid 'iss': 'https://evil.test/expired/audience'"_s,
            u"books.issuer-rejected"_s, u"authority"_s, false);
        row("a v1 issuer where another is meant",
            u"IDX10205: Issuer validation failed. Issuer: 'https://sts.windows.net/5c0e/'. Did not match: ValidIssuer: "
            "'https://login.example.test/5c0e/v2.0'"_s,
            u"books.token-version"_s, u"requestedAccessTokenVersion to 2"_s, true);
        row("another issuer where a v1 one is meant",
            u"IDX10205: Issuer validation failed. Issuer: 'https://login.example.test/5c0e/v2.0'. Did not match: "
            "ValidIssuer: 'https://sts.windows.net/5c0e/'"_s,
            u"books.issuer-rejected"_s, u"authority"_s, false);
        row("keys of an issuer unreachable", u"Failed to fetch the keys of the issuer https://login.example.test"_s,
            u"books.api-keys-unreachable"_s, u"identity provider"_s, false);
        row("invalid issuer", u"Invalid token: Invalid issuer"_s, u"books.issuer-rejected"_s, u"authority"_s, false);
        row("wrong audience, PyJWT 2.6", u"Invalid token: Invalid audience"_s, u"books.audience-rejected"_s,
            u"scopes"_s, false);
        row("wrong audience, PyJWT 2.10", u"Invalid token: Audience doesn't match"_s, u"books.audience-rejected"_s,
            u"scopes"_s, false);
        row("no audience", u"Invalid token: Token is missing the \"aud\" claim"_s, u"books.audience-rejected"_s,
            u"scopes"_s, false);
        row("a claim is missing", u"Invalid token: Token is missing the \"sub\" claim"_s, u"books.claim-missing"_s,
            u"API's owner"_s, false);
        row("bad signature", u"Invalid token: Signature verification failed"_s, u"books.signature-rejected"_s,
            u"fresh token"_s, true);
        row("not yet valid, nbf", u"Invalid token: The token is not yet valid (nbf)"_s, u"books.token-not-yet-valid"_s,
            u"clock"_s, false);
        row("not yet valid, iat", u"Invalid token: The token is not yet valid (iat)"_s, u"books.token-not-yet-valid"_s,
            u"clock"_s, false);
        row("no segments", u"Invalid token: Not enough segments"_s, u"books.token-malformed"_s, u"fresh token"_s, true);
        row("bad padding", u"Invalid token: Invalid header padding"_s, u"books.token-malformed"_s, u"fresh token"_s,
            true);
        row("keys unreachable", u"Invalid token: Failed to fetch JWKS"_s, u"books.api-keys-unreachable"_s,
            u"identity provider"_s, false);
        row("something else", u"Invalid token: the moon is full"_s, u"books.token-rejected"_s, u"API's owner"_s, true);
        row("no detail", QString(), u"books.token-rejected"_s, u"sign in again"_s, true);
    }

    void theBodySaysWhatIsWrong()
    {
        QFETCH(QString, detail);
        QFETCH(QString, code);
        QFETCH(QString, remedyHas);
        QFETCH(bool, freshTokenMayHelp);
        const ApiOutcome outcome = explained(detailAnswer(detail));
        QCOMPARE(outcome.status, 401);
        QCOMPARE(outcome.code, code);
        const bool isExpired = code == u"books.token-expired"_s;
        QCOMPARE(outcome.kind, isExpired ? OutcomeKind::expired : OutcomeKind::unauthenticated);
        QCOMPARE(outcome.headline, isExpired ? u"401 Unauthorized: the token has expired"_s
                                             : u"401 Unauthorized: the API does not accept this token"_s);
        QVERIFY2(outcome.remedy.contains(remedyHas), qPrintable(outcome.remedy));
        QVERIFY(!outcome.explanation.isEmpty());
        QCOMPARE(outcome.freshTokenMayHelp, freshTokenMayHelp);
        QCOMPARE(outcome.request, request);
    }

    void ownTokenDecidesWhereTheBodyIsSilent_data()
    {
        QTest::addColumn<QByteArray>("claims");
        QTest::addColumn<QString>("code");
        QTest::newRow("expired") << expiredClaims << u"books.token-expired"_s;
        QTest::newRow("not yet valid") << R"({"nbf":1800001000})"_ba << u"books.token-not-yet-valid"_s;
        QTest::newRow("another audience") << R"({"aud":"other"})"_ba << u"books.audience-rejected"_s;
        QTest::newRow("another issuer") << R"({"iss":"https://other.test/"})"_ba << u"books.issuer-rejected"_s;
        QTest::newRow("no issuer") << R"({"iss":null})"_ba << u"books.claim-missing"_s;
        QTest::newRow("a v1 token") << R"({"iss":"https://sts.windows.net/5c0e/"})"_ba << u"books.token-version"_s;
        QTest::newRow("nothing wrong") << "{}"_ba << u"books.token-rejected"_s;
    }

    void ownTokenDecidesWhereTheBodyIsSilent()
    {
        QFETCH(QByteArray, claims);
        QFETCH(QString, code);
        QCOMPARE(explained(answer(401, "denied"), claims).code, code);
    }

    void anUnknownKeyOfOursDecidesToo()
    {
        const ApiOutcome outcome = explain(listRule(), request, answer(401, {}), m_facts.withUnknownKey());
        QCOMPARE(outcome.code, u"books.key-unknown"_s);
    }

    void anOpaqueTokenIsNotCalledMalformed()
    {
        const ApiOutcome outcome = explain(listRule(), request, answer(401, {}), FactsMaker::opaque());
        QCOMPARE(outcome.code, u"books.token-rejected"_s);
    }

    void theTokenIsComparedWithWhatTheApiSays()
    {
        const QString fine = u"Bookdesk's own check finds nothing wrong with the token."_s;
        QVERIFY(explained(detailAnswer(u"Invalid token: Signature verification failed"_s)).explanation.endsWith(fine));
        const ApiOutcome wrong = explained(detailAnswer(u"Invalid token: "_s), R"({"aud":"other-api"})");
        QVERIFY2(wrong.explanation.contains(u"other-api"_s), qPrintable(wrong.explanation));
        QVERIFY(!wrong.explanation.contains(fine));
    }

    void aFineTokenIsCalledFineWhenTheApiIsMisconfigured()
    {
        const QString detail = u"Invalid token: … the \"algorithms\" argument when calling decode()."_s;
        QVERIFY(explained(detailAnswer(detail)).explanation.contains(u"Your token is fine."_s));
        QVERIFY(!explained(detailAnswer(detail), expiredClaims).explanation.contains(u"fine"_s));
    }

    void theKindOfOurTokenSaysMoreThanTheApi_data()
    {
        QTest::addColumn<QString>("detail");
        QTest::addColumn<QByteArray>("claims");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("remedyHas");
        const QByteArray graph = R"({"aud":"00000003-0000-0000-c000-000000000000"})";
        const QByteArray version1 = "{\"iss\":\"https://sts.windows.net/5c0e/\",\"ver\":\"1.0\"}";
        const QByteArray idToken = R"({"aud":"0d44-client","scp":null})";
        QTest::newRow("the signature of a Graph token") << u"Invalid token: Signature verification failed"_s << graph
                                                        << u"books.audience-rejected"_s << u"full names"_s;
        QTest::newRow("the key of a Graph token")
            << u"Invalid token: "_s << graph << u"books.audience-rejected"_s << u"full names"_s;
        QTest::newRow("the key of another tenant's token")
            << u"Invalid token: "_s << "{\"iss\":\"https://login.example.test/other/v2.0\"}"_ba
            << u"books.issuer-rejected"_s << u"authority"_s;
        QTest::newRow("the issuer of a v1 token") << u"Invalid token: Invalid issuer"_s << version1
                                                  << u"books.token-version"_s << u"requestedAccessTokenVersion"_s;
        QTest::newRow("the audience of a v1 token") << u"Invalid token: Invalid audience"_s << version1
                                                    << u"books.token-version"_s << u"requestedAccessTokenVersion"_s;
        QTest::newRow("the audience of an ID token") << u"Invalid token: Invalid audience"_s << idToken
                                                     << u"books.audience-rejected"_s << u"access token that came"_s;
        QTest::newRow("nothing, of an ID token")
            << QString() << idToken << u"books.audience-rejected"_s << u"access token that came"_s;
    }

    void theKindOfOurTokenSaysMoreThanTheApi()
    {
        QFETCH(QString, detail);
        QFETCH(QByteArray, claims);
        QFETCH(QString, remedyHas);
        const ApiOutcome outcome = explained(detailAnswer(detail), claims);
        QTEST(outcome.code, "code");
        QVERIFY2(outcome.remedy.contains(remedyHas), qPrintable(outcome.remedy));
    }

    void aGraphTokenIsNamed()
    {
        const ApiOutcome outcome = explained(detailAnswer(u"Invalid token: Invalid audience"_s),
                                             R"({"aud":"00000003-0000-0000-c000-000000000000"})");
        QVERIFY2(outcome.explanation.contains(u"Microsoft Graph"_s), qPrintable(outcome.explanation));
    }

    void theApisClockSaysHowLongAgo()
    {
        net::HttpResponse response = detailAnswer(u"Token expired"_s);
        QVERIFY(!explained(response).explanation.contains(u"clock"_s));
        response.serverDate = jose::testNow + std::chrono::seconds{3612};
        QVERIFY2(explained(response).explanation.endsWith(u"it expired 12\u00a0s ago."_s),
                 qPrintable(explained(response).explanation));
        response.serverDate = jose::testNow;
        QVERIFY(explained(response).explanation.endsWith(u"it is still valid."_s));
        response = detailAnswer(u"Invalid token: The token is not yet valid (nbf)"_s);
        response.serverDate = jose::testNow - std::chrono::seconds{90};
        QVERIFY(explained(response).explanation.endsWith(u"it becomes valid in 30\u00a0s."_s));
    }

    void whereATimeIsTheReasonThisClockIsCompared_data()
    {
        QTest::addColumn<QString>("detail");
        QTest::addColumn<int>("serverAhead");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("slow") << u"Token expired"_s << 720 << u"This computer's clock is 12 min slow"_s;
        QTest::newRow("fast") << u"Invalid token: The token is not yet valid (iat)"_s << -7200
                              << u"This computer's clock is 2 h fast"_s;
        QTest::newRow("right") << u"Token expired"_s << 30 << QString();
        QTest::newRow("another reason") << u"Invalid token: Audience doesn't match"_s << 7200 << QString();
    }

    void whereATimeIsTheReasonThisClockIsCompared()
    {
        QFETCH(QString, detail);
        QFETCH(int, serverAhead);
        QFETCH(QString, sentence);
        net::HttpResponse response = detailAnswer(detail);
        response.serverDate = jose::testNow + std::chrono::seconds{serverAhead};
        const QString explanation = explained(response).explanation;
        QVERIFY2(sentence.isEmpty() ? !explanation.contains(u"This computer's clock"_s)
                                    : explanation.contains(sentence),
                 qPrintable(explanation));
    }

    void aChallengeWinsOverTheBody_data()
    {
        QTest::addColumn<QByteArray>("challenge");
        QTest::addColumn<QString>("code");
        QTest::newRow("expired") << R"(Bearer error="invalid_token", error_description="The token expired at '1'")"_ba
                                 << u"books.token-expired"_s;
        QTest::newRow("audience")
            << R"(Bearer error="invalid_token", error_description="The audience 'x' is invalid")"_ba
            << u"books.audience-rejected"_s;
        QTest::newRow("key")
            << R"(Bearer error="invalid_token", error_description="The signature key was not found")"_ba
            << u"books.key-unknown"_s;
        QTest::newRow("another scheme does not count")
            << R"(Basic realm="a", error="invalid_token")"_ba << u"books.signature-rejected"_s;
        QTest::newRow("without a description the body counts")
            << R"(Bearer error="invalid_token")"_ba << u"books.signature-rejected"_s;
    }

    void aChallengeWinsOverTheBody()
    {
        QFETCH(QByteArray, challenge);
        QFETCH(QString, code);
        net::HttpResponse response = detailAnswer(u"Invalid token: Signature verification failed"_s);
        response.headers = {{"WWW-Authenticate"_ba, challenge}};
        QCOMPARE(explained(response).code, code);
    }

    void aChallengeWinsOverABodyThatGivesNoReason()
    {
        net::HttpResponse response = detailAnswer(u"Invalid token: "_s);
        response.headers = {{"WWW-Authenticate"_ba,
                             R"(Bearer error="invalid_token", error_description="The token expired at '1'")"_ba}};
        QCOMPARE(explained(response).code, u"books.token-expired"_s);
    }

    void invalidTokenIsAboutTheTokenEvenWithA403()
    {
        net::HttpResponse response = answer(403, {}, {{"WWW-Authenticate"_ba, R"(Bearer error="invalid_token")"_ba}});
        QCOMPARE(explained(response).kind, OutcomeKind::unauthenticated);
        QVERIFY(explained(response).headline.startsWith(u"403 Forbidden"_s));
        QCOMPARE(explained(detailAnswer(u"Not authenticated"_s, 403)).code, u"books.not-authenticated"_s);
    }

    void claimsChallengesAreFoundAmongOthers_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<net::Headers>("headers");
        const QByteArray name = "www-authenticate";
        const QByteArray entra =
            R"(Bearer realm="", authorization_uri="https://a.test", error="insufficient_claims", claims="e30=")";
        QTest::newRow("alone") << 401 << net::Headers{{name, entra}};
        QTest::newRow("with a 403") << 403 << net::Headers{{name, entra}};
        QTest::newRow("behind another one") << 401 << net::Headers{{name, "Basic realm=\"x\", " + entra}};
        QTest::newRow("in a second header") << 401 << net::Headers{{name, "Bearer"_ba}, {name, entra}};
        QTest::newRow("claims without the error") << 401 << net::Headers{{name, R"(Bearer claims="e30=")"_ba}};
    }

    void claimsChallengesAreFoundAmongOthers()
    {
        QFETCH(int, status);
        QFETCH(net::Headers, headers);
        net::HttpResponse response = detailAnswer(u"Token expired"_s, status);
        response.headers = headers;
        const ApiOutcome outcome = explained(response);
        QCOMPARE(outcome.kind, OutcomeKind::claimsChallenge);
        QCOMPARE(outcome.code, u"books.claims-challenge"_s);
        QCOMPARE(outcome.headline, u"Your organization asks for more proof"_s);
        QCOMPARE(outcome.status, status);
        QVERIFY(!outcome.remedy.isEmpty());
    }
};

QTEST_GUILESS_MAIN(RejectedTokenTest)
#include "rejected-token-test.moc"
