#include "core/results.h"
#include "identity/errors.h"
#include "identity/session-bench.h"

#include <QSignalSpy>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

template <class T> QString codeOf(const Result<T> &result)
{
    return result ? u"no error"_s : result.error().code.toString();
}

const QByteArray refusedRefresh = oauthFailure("invalid_grant", "AADSTS50173: revoked");

using Bench = SessionBench;

/// The same with an API that is not on loopback, as far as the connection says.
struct RemoteBench : Bench
{
    RemoteBench()
    {
        const SignedIn person = *session->current();
        session = std::make_unique<Session>(Session::Parts{tenancy.http, remoteTrust, tenancy.redactor, systemNow});
        session->begin(person);
    }
    ~RemoteBench() { session.reset(); }

    void answerTokensFor(const QString &audience)
    {
        tenant.onToken = [this, audience](const Form &) {
            JsonObject claims = tenant.accessClaims();
            claims.set(u"aud"_s, audience);
            return tenant.tokenAnswer(tenant.idClaims(), claims);
        };
    }
    Result<void> getTokenFor(const QString &audience)
    {
        answerTokensFor(audience);
        return refresh();
    }

    static Connection remote(Connection connection)
    {
        connection.apiBaseUrl = QUrl(u"https://books.example.org"_s);
        return connection;
    }

    TrustStore remoteTrust{tenancy.http, remote(tenant.connection(tenancy.mode)), {}, systemNow};
};

} // namespace

class SessionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requestsCarryTheToken();
    void nobodySignedInSendsNothing();
    void anExpiredTokenIsRefreshedFirst();
    void aTokenIsExpiredAtItsEnd();
    void aTokenThatSaysItHasExpiredIsRefreshedFirst();
    void aTokenThatComesBackExpiredIsStillSent();
    void a401ThatAFreshTokenHelpsIsRetriedOnce_data();
    void a401ThatAFreshTokenHelpsIsRetriedOnce();
    void anotherRefusalIsNotRetried_data();
    void anotherRefusalIsNotRetried();
    void aWrongAudienceIsNotRefreshed();
    void aTokenForSomebodyElseStaysHere();
    void aRefreshThatBringsATokenForSomebodyElseIsNotSent();
    void anyRefusalOfATokenExpiredByOurClockIsRetried();
    void aHugeTokenAnswerIsNotTaken();
    void neverTwiceForTheSameToken();
    void aRefreshThatNeverArrivedMayBeTriedAgain();
    void aServerThatFailedIsAskedAgainLater();
    void aTokenIsRenewedAheadOfItsEnd();
    void theAlarmRenewsAnIdleSessionOnce();
    void afterSleepOrAJumpOfTheClockTheTokenIsLookedAtAnew_data();
    void afterSleepOrAJumpOfTheClockTheTokenIsLookedAtAnew();
    void aFailedRenewalIsNotRepeatedByItself();
    void manyRequestsShareOneRefresh();
    void aRequestJoinsARefreshWhoseTokensAreBeingChecked();
    void aLate401UsesTheFreshToken();
    void refreshSendsWhatEntraWants();
    void refreshReplacesTheRefreshToken();
    void ofTheTokenBeforeOnlyTheClaimsStay();
    void refreshWithoutAnIdTokenKeepsThePerson();
    void aRefreshForSomebodyElseIsThrownAway_data();
    void aRefreshForSomebodyElseIsThrownAway();
    void aRefusedRefreshTellsWhy();
    void eachEventHasItsSignal();
    void aFailedRefreshIsKept_data();
    void aFailedRefreshIsKept();
    void aFailedRefreshIsForgotten_data();
    void aFailedRefreshIsForgotten();
    void aStoppedRefreshHasNotFailed();
    void refreshNeedsARefreshToken();
    void endpointsAreDiscoveredWhereUnknown();
    void signingOutEndsARefresh();
    void signingOutMakesTheRedactorForget();
    void aRefreshNeverReachesTheNextPerson();
    void aWaiterMayRefreshForTheNextPerson();
    void stoppingEndsTheWait();
    void destroyingEndsEverything_data();
    void destroyingEndsEverything();
};

void SessionTest::requestsCarryTheToken()
{
    Bench bench;
    QCOMPARE(bench.status(), 200);
    QCOMPARE(bench.bearers, QByteArrayList{bench.currentToken()});
    QCOMPARE(bench.refreshes(), 0);
}

