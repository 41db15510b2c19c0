#include "core/hostile-strings.h"
#include "lab/json-report.h"
#include "lab/sample-report.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::lab;
using namespace Qt::StringLiterals;

namespace {

/// The value at a path of names and indexes; a null one where there is none.
Json at(const Json &json, const QStringList &path)
{
    Json value = json;
    for (const QString &step : path) {
        const Json *next = nullptr;
        if (const JsonObject *object = value.asObject())
            next = object->find(step);
        else if (const JsonArray *array = value.asArray(); array && step.toUInt() < array->size())
            next = &array->at(step.toUInt());
        value = next ? Json(*next) : Json();
    }
    return value;
}

JsonObject reported(const LabReport &report) { return jsonReport(report, Remedies::forLocale(QLocale::c())); }

} // namespace

class JsonReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void membersKeepTheirNames_data()
    {
        QTest::addColumn<QStringList>("path");
        QTest::addColumn<QString>("value");
        const auto row = [](const QString &path, const QString &value) {
            QTest::newRow(qPrintable(path)) << path.split(u'/') << value;
        };
        row(u"bookdesk"_s, u"\"0.1.0\""_s);
        row(u"made"_s, u"\"2026-09-21T14:13:20Z\""_s);
        row(u"connection"_s, u"\"Sandbox\""_s);
        row(u"api"_s, u"\"http://localhost:8031\""_s);
        row(u"person"_s, u"\"ada@example\""_s);
        row(u"totals/probes"_s,
            u"{\"accepted\":1,\"crashed\":1,\"noAnswer\":1,\"refused\":1,\"unproven\":0,\"notPossible\":1,\"notSent\":1}"_s);
        row(u"totals/endpoints"_s, u"{\"called\":3,\"differ\":1}"_s);
        row(u"endpoints/1"_s,
            u"{\"method\":\"GET\",\"path\":\"/api/v1/loans\",\"origin\":\"contract\",\"scopes\":[\"Books.Read\"],"
            "\"roles\":[],\"remark\":\"\",\"predicted\":200,\"reason\":\"Scope Books.Read is in your token.\","
            "\"status\":404,\"kind\":\"not-found\",\"explanation\":\"What the API said.\",\"comparison\":\"differs\","
            "\"difference\":\"no such endpoint\"}"_s);
        row(u"endpoints/2/status"_s, u"null"_s);
        row(u"endpoints/2/kind"_s, u"null"_s);
        row(u"endpoints/2/comparison"_s, u"\"not-run\""_s);
        row(u"probes/0"_s,
            u"{\"id\":\"audience\",\"group\":\"claims\",\"title\":\"Made for another API\","
            "\"source\":\"RFC 8725, section 3.9\",\"expected\":401,\"state\":\"accepted\",\"status\":200,"
            "\"tookMs\":31,\"why\":\"\",\"serverSaid\":\"{\\\"books\\\":[]}\",\"details\":[{\"name\":"
            "\"aud\",\"sent\":\"another-api\",\"expected\":\"books-api\"}],\"remedy\":\"audience\"}"_s);
        row(u"probes/1/remedy"_s, u"\"crash\""_s);
        row(u"probes/2/remedy"_s, u"null"_s);
        row(u"probes/4/why"_s, u"\"Only the tenant could sign it.\""_s);
        row(u"probes/4/state"_s, u"\"not-possible\""_s);
        row(u"probes/4/status"_s, u"null"_s);
        row(u"remedies/audience/title"_s, u"\"The audience is not checked\""_s);
    }

    void membersKeepTheirNames()
    {
        QFETCH(QStringList, path);
        QFETCH(QString, value);
        QCOMPARE(QString::fromUtf8(toCompactJson(at(reported(sampleReport()), path))), value);
    }

    void theControlIsNoProbe()
    {
        QVERIFY(at(reported(sampleReport()), {u"control"_s}).isNull());
        const Json report = reported(unprovenReport(sampleReport()));
        const auto text = [&report](const QString &member) {
            return QString::fromUtf8(toCompactJson(at(report, {u"control"_s, member})));
        };
        QCOMPARE(text(u"state"_s), u"\"failed\""_s);
        QCOMPARE(text(u"status"_s), u"401"_s);
        QCOMPARE(text(u"headline"_s), u"\"Nothing is proven: the API refuses the genuine token too, with 401\""_s);
        QVERIFY(text(u"advice"_s).contains("Get a fresh token"_L1));
        QCOMPARE(at(report, {u"probes"_s}).asArray()->size(), 1U);
        QCOMPARE(*at(report, {u"probes"_s, u"0"_s, u"state"_s}).asString(), u"unproven"_s);
        QCOMPARE(at(report, {u"totals"_s, u"probes"_s, u"refused"_s}), Json(0));
        QCOMPARE(at(report, {u"totals"_s, u"probes"_s, u"unproven"_s}), Json(1));
    }

    void remediesAreThereForFindingsOnly()
    {
        const Json remedies = at(reported(sampleReport()), {u"remedies"_s});
        QCOMPARE(remedies.asObject()->members().size(), 2U);
        const Json changes = at(remedies, {u"audience"_s, u"changes"_s});
        for (const Framework framework : allFrameworks)
            QVERIFY(changes.asObject()->find(frameworkCode(framework)));
        QVERIFY(at(changes, {u"pyjwt"_s}).asString()->contains("+     audience=CLIENT_ID,\n"_L1));
    }

    void hostileTextsStayText_data() { bookdesk::test::addHostileRows(); }

    void hostileTextsStayText()
    {
        QFETCH(QString, text);
        const JsonObject report = reported(hostileReport(text));
        const Result<Json> read = parseJson(toCompactJson(report));
        QVERIFY(read);
        QCOMPARE(*at(*read, {u"probes"_s, u"0"_s, u"serverSaid"_s}).asString(), QString::fromUtf8(text.toUtf8()));
    }
};

QTEST_GUILESS_MAIN(JsonReportTest)

#include "json-report-test.moc"
