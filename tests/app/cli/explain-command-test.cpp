#include "app/cli/cli-process.h"
#include "core/hostile-strings.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;

namespace {

const QString page = u"Anmelden\nAADSTS50105: … Der Benutzer ‘riley@contoso.com’ …\nAnforderungs-ID: "
                     "9f41c6a2-7be0-4d53-b1c8-5e02d7a36f00\nKorrelations-ID: 4fa5e68b-d448-4c69-add6-f53788652c6f\n"
                     "Zeitstempel: 2026-11-26T13:26:41Z\n"_s;

QString adviceOf(const Run &run, QStringView member)
{
    const JsonObject object = run.json();
    const Json *advice = object.find(u"advice");
    const Json *value = advice && advice->asObject() ? advice->asObject()->find(member) : nullptr;
    return value && value->asString() ? *value->asString() : QString();
}

QByteArray utf16(const QString &text)
{
    return "\xFF\xFE" + QByteArray(reinterpret_cast<const char *>(text.utf16()), text.size() * 2);
}

} // namespace

class ExplainCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void explainsAPage_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("input");
        QTest::newRow("in the argument") << QStringList{page} << QByteArray();
        QTest::newRow("in standard input") << QStringList{u"-"_s} << page.toUtf8();
        QTest::newRow("in UTF-16") << QStringList{u"-"_s} << utf16(page);
    }

    void explainsAPage()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, input);
        const Run json = run(QStringList{u"explain"_s, u"--json"_s} + arguments, input);
        QCOMPARE(json.status, 0);
        QCOMPARE(json.outcome(u"code"_s), u"explain.ok"_s);
        QCOMPARE(json.fact(u"correlationId"_s), u"4fa5e68b-d448-4c69-add6-f53788652c6f"_s);
        QCOMPARE(adviceOf(json, u"code"), u"AADSTS50105"_s);
        QCOMPARE(adviceOf(json, u"for"), u"administrator"_s);
        QCOMPARE(adviceOf(json, u"place"), u"enterprise"_s);
        QVERIFY(adviceOf(json, u"message").contains("choose riley@contoso.com."_L1));
        const Run text = run(QStringList{u"explain"_s} + arguments, input);
        QVERIFY2(text.out.startsWith("AADSTS50105: You are not assigned to this application\n"), text.out);
        QVERIFY2(text.out.contains("Who acts: An admin of your organization."), text.out);
        QVERIFY2(text.out.contains("Trace ID: 9f41c6a2-7be0-4d53-b1c8-5e02d7a36f00"), text.out);
    }

    void fillsInAConnection()
    {
        LocalSandbox sandbox;
        QVERIFY(sandbox.isReady());
        const Run run = test::run({u"explain"_s, u"AADSTS50011"_s, u"--connection"_s, sandbox.connection()});
        QCOMPARE(run.status, 0);
        QVERIFY2(run.out.contains("Redirect URI: http://localhost"), run.out);
        QVERIFY2(run.out.contains("Application ID: 3cc7a892-5b01-4241-a57e-0d1457529b2f"), run.out);
        const Run wrong = test::run({u"explain"_s, u"AADSTS50011"_s, u"--connection"_s, u"/no/such/file"_s});
        QCOMPARE(wrong.status, 2);
    }

    void takesTheNumberAlone()
    {
        const Run run = test::run({u"explain"_s, u"--json"_s, u"50105"_s});
        QCOMPARE(run.status, 0);
        QCOMPARE(adviceOf(run, u"code"), u"AADSTS50105"_s);
    }

    void saysWhatIsKnownOfANumberThatIsNot()
    {
        const Run run = test::run({u"explain"_s, u"--json"_s, u"AADSTS99999999"_s});
        QCOMPARE(run.status, 0);
        QCOMPARE(adviceOf(run, u"headline"), u"The sign-in server says AADSTS99999999"_s);
    }

    void refusesATextWithoutANumber()
    {
        const Run run = test::run({u"explain"_s, u"--json"_s, u"Something went wrong."_s});
        QCOMPARE(run.status, 1);
        QCOMPARE(run.outcome(u"code"_s), u"cli.number-missing"_s);
        QVERIFY(run.outcome(u"remedy"_s).contains("whole page"_L1));
    }

    void printsNothingSecretOrHostile_data() { test::addHostileRows(); }

    void printsNothingSecretOrHostile()
    {
        QFETCH(const QString, text);
        const Run run = test::run(
            {u"explain"_s, u"-"_s},
            (u"AADSTS50105 ‘"_s + text + u"@x.org’ "_s + text + u" http://localhost/?code=opaque-opaque"_s).toUtf8());
        QCOMPARE(run.status, 0);
        QVERIFY(!run.out.contains("opaque") && !run.out.contains('\x1b'));
        QVERIFY(test::showsAll(QString::fromUtf8(run.out)));
    }
};

QTEST_GUILESS_MAIN(ExplainCommandTest)
#include "explain-command-test.moc"
