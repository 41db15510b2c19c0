// Thirty days of a session by a test's clock: renewals, sleep, new keys, failures of the network and of the server. At
// the end it is alive, has never done two refreshes at once or many in a row, and needs no more memory.
#include "core/results.h"
#include "core/wait-until.h"
#include "e2e/fault-proxy.h"
#include "e2e/test-time.h"
#include "identity/connection.h"
#include "sandbox/sandbox-server.h"
#include "workspace/desk.h"
#include "workspace/persona-browser.h"

#include <QTest>

#include <algorithm>
#include <malloc.h>
#include <memory>

using namespace bookdesk;
using namespace bookdesk::test;
using namespace std::chrono_literals;

namespace {

constexpr int days = 30;
constexpr std::chrono::milliseconds requestLimit{5'000};

/// What the desk asks of the token endpoint.
struct Refreshes
{
    int underWay = 0;
    int mostAtOnce = 0;
    int today = 0;
    int mostOnOneDay = 0;
    int all = 0;
};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool isSanitized = true;
#else
constexpr bool isSanitized = false;
#endif

/// Bytes that this program has allocated and not freed.
qint64 allocated()
{
    const struct mallinfo2 info = mallinfo2();
    return static_cast<qint64>(info.uordblks + info.hblkhd);
}

} // namespace

class LongLifeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(TestTime::set(TimePoint(std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + 7h)));
        sandbox::SandboxOptions options;
        options.publicPort = m_proxy.port();
        options.clock = TestTime::now;
        m_sandbox = valueOf(QCoro::waitFor(sandbox::SandboxServer::start(options)));
        m_proxy.setTarget(m_sandbox->port());
        startDesk();
        countRefreshes();
    }
    void cleanupTestCase()
    {
        m_desk.reset();
        m_sandbox.reset();
    }

    void itLivesForThirtyDays()
    {
        for (int day = 0; day < days; ++day) {
            m_refreshes.today = 0;
            live(day);
            if (QTest::currentTestFailed())
                return;
            QVERIFY2(isAlive(), QByteArray::number(day).constData());
        }
        QVERIFY(!m_desk->session().renewalFailure());
        QVERIFY(m_desk->session().current()->accessTokenEnd() > TestTime::now());
        QVERIFY(m_failures > 15);
        refreshesAreFew();
        memoryDoesNotGrow();
    }

