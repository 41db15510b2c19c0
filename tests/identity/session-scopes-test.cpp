#include "core/results.h"
#include "identity/errors.h"
#include "identity/session-bench.h"

#include <QSignalSpy>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace bookdesk::test;
namespace ids = bookdesk::identity::errors;

namespace {

/// The same connection with another scope, which the sign-in has not asked for.
Connection withWrite(Connection connection)
{
    QString write = connection.scopes.front();
    connection.scopes.insert(1, write.replace(u"Books.Read"_s, u"Books.Write"_s));
    return connection;
}

QByteArray refusedWith(const QByteArray &error, const QByteArray &suberror, const QByteArray &more = {})
{
    return httpAnswer("400 Bad Request", {{"Content-Type"_ba, "application/json"_ba}},
                      "{\"error\":\"" + error + "\",\"suberror\":\"" + suberror + "\"" + more + "}");
}

const QByteArray policy = R"({"access_token":{"polids":{"essential":true,"values":["p1"]}}})";

/// The member of a refusal that asks for these claims.
QByteArray asksFor(const QByteArray &claims)
{
    const QByteArray member = toCompactJson(JsonObject{{u"claims"_s, QString::fromUtf8(claims)}});
    return ',' + member.sliced(1, member.size() - 2);
}

/// Somebody who has signed in with the scope for reading alone.
struct ScopesBench : SessionBench
{
    ScopesBench() { wide.begin(*session->current()); }

    Result<void> getScopes(const QStringList &names) { return QCoro::waitFor(wide.getScopes(names)); }
    Result<void> renew()
    {
        makeFresh();
        return QCoro::waitFor(wide.refresh());
    }
    /// The names of the API's scopes that the last request for tokens asked for.
    QByteArrayList asked() const
    {
        QByteArrayList names;
        for (const QByteArray &scope : tenancy.tenant.tokenRequests().back().value("scope").split(' ')) {
            if (scope.contains('/'))
                names += scope.mid(scope.lastIndexOf('/') + 1);
        }
        return names;
    }

    identity::TrustStore trust{tenancy.http, withWrite(tenant.connection()), {}, systemNow};
    Session wide{
        Session::Parts{tenancy.http, trust, tenancy.redactor, [this] { return at.value_or(systemNow() + ahead); }}};
};

const QByteArrayList onlyRead{"Books.Read"};
const QByteArrayList both{"Books.Read", "Books.Write"};

} // namespace

