// The plan: what keeps it from being written out, and what follows from it.
#include "registration/errors.h"
#include "registration/plan.h"
#include "registration/sample-plan.h"

#include <QTest>

#include <functional>

using namespace bookdesk;
using namespace bookdesk::registration;
using namespace Qt::StringLiterals;

class PlanTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void soundPlansHaveNoProblems()
    {
        for (const test::NamedPlan &sample : test::manyPlans())
            QVERIFY2(problemsOf(sample.plan).empty(), sample.name.constData());
    }

    void whatIsWrongIsSaidAtItsField_data()
    {
        QTest::addColumn<std::function<void(Plan &)>>("spoil");
        QTest::addColumn<Field>("field");
        const auto row = [](const char *name, Field field, const std::function<void(Plan &)> &spoil) {
            QTest::newRow(name) << spoil << field;
        };
        row("no tenant", Field::tenant, [](Plan &plan) { plan.tenant.clear(); });
        row("many tenants", Field::tenant, [](Plan &plan) { plan.tenant = u"Common"_s; });
        row("a tenant that is a word", Field::tenant, [](Plan &plan) { plan.tenant = u"contoso"_s; });
        row("a tenant with a command", Field::tenant, [](Plan &plan) { plan.tenant = u"a.b;ls"_s; });
        row("no name", Field::apiName, [](Plan &plan) { plan.apiName.clear(); });
        row("a name with a line feed", Field::apiName, [](Plan &plan) { plan.apiName = u"a\nb"_s; });
        row("a name that turns around", Field::apiName, [](Plan &plan) { plan.apiName = u"a\u202Eb"_s; });
        row("a name that is an option", Field::apiName, [](Plan &plan) { plan.apiName = u"--debug"_s; });
        row("a name that is a file", Field::apiName, [](Plan &plan) { plan.apiName = u"@/etc/passwd"_s; });
        row("a long name", Field::apiName, [](Plan &plan) { plan.apiName = QString(101, u'a'); });
        row("no address", Field::apiAddress, [](Plan &plan) { plan.apiAddress.clear(); });
        row("http", Field::apiAddress, [](Plan &plan) { plan.apiAddress = u"http://books.contoso.com"_s; });
        row("no client's name", Field::clientName, [](Plan &plan) { plan.clientName.clear(); });
        row("the same name twice", Field::clientName, [](Plan &plan) { plan.clientName = u"contoso books api"_s; });
        row("a person without a name", Field::assignments, [](Plan &plan) { plan.assignments[0].name.clear(); });
        row("a person without a domain", Field::assignments, [](Plan &plan) { plan.assignments[0].name = u"ada"_s; });
        row("a person with a blank", Field::assignments, [](Plan &plan) { plan.assignments[0].name = u"a b@c.de"_s; });
        for (const char letter : std::string_view("$`&*/%=?|{}+"))
            row(qPrintable(u"a person with "_s + QLatin1Char(letter)), Field::assignments,
                [letter](Plan &plan) { plan.assignments[0].name = u"a"_s + QLatin1Char(letter) + u"b@contoso.com"_s; });
        row("a group that is a file", Field::assignments, [](Plan &plan) { plan.assignments[2].name = u"@x"_s; });
        row("a row twice", Field::assignments,
            [](Plan &plan) { plan.assignments.push_back(plan.assignments.front()); });
    }

    void whatIsWrongIsSaidAtItsField()
    {
        QFETCH(const std::function<void(Plan &)>, spoil);
        QFETCH(const Field, field);
        Plan plan = test::samplePlan();
        spoil(plan);
        const std::vector<Problem> problems = problemsOf(plan);
        QCOMPARE(problems.size(), std::size_t(1));
        QCOMPARE(problems.front().field, field);
        QVERIFY(problems.front().sentence.endsWith(u'.'));
    }

    void userNamesMayHaveTheirSigns()
    {
        Plan plan = test::samplePlan();
        plan.assignments[0].name = u"o'neil.a-b_c!^~_contoso.com#EXT#@contoso.com"_s;
        QVERIFY(problemsOf(plan).empty());
    }

    void aRowIsNamedByItsNumber()
    {
        Plan plan = test::samplePlan();
        plan.assignments[1].name = u"riley"_s;
        QCOMPARE(problemsOf(plan).front().row, 1);
    }

    void oneRegistrationNeedsNoSecondName()
    {
        Plan plan = test::samplePlan();
        plan.clientName.clear();
        plan.isOneRegistration = true;
        QVERIFY(problemsOf(plan).empty());
    }

    void aConnectionIsTakenOver_data()
    {
        QTest::addColumn<bool>("isOne");
        QTest::addColumn<bool>("writes");
        QTest::newRow("two registrations") << false << false;
        QTest::newRow("one that writes") << true << true;
    }

    void aConnectionIsTakenOver()
    {
        QFETCH(const bool, isOne);
        QFETCH(const bool, writes);
        Plan source = test::samplePlan();
        source.isOneRegistration = isOne;
        source.hasWriteScope = writes;
        const Result<identity::Connection> connection = connectionOf(source, ids());
        QVERIFY2(connection, connection ? "" : qPrintable(connection.error().message));
        const Plan plan = planFor(*connection);
        QCOMPARE(plan.isOneRegistration, isOne);
        QCOMPARE(plan.hasWriteScope, writes);
        QCOMPARE(plan.tenant, source.tenantId);
    }

    void theFourIdsAreDifferent()
    {
        const Ids ids = newIds();
        const QSet<QString> all{ids.readScope, ids.writeScope, ids.readerRole, ids.adminRole, newIds().readScope};
        QCOMPARE(all.size(), 5);
    }

    void filesAreNamedAfterTheApi_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("file");
        QTest::newRow("without its ending") << u"Contoso Books API"_s << u"contoso-books"_s;
        QTest::newRow("signs between") << u"  a/../b "_s << u"a-b"_s;
        QTest::newRow("nothing left") << u"図書"_s << u"api"_s;
        QTest::newRow("no path") << u"../../etc"_s << u"etc"_s;
    }

    void filesAreNamedAfterTheApi()
    {
        QFETCH(const QString, name);
        Plan plan = test::samplePlan();
        plan.apiName = name;
        QTEST(fileNameOf(plan), "file");
    }

    void theRedirectIsTheOneThatTheConnectionSends_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("redirect");
        QTest::newRow("public cloud") << u"login.microsoftonline.com"_s << u"http://localhost"_s;
        QTest::newRow("another cloud") << u"login.microsoftonline.us"_s << u"http://localhost/cb/"_s;
    }

    void theRedirectIsTheOneThatTheConnectionSends()
    {
        QFETCH(const QString, host);
        QFETCH(const QString, redirect);
        Plan plan = test::samplePlan();
        plan.signInHost = host;
        QVERIFY(redirectUriOf(plan).startsWith(redirect));
        const Result<identity::Connection> connection = connectionOf(plan, ids());
        QVERIFY(connection);
        const QString path = connection->redirect.path == u"/"_s ? QString() : connection->redirect.path;
        QCOMPARE(redirectUriOf(plan), u"http://localhost"_s + path);
    }

    void theConnectionIsComplete()
    {
        const Result<identity::Connection> connection = connectionOf(test::samplePlan(), ids());
        QVERIFY2(connection, connection ? "" : qPrintable(connection.error().message));
        QCOMPARE(connection->name, u"Contoso Books API"_s);
        QCOMPARE(connection->authority,
                 QUrl(u"https://login.microsoftonline.com/5c0e1f7a-3b52-4d18-9a60-7e2c41d8f036"_s));
        QCOMPARE(connection->clientId, ids().client);
        QCOMPARE(connection->audience, ids().api);
        QCOMPARE(connection->scopes.front(), u"api://"_s + ids().api + u"/Books.Read"_s);
    }

    /// By its Application ID URI an app may not ask for a token for itself (AADSTS90009).
    void oneRegistrationAsksByItsClientId()
    {
        Plan plan = test::samplePlan();
        plan.isOneRegistration = true;
        plan.hasWriteScope = true;
        const Result<identity::Connection> connection = connectionOf(plan, {ids().api, {}});
        QVERIFY2(connection, connection ? "" : qPrintable(connection.error().message));
        QCOMPARE(connection->clientId, ids().api);
        QCOMPARE(connection->scopes.first(2),
                 (QStringList{ids().api + u"/Books.Read"_s, ids().api + u"/Books.Write"_s}));
    }

    void whatIsNoIdIsRefused()
    {
        const Result<identity::Connection> connection = connectionOf(test::samplePlan(), {ids().api, u"Bookdesk"_s});
        QVERIFY(!connection);
        QCOMPARE(connection.error().code, registration::errors::idInvalid);
        QVERIFY(connection.error().message.startsWith(u"Bookdesk's ID"_s));
    }

private:
    static ApplicationIds ids()
    {
        return {u"bbbbbbbb-cccc-dddd-eeee-ffffffffffff"_s, u"66666666-7777-8888-9999-aaaaaaaaaaaa"_s};
    }
};

QTEST_APPLESS_MAIN(PlanTest)
#include "plan-test.moc"
