// The table of settings, and what follows from them.
#include "core/translation.h"
#include "layout/sources.h"
#include "workspace/settings-use.h"
#include "workspace/settings.h"
#include "workspace/support-facts.h"
#include "workspace/workspace.h"

#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>

using namespace bookdesk;
using namespace Qt::StringLiterals;
using std::chrono::minutes;
using workspace::Setting;
using workspace::Settings;

class SettingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
        QSettings::setPath(QSettings::IniFormat, QSettings::SystemScope, m_folder.filePath(u"system"_s));
        QCoreApplication::setOrganizationName(u"bookdesk-test"_s);
        QCoreApplication::setApplicationName(u"bookdesk-test"_s);
    }
    void init() { QSettings().clear(); }

    void whatIsNotSetHasItsDefault()
    {
        const Settings settings;
        QCOMPARE(settings.number(Setting::timeLimit), 5);
        QCOMPARE(settings.text(Setting::proxySource), u"system"_s);
        QVERIFY(!settings.isSet(Setting::timeLimit));
        QVERIFY(settings.bytes(Setting::splitter, u"books"_s).isEmpty());
    }

    void whatIsSetIsKeptAndSignalled()
    {
        Settings settings;
        QSignalSpy changed(&settings, &Settings::changed);
        settings.setNumber(Setting::timeLimit, 10);
        settings.setBytes(Setting::splitter, "place", u"books"_s);
        QCOMPARE(changed.size(), 2);
        QCOMPARE(Settings().number(Setting::timeLimit), 10);
        QCOMPARE(Settings().bytes(Setting::splitter, u"books"_s), "place"_ba);
        QVERIFY(Settings().bytes(Setting::splitter, u"token"_s).isEmpty());
    }

    void whatDoesNotFitCountsAsTheDefault_data()
    {
        QTest::addColumn<QVariant>("stored");
        QTest::newRow("too small") << QVariant(0);
        QTest::newRow("too large") << QVariant(16);
        QTest::newRow("no number") << QVariant(u"soon"_s);
    }
    void whatDoesNotFitCountsAsTheDefault()
    {
        QFETCH(QVariant, stored);
        QSettings().setValue(u"sign-in/minutes"_s, stored);
        QCOMPARE(Settings().number(Setting::timeLimit), 5);
        QVERIFY(!Settings().isSet(Setting::timeLimit));
        QCOMPARE(Settings().unknownKeys(), QStringList(u"sign-in/minutes"_s));
    }

    void whatTheOrganizationSetsIsLocked()
    {
        const QSettings::Scope scope = QSettings::SystemScope;
        QSettings organization(QSettings::IniFormat, scope, u"bookdesk-test"_s, u"bookdesk-test"_s);
        Settings settings;
        settings.setNumber(Setting::timeLimit, 7);
        organization.setValue(u"sign-in/minutes"_s, 10);
        organization.setValue(u"network/proxy-port"_s, 0);
        organization.setValue(u"books/sort-column"_s, 2);
        organization.sync();
        QCOMPARE(settings.number(Setting::timeLimit), 10);
        QVERIFY(settings.isLocked(Setting::timeLimit) && settings.isSet(Setting::timeLimit));
        QSignalSpy changed(&settings, &Settings::changed);
        settings.setNumber(Setting::timeLimit, 3);
        QCOMPARE(settings.number(Setting::timeLimit), 10);
        QVERIFY(!changed.isEmpty());
        // A value that does not fit, and what is only remembered, bind nobody.
        QVERIFY(!settings.isLocked(Setting::proxyPort) && !settings.isLocked(Setting::sortColumn));
        settings.setNumber(Setting::sortColumn, 1);
        QCOMPARE(settings.number(Setting::sortColumn), 1);
        QCOMPARE(settings.locked(), 1);
        QCOMPARE(settings.organizationFilePath(), organization.fileName());
        const Translation translation;
        const std::vector<workspace::SupportFact> facts = workspace::supportFacts(settings);
        QCOMPARE(facts.back().value, organization.fileName() + u", 1 setting"_s);
        organization.clear();
        organization.sync();
        QVERIFY(!settings.isLocked(Setting::timeLimit));
        QCOMPARE(settings.number(Setting::timeLimit), 7);
    }

    void namesUnknownKeys()
    {
        Settings settings;
        settings.setText(Setting::appearance, u"dark"_s);
        settings.setBytes(Setting::splitter, "place", u"books"_s);
        QCOMPARE(settings.unknownKeys(), QStringList());
        QSettings().setValue(u"appearance/colour"_s, u"red"_s);
        QCOMPARE(settings.unknownKeys(), QStringList(u"appearance/colour"_s));
    }

    void resettingKeepsWhatIsOnlyRemembered()
    {
        Settings settings;
        settings.setText(Setting::proxySource, u"none"_s);
        settings.setText(Setting::lastConnection, u"contoso"_s);
        settings.reset();
        QCOMPARE(settings.text(Setting::proxySource), u"system"_s);
        QCOMPARE(settings.text(Setting::lastConnection), u"contoso"_s);
    }

    void theTimeLimitIsUsualUnlessItWasSet()
    {
        Settings settings;
        identity::SignInLimits usual;
        usual.whole = std::chrono::seconds(3);
        QCOMPARE(workspace::chosenLimits(settings, usual).whole, usual.whole);
        settings.setNumber(Setting::timeLimit, 10);
        const identity::SignInLimits chosen = workspace::chosenLimits(settings, usual);
        QCOMPARE(chosen.whole, std::chrono::milliseconds(minutes(10)));
        QVERIFY(chosen.browserAnswer > chosen.whole);
    }

    void theProxyIsTheChosenOne()
    {
        Settings settings;
        const QUrl url(u"https://books.example.test/"_s);
        net::ProxyRules usual;
        usual.environment = QProcessEnvironment();
        usual.environment.insert(u"https_proxy"_s, u"http://usual.test:1"_s);
        const auto proxy = [&] { return net::proxyFor(url, workspace::chosenProxies(settings, usual)); };
        QCOMPARE(proxy()->host, u"usual.test"_s);
        settings.setText(Setting::proxySource, u"manual"_s);
        settings.setText(Setting::proxyHost, u"chosen.test"_s);
        settings.setNumber(Setting::proxyPort, 3128);
        QCOMPARE(net::proxyName(*proxy()), u"chosen.test:3128"_s);
        settings.setText(Setting::proxySource, u"none"_s);
        QVERIFY(!proxy());
    }

    void aDeskInUseLearnsOfAChange()
    {
        const QTemporaryDir folder;
        workspace::Workspace workspace(workspace::Surroundings(), workspace::ConnectionStore(folder.path()));
        const Result<void> started = QCoro::waitFor(workspace.startSandbox({}));
        QVERIFY(started.has_value());
        const QUrl elsewhere(u"https://books.example.test/"_s);
        workspace.settings().setText(Setting::proxyHost, u"chosen.test"_s);
        workspace.settings().setText(Setting::proxySource, u"manual"_s);
        QCOMPARE(workspace.desk()->proxyFor(elsewhere)->host, u"chosen.test"_s);
        const auto answer = [&] { workspace.proxyLogins().give({u"me"_s, Secret("word")}); };
        connect(&workspace.proxyLogins(), &net::ProxyLogins::asked, this, answer);
        QVERIFY(workspace.proxyLogins().ask(*workspace.desk()->proxyFor(elsewhere)).isSet());
        QCOMPARE(workspace.desk()->proxyFor(elsewhere)->password, Secret("word"));
        workspace.settings().setText(Setting::proxySource, u"none"_s);
        QVERIFY(!workspace.desk()->proxyFor(elsewhere));
    }

    /// Every setting is a row of the table.
    void nobodyElseKeepsSettings()
    {
        for (const test::Source &source : test::sourcesBelow(u"lib"_s) + test::sourcesBelow(u"app"_s)) {
            if (source.path != "lib/workspace/settings.cpp"_L1)
                QVERIFY2(!source.text.contains(u"QSettings()"_s), qPrintable(source.path));
        }
    }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(SettingsTest)
#include "settings-test.moc"
