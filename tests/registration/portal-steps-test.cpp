// The portal's steps: each value with its place, and the same values as in the scripts.
#include "registration/sample-plan.h"
#include "registration/script.h"

#include <QTest>

#include <algorithm>

using namespace bookdesk;
using namespace bookdesk::registration;
using namespace Qt::StringLiterals;

class PortalStepsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyValueIsThere_data()
    {
        QTest::addColumn<Plan>("plan");
        for (const test::NamedPlan &sample : test::manyPlans())
            QTest::newRow(sample.name.constData()) << sample.plan;
    }

    void everyValueIsThere()
    {
        QFETCH(const Plan, plan);
        const QStringList values = valuesOf(plan);
        QStringList expected{
            plan.apiName,        u"Books.Read"_s,    u"Books.Reader"_s,   u"Books.Admin"_s,   u"2"_s,
            redirectUriOf(plan), plan.ids.readScope, plan.ids.readerRole, plan.ids.adminRole, u"Users/Groups"_s};
        if (!plan.isOneRegistration)
            expected += plan.clientName;
        for (const Assignment &row : plan.assignments)
            expected += row.name;
        for (const QString &value : expected)
            QVERIFY2(values.contains(value), qPrintable(value));
        QCOMPARE(values.contains(u"Books.Write"_s), plan.hasWriteScope);
    }

    void everyStepHasAPlaceAndAMeaning()
    {
        for (const PortalStep &step : portalSteps(test::samplePlan())) {
            QVERIFY(!step.place.isEmpty());
            QVERIFY(!step.values.empty());
            QVERIFY2(step.meaning.endsWith(u'.'), qPrintable(step.meaning));
        }
    }

    /// An enabled scope cannot get another ID.
    void noIdIsToBeChanged()
    {
        for (const PortalStep &step : portalSteps(test::samplePlan()))
            QVERIFY2(!step.meaning.contains(u"can be changed"_s), qPrintable(step.meaning));
    }

    void consentAndPeopleAreThereWhereTheyAreWanted()
    {
        Plan plan = test::samplePlan();
        const std::size_t all = portalSteps(plan).size();
        plan.consentsForEverybody = false;
        QCOMPARE(portalSteps(plan).size(), all - 1);
        plan.assignments.clear();
        QCOMPARE(portalSteps(plan).size(), all - 2);
        plan.isOneRegistration = true;
        QCOMPARE(portalSteps(plan).size(), all - 3);
    }

private:
    static QStringList valuesOf(const Plan &plan)
    {
        QStringList values;
        for (const PortalStep &step : portalSteps(plan)) {
            for (const PortalValue &value : step.values)
                values += value.value;
        }
        return values;
    }
};

QTEST_APPLESS_MAIN(PortalStepsTest)
#include "portal-steps-test.moc"
