// The scripts for a shell: shellcheck finds nothing, and with a stand-in for az they do what they say, once.
#include "identity/connection.h"
#include "registration/sample-plan.h"
#include "registration/script.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace bookdesk;
using namespace bookdesk::registration;
using namespace Qt::StringLiterals;

namespace {

constexpr int limit = 60'000;

struct Ended
{
    int status = -1;
    QString said;
};

/// Of the combinations those in which a step is there, is not, or is another one.
std::vector<test::NamedPlan> plansToRun()
{
    std::vector<test::NamedPlan> plans = test::manyPlans();
    std::erase_if(plans, [](const test::NamedPlan &sample) {
        static const QList<QByteArray> enough{"0", "1", "2", "3", "4", "5", "6", "7", "8", "16"};
        return sample.name.startsWith("combination ") && !enough.contains(sample.name.sliced(12));
    });
    return plans;
}

} // namespace

class ShellTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        write(u"state"_s, {});
        m_tenant = test::samplePlan().tenantId;
        m_others.clear();
        m_uri.clear();
        // The stand-in; and nothing that waits.
        QVERIFY(QDir(m_folder->path()).mkdir(u"bin"_s));
        QVERIFY(QFile::copy(QStringLiteral(BOOKDESK_SOURCE_DIR "/tests/registration/az"), path(u"bin/az"_s)));
        write(u"bin/sleep"_s, "#!/bin/sh\n");
        QFile(path(u"bin/sleep"_s)).setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }

    void shellcheckFindsNothing_data() { eachTool(); }

    void shellcheckFindsNothing()
    {
        QFETCH(const Tool, tool);
        QStringList arguments{u"--norc"_s};
        for (const test::NamedPlan &sample : test::manyPlans()) {
            const QString name = QString::number(arguments.size()) + u".sh"_s;
            write(name, fileText(scriptFor(sample.plan, tool)).toUtf8());
            arguments += path(name);
        }
        const Ended ended = run(u"shellcheck"_s, arguments);
        QVERIFY2(ended.status == 0, qPrintable(ended.said));
    }

    void theSecondRunCreatesNothing_data()
    {
        QTest::addColumn<Plan>("plan");
        for (const test::NamedPlan &sample : plansToRun())
            QTest::newRow(sample.name.constData()) << sample.plan;
    }

    void theSecondRunCreatesNothing()
    {
        QFETCH(const Plan, plan);
        const Ended first = runScript(plan, Tool::az);
        QVERIFY2(first.status == 0, qPrintable(first.said));
        const QByteArray state = read(u"state"_s);
        QVERIFY(!state.isEmpty());
        QVERIFY(!creations().isEmpty());
        const QByteArray file = connectionFile(plan);
        checkConnectionFile(plan);
        write(u"calls"_s, {});
        const Ended second = runScript(plan, Tool::az);
        QVERIFY2(second.status == 0, qPrintable(second.said));
        QCOMPARE(read(u"state"_s), state);
        QCOMPARE(creations(), QStringList());
        QCOMPARE(connectionFile(plan), file);
    }

    void requestsWriteTheConnectionFile_data() { theSecondRunCreatesNothing_data(); }

    void requestsWriteTheConnectionFile()
    {
        QFETCH(const Plan, plan);
        const Ended ended = runScript(plan, Tool::azRest);
        QVERIFY2(ended.status == 0, qPrintable(ended.said));
        checkConnectionFile(plan);
    }

    void namesArriveAsTheyAre()
    {
        for (const QString &name : test::hostileNames()) {
            Plan plan = test::samplePlan();
            plan.apiName = name;
            init();
            QCOMPARE(runScript(plan, Tool::az).status, 0);
            const QString calls = QString::fromUtf8(read(u"calls"_s));
            QVERIFY2(calls.contains(u"‹--display-name›‹"_s + name + u"›"_s), qPrintable(calls));
        }
    }

    void everybodyGetsTheirRole()
    {
        QCOMPARE(runScript(test::samplePlan(), Tool::az).status, 0);
        const QByteArray state = read(u"state"_s);
        QCOMPARE(state.count("assignment "), qsizetype(3));
        QCOMPARE(state.count(test::sampleIds().adminRole.toUtf8()), qsizetype(1));
        QCOMPARE(state.count(test::sampleIds().readerRole.toUtf8()), qsizetype(2));
    }

    void aConsentIsWidenedAndNotDoubled()
    {
        Plan plan = test::samplePlan();
        QCOMPARE(runScript(plan, Tool::az).status, 0);
        plan.hasWriteScope = true;
        QCOMPARE(runScript(plan, Tool::az).status, 0);
        const QString calls = QString::fromUtf8(read(u"calls"_s));
        QVERIFY(calls.contains(u"{\"scope\": \"Books.Read Books.Write\"}"_s));
        QCOMPARE(calls.count(u"‹post›‹--uri›‹https://graph.example.test/v1.0/oauth2PermissionGrants›"_s), 1);
    }

    void anotherTenantIsLeftAlone_data() { eachTool(); }

    void anotherTenantIsLeftAlone()
    {
        QFETCH(const Tool, tool);
        m_tenant = u"aaaaaaaa-3b52-4d18-9a60-7e2c41d8f036"_s;
        const Ended ended = runScript(test::samplePlan(), tool);
        QVERIFY(ended.status != 0);
        QVERIFY2(ended.said.contains(u"az login"_s), qPrintable(ended.said));
        QCOMPARE(read(u"state"_s), QByteArray());
    }

    /// Their scopes and roles would be replaced.
    void anApiWithOtherScopesIsLeftAlone()
    {
        m_others = u"Orders.Read"_s;
        const Ended ended = runScript(test::samplePlan(), Tool::az);
        QVERIFY(ended.status != 0);
        QVERIFY2(ended.said.contains(u"Orders.Read"_s), qPrintable(ended.said));
        QVERIFY(!QString::fromUtf8(read(u"calls"_s)).contains(u"‹--app-roles›"_s));
    }

    /// Graph refuses to remove a scope that is enabled.
    void aScopeThatIsNotWantedAnyMoreIsSaid()
    {
        Plan plan = test::samplePlan();
        plan.hasWriteScope = true;
        QCOMPARE(runScript(plan, Tool::az).status, 0);
        write(u"calls"_s, {});
        plan.hasWriteScope = false;
        const Ended ended = runScript(plan, Tool::az);
        QVERIFY(ended.status != 0);
        QVERIFY2(ended.said.contains(u"would be lost"_s), qPrintable(ended.said));
        QVERIFY(!QString::fromUtf8(read(u"calls"_s)).contains(u"‹patch›"_s));
    }

    void applicationIdUrisAreAdded()
    {
        write(u"state"_s, "app displayName eq 'Contoso Books API'\tone\nuri one\thttps://books.contoso.com\n");
        m_uri = u"https://books.contoso.com"_s;
        const Ended ended = runScript(test::samplePlan(), Tool::az);
        QVERIFY2(ended.status == 0, qPrintable(ended.said));
        const QString calls = QString::fromUtf8(read(u"calls"_s));
        QVERIFY(calls.contains(u"{\"identifierUris\": [\"https://books.contoso.com\", \"api://one\"]}"_s));
        QVERIFY(!calls.contains(u"‹--identifier-uris›"_s));
    }

    void publicFlowsAreAllowedWhereTheRedirectIsThere()
    {
        write(u"state"_s, "app displayName eq 'Bookdesk'\ttwo\nredirect two\thttp://localhost\n");
        const Ended ended = runScript(test::samplePlan(), Tool::az);
        QVERIFY2(ended.status == 0, qPrintable(ended.said));
        QVERIFY(QString::fromUtf8(read(u"calls"_s)).contains(u"{\"isFallbackPublicClient\": true"_s));
    }

    void anotherConnectionFileIsLeftAlone_data() { eachTool(); }

    void anotherConnectionFileIsLeftAlone()
    {
        QFETCH(const Tool, tool);
        const QString name = fileNameOf(test::samplePlan());
        write(name + u".json"_s, "mine\n");
        const Ended ended = runScript(test::samplePlan(), tool);
        QVERIFY2(ended.status == 0, qPrintable(ended.said));
        QCOMPARE(read(name + u".json"_s), QByteArray("mine\n"));
        QVERIFY(identity::readConnection(read(name + u"-2.json"_s)));
        QVERIFY2(ended.said.contains(name + u"-2.json"_s), qPrintable(ended.said));
    }

    /// With their requests nothing is made when one of them is not there, or there are two.
    void everybodyIsFoundBeforeAnythingIsMade_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("nobody") << u"nobody"_s;
        QTest::newRow("two") << u"twins"_s;
    }

    void everybodyIsFoundBeforeAnythingIsMade()
    {
        QFETCH(const QString, name);
        Plan plan = test::samplePlan();
        plan.assignments.back().name = name;
        const Ended ended = runScript(plan, Tool::azRest);
        QVERIFY(ended.status != 0);
        QVERIFY2(ended.said.contains(name), qPrintable(ended.said));
        QCOMPARE(creations(), QStringList());
    }

    /// az begins in the public one.
    void anotherCloudIsChosenFirst()
    {
        Plan plan = test::samplePlan();
        plan.signInHost = u"login.microsoftonline.us"_s;
        m_tenant = u"aaaaaaaa-3b52-4d18-9a60-7e2c41d8f036"_s;
        const Ended us = runScript(plan, Tool::az);
        QVERIFY2(us.said.contains(u"az cloud set --name AzureUSGovernment && az login"_s), qPrintable(us.said));
        plan.signInHost = u"login.partner.microsoftonline.cn"_s;
        const Ended china = runScript(plan, Tool::azRest);
        QVERIFY2(china.said.contains(u"az cloud set --name AzureChinaCloud && az login"_s), qPrintable(china.said));
    }

    /// Within double quotes a bash that somebody types in expands it.
    void exclamationMarksAreInSingleQuotes_data() { eachTool(); }

    void exclamationMarksAreInSingleQuotes()
    {
        QFETCH(const Tool, tool);
        Plan plan = test::samplePlan();
        plan.apiName = u"It's !ls"_s;
        plan.assignments.back().name = u"It's !ls"_s;
        for (const Step &step : scriptFor(plan, tool).steps)
            QVERIFY2(!step.code.text.contains(u"\"It's !ls"_s), qPrintable(step.code.text));
    }

    void aNameThatIsThereTwiceIsLeftAlone()
    {
        write(u"state"_s, "app displayName eq 'Contoso Books API'\tone\napp displayName eq 'Contoso Books API'\ttwo\n");
        const Ended ended = runScript(test::samplePlan(), Tool::az);
        QVERIFY(ended.status != 0);
        QCOMPARE(creations(), QStringList());
    }

    /// Bash, too, ends at a command that failed in a function.
    void aFailureCreatesNothing_data()
    {
        QTest::addColumn<QString>("shell");
        QTest::newRow("sh") << u"sh"_s;
        QTest::newRow("bash") << u"bash"_s;
    }

    void aFailureCreatesNothing()
    {
        QFETCH(const QString, shell);
        QFile az(path(u"bin/az"_s));
        QVERIFY(az.open(QIODevice::ReadOnly));
        const QByteArray text = az.readAll().replace("\"ad app list\"*) ", "\"ad app list\"*) exit 1; ");
        az.close();
        write(u"bin/az"_s, text);
        const Ended ended = runScript(test::samplePlan(), Tool::az, shell);
        QVERIFY(ended.status != 0);
        QCOMPARE(creations(), QStringList());
    }