void SessionTest::nobodySignedInSendsNothing()
{
    Bench bench;
    QSignalSpy changed(bench.session.get(), &Session::personChanged);
    bench.session->signOut();
    QCOMPARE(changed.count(), 1);
    QVERIFY(!bench.session->current());
    QCOMPARE(codeOf(bench.send()), u"session.signed-out"_s);
    QCOMPARE(codeOf(bench.refresh()), u"session.signed-out"_s);
    QVERIFY(bench.bearers.isEmpty());
    bench.session->signOut();
    QCOMPARE(changed.count(), 1);
}

void SessionTest::anExpiredTokenIsRefreshedFirst()
{
    Bench bench;
    const QByteArray old = bench.currentToken();
    bench.ahead = 2h;
    bench.tenant.now += 2h;
    QSignalSpy changed(bench.session.get(), &Session::tokensRenewed);
    QCOMPARE(bench.status(), 200);
    QCOMPARE(bench.refreshes(), 1);
    QCOMPARE(changed.count(), 1);
    QVERIFY(bench.currentToken() != old);
    QCOMPARE(bench.bearers, QByteArrayList{bench.currentToken()});
    QCOMPARE(bench.status(), 200);
    QCOMPARE(bench.refreshes(), 1);
}

void SessionTest::aTokenIsExpiredAtItsEnd()
{
    Bench bench;
    const TimePoint end = bench.session->current()->accessTokenEnd();
    bench.at = end - 1s;
    QCOMPARE(bench.status(), 200);
    QCOMPARE(bench.refreshes(), 0);
    bench.at = end;
    bench.tenant.now += 1h;
    QCOMPARE(bench.status(), 200);
    QCOMPARE(bench.refreshes(), 1);
}

void SessionTest::aTokenThatSaysItHasExpiredIsRefreshedFirst()
{
    Bench bench;
    const std::int64_t soon = QDateTime::currentSecsSinceEpoch() + 60;
    bench.tenant.onToken = [&bench, soon](const Form &) {
        JsonObject claims = bench.tenant.accessClaims();
        claims.set(u"exp"_s, soon);
        return bench.tenant.tokenAnswer(bench.tenant.idClaims(), claims);
    };
    QVERIFY(bench.refresh());
    bench.tenant.onToken = {};
    bench.ahead = 5min; // long before the hour that the tenant's expires_in promised
    QCOMPARE(bench.status(), 200);
    QCOMPARE(bench.refreshes(), 2);
    QCOMPARE(bench.bearers, QByteArrayList{bench.currentToken()});
}

