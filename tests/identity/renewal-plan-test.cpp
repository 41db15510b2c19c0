#include "identity/renewal-plan.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace std::chrono_literals;
using std::chrono::seconds;

namespace {

const TimePoint begin = TimePoint(seconds{1'800'000'000});

TokenSet tokensWith(seconds life, std::optional<seconds> renewIn = std::nullopt)
{
    TokenSet tokens;
    tokens.accessToken = Secret("opaque");
    tokens.refreshToken = Secret("refresh");
    tokens.receivedAt = begin;
    tokens.expiresAt = begin + life;
    if (renewIn)
        tokens.renewAt = begin + *renewIn;
    return tokens;
}

} // namespace

class RenewalPlanTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isDueBeforeTheEnd_data()
    {
        QTest::addColumn<seconds>("life");
        QTest::addColumn<std::optional<seconds>>("renewIn");
        QTest::addColumn<std::optional<seconds>>("due");
        const auto row = [](const char *name, seconds life, std::optional<seconds> renewIn,
                            std::optional<seconds> due) { QTest::newRow(name) << life << renewIn << due; };
        row("after three quarters of its life", 3600s, {}, 2700s);
        row("when the server says", 28h, 14h, 14h);
        row("not when the server says, if that is too late", 3600s, 3600s, 2700s);
        row("not at once, whatever the server says", 3600s, 0s, 60s);
        row("never for a life too short", 59s, {}, {});
        row("never for one that has come expired", -3600s, {}, {});
    }

    void isDueBeforeTheEnd()
    {
        QFETCH(const seconds, life);
        QFETCH(const std::optional<seconds>, renewIn);
        QFETCH(const std::optional<seconds>, due);
        const RenewalPlan plan;
        const std::optional<TimePoint> expected = due ? std::optional(begin + *due) : std::nullopt;
        QCOMPARE(plan.due(tokensWith(life, renewIn), begin + life), expected);
    }

    void isNeverDueWithoutARefreshToken()
    {
        TokenSet tokens = tokensWith(3600s);
        tokens.refreshToken = {};
        const RenewalPlan plan;
        QVERIFY(!plan.due(tokens, begin + 3600s));
        QVERIFY(!plan.mayRedeem(tokens, begin));
    }

    void redeemsOnceForAToken()
    {
        TokenSet tokens = tokensWith(3600s);
        RenewalPlan plan;
        QVERIFY(plan.mayRedeem(tokens, begin));
        plan.noteAnswer(tokens);
        QVERIFY(!plan.mayRedeem(tokens, begin + 24h));
        tokens.accessToken = Secret("another");
        QVERIFY(plan.mayRedeem(tokens, begin));
    }

    void asksAServerThatFailedAgainAfterAWhile_data()
    {
        QTest::addColumn<std::optional<seconds>>("retryAfter");
        QTest::addColumn<seconds>("pause");
        QTest::newRow("a minute") << std::optional<seconds>() << seconds{60};
        QTest::newRow("as it says") << std::optional<seconds>(300s) << seconds{300};
    }

    void asksAServerThatFailedAgainAfterAWhile()
    {
        QFETCH(const std::optional<seconds>, retryAfter);
        QFETCH(const seconds, pause);
        const TokenSet tokens = tokensWith(3600s);
        RenewalPlan plan;
        plan.noteAnswer(tokens);
        plan.noteServerFailure(begin, retryAfter);
        QVERIFY(!plan.mayRedeem(tokens, begin + pause - 1s));
        QVERIFY(plan.mayRedeem(tokens, begin + pause));
        plan.noteAnswer(tokens);
        QVERIFY(!plan.mayRedeem(tokens, begin + pause));
    }

    void aProofThatNeededThePersonWaits()
    {
        const TokenSet tokens = tokensWith(3600s);
        const RefreshGoal proof{{{}, QStringLiteral("c1"), {}}};
        RenewalPlan plan;
        QVERIFY(plan.mayReach(proof, tokens, begin));
        plan.noteNotEnough(proof, begin);
        QVERIFY(!plan.mayReach(proof, tokens, begin + 119s));
        QVERIFY(plan.mayReach(proof, tokens, begin + 120s));
        QVERIFY(plan.mayReach({{{}, QStringLiteral("c2"), {}}}, tokens, begin));
        QVERIFY2(plan.mayRedeem(tokens, begin), "The token is renewed all the same");
    }

    void noProofIsAskedOfAServerThatFailed()
    {
        TokenSet tokens = tokensWith(3600s);
        const RefreshGoal proof{{{}, QStringLiteral("c1"), {}}};
        RenewalPlan plan;
        plan.noteServerFailure(begin, 300s);
        QVERIFY(!plan.mayReach(proof, tokens, begin + 299s));
        QVERIFY(plan.mayReach(proof, tokens, begin + 300s));
        tokens.refreshToken = {};
        QVERIFY(!plan.mayReach(proof, tokens, begin + 300s));
    }
};

QTEST_GUILESS_MAIN(RenewalPlanTest)
#include "renewal-plan-test.moc"