/// Scopes that are asked for only when they are needed.
class SessionScopesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRenewalAsksForWhatTheSignInAskedFor()
    {
        ScopesBench bench;
        QVERIFY(bench.renew());
        QCOMPARE(bench.asked(), onlyRead);
        const QByteArray all = bench.tenant.tokenRequests().back().value("scope");
        QVERIFY(all.contains("openid") && all.contains("offline_access"));
    }

    void aScopeOnceGotStaysInLaterRenewals()
    {
        ScopesBench bench;
        bench.makeFresh();
        const QSignalSpy renewed(&bench.wide, &Session::tokensRenewed);
        QVERIFY(bench.getScopes({u"Books.Write"_s}));
        QCOMPARE(bench.asked(), both);
        QCOMPARE(renewed.count(), 1);
        QVERIFY(bench.renew());
        QCOMPARE(bench.asked(), both);
    }

    void whatTheServerGrantsBesidesStaysToo()
    {
        ScopesBench bench;
        SignedIn signedIn = *bench.session->current();
        signedIn.tokens.grantedScopes = {u"api://x/Books.Read"_s, u"api://x/Books.Write"_s};
        bench.wide.begin(signedIn);
        QVERIFY(bench.renew());
        QCOMPARE(bench.asked(), both);
    }

    void whatTheConnectionDoesNotListIsNeverAskedFor()
    {
        ScopesBench bench;
        bench.makeFresh();
        QVERIFY(bench.getScopes({u"https://graph.microsoft.com/Mail.Read"_s, u"Books.Export"_s}));
        QCOMPARE(bench.asked(), onlyRead);
        QVERIFY(!bench.tenant.tokenRequests().back().value("scope").contains("graph"));
    }

    void whatNeedsThePersonIsNotRepeatedSoon()
    {
        ScopesBench bench;
        bench.tenant.onToken = [](const Form &) { return refusedWith("invalid_grant", "consent_required"); };
        const QSignalSpy failed(&bench.wide, &Session::renewalFailed);
        for (int i = 0; i < 2; ++i) {
            const Result<void> got = bench.getScopes({u"Books.Write"_s});
            QVERIFY(!got);
            QCOMPARE(got.error().code, ids::interactionRequired);
        }
        QCOMPARE(bench.refreshes(), 1);
        QVERIFY2(!bench.wide.renewalFailure() && failed.isEmpty(), "The token itself is good, and can be renewed");
        bench.ahead = 125s;
        QVERIFY(!bench.getScopes({u"Books.Write"_s}));
        QCOMPARE(bench.refreshes(), 2);
        bench.tenant.onToken = {};
        QVERIFY(bench.renew());
        QCOMPARE(bench.asked(), onlyRead);
    }

    void aServerThatIsLeftAloneNeedsNobody()
    {
        ScopesBench bench;
        bench.tenant.onToken = [](const Form &) {
            return httpAnswer("429 Too Many Requests", {{"Retry-After"_ba, "60"_ba}}, {});
        };
        for (int i = 0; i < 2; ++i) {
            const Result<void> got = bench.getScopes({u"Books.Write"_s});
            QVERIFY(!got);
            QVERIFY2(!ids::needsPerson(got.error().code), qPrintable(got.error().code.toString()));
        }
        QCOMPARE(bench.refreshes(), 1);
    }

    void aRefreshTokenThatIsRejectedRenewsNothingElse()
    {
        ScopesBench bench;
        bench.tenant.onToken = [](const Form &) { return refusedWith("invalid_grant", "bad_token"); };
        const QSignalSpy failed(&bench.wide, &Session::renewalFailed);
        const Result<void> got = bench.getScopes({u"Books.Write"_s});
        QVERIFY(!got);
        QCOMPARE(got.error().code, ids::refreshTokenRejected);
        QCOMPARE(bench.wide.renewalFailure(), std::optional(got.error()));
        QCOMPARE(failed.count(), 1);
        QVERIFY(bench.wide.needsSignIn());
    }

    /// One of them joins what another one has begun, which must not keep it from ending.
    void allWaitsEndWithTheSession()
    {
        SessionBench bench;
        bench.tenant.onToken = [&](const Form &) {
            bench.tenant.isSilent = true; // from the next request on
            return bench.tenant.tokenAnswer(bench.tenant.idClaims(), bench.tenant.accessClaims());
        };
        const Outcome<void> renewal = begin(bench.session->refresh());
        const Outcome<void> first = begin(bench.session->getScopes({u"Books.Read"_s}));
        const Outcome<void> second = begin(bench.session->getScopes({u"Books.Write"_s}));
        QTRY_COMPARE(bench.refreshes(), 2);
        QVERIFY(renewal->has_value());
        QVERIFY(!first->has_value() && !second->has_value());
        bench.session.reset();
        QVERIFY(first->has_value() && second->has_value());
    }

    void withoutARefreshTokenOnlyThePersonCanGetThem()
    {
        ScopesBench bench;
        SignedIn signedIn = *bench.session->current();
        signedIn.tokens.refreshToken = {};
        bench.wide.begin(signedIn);
        QVERIFY(bench.wide.needsSignIn());
        const Result<void> got = bench.getScopes({u"Books.Write"_s});
        QVERIFY(!got && ids::needsPerson(got.error().code));
        QCOMPARE(bench.refreshes(), 0);
    }

    void whileNobodyIsSignedInThereIsNothingToGet()
    {
        ScopesBench bench;
        bench.wide.signOut();
        const Result<void> got = bench.getScopes({u"Books.Write"_s});
        QVERIFY(!got);
        QCOMPARE(got.error().code, ids::signedOut);
        QVERIFY(!bench.wide.needsSignIn());
    }

    void aRefusalMaySayWhatTheNextSignInHasToProve()
    {
        ScopesBench bench;
        bench.tenant.onToken = [](const Form &) {
            return refusedWith("interaction_required", "basic_action", asksFor(policy));
        };
        QVERIFY(!bench.renew());
        QVERIFY(bench.wide.needsSignIn());
        QCOMPARE(claimsParameter(bench.wide.wantedProof(), {}), policy);
        bench.tenant.onToken = {};
        QVERIFY(bench.renew());
        QVERIFY(bench.wide.wantedProof().isEmpty());
        QVERIFY(!bench.wide.needsSignIn());
    }

    void aRefusalThatAsksForNothingAsksForNothing()
    {
        ScopesBench bench;
        bench.tenant.onToken = [](const Form &) {
            return refusedWith("interaction_required", "basic_action", asksFor("[1]"));
        };
        QVERIFY(!bench.renew());
        QVERIFY(bench.wide.wantedProof().isEmpty());
    }
};

QTEST_GUILESS_MAIN(SessionScopesTest)
#include "session-scopes-test.moc"
