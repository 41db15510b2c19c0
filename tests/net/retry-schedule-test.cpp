#include "net/errors.h"
#include "net/retry-schedule.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using net::RequestKind;
using net::RetryRules;
using net::RetrySchedule;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr TimePoint now{seconds{1'800'000'000}}; // Fri, 15 Jan 2027 08:00:00 GMT

RetryRules rulesWith(double fraction)
{
    return {.tries = 5,
            .firstWait = milliseconds{100},
            .longestWait = milliseconds{300},
            .longestRetryAfter = seconds{2},
            .random = [fraction] { return fraction; }};
}

/// "100 200 300 300", as long as it is tried again.
QString waitsOf(double fraction)
{
    RetrySchedule schedule(rulesWith(fraction));
    QStringList waits;
    while (const std::optional<milliseconds> wait = schedule.afterFailure(net::errors::broken))
        waits += QString::number(wait->count());
    return waits.join(u' ');
}

} // namespace

class RetryScheduleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void triesAgainAfterAFailure_data();
    void triesAgainAfterAFailure();
    void triesAgainAfterAnAnswer_data();
    void triesAgainAfterAnAnswer();
    void waitsAnyPartOfAGrowingTime_data();
    void waitsAnyPartOfAGrowingTime();
    void waitsAtLeastAsLongAsTheServerAsks();
    void repeatsReadsOnly_data();
    void repeatsReadsOnly();
    void readsRetryAfter_data();
    void readsRetryAfter();
    void drawsFractions();
};

void RetryScheduleTest::triesAgainAfterAFailure_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<bool>("isTriedAgain");
    for (const ErrorCode code : net::errors::netCodes) {
        const bool mayPass = code == net::errors::connectionFailed || code == net::errors::broken;
        QTest::newRow(qPrintable(code.toString())) << code.toString() << mayPass;
    }
}

void RetryScheduleTest::triesAgainAfterAFailure()
{
    QFETCH(const QString, code);
    QFETCH(const bool, isTriedAgain);
    for (const ErrorCode each : net::errors::netCodes) {
        if (each.toString() == code)
            QCOMPARE(RetrySchedule().afterFailure(each).has_value(), isTriedAgain);
    }
}

void RetryScheduleTest::triesAgainAfterAnAnswer_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("retryAfter"); // In seconds; -1 for none.
    QTest::addColumn<bool>("isTriedAgain");
    for (const int status : {200, 204, 301, 304, 400, 401, 403, 404, 405, 408, 500, 501, 505})
        QTest::addRow("%d", status) << status << -1 << false;
    for (const int status : {429, 502, 503, 504})
        QTest::addRow("%d", status) << status << -1 << true;
    QTest::newRow("429, at once") << 429 << 0 << true;
    QTest::newRow("429, after the longest wait that is silent") << 429 << 2 << true;
    QTest::newRow("429, after longer than that") << 429 << 3 << false;
    QTest::newRow("503, after longer than that") << 503 << 3 << false;
    QTest::newRow("500, although it asks for it") << 500 << 1 << false;
}

void RetryScheduleTest::triesAgainAfterAnAnswer()
{
    QFETCH(const int, status);
    QFETCH(const int, retryAfter);
    QFETCH(const bool, isTriedAgain);
    const auto wanted = retryAfter < 0 ? std::nullopt : std::optional(seconds{retryAfter});
    QCOMPARE(RetrySchedule().afterAnswer(status, wanted).has_value(), isTriedAgain);
}

void RetryScheduleTest::waitsAnyPartOfAGrowingTime_data()
{
    QTest::addColumn<double>("fraction");
    QTest::addColumn<QString>("waits");
    QTest::newRow("no luck") << 1.0 << u"100 200 300 300"_s;
    QTest::newRow("half") << 0.5 << u"50 100 150 150"_s;
    QTest::newRow("at once") << 0.0 << u"0 0 0 0"_s;
}

