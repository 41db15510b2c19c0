#include "books/retry-plan.h"
#include "net/errors.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using books::ApiOutcome;
using books::OutcomeKind;
using books::RetryPlan;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

ApiOutcome asking(OutcomeKind kind, std::optional<seconds> retryAfter)
{
    ApiOutcome outcome;
    outcome.kind = kind;
    outcome.retryAfter = retryAfter;
    return outcome;
}

/// "3000 6000 8000": the waits after this many failures in a row, "-" for none.
QString waits(RetryPlan &plan, const ApiOutcome &outcome, int failures)
{
    QStringList texts;
    for (int failure = 0; failure < failures; ++failure) {
        const std::optional<milliseconds> wait = plan.afterFailure(outcome);
        texts += wait ? QString::number(wait->count()) : u"-"_s;
    }
    return texts.join(u' ');
}

} // namespace

class RetryPlanTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void waitsAsLongAsTheApiAsks_data();
    void waitsAsLongAsTheApiAsks();
    void givesUpOnAnApiThatRefusesAgainAndAgain();
    void pausesLongerAndLongerWhileTheApiIsOutOfReach_data();
    void pausesLongerAndLongerWhileTheApiIsOutOfReach();
    void beginsAnew();
    void knowsWhatIsOutOfReach_data();
    void knowsWhatIsOutOfReach();
};

void RetryPlanTest::waitsAsLongAsTheApiAsks_data()
{
    QTest::addColumn<int>("asked"); // In seconds; -1 for nothing.
    QTest::addColumn<int>("wait");  // In milliseconds; -1 for none.
    QTest::newRow("some seconds") << 12 << 12'000;
    QTest::newRow("nothing, which would be too fast") << 0 << 1'000;
    QTest::newRow("the longest wait") << 120 << 120'000;
    QTest::newRow("longer than anybody should wait") << 121 << -1;
    QTest::newRow("it does not ask") << -1 << -1;
}

void RetryPlanTest::waitsAsLongAsTheApiAsks()
{
    QFETCH(const int, asked);
    QFETCH(const int, wait);
    const ApiOutcome outcome = asking(OutcomeKind::throttled, asked < 0 ? std::nullopt : std::optional(seconds{asked}));
    QCOMPARE(RetryPlan().askedWait(outcome).value_or(milliseconds{-1}).count(), wait);
    QCOMPARE(RetryPlan().afterFailure(outcome).value_or(milliseconds{-1}).count(), wait);
}

void RetryPlanTest::givesUpOnAnApiThatRefusesAgainAndAgain()
{
    RetryPlan plan({.mostAskedWaits = 2});
    QCOMPARE(waits(plan, asking(OutcomeKind::throttled, seconds{3}), 4), u"3000 3000 - -"_s);
}

void RetryPlanTest::pausesLongerAndLongerWhileTheApiIsOutOfReach_data()
{
    QTest::addColumn<double>("fraction");
    QTest::addColumn<QString>("pauses");
    QTest::newRow("short ones") << 0.0 << u"50 100 125 125"_s;
    QTest::newRow("long ones") << 1.0 << u"100 200 250 250"_s;
}

void RetryPlanTest::pausesLongerAndLongerWhileTheApiIsOutOfReach()
{
    QFETCH(const double, fraction);
    RetryPlan plan({.firstPause = milliseconds{100}, .longestPause = milliseconds{250}, .random = [fraction] {
                        return fraction;
                    }});
    ApiOutcome outcome = asking(OutcomeKind::network, std::nullopt);
    outcome.isOutOfReach = true;
    QTEST(waits(plan, outcome, 4), "pauses");
}

void RetryPlanTest::beginsAnew()
{
    RetryPlan plan({.mostAskedWaits = 1, .firstPause = milliseconds{100}, .random = [] { return 1.0; }});
    ApiOutcome gone;
    gone.isOutOfReach = true;
    const ApiOutcome throttled = asking(OutcomeKind::throttled, seconds{3});
    for (int round = 0; round < 2; ++round) {
        QCOMPARE(waits(plan, throttled, 2), u"3000 -"_s);
        QCOMPARE(waits(plan, gone, 2), u"100 200"_s);
        plan.reset();
    }
}

void RetryPlanTest::knowsWhatIsOutOfReach_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<bool>("isOutOfReach");
    for (const ErrorCode code : net::errors::netCodes) {
        // What a proxy refuses it refuses again, and repeating a log-in may lock the account.
        const bool isRefusal = code == net::errors::proxyRefused || code == net::errors::proxyUnsupported;
        QTest::newRow(qPrintable(code.toString()))
            << code.toString() << (code.kind() == ErrorKind::network && !isRefusal);
    }
}

void RetryPlanTest::knowsWhatIsOutOfReach()
{
    QFETCH(const QString, code);
    for (const ErrorCode each : net::errors::netCodes) {
        if (each.toString() == code)
            QTEST(books::explain(u"GET /"_s, Error{each, {}}).isOutOfReach, "isOutOfReach");
    }
}

QTEST_GUILESS_MAIN(RetryPlanTest)
#include "retry-plan-test.moc"