private:
    void startDesk()
    {
        workspace::Surroundings surroundings;
        surroundings.clock = TestTime::now;
        surroundings.redactor = Redactor(TestTime::now, 10min);
        surroundings.open = workspace::personaBrowser({QStringLiteral("riley")}, {});
        surroundings.netLimits.retries.firstWait = 1ms;
        surroundings.netLimits.bounds = [](net::RequestKind kind) {
            net::AnswerBounds bounds = net::usualBounds(kind);
            bounds.time = requestLimit;
            return bounds;
        };
        m_desk = std::make_unique<workspace::Desk>(
            valueOf(identity::readConnection(toCompactJson(m_sandbox->connectionFile()))), surroundings);
        QVERIFY(QCoro::waitFor(m_desk->signIn({})));
    }

    /// One at a time: after three quarters of each hour, and some after failures.
    void refreshesAreFew() const
    {
        QCOMPARE(m_refreshes.mostAtOnce, 1);
        QVERIFY2(m_refreshes.mostOnOneDay <= 36, QByteArray::number(m_refreshes.mostOnOneDay).constData());
        QVERIFY2(m_refreshes.all >= days * 16, QByteArray::number(m_refreshes.all).constData());
    }

    /// Beside a desk that has lived for a day. With a sanitizer, which keeps what is freed, memory says nothing.
    void memoryDoesNotGrow()
    {
        if (isSanitized)
            return;
        const qint64 old = takenByDesk();
        startDesk();
        live(days);
        if (QTest::currentTestFailed())
            return;
        const qint64 young = takenByDesk();
        qInfo("%lld bytes after %d days, %lld after one", old, days, young);
        QVERIFY(young > 0);
        QVERIFY(old < 2 * young);
    }

    void countRefreshes()
    {
        net::ExchangeLog &log = m_desk->exchanges();
        connect(&log, &net::ExchangeLog::begun, this, [this, &log](std::int64_t id) {
            if (log.find(id)->kind != net::RequestKind::tokens)
                return;
            m_refreshes.mostAtOnce = std::max(m_refreshes.mostAtOnce, ++m_refreshes.underWay);
            m_refreshes.mostOnOneDay = std::max(m_refreshes.mostOnOneDay, ++m_refreshes.today);
            ++m_refreshes.all;
        });
        connect(&log, &net::ExchangeLog::ended, this, [this, &log](std::int64_t id) {
            if (log.find(id)->kind == net::RequestKind::tokens)
                --m_refreshes.underWay;
        });
    }

    /// From seven to seven.
    void live(int day)
    {
        work(2h);
        if (day % 3 == 1)
            QVERIFY(QCoro::waitFor(m_sandbox->rotateKeys()));
        work(3h);
        if (day % 5 == 2)
            workWithoutNetwork(2h + 10min);
        if (day % 7 == 3)
            workWithoutTenant(50min);
        if (day % 6 == 1)
            QVERIFY(TestTime::set(TestTime::now() - 90s));
        work(6h);
        const TimePoint morning = std::chrono::ceil<std::chrono::days>(TestTime::now()) + 7h;
        if (day % 4 == 0)
            work(morning - TestTime::now());
        else if (day % 4 == 1)
            wakeWithoutNetwork(morning);
        else
            wake(morning);
    }

    /// The person looks at the books every two hours.
    void work(TimePoint::duration time)
    {
        const TimePoint end = TestTime::now() + time;
        while (TestTime::now() < end && !QTest::currentTestFailed()) {
            pass(std::min(end, TestTime::now() + 2h));
            QVERIFY(isAlive());
        }
    }

    /// Only alarms ring.
    void pass(TimePoint end)
    {
        while (TestTime::now() < end && !QTest::currentTestFailed()) {
            const TimePoint next = std::min(end, TestTime::nextAlarm().value_or(end));
            QVERIFY(TestTime::set(std::max(next, TestTime::now())));
            QVERIFY(waitUntil([this] { return !m_desk->session().isRenewing(); }));
        }
    }

    void workWithoutNetwork(TimePoint::duration time)
    {
        m_proxy.armConnections(Wrong::reset);
        pass(TestTime::now() + time / 2);
        QVERIFY(!isAlive());
        pass(TestTime::now() + time / 2);
        QVERIFY(!isAlive());
        m_proxy.clear();
        QVERIFY(isAlive());
        ++m_failures;
    }

    void workWithoutTenant(TimePoint::duration time)
    {
        m_proxy.arm(Step::refresh, Wrong::badGateway);
        pass(TestTime::now() + time);
        QVERIFY(m_proxy.struck() > 0);
        QVERIFY(m_desk->session().renewalFailure());
        m_proxy.clear();
        ++m_failures;
    }

    /// The alarm, a page and the person want tokens at once.
    void wake(TimePoint morning)
    {
        QVERIFY(TestTime::set(morning));
        const Outcome<void> wanted = begin(m_desk->session().refresh());
        QVERIFY(isAlive());
        QVERIFY(waitUntil([&wanted] { return wanted->has_value(); }));
        QVERIFY(wanted->value().has_value());
    }

    /// As computers do that are faster than their network.
    void wakeWithoutNetwork(TimePoint morning)
    {
        m_proxy.armConnections(Wrong::reset);
        QVERIFY(TestTime::set(morning));
        QVERIFY(!isAlive());
        m_proxy.clear();
        ++m_failures;
    }

    /// What the desk gives back when it goes, apart from the log, which has a limit of its own, and from the timers of
    /// requests that have ended, which go when their time has passed. What the program has besides is of no use:
    /// threads and libraries take and give back half a megabyte at any time, and the Sandbox remembers each refresh.
    qint64 takenByDesk()
    {
        m_desk->exchanges().clear();
        waitUntil([end = QDeadlineTimer(requestLimit + 100ms)] { return end.hasExpired(); });
        const qint64 before = allocated();
        m_desk.reset();
        return before - allocated();
    }

    bool isAlive() { return QCoro::waitFor(m_desk->books().list()).outcome.isOk(); }

    FaultProxy m_proxy;
    std::shared_ptr<sandbox::SandboxServer> m_sandbox;
    std::unique_ptr<workspace::Desk> m_desk;
    Refreshes m_refreshes;
    int m_failures = 0;
};

QTEST_GUILESS_MAIN(LongLifeTest)
#include "long-life-test.moc"