private:
    static void eachTool()
    {
        QTest::addColumn<Tool>("tool");
        QTest::newRow("az") << Tool::az;
        QTest::newRow("az rest") << Tool::azRest;
    }

    /// What the script wrote is what Bookdesk reads, and no name was run.
    void checkConnectionFile(const Plan &plan) const
    {
        const Result<identity::Connection> connection = identity::readConnection(connectionFile(plan));
        QVERIFY2(connection, connection ? "" : qPrintable(connection.error().message));
        QCOMPARE(connection->name, plan.apiName);
        QCOMPARE(connection->authority, authorityOf(plan));
        QCOMPARE(connection->clientId == connection->audience, plan.isOneRegistration);
        QVERIFY(!QFile::exists(path(u"owned"_s)));
    }

    QString path(const QString &name) const { return m_folder->filePath(name); }

    void write(const QString &name, const QByteArray &content) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    QByteArray read(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QByteArray connectionFile(const Plan &plan) const { return read(fileNameOf(plan) + u".json"_s); }

    /// The calls that make something new.
    QStringList creations() const
    {
        static const QStringList signs{u"‹create›"_s, u"‹post›"_s, u"‹add›"_s};
        QStringList lines = QString::fromUtf8(read(u"calls"_s)).split(u'\n', Qt::SkipEmptyParts);
        lines.removeIf([](const QString &line) {
            return std::ranges::none_of(signs, [&line](const QString &sign) { return line.contains(sign); });
        });
        return lines;
    }

    Ended run(const QString &program, const QStringList &arguments) const
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"PATH"_s, path(u"bin"_s) + u':' + environment.value(u"PATH"_s));
        environment.insert(u"AZ_STATE"_s, path(u"state"_s));
        environment.insert(u"AZ_CALLS"_s, path(u"calls"_s));
        environment.insert(u"AZ_TENANT"_s, m_tenant);
        environment.insert(u"AZ_OTHERS"_s, m_others);
        environment.insert(u"AZ_URI"_s, m_uri);
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(m_folder->path());
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(program, arguments);
        if (!process.waitForFinished(limit))
            return {-1, process.errorString()};
        return {process.exitCode(), QString::fromUtf8(process.readAll())};
    }

    Ended runScript(const Plan &plan, Tool tool, const QString &shell = u"sh"_s) const
    {
        write(u"script.sh"_s, fileText(scriptFor(plan, tool)).toUtf8());
        return run(shell, {path(u"script.sh"_s)});
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_tenant;
    QString m_others;
    QString m_uri;
};

QTEST_GUILESS_MAIN(ShellTest)
#include "shell-test.moc"
