// The probes of a connection over real sockets, with the Sandbox's own keys.
#include "e2e/sandbox-desk.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace bookdesk;
using namespace Qt::StringLiterals;
using workspace::Probes;

class ProbesTest : public QObject
{
    Q_OBJECT

private:
    static bool sendAll(Probes &probes)
    {
        return QCoro::waitFor(probes.start()).has_value() &&
               QTest::qWaitFor([&] { return !probes.isRunning(); }, 60'000);
    }

    static const lab::ProbeResult &firstFinding(const Probes &probes)
    {
        const auto found = std::ranges::find_if(
            probes.results(), [](const lab::ProbeResult &result) { return lab::isFinding(result.state); });
        return found == probes.results().end() ? probes.results().front() : *found;
    }

private Q_SLOTS:
    void allWaitBeforeARun()
    {
        test::SandboxDesk sandbox;
        const Probes &probes = sandbox.desk().lab().probes();
        QVERIFY(probes.results().size() > 50);
        QCOMPARE(probes.totals().waiting, static_cast<int>(probes.results().size()));
        QVERIFY(!probes.isRunning());
        QVERIFY(!probes.isInterrupted());
        QVERIFY(!probes.mustAsk());
        QCOMPARE(probes.timeFor(60), std::chrono::seconds(0));
        QVERIFY(sandbox.desk().lab().report().probes.empty());
    }

    void aSoundApiRefusesThemAll()
    {
        test::SandboxDesk sandbox;
        QVERIFY(sandbox.signIn({u"riley"_s}));
        Probes &probes = sandbox.desk().lab().probes();
        QVERIFY(sendAll(probes));
        QCOMPARE(probes.totals().findings(), 0);
        QCOMPARE(probes.totals().waiting, 0);
        QVERIFY(probes.totals().refused > 50);
        QCOMPARE(sandbox.desk().lab().report().probes.size(), probes.results().size());
    }

    void aCarelessApiIsFound()
    {
        test::SandboxDesk sandbox;
        QVERIFY(sandbox.signIn({u"riley"_s}));
        sandbox.sandbox().beCareless(sandbox::Carelessness::audienceUnchecked);
        Probes &probes = sandbox.desk().lab().probes();
        QVERIFY(sendAll(probes));
        QVERIFY(probes.totals().accepted > 0);
        QCOMPARE(firstFinding(probes).probe.remedy, u"audience"_s);
    }

    void anotherPersonBeginsAnew()
    {
        test::SandboxDesk sandbox;
        QVERIFY(sandbox.signIn({u"riley"_s}));
        Probes &probes = sandbox.desk().lab().probes();
        QVERIFY(QCoro::waitFor(probes.start()));
        QVERIFY(probes.isRunning());
        QSignalSpy replaced(&probes, &Probes::replaced);
        sandbox.desk().session().signOut();
        QCOMPARE(replaced.size(), 1);
        QVERIFY(!probes.isRunning());
        QCOMPARE(probes.totals().waiting, static_cast<int>(probes.results().size()));
    }

    void goesOnAfterAStop()
    {
        test::SandboxDesk sandbox;
        QVERIFY(sandbox.signIn({u"riley"_s}));
        Probes &probes = sandbox.desk().lab().probes();
        QVERIFY(QCoro::waitFor(probes.start()));
        QVERIFY(QTest::qWaitFor([&] { return probes.totals().refused > 2; }));
        probes.stop();
        QVERIFY(QTest::qWaitFor([&] { return !probes.isRunning(); }));
        QVERIFY(probes.isInterrupted());
        probes.goOn();
        QVERIFY(probes.isRunning());
        QVERIFY(QTest::qWaitFor([&] { return !probes.isRunning(); }, 60'000));
        QCOMPARE(probes.totals().waiting, 0);
    }

    void asksWhereTheApiIsElsewhere()
    {
        test::SandboxDesk sandbox({}, {{u"apiBaseUrl"_s, u"https://books.contoso.com"_s}});
        const Probes &probes = sandbox.desk().lab().probes();
        QVERIFY(probes.mustAsk());
        QCOMPARE(probes.timeFor(63), std::chrono::seconds(32));
    }

    void endsWithItsDesk()
    {
        auto sandbox = std::make_unique<test::SandboxDesk>();
        QVERIFY(sandbox->signIn({u"riley"_s}));
        QVERIFY(QCoro::waitFor(sandbox->desk().lab().probes().start()));
        QVERIFY(sandbox->desk().lab().probes().isRunning());
        sandbox.reset();
        QTest::qWait(0);
    }
};

QTEST_GUILESS_MAIN(ProbesTest)
#include "probes-test.moc"
