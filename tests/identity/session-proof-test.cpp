#include "core/results.h"
#include "identity/errors.h"
#include "identity/session-bench.h"

#include <QSignalSpy>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace bookdesk::test;

namespace {

const QByteArray c1 = R"({"access_token":{"acrs":{"essential":true,"value":"c1"}}})";
const QByteArray sentForC1 = R"({"access_token":{"acrs":{"essential":true,"value":"c1"},"xms_cc":{"values":["cp1"]}}})";

QByteArray challengeFor(const QByteArray &claims)
{
    return unauthorized("more",
                        "Bearer realm=\"\", error=\"insufficient_claims\", claims=\"" + claims.toBase64() + "\"");
}

const QByteArray asksForC1 = challengeFor(c1);
const QByteArray asksAsRfc9470 =
    unauthorized("more", R"(Bearer error="insufficient_user_authentication", acr_values="c1", max_age="600")");

QByteArray refusedWith(const QByteArray &error, const QByteArray &suberror)
{
    return httpAnswer("400 Bad Request", {{"Content-Type"_ba, "application/json"_ba}},
                      "{\"error\":\"" + error + "\",\"suberror\":\"" + suberror +
                          "\",\"error_description\":\"AADSTS50076: more\"}");
}

} // namespace

/// What a session does when the API asks for more proof.
class SessionProofTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRefreshThatIsEnoughSendsTheCallAgain_data()
    {
        QTest::addColumn<QByteArray>("challenge");
        QTest::addColumn<QByteArray>("claims");
        QTest::newRow("a claims challenge") << asksForC1 << sentForC1;
        QTest::newRow("RFC 9470") << asksAsRfc9470 << R"({"access_token":{"xms_cc":{"values":["cp1"]}}})"_ba;
    }

    void aRefreshThatIsEnoughSendsTheCallAgain()
    {
        QFETCH(const QByteArray, challenge);
        QFETCH(const QByteArray, claims);
        SessionBench bench;
        const QByteArray old = bench.currentToken();
        bench.makeFresh();
        bench.onCall = [&](const QByteArray &bearer) { return bearer == old ? challenge : fine; };
        const Result<net::HttpResponse> response = bench.send();
        QVERIFY(response);
        QCOMPARE(response->status, 200);
        QVERIFY(response->wasSentAgain);
        QCOMPARE(bench.bearers, (QByteArrayList{old, bench.currentToken()}));
        QCOMPARE(bench.refreshes(), 1);
        const Form form = bench.tenant.tokenRequests().back();
        QCOMPARE(form.value("claims"), claims);
        QCOMPARE(form.value("scope"), bench.tenant.connection().scopes.join(u' ').toUtf8());
    }

    void anAnswerAtOnceWasNotSentAgain()
    {
        SessionBench bench;
        const Result<net::HttpResponse> response = bench.send();
        QVERIFY(response && !response->wasSentAgain);
    }

    void aRefreshThatIsNotEnoughIsNotRepeatedSoon()
    {
        SessionBench bench;
        bench.onCall = [](const QByteArray &) { return asksForC1; };
        bench.makeFresh();
        QCOMPARE(bench.status(), 401);
        QCOMPARE(bench.bearers.size(), 2);
        QCOMPARE(bench.status(), 401);
        QCOMPARE(bench.bearers.size(), 3);
        QCOMPARE(bench.refreshes(), 1);
        bench.ahead = 125s;
        bench.makeFresh();
        QCOMPARE(bench.status(), 401);
        QCOMPARE(bench.refreshes(), 2);
        QVERIFY(!bench.session->proofFailure());
    }

    void aRefreshThatNeedsThePersonIsNotRepeatedSoon_data()
    {
        QTest::addColumn<QByteArray>("error");
        QTest::addColumn<QByteArray>("suberror");
        QTest::addColumn<QString>("code");
        const auto row = [](const char *error, const char *suberror, const char *code) {
            QTest::addRow("%s, %s", error, suberror)
                << QByteArray(error) << QByteArray(suberror) << QString::fromLatin1(code);
        };
        row("interaction_required", "basic_action", "sign-in.interaction-required");
        row("invalid_grant", "consent_required", "sign-in.interaction-required");
        row("invalid_grant", "message_only", "sign-in.interaction-required");
        row("invalid_grant", "additional_action", "sign-in.interaction-required");
        row("invalid_grant", "token_expired", "sign-in.grant-invalid");
        row("invalid_grant", "client_mismatch", "sign-in.grant-invalid");
        row("invalid_grant", "", "sign-in.grant-invalid");
    }

    void aRefreshThatNeedsThePersonIsNotRepeatedSoon()
    {
        QFETCH(const QByteArray, error);
        QFETCH(const QByteArray, suberror);
        QFETCH(const QString, code);
        SessionBench bench;
        bench.onCall = [](const QByteArray &) { return asksForC1; };
        bench.tenant.onToken = [&](const Form &) { return refusedWith(error, suberror); };
        const QSignalSpy failed(bench.session.get(), &Session::renewalFailed);
        const Result<net::HttpResponse> response = bench.send();
        QVERIFY(response);
        QCOMPARE(response->status, 401);
        QVERIFY(net::proofChallenge(response->headers));
        QVERIFY(bench.session->proofFailure());
        QCOMPARE(bench.session->proofFailure()->code.toString(), code);
        QVERIFY2(!bench.session->renewalFailure() && failed.isEmpty(), "The token itself is good, and can be renewed");
        QCOMPARE(bench.status(), 401);
        QCOMPARE(bench.refreshes(), 1);
        QCOMPARE(bench.bearers.size(), 2);
        bench.onCall = [](const QByteArray &) { return challengeFor(R"({"access_token":{"acrs":{"value":"c2"}}})"); };
        QCOMPARE(bench.status(), 401);
        QCOMPARE(bench.refreshes(), 2);
        bench.tenant.onToken = {};
        bench.makeFresh();
        QVERIFY(bench.refresh());
        QVERIFY(!bench.session->proofFailure());
    }

    void aBadRefreshTokenIsThrownAway()
    {
        SessionBench bench;
        bench.tenant.onToken = [](const Form &) { return refusedWith("invalid_grant", "bad_token"); };
        const Result<void> first = bench.refresh();
        QVERIFY(!first);
        QCOMPARE(first.error().code.toString(), u"sign-in.refresh-token-rejected"_s);
        QVERIFY(bench.session->current()->tokens.refreshToken.isEmpty());
        const Result<void> second = bench.refresh();
        QVERIFY(!second);
        QCOMPARE(second.error(), first.error());
        QCOMPARE(bench.refreshes(), 1);
        QCOMPARE(bench.status(), 200);
    }

    void anotherRefusalKeepsTheRefreshToken()
    {
        SessionBench bench;
        bench.tenant.onToken = [](const Form &) { return refusedWith("invalid_grant", "consent_required"); };
        QVERIFY(!bench.refresh());
        QVERIFY(!bench.session->current()->tokens.refreshToken.isEmpty());
    }

    void aChallengeThatCannotBeReadIsTheAnswer()
    {
        SessionBench bench;
        bench.onCall = [](const QByteArray &) {
            return unauthorized("more", R"(Bearer error="insufficient_claims", claims="$")");
        };
        QCOMPARE(bench.status(), 401);
        QCOMPARE(bench.refreshes(), 0);
    }

    void callsThatAskForTheSameShareOneRefresh()
    {
        SessionBench bench;
        const QByteArray old = bench.currentToken();
        bench.makeFresh();
        bench.onCall = [&](const QByteArray &bearer) { return bearer == old ? asksForC1 : fine; };
        std::vector<Outcome<net::HttpResponse>> outcomes;
        for (int i = 0; i < 5; ++i)
            outcomes.push_back(begin(bench.session->send(bench.request())));
        for (const auto &outcome : outcomes) {
            QTRY_VERIFY(outcome->has_value());
            QCOMPARE((*outcome)->value().status, 200);
        }
        QCOMPARE(bench.refreshes(), 1);
    }

    void aProofWaitsForAPlainRefreshAndAsksForItsOwn()
    {
        SessionBench bench;
        bench.makeFresh();
        bench.tenant.onToken = [&](const Form &form) {
            bench.tenant.now += 1s;
            JsonObject claims = bench.tenant.accessClaims();
            claims.set(u"proven"_s, form.value("claims") == sentForC1);
            return bench.tenant.tokenAnswer(bench.tenant.idClaims(), claims);
        };
        Outcome<void> plain;
        bench.onCall = [&](const QByteArray &) {
            if (!plain)
                plain = begin(bench.session->refresh());
            const Json *proven = bench.session->current()->accessToken.decoded->claims.find(u"proven");
            return proven && *proven == Json(true) ? fine : asksForC1;
        };
        QCOMPARE(bench.status(), 200);
        QVERIFY(plain);
        QTRY_VERIFY(plain->has_value());
        QVERIFY(bench.refreshes() <= 2);
        QCOMPARE(bench.tenant.tokenRequests().back().value("claims"), sentForC1);
    }

    void signingInAgainGoesOn()
    {
        SessionBench bench;
        const SignedIn riley = *bench.session->current();
        bench.onCall = [](const QByteArray &) { return asksForC1; };
        bench.tenant.onToken = [](const Form &) { return refusedWith("interaction_required", "basic_action"); };
        QCOMPARE(bench.status(), 401);
        bench.tenant.onToken = {};
        bench.makeFresh();
        bench.tenancy.prepare({});
        const SignedIn again = bench.signIn();
        const QSignalSpy persons(bench.session.get(), &Session::personChanged);
        const QSignalSpy renewals(bench.session.get(), &Session::tokensRenewed);
        bench.session->beginAgain(again);
        QCOMPARE(persons.count(), 0);
        QCOMPARE(renewals.count(), 1);
        QCOMPARE(bench.session->current()->tokens, again.tokens);
        QVERIFY(bench.session->current()->accessTokenBefore);
        QVERIFY(!bench.session->proofFailure());
        bench.session->signOut();
        bench.session->beginAgain(riley);
        QCOMPARE(persons.count(), 2);
    }

    void tokensOfASignInStayThoughARefreshEndsLater()
    {
        SessionBench bench;
        const QByteArray nonce = bench.tenant.nonce;
        bench.tenancy.prepare({});
        bench.makeFresh();
        const SignedIn again = bench.signIn();
        bench.tenant.nonce = nonce; // The refresh is of the first sign-in.
        bench.makeFresh();
        const Outcome<void> refresh = begin(bench.session->refresh());
        bench.session->beginAgain(again);
        QTRY_VERIFY(refresh->has_value());
        QVERIFY((*refresh)->has_value());
        QCOMPARE(bench.session->current()->tokens, again.tokens);
    }

    void aRefreshThatFailsLaterSaysNothingAboutANewSignIn()
    {
        SessionBench bench;
        bench.tenancy.prepare({});
        bench.makeFresh();
        const SignedIn again = bench.signIn();
        bench.tenant.onToken = [](const Form &) { return refusedWith("invalid_grant", "bad_token"); };
        const QSignalSpy failures(bench.session.get(), &Session::renewalFailed);
        const Outcome<void> refresh = begin(bench.session->refresh());
        bench.session->beginAgain(again);
        QTRY_VERIFY(refresh->has_value());
        QCOMPARE(failures.count(), 0);
        QVERIFY(!bench.session->renewalFailure());
        QCOMPARE(bench.session->current()->tokens, again.tokens);
    }
};

QTEST_GUILESS_MAIN(SessionProofTest)
#include "session-proof-test.moc"