void RetryScheduleTest::waitsAnyPartOfAGrowingTime()
{
    QFETCH(const double, fraction);
    QTEST(waitsOf(fraction), "waits");
}

void RetryScheduleTest::waitsAtLeastAsLongAsTheServerAsks()
{
    RetrySchedule schedule(rulesWith(0.5));
    QCOMPARE(schedule.afterAnswer(503, seconds{2}), std::optional(milliseconds{2'050}));
    QCOMPARE(schedule.afterAnswer(429, seconds{1}), std::optional(milliseconds{1'100}));
}

void RetryScheduleTest::repeatsReadsOnly_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<RequestKind>("kind");
    QTest::addColumn<bool>("isRepeatable");
    QTest::newRow("the books") << "GET"_ba << RequestKind::api << true;
    QTest::newRow("a look at the headers") << "HEAD"_ba << RequestKind::api << true;
    QTest::newRow("discovery") << "GET"_ba << RequestKind::discovery << true;
    QTest::newRow("keys") << "GET"_ba << RequestKind::keys << true;
    QTest::newRow("a deletion") << "DELETE"_ba << RequestKind::api << false;
    QTest::newRow("a change") << "PUT"_ba << RequestKind::api << false;
    QTest::newRow("a token request") << "POST"_ba << RequestKind::tokens << false;
    QTest::newRow("a read of the token endpoint") << "GET"_ba << RequestKind::tokens << false;
    QTest::newRow("a forged token") << "GET"_ba << RequestKind::probe << false;
}

void RetryScheduleTest::repeatsReadsOnly()
{
    QFETCH(const QByteArray, method);
    QFETCH(const RequestKind, kind);
    QTEST(net::isRepeatable(method, kind), "isRepeatable");
}

void RetryScheduleTest::readsRetryAfter_data()
{
    constexpr int year = 365 * 24 * 60 * 60;
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("wait"); // In seconds; -1 for none.
    QTest::newRow("seconds") << "12"_ba << 12;
    QTest::newRow("at once") << "0"_ba << 0;
    QTest::newRow("space around it") << "\t12 "_ba << 12;
    QTest::newRow("a date") << "Fri, 15 Jan 2027 08:01:30 GMT"_ba << 90;
    QTest::newRow("a date in the past") << "Fri, 15 Jan 2027 07:00:00 GMT"_ba << 0;
    QTest::newRow("a date far away") << "Fri, 31 Dec 9999 23:59:59 GMT"_ba << year;
    QTest::newRow("more seconds than a year has") << "31536001"_ba << year;
    QTest::newRow("more than a number holds") << "99999999999999999999999999"_ba << year;
    QTest::newRow("less than nothing") << "-5"_ba << -1;
    QTest::newRow("a sign") << "+5"_ba << -1;
    QTest::newRow("a fraction") << "1.5"_ba << -1;
    QTest::newRow("a word") << "soon"_ba << -1;
    QTest::newRow("a unit") << "12s"_ba << -1;
    QTest::newRow("two values") << "12, 13"_ba << -1;
    QTest::newRow("digits of another script") << "\u0661\u0662"_ba << -1;
    QTest::newRow("nothing") << ""_ba << -1;
    QTest::newRow("another kind of date") << "2027-01-15T08:01:30Z"_ba << -1;
}

void RetryScheduleTest::readsRetryAfter()
{
    QFETCH(const QByteArray, value);
    QFETCH(const int, wait);
    const std::optional<seconds> read = net::readRetryAfter({{"retry-after"_ba, value}}, now);
    QCOMPARE(read.value_or(seconds{-1}).count(), wait);
    QVERIFY(!net::readRetryAfter({{"Retry-Before"_ba, value}}, now));
}

void RetryScheduleTest::drawsFractions()
{
    for (int draw = 0; draw < 1'000; ++draw) {
        const double fraction = net::randomFraction();
        QVERIFY(fraction >= 0 && fraction < 1);
    }
}

QTEST_GUILESS_MAIN(RetryScheduleTest)
#include "retry-schedule-test.moc"
