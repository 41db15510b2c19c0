// The Settings page: what is chosen is in effect at once, and what is wrong is said where it is.
#include "app/hostile-checks.h"
#include "app/page-fixture.h"
#include "identity/sample-connection.h"
#include "pages/settings/problem-row.h"
#include "pages/settings/settings-page.h"
#include "workspace/workspace.h"

#include <QClipboard>
#include <QDialog>
#include <QGuiApplication>
#include <QLineEdit>
#include <QRadioButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QTcpServer>

#include <memory>

using namespace bookdesk;
using namespace Qt::StringLiterals;
using workspace::Setting;

class SettingsPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        m_workspace = std::make_unique<workspace::Workspace>(workspace::Surroundings(),
                                                             workspace::ConnectionStore(m_folder->path()));
        m_page = std::make_unique<pages::SettingsPage>(*m_workspace, systemNow);
        m_page->resize(1100, 720);
        m_page->show();
    }
    void cleanup()
    {
        m_page.reset();
        m_workspace.reset();
        style::apply(*qApp, style::Theme::light);
    }

    void everyControlHasAName() { QCOMPARE(test::namelessControls(*m_page), QStringList()); }

    void theAppearanceChangesAtOnce()
    {
        QVERIFY(radio(u"themeOfDesktop"_s).isChecked());
        radio(u"themeDark"_s).setChecked(true);
        QCOMPARE(style::themeOf(QApplication::palette()), style::Theme::dark);
        QCOMPARE(settings().text(Setting::appearance), u"dark"_s);
        radio(u"themeOfDesktop"_s).setChecked(true);
        QCOMPARE(style::themeOf(QApplication::palette()), style::desktopTheme());
    }

    void aCommandIsKeptOnceItCanBeStarted()
    {
        QVERIFY(!field(u"command"_s).isEnabled());
        QVERIFY(!field(u"command"_s).accessibleDescription().isEmpty());
        radio(u"browserCommand"_s).setChecked(true);
        QVERIFY(field(u"command"_s).isEnabled());
        enter(u"command"_s, u"/no/such/browser %u"_s);
        QVERIFY(label(u"commandComplaint"_s).text().contains(u"/no/such/browser"_s));
        QVERIFY(!label(u"commandComplaint"_s).isHidden());
        QCOMPARE(settings().text(Setting::browserCommand), QString());
        enter(u"command"_s, u"sh -c true %u"_s);
        QVERIFY(label(u"commandComplaint"_s).isHidden());
        QCOMPARE(settings().text(Setting::browserCommand), u"sh -c true %u"_s);
        radio(u"defaultBrowser"_s).setChecked(true);
        QCOMPARE(settings().text(Setting::browserCommand), QString());
        QVERIFY(!field(u"command"_s).isEnabled());
    }

    void anotherSettingLeavesACommandThatIsBeingWritten()
    {
        radio(u"browserCommand"_s).setChecked(true);
        enter(u"command"_s, u"/no/such/browser %u"_s);
        m_page->findChild<QSpinBox *>(u"timeLimit"_s)->setValue(7);
        QCOMPARE(field(u"command"_s).text(), u"/no/such/browser %u"_s);
        QVERIFY(radio(u"browserCommand"_s).isChecked());
    }

    void whatTheOrganizationSetsHasALock()
    {
        const QTemporaryDir system;
        QSettings::setPath(QSettings::NativeFormat, QSettings::SystemScope, system.path());
        QSettings organization(QSettings::NativeFormat, QSettings::SystemScope, QCoreApplication::organizationName(),
                               QCoreApplication::applicationName());
        for (const workspace::SettingRow &row : workspace::settingRows)
            if (row.isChosen)
                organization.setValue(QString::fromLatin1(row.key), QString::fromLatin1(row.fallback));
        organization.setValue(u"network/proxy"_s, u"manual"_s);
        organization.sync();
        const pages::SettingsPage page(*m_workspace, systemNow);
        for (const char *name :
             {"themeOfDesktop", "themeLight", "themeDark", "defaultBrowser", "browserCommand", "command", "timeLimit",
              "keepSignedIn", "proxySystem", "proxyNone", "proxyManual", "proxyHost", "proxyPort"}) {
            const auto *control = page.findChild<QWidget *>(QString::fromLatin1(name));
            QVERIFY2(!control->isEnabled(), name);
            QCOMPARE(control->accessibleDescription(), u"Your organization has set this."_s);
        }
        QCOMPARE(test::labelTexts(page).count(u"Your organization has set this."_s), 6);
        organization.clear();
        organization.sync();
    }

    void theTimeLimitIsKeptWithinItsBounds()
    {
        auto *minutes = m_page->findChild<QSpinBox *>(u"timeLimit"_s);
        QCOMPARE(minutes->value(), 5);
        minutes->setValue(60);
        QCOMPARE(settings().number(Setting::timeLimit), 15);
    }

    void aManualProxyIsInEffectAtOnce()
    {
        QVERIFY(QCoro::waitFor(m_workspace->startSandbox({})));
        m_page->setDesk(m_workspace->desk());
        QVERIFY(label(u"proxyEffect"_s).text().contains(u"use no proxy"_s));
        QVERIFY(!field(u"proxyHost"_s).isEnabled());
        radio(u"proxyManual"_s).setChecked(true);
        QVERIFY(field(u"proxyHost"_s).isEnabled());
        enter(u"proxyHost"_s, u"proxy.example.test"_s);
        const auto proxy = m_workspace->desk()->proxyFor(QUrl(u"https://books.example.test/"_s));
        QVERIFY(proxy.has_value());
        QCOMPARE(net::proxyName(*proxy), u"proxy.example.test:8080"_s);
    }

    void resettingAsksFirst()
    {
        settings().setNumber(Setting::timeLimit, 10);
        test::buttonNamed(*m_page, u"resetSettings"_s)->click();
        auto *question = m_page->findChild<QDialog *>(u"confirmReset"_s);
        QVERIFY(question);
        QVERIFY(test::buttonNamed(*question, u"cancel"_s)->isDefault());
        QVERIFY(question->width() > 400);
        QCOMPARE(settings().number(Setting::timeLimit), 10);
        test::buttonNamed(*question, u"confirm"_s)->click();
        QCOMPARE(settings().number(Setting::timeLimit), 5);
        QCOMPARE(m_page->findChild<QSpinBox *>(u"timeLimit"_s)->value(), 5);
    }

    void theCheckShowsARemedyWhereSomethingIsWrong()
    {
        settings().setText(Setting::browserCommand, u"/no/such/browser %u"_s);
        check();
        const auto rows = m_page->findChildren<pages::ProblemRow *>();
        QCOMPARE(std::size_t(rows.size()), workspace::allProblemSubjects.size());
        QVERIFY2(rows.front()->sentence().startsWith(u"Browser, look, "_s), qPrintable(rows.front()->sentence()));
        QVERIFY(rows.front()->sentence().contains(u"Correct the command"_s));
        QVERIFY2(rows.back()->sentence().startsWith(u"Settings file, fine"_s), qPrintable(rows.back()->sentence()));
    }

    void theCheckCanBeCancelled()
    {
        QPushButton *button = test::buttonNamed(*m_page, u"checkForProblems"_s);
        QCOMPARE(button->text(), u"Check"_s);
        button->click();
        if (button->text() == u"Cancel"_s)
            QTest::keyClick(m_page.get(), Qt::Key_Escape);
        QTRY_COMPARE(button->text(), u"Check again"_s);
    }

    void aChangedSettingMakesWhatWasFoundOutdated()
    {
        check();
        const auto findings = [this] {
            test::buttonNamed(*m_page, u"copyForSupport"_s)->click();
            return QGuiApplication::clipboard()->text();
        };
        settings().setText(Setting::appearance, u"dark"_s);
        QVERIFY(findings().contains(u"Encryption: fine"_s));
        settings().setText(Setting::proxySource, u"none"_s);
        QVERIFY(!findings().contains(u"Encryption: fine"_s));
        QCOMPARE(m_page->findChild<QPushButton *>(u"checkForProblems"_s)->text(), u"Check"_s);
    }

    void resultsBelowTheEdgeAreScrolledIntoSight()
    {
        const QScrollBar *bar = m_page->findChild<QScrollArea *>()->verticalScrollBar();
        const auto *row = m_page->findChild<pages::ProblemRow *>();
        m_page->resize(844, 460);
        QTRY_VERIFY(!isInSight(*row));
        check();
        QTRY_VERIFY(isInSight(*row));
        QVERIFY(bar->value() > 0);
    }

    void resultsInSightMoveNothing()
    {
        // The clock's row has a remedy then, which goes while the rows before it are checked.
        QVERIFY(m_workspace->add(identity::sampleConnection(closedAddress())));
        QScrollBar *bar = m_page->findChild<QScrollArea *>()->verticalScrollBar();
        m_page->resize(844, 460);
        check();
        layOut();
        bar->setValue(bar->maximum());
        const int before = bar->value();
        test::buttonNamed(*m_page, u"checkForProblems"_s)->click();
        layOut();
        QCOMPARE(bar->value(), before);
        QTRY_COMPARE(test::buttonNamed(*m_page, u"checkForProblems"_s)->text(), u"Check again"_s);
        layOut();
        QCOMPARE(bar->value(), before);
    }

    void theTextForSupportIsCopied()
    {
        check();
        test::buttonNamed(*m_page, u"copyForSupport"_s)->click();
        const QString text = QGuiApplication::clipboard()->text();
        QVERIFY(text.contains(u"Qt: "_s));
        QVERIFY(text.contains(u"Encryption: fine"_s));
    }

    void showsHostileText_data() { test::addHostileRows(); }

    void showsHostileText()
    {
        QFETCH(QString, text);
        settings().setText(Setting::proxySource, u"manual"_s);
        settings().setText(Setting::proxyHost, text);
        settings().setText(Setting::browserCommand, text);
        identity::Connection connection =
            identity::sampleConnection(u"https://login.microsoftonline.com/c6b1a2d3-0f5e-4a7b-9c8d-1e2f3a4b5c6d"_s);
        connection.name = text;
        const Result<QString> id = m_workspace->add(connection);
        m_workspace->use(id.value_or(QString()));
        m_page->setDesk(m_workspace->desk());
        radio(u"browserCommand"_s).setChecked(true);
        enter(u"command"_s, text + u" %u"_s);
        enter(u"command"_s, text);
        QCOMPARE(test::hostileProblems(*m_page, text), QString());
    }

    void aNarrowWindowHasOneColumnThatScrolls()
    {
        auto *area = m_page->findChild<QScrollArea *>();
        m_page->resize(1100, 2000);
        const int wide = area->widget()->minimumSizeHint().height();
        m_page->resize(844, 560);
        QTRY_VERIFY(area->verticalScrollBar()->maximum() > 0);
        QVERIFY(area->widget()->minimumSizeHint().height() > wide);
        QCOMPARE(area->widget()->width(), area->viewport()->width());
    }

