#include "lab/lab-report.h"
#include "lab/lab-words.h"
#include "lab/sample-report.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::lab;
using namespace Qt::StringLiterals;

class LabWordsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAcceptedProbeIsNamedByWhatTheApiAccepted()
    {
        QCOMPARE(probeHeadline(acceptedProbe()), u"200 OK: the API accepted a token made for another API"_s);
        QCOMPARE(probeSentence(acceptedProbe()), u"Made for another API, expected 401, got 200, accepted"_s);
    }

    void a403SaysThatTheTokenGotThrough()
    {
        ProbeResult result = acceptedProbe();
        result.status = 403;
        QCOMPARE(probeHeadline(result),
                 u"403 Forbidden: the API let a token made for another API through to its check of permissions"_s);
    }

    void aCrashIsNoRefusal()
    {
        ProbeResult result = acceptedProbe();
        result.state = ProbeState::crashed;
        result.status = 500;
        QCOMPARE(probeHeadline(result), u"500: the API stumbled over this token instead of refusing it"_s);
    }

    void withoutAStatusNoneIsNamed()
    {
        ProbeResult result = acceptedProbe();
        result.state = ProbeState::notPossible;
        result.status = 0;
        QCOMPARE(probeSentence(result), u"Made for another API, expected 401, not possible here"_s);
    }

    void totalsLeaveOutWhatDidNotOccur()
    {
        QCOMPARE(totalsText(totalsOf(sampleProbes())),
                 u"1 accepted, 1 crashed, 1 without an answer, 1 refused, 1 not possible here, 1 not sent"_s);
        QCOMPARE(totalsText(ProbeTotals{.refused = 63}), u"63 refused"_s);
    }

    void aFailedControlSaysWhatHelps_data()
    {
        QTest::addColumn<ProbeState>("state");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("headline");
        QTest::addColumn<QString>("advice");
        const auto row = [](const char *name, ProbeState state, int status, const QString &headline,
                            const QString &advice) { QTest::newRow(name) << state << status << headline << advice; };
        row("waiting", ProbeState::waiting, 0, u"Control: the genuine token has got no answer yet"_s, {});
        row("passed", ProbeState::accepted, 200, u"Control: the genuine token got 200 OK"_s, {});
        row("401", ProbeState::refused, 401, u"Nothing is proven: the API refuses the genuine token too, with 401"_s,
            u"Get a fresh token, "_s);
        row("403", ProbeState::accepted, 403, u"Nothing is proven: the API refuses the genuine token too, with 403"_s,
            u"Sign in with an account that may "_s);
        row("500", ProbeState::crashed, 500, u"Nothing is proven: the API answers the genuine token with 500"_s,
            u"Why. Check that the API works "_s);
        row("404", ProbeState::noAnswer, 404, u"Nothing is proven: the API answers the genuine token with 404"_s,
            u"Why. Check that the API works "_s);
        row("a web page", ProbeState::noAnswer, 200, u"Nothing is proven: the API does not answer the genuine token"_s,
            u"Why. Check that the API works "_s);
        row("no answer", ProbeState::noAnswer, 0, u"Nothing is proven: the API does not answer the genuine token"_s,
            u"Why. Check that the API works "_s);
        row("not possible", ProbeState::notPossible, 0,
            u"Nothing is proven: there is no genuine token to compare with"_s, u"Why. Until then refusals prove "_s);
    }

    void aFailedControlSaysWhatHelps()
    {
        QFETCH(ProbeState, state);
        QFETCH(int, status);
        QFETCH(QString, headline);
        QFETCH(QString, advice);
        ProbeResult control = sampleControl(state, status);
        control.why = u"Why."_s;
        QCOMPARE(controlHeadline(control), headline);
        QVERIFY2(controlAdvice(control).startsWith(advice), qPrintable(controlAdvice(control)));
        QCOMPARE(controlAdvice(control).isEmpty(), !hasFailed(control));
        QCOMPARE(hasPassed(control), status == 200 && state == ProbeState::accepted);
    }

    void aCrashHasARemedyOfItsOwn()
    {
        const Remedies remedies = Remedies::forLocale(QLocale::c());
        ProbeResult result = acceptedProbe();
        QCOMPARE(remedyFor(remedies, result)->key, u"audience"_s);
        result.state = ProbeState::crashed;
        QCOMPARE(remedyFor(remedies, result)->key, u"crash"_s);
    }

    void nothingThatTheApiEchoedStays()
    {
        const Redactor redactor;
        redactor.learn(Secret("a-secret-of-the-person"_ba));
        const LabReport report = redacted(hostileReport(u"said a-secret-of-the-person"_s), redactor);
        QVERIFY(!report.probes[0].serverSaid.contains("a-secret"_L1));
        QVERIFY(!report.probes[0].why.contains("a-secret"_L1));
        QVERIFY(!report.control->serverSaid.contains("a-secret"_L1));
        QVERIFY(!report.control->why.contains("a-secret"_L1));
        QVERIFY(!report.probes[0].details[0].sent.contains("a-secret"_L1));
        QVERIFY(!report.endpoints[0].outcome->explanation.contains("a-secret"_L1));
    }

    void acceptedCrashedAndDifferentAreFindings()
    {
        LabReport report = sampleReport();
        QVERIFY(hasFindings(report));
        report.probes.erase(report.probes.begin());
        report.endpoints.clear();
        QVERIFY(hasFindings(report));
        report.probes.erase(report.probes.begin());
        QVERIFY(!hasFindings(report));
        report.endpoints = sampleEndpoints();
        QVERIFY(hasFindings(report));
        report.endpoints[1].outcome->status = 0;
        QVERIFY(!hasFindings(report));
    }
};

QTEST_GUILESS_MAIN(LabWordsTest)

#include "lab-words-test.moc"
