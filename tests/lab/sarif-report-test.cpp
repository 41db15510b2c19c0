#include "core/hostile-strings.h"
#include "lab/sample-report.h"
#include "lab/sarif-report.h"
#include "lab/sarif-schema.h"

#include <QHash>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::lab;
using namespace Qt::StringLiterals;

namespace {

/// As another program reads it.
Json reported(const LabReport &report)
{
    const QByteArray text = toCompactJson(sarifReport(report, Remedies::forLocale(QLocale::c())));
    return parseJson(text).value_or(Json());
}

const Json &member(const Json &object, QStringView name)
{
    static const Json nothing;
    const Json *found = object.asObject() ? object.asObject()->find(name) : nullptr;
    return found ? *found : nothing;
}

const Json &runOf(const Json &report) { return member(report, u"runs").asArray()->at(0); }

QString text(const Json &object, QStringView name)
{
    const QString *found = member(object, name).asString();
    return found ? *found : QString();
}

/// By the probe's ID, or the endpoint's name.
QHash<QString, Json> resultsOf(const Json &report)
{
    QHash<QString, Json> results;
    for (const Json &result : *member(runOf(report), u"results").asArray()) {
        const Json &location = member(result, u"locations").asArray()->at(0);
        results.insert(text(member(location, u"logicalLocations").asArray()->at(0), u"fullyQualifiedName"), result);
    }
    return results;
}

QString fingerprint(const Json &result) { return text(member(result, u"partialFingerprints"), u"bookdesk/v1"); }

} // namespace

class SarifReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsTheSchema() { QCOMPARE(sarifFault(reported(sampleReport())), QString()); }

    void anEmptyReportFollowsTheSchema() { QCOMPARE(sarifFault(reported(LabReport())), QString()); }

    void theSchemaIsAsked_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("fault");
        const QByteArray run = R"({"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}}%1}]})";
        const auto row = [&run](const char *name, const QByteArray &members, const QString &fault) {
            QTest::newRow(name) << QByteArray(run).replace("%1", members) << fault;
        };
        row("nothing wrong", "", {});
        row("a member that there is not", R"(,"result":[])", u"/runs/0: may not have result"_s);
        row("a result without a message", R"(,"results":[{}])", u"/runs/0/results/0: has no message!"_s);
        row("a kind that there is not", R"(,"results":[{"message":{"text":""},"kind":"ok"}])",
            u"/runs/0/results/0/kind: ok is none of enum notApplicable|pass|fail|review|open|informational"_s);
        row("an index below -1", R"(,"results":[{"message":{"text":""},"ruleIndex":-2}])",
            u"/runs/0/results/0/ruleIndex: no index"_s);
        row("a time without a zone", R"(,"invocations":[{"executionSuccessful":true,"endTimeUtc":"2026-01-01"}])",
            u"/runs/0/invocations/0/endTimeUtc: no time"_s);
        row("no URI",
            R"(,"results":[{"message":{"text":""},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"a b"}}}]}])",
            u"/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri: no URI: a b"_s);
        row("a tag twice", R"(,"properties":{"tags":["a","a"]})", u"/runs/0/properties: tags twice"_s);
    }

    void theSchemaIsAsked()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, fault);
        QCOMPARE(sarifFault(parseJson(json).value_or(Json())), fault);
    }

    void eachResultHasItsKind_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("level");
        QTest::addColumn<QString>("rule");
        const auto row = [](const QString &what, const char *kind, const char *level, const char *rule) {
            QTest::newRow(qPrintable(what))
                << what << QString::fromUtf8(kind) << QString::fromUtf8(level) << QString::fromUtf8(rule);
        };
        row(u"probes/audience"_s, "fail", "error", "audience");
        row(u"probes/kid-path"_s, "fail", "error", "crash");
        row(u"probes/expired"_s, "pass", "none", "expiry");
        row(u"probes/none"_s, "open", "none", "algorithm");
        row(u"probes/tenant"_s, "notApplicable", "none", "issuer");
        row(u"GET /api/v1/books"_s, "pass", "none", "prediction");
        row(u"GET /api/v1/loans"_s, "fail", "warning", "prediction");
        row(u"GET /api/v1/me"_s, "open", "none", "prediction");
        row(u"DELETE /api/v1/books/{book_id}"_s, "notApplicable", "none", "prediction");
    }

    void eachResultHasItsKind()
    {
        QFETCH(QString, what);
        QFETCH(QString, kind);
        QFETCH(QString, level);
        QFETCH(QString, rule);
        const Json report = reported(sampleReport());
        const Json result = resultsOf(report).value(what);
        QCOMPARE(text(result, u"kind"), kind);
        QCOMPARE(text(result, u"level"), level);
        QCOMPARE(text(result, u"ruleId"), rule);
        const auto index = static_cast<std::size_t>(member(result, u"ruleIndex").toDouble());
        const Json &rules = member(member(member(runOf(report), u"tool"), u"driver"), u"rules");
        QCOMPARE(text(rules.asArray()->at(index), u"id"), rule);
    }

    void whatIsNotPossibleSaysWhy()
    {
        const Json result = resultsOf(reported(sampleReport())).value(u"probes/tenant"_s);
        QCOMPARE(text(member(result, u"message"), u"text"),
                 u"Title of tenant, expected 401, not possible here. Only the tenant could sign it."_s);
    }

    void aFailedControlFailsTheInvocation()
    {
        const Json report = reported(unprovenReport(sampleReport()));
        QCOMPARE(sarifFault(report), QString());
        const Json &invocation = member(runOf(report), u"invocations").asArray()->at(0);
        QCOMPARE(member(invocation, u"executionSuccessful"), Json(false));
        const Json &notification = member(invocation, u"toolExecutionNotifications").asArray()->at(0);
        QCOMPARE(text(notification, u"level"), u"error"_s);
        QVERIFY(text(member(notification, u"message"), u"text")
                    .startsWith("Nothing is proven: the API refuses the genuine token too, with 401. Get a "_L1));
        QCOMPARE(text(resultsOf(report).value(u"probes/expired"_s), u"kind"), u"open"_s);
    }

    void aControlThatPassedIsNotNamed()
    {
        LabReport passed = sampleReport();
        passed.probes.pop_back(); // The one that waits.
        passed.control = sampleControl(ProbeState::accepted, 200);
        const Json report = reported(passed);
        const Json &invocation = member(runOf(report), u"invocations").asArray()->at(0);
        QCOMPARE(member(invocation, u"executionSuccessful"), Json(true));
        QVERIFY(member(invocation, u"toolExecutionNotifications").isNull());
    }

    void whatWasNotSentIsNamedOnce()
    {
        const Json report = reported(sampleReport());
        QVERIFY(!resultsOf(report).contains(u"probes/size"_s));
        const Json &invocation = member(runOf(report), u"invocations").asArray()->at(0);
        const Json &notification = member(invocation, u"toolExecutionNotifications").asArray()->at(0);
        QCOMPARE(text(member(notification, u"message"), u"text"),
                 u"The run was stopped; probes that were not sent: 1"_s);
    }

    void aRuleHelpsToMendTheApi()
    {
        const Json report = reported(sampleReport());
        const Json &rules = member(member(member(runOf(report), u"tool"), u"driver"), u"rules");
        for (const Json &rule : *rules.asArray()) {
            if (text(rule, u"id") != "audience"_L1)
                continue;
            QCOMPARE(text(member(rule, u"shortDescription"), u"text"), u"The audience is not checked"_s);
            for (const Framework framework : allFrameworks) {
                QVERIFY(text(member(rule, u"help"), u"text").contains(frameworkName(framework)));
                QVERIFY(text(member(rule, u"help"), u"markdown").contains(frameworkName(framework)));
            }
            return;
        }
        QFAIL("no such rule");
    }

    void aResultIsTheSameOneInTheNextRun()
    {
        LabReport later = sampleReport();
        later.made += std::chrono::hours{1};
        later.probes[0].state = ProbeState::refused;
        const QString fingerprintNow = fingerprint(resultsOf(reported(sampleReport())).value(u"probes/audience"_s));
        const QString fingerprintLater = fingerprint(resultsOf(reported(later)).value(u"probes/audience"_s));
        QCOMPARE(fingerprintLater, fingerprintNow);
        QCOMPARE(fingerprintNow.size(), 64);
        later.api = u"http://other.example"_s;
        QVERIFY(fingerprint(resultsOf(reported(later)).value(u"probes/audience"_s)) != fingerprintNow);
    }

    void hostileTextsStayText_data() { bookdesk::test::addHostileRows(); }

    void hostileTextsStayText()
    {
        QFETCH(QString, text);
        const Json report = reported(hostileReport(text));
        QCOMPARE(sarifFault(report), QString());
        QCOMPARE(member(runOf(report), u"results").asArray()->size(), 9U);
    }
};

QTEST_GUILESS_MAIN(SarifReportTest)

#include "sarif-report-test.moc"