private:
    workspace::Settings &settings() { return m_workspace->settings(); }
    QRadioButton &radio(const QString &name) const { return *m_page->findChild<QRadioButton *>(name); }
    QLineEdit &field(const QString &name) const { return *m_page->findChild<QLineEdit *>(name); }
    QLabel &label(const QString &name) const { return *m_page->findChild<QLabel *>(name); }

    void enter(const QString &name, const QString &text) const
    {
        field(name).setText(text);
        Q_EMIT field(name).editingFinished();
    }

    bool isInSight(const QWidget &widget) const
    {
        const QWidget *viewport = m_page->findChild<QScrollArea *>()->viewport();
        return viewport->rect().contains(QRect(widget.mapTo(viewport, QPoint()), widget.size()));
    }

    /// Of a port at which nobody listens.
    static QString closedAddress()
    {
        QTcpServer server;
        server.listen(QHostAddress::LocalHost);
        return u"http://127.0.0.1:%1/tenant"_s.arg(server.serverPort());
    }

    /// Each widget tells its parent by an event of its own.
    static void layOut()
    {
        for (int level = 0; level < 10; ++level)
            QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    }

    void check() const
    {
        QPushButton *button = test::buttonNamed(*m_page, u"checkForProblems"_s);
        button->click();
        QTRY_COMPARE_WITH_TIMEOUT(button->text(), u"Check again"_s, 20'000);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<workspace::Workspace> m_workspace;
    std::unique_ptr<pages::SettingsPage> m_page;
};

BOOKDESK_PAGE_TEST_MAIN(SettingsPageTest)
#include "settings-page-test.moc"