void SessionTest::aTokenThatComesBackExpiredIsStillSent()
{
    Bench bench;
    bench.onCall = [](const QByteArray &) { return tokenExpired; };
    bench.tenant.onToken = [&](const Form &) {
        JsonObject claims = bench.tenant.accessClaims();
        claims.set(u"exp"_s, 1'700'000'000);
        return bench.tenant.tokenAnswer(bench.tenant.idClaims(), claims);
    };
    bench.ahead = 2h;
    bench.tenant.now += 2h;
    QCOMPARE(bench.status(), 401);
    QCOMPARE(bench.refreshes(), 1);
    QCOMPARE(bench.bearers, QByteArrayList{bench.currentToken()});
    QVERIFY(!bench.session->current()->accessToken.verification.passed());
}

void SessionTest::a401ThatAFreshTokenHelpsIsRetriedOnce_data()
{
    QTest::addColumn<QByteArray>("refusal");
    QTest::newRow("token expired") << tokenExpired;
    const auto said = [](const char *name, const QByteArray &body) {
        QTest::newRow(name) << httpAnswer("401 Unauthorized", {}, body);
    };
    said("token expired, as a message", R"({"message":"The incoming token has expired"})");
    said("token expired, in an object", R"({"detail":{"code":7,"msg":"Token expired"}})");
    said("token expired, in a list", R"({"detail":[{"loc":["header"],"msg":"Token has expired."}]})");
    said("token expired, as a title", R"({"type":"about:blank","title":"Token expired","detail":"See the docs."})");
    said("token expired, as plain text", "Jwt is expired");
    QTest::newRow("invalid_token") << unauthorized("x", R"(Bearer realm="books", error="invalid_token")");
    QTest::newRow("invalid_token behind another challenge")
        << unauthorized("x", R"(Basic realm="a", Bearer error="invalid_token", error_description="revoked")");
}

void SessionTest::a401ThatAFreshTokenHelpsIsRetriedOnce()
{
    QFETCH(QByteArray, refusal);
    Bench bench;
    const QByteArray old = bench.currentToken();
    bench.makeFresh();
    bench.onCall = [&](const QByteArray &bearer) { return bearer == old ? refusal : fine; };
    QCOMPARE(bench.status(), 200);
    QCOMPARE(bench.bearers, (QByteArrayList{old, bench.currentToken()}));
    QCOMPARE(bench.refreshes(), 1);

    bench.onCall = [&](const QByteArray &) { return refusal; };
    bench.makeFresh();
    bench.bearers.clear();
    QCOMPARE(bench.status(), 401);
    QCOMPARE(bench.bearers.size(), 2);
    QCOMPARE(bench.refreshes(), 2);
}

void SessionTest::anotherRefusalIsNotRetried_data()
{
    QTest::addColumn<QByteArray>("refusal");
    QTest::newRow("not authenticated") << unauthorized("Not authenticated", "Bearer");
    QTest::newRow("an unknown key") << unauthorized("Invalid token: ");
    QTest::newRow("a wrong audience") << unauthorized("Invalid token: Audience doesn't match");
    QTest::newRow("a claims challenge") << unauthorized("Token expired",
                                                        R"(Bearer error="insufficient_claims", claims="e30=")");
    QTest::newRow("a missing scope") << httpAnswer("403 Forbidden", {}, R"({"detail":"Missing scopes: Books.Read"})");
    QTest::newRow("an expired something else") << httpAnswer("403 Forbidden", {}, R"({"detail":"Token expired"})");
    QTest::newRow("a web page") << httpAnswer("401 Unauthorized", {}, "<html>Token expired</html>");
    QTest::newRow("a redirect") << httpAnswer("307 Temporary Redirect", {{"Location"_ba, "/elsewhere"_ba}});
    QTest::newRow("a server error") << httpAnswer("500 Internal Server Error", {}, "Internal Server Error");
}

void SessionTest::anotherRefusalIsNotRetried()
{
    QFETCH(QByteArray, refusal);
    Bench bench;
    bench.onCall = [&](const QByteArray &) { return refusal; };
    QVERIFY(bench.status() >= 300);
    QCOMPARE(bench.bearers.size(), 1);
    QCOMPARE(bench.refreshes(), 0);
}

void SessionTest::aWrongAudienceIsNotRefreshed()
{
    Bench bench;
    bench.tenant.onToken = [&](const Form &) {
        JsonObject claims = bench.tenant.accessClaims();
        claims.set(u"aud"_s, u"another"_s);
        return bench.tenant.tokenAnswer(bench.tenant.idClaims(), claims);
    };
    QVERIFY(bench.refresh());
    bench.onCall = [](const QByteArray &) { return unauthorized("x", R"(Bearer error="invalid_token")"); };
    QCOMPARE(bench.status(), 401);
    QCOMPARE(bench.bearers.size(), 1);
    QCOMPARE(bench.refreshes(), 1);
}

void SessionTest::aTokenForSomebodyElseStaysHere()
{
    RemoteBench bench;
    QCOMPARE(bench.status(), 200);
    const Result<void> got = bench.getTokenFor(u"payroll"_s);
    QVERIFY2(got, got ? "" : qPrintable(advised(got.error()) + factLines(got.error().facts)));
    bench.bearers.clear();
    QCOMPARE(codeOf(bench.send()), u"net.token-withheld"_s);
    QVERIFY(bench.bearers.isEmpty());

    net::HttpRequest anyway = bench.request();
    anyway.mayCarryForeignToken = true;
    const Result<net::HttpResponse> sent = QCoro::waitFor(bench.session->send(anyway));
    QVERIFY(sent && sent->status == 200);
    QCOMPARE(bench.bearers, QByteArrayList{bench.currentToken()});
}

void SessionTest::aRefreshThatBringsATokenForSomebodyElseIsNotSent()
{
    RemoteBench bench;
    bench.makeFresh();
    bench.answerTokensFor(u"payroll"_s);
    bench.onCall = [](const QByteArray &) { return tokenExpired; };
    const QByteArray before = bench.currentToken();
    const int refreshes = bench.refreshes();
    QCOMPARE(codeOf(bench.send()), u"net.token-withheld"_s);
    QCOMPARE(bench.refreshes(), refreshes + 1);
    QCOMPARE(bench.bearers, QByteArrayList{before});
}

void SessionTest::anyRefusalOfATokenExpiredByOurClockIsRetried()
{
    Bench bench;
    bench.tenant.onToken = [&](const Form &) {
        JsonObject claims = bench.tenant.accessClaims();
        claims.set(u"exp"_s, 1'700'000'000);
        return bench.tenant.tokenAnswer(bench.tenant.idClaims(), claims);
    };
    QVERIFY(bench.refresh());
    bench.tenant.onToken = nullptr;
    const QByteArray old = bench.currentToken();
    bench.onCall = [&](const QByteArray &bearer) { return bearer == old ? unauthorized("Invalid token: x") : fine; };
    QCOMPARE(bench.status(), 200);
    QCOMPARE(bench.refreshes(), 2);
}

void SessionTest::aHugeTokenAnswerIsNotTaken()
{
    Bench bench;
    bench.tenant.onToken = [](const Form &) { return httpAnswer("200 OK", {}, QByteArray(1024 * 1024 + 1, ' ')); };
    const Result<void> refused = bench.refresh();
    QVERIFY(!refused);
    QCOMPARE(refused.error().code.toString(), u"net.too-large"_s);
}

void SessionTest::neverTwiceForTheSameToken()
{
    Bench bench;
    bench.onCall = [](const QByteArray &) { return tokenExpired; };
    bench.tenant.onToken = [](const Form &) { return oauthFailure("invalid_grant", "AADSTS700082: expired"); };
    QCOMPARE(bench.status(), 401);
    QCOMPARE(bench.status(), 401);
    QCOMPARE(bench.refreshes(), 1);
    bench.ahead = 2h;
    QCOMPARE(bench.status(), 401);
    QCOMPARE(bench.refreshes(), 1);
    QCOMPARE(bench.bearers.size(), 3);
    bench.session->begin(*bench.session->current());
    QCOMPARE(bench.status(), 401);
    QCOMPARE(bench.refreshes(), 2);
}

void SessionTest::aRefreshThatNeverArrivedMayBeTriedAgain()
{
    Bench bench;
    bench.tenant.server().goAway();
    bench.onCall = [](const QByteArray &) { return tokenExpired; };
    QCOMPARE(bench.status(), 401);
    QCOMPARE(codeOf(bench.refresh()), u"net.connection-failed"_s);
    QCOMPARE(bench.refreshes(), 0);
    QVERIFY(bench.session->current());
    bench.tenant.server().comeBack();
    QCOMPARE(bench.status(), 401);
    QCOMPARE(bench.refreshes(), 1);
}

void SessionTest::aServerThatFailedIsAskedAgainLater()
{
    Bench bench;
    bench.onCall = [](const QByteArray &) { return tokenExpired; };
    bench.tenant.onToken = [](const Form &) { return httpAnswer("503 Busy", {{"Retry-After"_ba, "90"_ba}}); };
    QCOMPARE(bench.status(), 401);
    QCOMPARE(bench.status(), 401);
    QCOMPARE(bench.refreshes(), 1);
    bench.ahead = 95s;
    QCOMPARE(bench.status(), 401);
    QCOMPARE(bench.refreshes(), 2);
}

void SessionTest::aTokenIsRenewedAheadOfItsEnd()
{
    Bench bench;
    const QByteArray old = bench.currentToken();
    QSignalSpy renewed(bench.session.get(), &Session::tokensRenewed);
    bench.session->lookAtClock();
    bench.ahead = 44min;
    bench.session->lookAtClock();
    QVERIFY(!bench.session->isRenewing());
    bench.ahead = 46min;
    bench.tenant.now += 46min;
    bench.session->lookAtClock();
    QVERIFY(bench.session->isRenewing());
    bench.session->lookAtClock();
    QVERIFY(renewed.wait());
    QVERIFY(bench.currentToken() != old);
    bench.session->lookAtClock();
    QVERIFY(!bench.session->isRenewing());
    QCOMPARE(bench.refreshes(), 1);
}

void SessionTest::theAlarmRenewsAnIdleSessionOnce()
{
    Bench bench;
    const TimePoint received = bench.session->current()->tokens.receivedAt;
    const QSignalSpy began(bench.session.get(), &Session::renewalBegan);
    const QSignalSpy renewed(bench.session.get(), &Session::tokensRenewed);
    // The tenant may have issued the token some time before it was received.
    bench.at = received + 45min - 4s;
    bench.session->lookAtClock();
    QCOMPARE(began.count(), 0);
    bench.at = received + 46min;
    bench.tenant.now += 46min;
    QTRY_COMPARE_WITH_TIMEOUT(renewed.count(), 1, 10'000);
    // Another alarm, set as late as the first was, has rung by then.
    WallAlarm later;
    const QSignalSpy rings(&later, &WallAlarm::rang);
    later.setIn(5500ms);
    QTRY_VERIFY_WITH_TIMEOUT(!rings.isEmpty(), 10'000);
    QCOMPARE(began.count(), 1);
    QCOMPARE(bench.refreshes(), 1);
}

void SessionTest::afterSleepOrAJumpOfTheClockTheTokenIsLookedAtAnew_data()
{
    QTest::addColumn<std::chrono::minutes>("jump");
    QTest::addColumn<bool>("isRenewed");
    QTest::newRow("back, by two hours") << std::chrono::minutes(-120) << false;
    QTest::newRow("ahead, but the token is young") << std::chrono::minutes(30) << false;
    QTest::newRow("ahead, beyond three quarters of its life") << std::chrono::minutes(50) << true;
    QTest::newRow("ahead, beyond its end") << std::chrono::minutes(600) << true;
}

/// The alarm rings on waking and when the clock is set.
void SessionTest::afterSleepOrAJumpOfTheClockTheTokenIsLookedAtAnew()
{
    QFETCH(const std::chrono::minutes, jump);
    QFETCH(const bool, isRenewed);
    Bench bench;
    const TimePoint begun = bench.tenant.now;
    const auto jumpTo = [&](std::chrono::minutes ahead) {
        bench.ahead = ahead;
        bench.tenant.now = begun + ahead;
        bench.session->lookAtClock();
    };
    bench.session->lookAtClock();
    jumpTo(jump);
    QCOMPARE(bench.session->isRenewing(), isRenewed);
    QTRY_COMPARE(bench.refreshes(), isRenewed ? 1 : 0);
    QTRY_VERIFY(!bench.session->isRenewing());
    // It goes on as if nothing had been.
    jumpTo(isRenewed ? jump + 50min : 50min);
    QVERIFY(bench.session->isRenewing());
}

void SessionTest::aFailedRenewalIsNotRepeatedByItself()
{
    Bench bench;
    bench.tenant.onToken = [](const Form &) { return refusedRefresh; };
    QSignalSpy failed(bench.session.get(), &Session::renewalFailed);
    bench.ahead = 46min;
    bench.session->lookAtClock();
    QVERIFY(failed.wait());
    bench.session->lookAtClock();
    QVERIFY(!bench.session->isRenewing());
    QCOMPARE(bench.refreshes(), 1);
}

void SessionTest::manyRequestsShareOneRefresh()
{
    Bench bench;
    const QByteArray old = bench.currentToken();
    bench.ahead = 2h;
    bench.tenant.now += 2h;
    std::vector<Outcome<net::HttpResponse>> outcomes;
    for (int i = 0; i < 5; ++i)
        outcomes.push_back(begin(bench.session->send(bench.request())));
    const Outcome<void> asked = begin(bench.session->refresh());
    for (const auto &outcome : outcomes) {
        QTRY_VERIFY(outcome->has_value());
        QCOMPARE((*outcome)->value().status, 200);
    }
    QTRY_VERIFY(asked->has_value());
    QCOMPARE(bench.refreshes(), 1);
    QVERIFY(!bench.bearers.contains(old));
    QCOMPARE(bench.bearers.size(), 5);
}

void SessionTest::aRequestJoinsARefreshWhoseTokensAreBeingChecked()
{
    Bench bench;
    const QByteArray old = bench.currentToken();
    bench.ahead = 2h;
    bench.tenant.now += 2h;
    bench.tenant.signingKey = 1; // so that keys are fetched once more
    bench.tenant.publishedKeys = {0, 1};
    const int fetches = bench.tenant.fetchesOfKeys();
    Outcome<net::HttpResponse> second;
    connect(&bench.tenant.server(), &FakeServer::requested, this, [&] {
        if (!second && bench.tenant.fetchesOfKeys() > fetches)
            second = begin(bench.session->send(bench.request()));
    });
    QCOMPARE(bench.status(), 200);
    QVERIFY(second);
    QTRY_VERIFY(second->has_value());
    QCOMPARE(bench.refreshes(), 1);
    QVERIFY(!bench.bearers.contains(old));
}

void SessionTest::aLate401UsesTheFreshToken()
{
    Bench bench;
    const QByteArray old = bench.currentToken();
    bench.makeFresh();
    bench.onCall = [&](const QByteArray &bearer) { return bearer == old ? tokenExpired : fine; };
    const auto first = begin(bench.session->send(bench.request()));
    const auto second = begin(bench.session->send(bench.request()));
    QTRY_VERIFY(first->has_value() && second->has_value());
    QCOMPARE((*first)->value().status, 200);
    QCOMPARE((*second)->value().status, 200);
    QCOMPARE(bench.refreshes(), 1);
    QCOMPARE(bench.bearers.size(), 4);
}

void SessionTest::refreshSendsWhatEntraWants()
{
    Bench bench;
    bench.tenant.refreshToken = "R+/=!*$%25~'()&;#?";
    QVERIFY(bench.refresh());
    QVERIFY(bench.refresh());
    const Form form = bench.tenant.tokenRequests().back();
    QCOMPARE(form.keys(),
             (QList<QByteArray>{"claims"_ba, "client_id"_ba, "grant_type"_ba, "refresh_token"_ba, "scope"_ba}));
    QCOMPARE(form.value("claims"), R"({"access_token":{"xms_cc":{"values":["cp1"]}}})"_ba);
    QCOMPARE(form.value("grant_type"), "refresh_token"_ba);
    QCOMPARE(form.value("refresh_token"), bench.tenant.refreshToken);
    QCOMPARE(form.value("scope"), bench.tenant.connection().scopes.join(u' ').toUtf8());
    QCOMPARE(form.value("client_id"), bench.tenant.connection().clientId.toUtf8());
    const QString shown = bench.tenancy.redactor.redacted(QString::fromLatin1(bench.tenant.refreshToken));
    QVERIFY(!shown.contains(QString::fromLatin1(bench.tenant.refreshToken)));
}

void SessionTest::refreshReplacesTheRefreshToken()
{
    Bench bench;
    bench.tenant.refreshToken = "second-refresh-token";
    QVERIFY(bench.refresh());
    QCOMPARE(bench.session->current()->tokens.refreshToken, Secret("second-refresh-token"));
    bench.tenant.refreshToken.clear();
    QVERIFY(bench.refresh());
    QCOMPARE(bench.session->current()->tokens.refreshToken, Secret("second-refresh-token"));
}

void SessionTest::ofTheTokenBeforeOnlyTheClaimsStay()
{
    Bench bench;
    QVERIFY(!bench.session->current()->accessTokenBefore);
    const JsonObject claims = bench.session->current()->accessToken.decoded->claims;
    bench.makeFresh();
    QVERIFY(bench.refresh());
    const std::optional<jose::InspectedToken> &before = bench.session->current()->accessTokenBefore;
    QVERIFY(before.has_value() && before->decoded);
    QCOMPARE(before->decoded->claims, claims);
    QVERIFY(bench.session->current()->accessToken.decoded->claims != claims);
    QVERIFY(before->token.isEmpty());
    QVERIFY(before->decoded->signingInput.isEmpty());
    QVERIFY(before->decoded->signature.isEmpty());
}

void SessionTest::refreshWithoutAnIdTokenKeepsThePerson()
{
    Bench bench;
    const SignedIn before = *bench.session->current();
    bench.makeFresh();
    bench.tenant.idTokenMember.clear();
    QVERIFY(bench.refresh());
    QCOMPARE(bench.session->current()->identity, before.identity);
    QCOMPARE(bench.session->current()->tokens.idToken, before.tokens.idToken);
    QVERIFY(bench.session->current()->tokens.accessToken != before.tokens.accessToken);
}

void SessionTest::aRefreshForSomebodyElseIsThrownAway_data()
{
    QTest::addColumn<QString>("claim");
    QTest::addColumn<bool>("isInAccessToken");
    QTest::addColumn<QString>("code");
    QTest::newRow("another subject") << u"sub"_s << false << u"session.user-changed"_s;
    QTest::newRow("another object ID") << u"oid"_s << false << u"session.user-changed"_s;
    QTest::newRow("another tenant than the issuer's") << u"tid"_s << false << u"sign-in.id-token-rejected"_s;
    QTest::newRow("another object ID in the access token") << u"oid"_s << true << u"session.user-changed"_s;
    QTest::newRow("another client") << u"aud"_s << false << u"sign-in.id-token-rejected"_s;
    QTest::newRow("another nonce") << u"nonce"_s << false << u"sign-in.id-token-rejected"_s;
}

void SessionTest::aRefreshForSomebodyElseIsThrownAway()
{
    QFETCH(QString, claim);
    QFETCH(bool, isInAccessToken);
    QFETCH(QString, code);
    Bench bench;
    const TokenSet before = bench.session->current()->tokens;
    bench.tenant.refreshToken = "a-refresh-token-of-somebody-else";
    bench.makeFresh();
    bench.tenant.onToken = [&](const Form &) {
        JsonObject id = bench.tenant.idClaims();
        JsonObject access = bench.tenant.accessClaims();
        (isInAccessToken ? access : id).set(claim, u"another"_s);
        return bench.tenant.tokenAnswer(id, access);
    };
    QSignalSpy changed(bench.session.get(), &Session::tokensRenewed);
    QCOMPARE(codeOf(bench.refresh()), code);
    QCOMPARE(bench.session->current()->tokens, before);
    QCOMPARE(changed.count(), 0);
    const QString thrownAway = QString::fromLatin1(bench.tenant.refreshToken);
    QVERIFY(bench.tenancy.redactor.redacted(thrownAway) != thrownAway);
}

void SessionTest::aRefusedRefreshTellsWhy()
{
    Bench bench;
    bench.tenant.onToken = [](const Form &) { return oauthFailure("invalid_grant", "AADSTS50173: revoked"); };
    const Result<void> refused = bench.refresh();
    QCOMPARE(codeOf(refused), u"sign-in.grant-invalid"_s);
    QCOMPARE(factValue(refused.error().facts, facts::aadsts), u"50173"_s);
    QCOMPARE(bench.status(), 200);
}

void SessionTest::eachEventHasItsSignal()
{
    Bench bench;
    const SignedIn person = *bench.session->current();
    const QSignalSpy changes(bench.session.get(), &Session::personChanged);
    const QSignalSpy renewals(bench.session.get(), &Session::tokensRenewed);
    const QSignalSpy failures(bench.session.get(), &Session::renewalFailed);
    const auto counts = [&] { return QList<qsizetype>{changes.size(), renewals.size(), failures.size()}; };
    QVERIFY(bench.refresh());
    QCOMPARE(counts(), (QList<qsizetype>{0, 1, 0}));
    bench.tenant.onToken = [](const Form &) { return refusedRefresh; };
    QVERIFY(!bench.refresh());
    QCOMPARE(counts(), (QList<qsizetype>{0, 1, 1}));
    bench.session->begin(person);
    QCOMPARE(counts(), (QList<qsizetype>{1, 1, 1}));
    bench.session->signOut();
    QCOMPARE(counts(), (QList<qsizetype>{2, 1, 1}));
}

void SessionTest::aFailedRefreshIsKept_data()
{
    QTest::addColumn<bool>("isSilent");
    QTest::addColumn<bool>("isExpired");
    QTest::newRow("one that the person asked for") << false << false;
    QTest::newRow("a silent one before a request") << true << true;
    QTest::newRow("a silent one after a 401") << true << false;
}

void SessionTest::aFailedRefreshIsKept()
{
    QFETCH(const bool, isSilent);
    QFETCH(const bool, isExpired);
    Bench bench;
    QVERIFY(!bench.session->renewalFailure());
    bench.tenant.onToken = [](const Form &) { return refusedRefresh; };
    bench.onCall = [](const QByteArray &) { return tokenExpired; };
    bench.ahead = isExpired ? 2h : 0h;
    std::vector<Error> signalled;
    bool isKept = false;
    connect(bench.session.get(), &Session::renewalFailed, this, [&](const Error &error) {
        signalled.push_back(error);
        isKept = bench.session->renewalFailure() == error;
    });
    if (isSilent)
        QCOMPARE(bench.status(), 401);
    else
        QVERIFY(!bench.refresh());
    QVERIFY(isKept);
    QCOMPARE(signalled.size(), std::size_t{1});
    QCOMPARE(bench.session->renewalFailure()->code.toString(), u"sign-in.grant-invalid"_s);
    QCOMPARE(bench.refreshes(), 1);
}

void SessionTest::aFailedRefreshIsForgotten_data()
{
    QTest::addColumn<QString>("after");
    QTest::newRow("after one that works") << u"refresh"_s;
    QTest::newRow("when somebody signs in") << u"begin"_s;
    QTest::newRow("when the person signs out") << u"signOut"_s;
}

void SessionTest::aFailedRefreshIsForgotten()
{
    QFETCH(const QString, after);
    Bench bench;
    const SignedIn person = *bench.session->current();
    bench.tenant.onToken = [](const Form &) { return refusedRefresh; };
    QVERIFY(!bench.refresh());
    QVERIFY(bench.session->renewalFailure());
    bench.tenant.onToken = {};
    if (after == u"refresh")
        QVERIFY(bench.refresh());
    else if (after == u"begin")
        bench.session->begin(person);
    else
        bench.session->signOut();
    QVERIFY(!bench.session->renewalFailure());
}

void SessionTest::aStoppedRefreshHasNotFailed()
{
    Bench bench;
    bench.tenant.isSilent = true;
    const QSignalSpy failures(bench.session.get(), &Session::renewalFailed);
    const auto refreshing = begin(bench.session->refresh());
    QTRY_COMPARE(bench.refreshes(), 1);
    bench.session->begin(*bench.session->current());
    QVERIFY(refreshing->has_value());
    QVERIFY(!bench.session->renewalFailure());
    QVERIFY(failures.isEmpty());
}

void SessionTest::refreshNeedsARefreshToken()
{
    Bench bench;
    SignedIn without = *bench.session->current();
    without.tokens.refreshToken = {};
    bench.session->begin(without);
    QCOMPARE(codeOf(bench.refresh()), u"session.no-refresh-token"_s);
    bench.ahead = 2h;
    bench.onCall = [](const QByteArray &) { return tokenExpired; };
    QCOMPARE(bench.status(), 401);
    QCOMPARE(bench.bearers.size(), 1);
    QCOMPARE(bench.refreshes(), 0);
}

void SessionTest::endpointsAreDiscoveredWhereUnknown()
{
    Bench bench;
    TrustStore fresh(bench.tenancy.http, bench.tenant.connection(), {}, systemNow);
    Session session({bench.tenancy.http, fresh, bench.tenancy.redactor, systemNow});
    session.begin(*bench.session->current());
    bench.makeFresh();
    QVERIFY(QCoro::waitFor(session.refresh()));
    QCOMPARE(bench.refreshes(), 1);
    QVERIFY(session.current()->tokens.accessToken != bench.session->current()->tokens.accessToken);
}

void SessionTest::signingOutMakesTheRedactorForget()
{
    Bench bench;
    const auto knows = [&bench](const QString &token) { return bench.tenancy.redactor.redacted(token) != token; };
    bench.tenant.refreshToken = "the-first-refresh-token";
    QVERIFY(bench.refresh());
    bench.tenant.refreshToken = "the-second-refresh-token";
    QVERIFY(bench.refresh());
    QVERIFY2(knows(u"the-first-refresh-token"_s), "a late answer may still echo it");
    QVERIFY(knows(u"the-second-refresh-token"_s));
    bench.session->signOut();
    QVERIFY(!knows(u"the-first-refresh-token"_s));
    QVERIFY(!knows(u"the-second-refresh-token"_s));
}

void SessionTest::signingOutEndsARefresh()
{
    Bench bench;
    bench.tenant.isSilent = true;
    bench.ahead = 2h;
    const auto refreshing = begin(bench.session->refresh());
    const auto sending = begin(bench.session->send(bench.request()));
    QTRY_COMPARE(bench.refreshes(), 1);
    bench.session->signOut();
    QVERIFY(refreshing->has_value() && sending->has_value());
    QCOMPARE(codeOf(**refreshing), u"session.signed-out"_s);
    QCOMPARE(codeOf(**sending), u"net.stopped"_s);
    QVERIFY(!bench.session->current());
    QVERIFY(bench.bearers.isEmpty());
}

void SessionTest::aRefreshNeverReachesTheNextPerson()
{
    Bench bench;
    const SignedIn next = *bench.session->current();
    bench.tenant.isSilent = true;
    const auto refreshing = begin(bench.session->refresh());
    QTRY_COMPARE(bench.refreshes(), 1);
    bench.session->begin(next);
    QVERIFY(refreshing->has_value());
    bench.tenant.isSilent = false;
    bench.makeFresh();
    QVERIFY(bench.refresh());
    QCOMPARE(bench.refreshes(), 2);
}

void SessionTest::aWaiterMayRefreshForTheNextPerson()
{
    Bench bench;
    bench.tenant.isSilent = true;
    Outcome<void> second;
    QCoro::connect(bench.session->refresh(), this, [&](const Result<void> &) {
        bench.tenant.isSilent = false;
        second = begin(bench.session->refresh());
    });
    QTRY_COMPARE(bench.refreshes(), 1);
    bench.makeFresh();
    bench.session->begin(*bench.session->current());
    QVERIFY(second);
    QTRY_VERIFY(second->has_value());
    QCOMPARE(codeOf(**second), u"no error"_s);
}

void SessionTest::stoppingEndsTheWait()
{
    Bench bench;
    bench.tenant.isSilent = true;
    bench.ahead = 2h;
    std::stop_source stop;
    const auto sending = begin(bench.session->send(bench.request(), stop.get_token()));
    QTRY_COMPARE(bench.refreshes(), 1);
    stop.request_stop();
    QVERIFY(sending->has_value());
    QCOMPARE(codeOf(**sending), u"net.stopped"_s);
    QVERIFY(bench.session->current());
}

void SessionTest::destroyingEndsEverything_data()
{
    QTest::addColumn<bool>("isRefreshing");
    QTest::newRow("during a refresh") << true;
    QTest::newRow("during a call") << false;
}

void SessionTest::destroyingEndsEverything()
{
    QFETCH(bool, isRefreshing);
    Bench bench;
    bench.onCall = [](const QByteArray &) { return QByteArray(); };
    if (isRefreshing) {
        bench.tenant.isSilent = true;
        bench.ahead = 2h;
    }
    const auto first = begin(bench.session->send(bench.request()));
    const auto second = begin(bench.session->send(bench.request()));
    if (isRefreshing)
        QTRY_COMPARE(bench.refreshes(), 1);
    else
        QTRY_COMPARE(bench.bearers.size(), 2);
    bench.session.reset();
    QVERIFY(first->has_value() && second->has_value());
    QCOMPARE(codeOf(**first), u"net.stopped"_s);
}

QTEST_GUILESS_MAIN(SessionTest)
#include "session-test.moc"
