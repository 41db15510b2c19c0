// All ways to register say the same; in those that no tool checks here, texts end where they should.
#include "registration/literals.h"
#include "registration/quoting.h"
#include "registration/sample-plan.h"
#include "registration/script.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::registration;
using namespace Qt::StringLiterals;

namespace {

test::Language languageOf(Tool tool)
{
    if (tool == Tool::terraform)
        return {u'"', u"#"_s, true};
    if (tool == Tool::bicep)
        return {u'\'', u"//"_s, true};
    return {u'\'', u"#"_s, false, u"'\u2018\u2019\u201A\u201B"_s, u'"'};
}

QString nameOf(Tool tool)
{
    static const QStringList names{u"az"_s, u"az rest"_s, u"PowerShell"_s, u"Bicep"_s, u"Terraform"_s};
    return names.at(static_cast<int>(tool));
}

void addPlans(std::initializer_list<Tool> tools)
{
    QTest::addColumn<Plan>("plan");
    QTest::addColumn<Tool>("tool");
    for (const Tool tool : tools) {
        for (const test::NamedPlan &sample : test::manyPlans())
            QTest::newRow((nameOf(tool) + u": "_s).toUtf8() + sample.name) << sample.plan << tool;
    }
}

} // namespace

class ScriptTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allSayTheSame_data() { addPlans({Tool::az, Tool::azRest, Tool::powerShell, Tool::bicep, Tool::terraform}); }

    void allSayTheSame()
    {
        QFETCH(const Plan, plan);
        QFETCH(const Tool, tool);
        const QString text = fileText(scriptFor(plan, tool));
        QStringList expected{plan.ids.readScope, plan.ids.readerRole, plan.ids.adminRole, u"Books.Read"_s,
                             u"Books.Reader"_s,  u"Books.Admin"_s,    u"AzureADMyOrg"_s,  redirectUriOf(plan)};
        if (plan.hasWriteScope)
            expected += {plan.ids.writeScope, u"Books.Write"_s};
        for (const QString &part : expected)
            QVERIFY2(text.contains(part), qPrintable(part));
        QCOMPARE(text.contains(u"Books.Write"_s), plan.hasWriteScope);
        static const QRegularExpression version(u"equested_?[aA]ccess_?[tT]oken_?[vV]ersion[\\\\\"]*(:| =) 2"_s);
        QVERIFY(text.contains(version));
    }

    void peopleAndConsentAreThereWhereTheyAreWanted_data() { allSayTheSame_data(); }

    void peopleAndConsentAreThereWhereTheyAreWanted()
    {
        QFETCH(const Plan, plan);
        QFETCH(const Tool, tool);
        const QString text = fileText(scriptFor(plan, tool));
        static const QRegularExpression consent(
            u"AllPrincipals|azuread_service_principal_delegated_permission_grant"_s);
        QCOMPARE(text.contains(consent), plan.consentsForEverybody);
        QCOMPARE(text.contains(u"ada@contoso.com"_s), !plan.assignments.empty());
    }

    void stepsSayWhatTheyDo_data() { allSayTheSame_data(); }

    void stepsSayWhatTheyDo()
    {
        QFETCH(const Plan, plan);
        QFETCH(const Tool, tool);
        const Script script = scriptFor(plan, tool);
        for (const Step &step : script.steps) {
            QVERIFY(step.meaning.endsWith(u'.'));
            QVERIFY(!step.code.text.isEmpty());
            QVERIFY2(!step.code.text.contains(u"§§"_s), qPrintable(step.code.text));
            qsizetype end = 0;
            for (const Span &span : step.code.spans) {
                QVERIFY(span.begin >= end && span.size > 0);
                end = span.begin + span.size;
            }
            QVERIFY(end <= step.code.text.size());
        }
        QVERIFY(script.fileName.startsWith(u"register-"_s));
    }

    void theSamePlanGivesTheSameText()
    {
        for (const Tool tool : allTools)
            QCOMPARE(fileText(scriptFor(test::samplePlan(), tool)), fileText(scriptFor(test::samplePlan(), tool)));
    }

    void namesAreMarkedAsValues()
    {
        for (const Tool tool : allTools) {
            bool isMarked = false;
            for (const Step &step : scriptFor(test::samplePlan(), tool).steps) {
                for (const Span &span : step.code.spans)
                    isMarked =
                        isMarked || (span.mark == Mark::value &&
                                     step.code.text.sliced(span.begin, span.size).contains(u"Contoso Books API"_s));
            }
            QVERIFY2(isMarked, qPrintable(nameOf(tool)));
        }
    }

    void onlyWhatLooksFirstCanBeRunTwice()
    {
        for (const Tool tool : allTools)
            QCOMPARE(scriptFor(test::samplePlan(), tool).canBeRunTwice,
                     tool != Tool::azRest && tool != Tool::powerShell);
    }

    /// Without apiId Bicep would remove the Application ID URI.
    void bicepSaysWhereItIsDeployedAndHowAgain()
    {
        const Script script = scriptFor(test::samplePlan(), Tool::bicep);
        const QString text = fileText(script);
        const qsizetype signIn = text.indexOf(u"// az login --allow-no-subscriptions --tenant 5c0e1f7a"_s);
        QVERIFY2(signIn > 0 && signIn < text.indexOf(u"// az deployment"_s), qPrintable(text.left(1200)));
        QVERIFY(text.contains(u"// Every later time with apiId"_s));
        QVERIFY(script.runAgain.contains(u"apiId"_s));
    }

    void textsEndWhereTheyShould_data() { addPlans({Tool::powerShell, Tool::bicep, Tool::terraform}); }

    /// No name ends its text, opens a bracket outside of one, or is read as a template.
    void textsEndWhereTheyShould()
    {
        QFETCH(const Plan, plan);
        QFETCH(const Tool, tool);
        const test::Reading reading = test::readAs(languageOf(tool), fileText(scriptFor(plan, tool)));
        QVERIFY(reading.isWhole);
        QVERIFY2(test::isBalanced(reading.brackets), qPrintable(reading.brackets));
        // Names change nothing outside of texts.
        Plan usual = plan;
        usual.apiName = u"Contoso Books API"_s;
        usual.clientName = u"Bookdesk"_s;
        for (Assignment &row : usual.assignments)
            row.name = row.kind == AssigneeKind::group ? u"All librarians"_s : row.name;
        const test::Reading same = test::readAs(languageOf(tool), fileText(scriptFor(usual, tool)));
        QCOMPARE(reading.brackets, same.brackets);
        QCOMPARE(reading.texts.size(), same.texts.size());
    }

    void powerShellIsAsciiAndOfVersion7_data() { addPlans({Tool::powerShell}); }

    /// Windows PowerShell 5.1 would read a letter's bytes as quotes.
    void powerShellIsAsciiAndOfVersion7()
    {
        QFETCH(const Plan, plan);
        const Script script = scriptFor(plan, Tool::powerShell);
        QVERIFY(fileText(script).startsWith(u"#Requires -Version 7.0\n"_s));
        for (const Step &step : script.steps) {
            for (const QChar letter : step.code.text)
                QVERIFY2(letter.unicode() < 0x7F, qPrintable(step.code.text));
        }
    }

    void powerShellLooksEverybodyUpFirstAndCreatesOnce()
    {
        const QString text = fileText(scriptFor(test::samplePlan(), Tool::powerShell));
        QVERIFY(text.lastIndexOf(u"= FindOne "_s) > 0);
        QVERIFY(text.lastIndexOf(u"= FindOne "_s) < text.indexOf(u"Send POST applications"_s));
        QCOMPARE(text.count(u"= FindOne "_s), 3);
        QCOMPARE(text.count(u"Send POST applications"_s), text.count(u" -tries 1"_s));
    }

    void powerShellLeavesAFileAlone()
    {
        const QString text = fileText(scriptFor(test::samplePlan(), Tool::powerShell));
        QVERIFY(text.contains(u"Test-Path -LiteralPath $file"_s));
        QVERIFY(!text.contains(u"$PWD/contoso-books.json"_s));
    }

    void noNameIsReadAsATemplate_data() { addPlans({Tool::bicep, Tool::terraform}); }

    void noNameIsReadAsATemplate()
    {
        QFETCH(const Plan, plan);
        QFETCH(const Tool, tool);
        static const QRegularExpression own(u"\\$\\{(?:apiId|azuread_application\\.api\\.client_id)\\}"_s);
        static const QRegularExpression escaped(u"\\\\\\$\\{"_s);
        static const QRegularExpression inside(u"[$%]\\{"_s);
        const test::Reading reading = test::readAs(languageOf(tool), fileText(scriptFor(plan, tool)));
        for (QString text : reading.texts) {
            text.remove(own).remove(u"\\\\"_s);
            if (tool == Tool::bicep)
                text.remove(escaped).remove(u"%{"_s);
            QVERIFY2(!text.contains(inside), qPrintable(text));
        }
    }
};

QTEST_APPLESS_MAIN(ScriptTest)
#include "script-test.moc"
