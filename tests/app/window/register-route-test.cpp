// Register it for me on top of the window's pages, and back to where the focus was.
#include "app/window-fixture.h"
#include "pages/register/register-form.h"
#include "pages/register/register-page.h"
#include "pages/settings/settings-page.h"

#include <QLineEdit>
#include <QSignalSpy>

using namespace bookdesk;
using namespace Qt::StringLiterals;

namespace {

// Slashes are escaped, because moc takes two of them for a comment even here, and then sees no slot.
const QByteArray inAnotherCloud = R"({
            "name": "Contoso", "provider": "entra",
            "authority": "https:\/\/login.microsoftonline.us/11111111-2222-3333-4444-555555555555",
            "clientId": "66666666-7777-8888-9999-aaaaaaaaaaaa",
            "scopes": ["api:\/\/bbbbbbbb-cccc-dddd-eeee-ffffffffffff/Books.Read"],
            "apiBaseUrl": "https:\/\/books.contoso.com", "audience": "bbbbbbbb-cccc-dddd-eeee-ffffffffffff"})"_ba;
const QByteArray atAuth0 = R"({
            "name": "Contoso", "provider": "auth0", "authority": "https:\/\/contoso.eu.auth0.com",
            "clientId": "abc", "scopes": ["read:books"],
            "apiBaseUrl": "https:\/\/books.contoso.com", "audience": "https:\/\/books.contoso.com"})"_ba;

} // namespace

class RegisterRouteTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void escLeadsBackToThePageAndItsFocus()
    {
        const test::WindowFixture fixture;
        window::MainWindow &window = *fixture.window;
        window.activateWindow();
        window.showPage(u"settings"_s);
        auto &settings = window.page<pages::SettingsPage>();
        QWidget *before = settings.findChild<QWidget *>(u"timeLimit"_s);
        before->setFocus();
        QTRY_VERIFY(before->hasFocus());
        window.showRegister(std::nullopt);
        auto &page = window.page<pages::RegisterPage>();
        QVERIFY(page.isVisible());
        QVERIFY(!settings.isVisible());
        QTest::keyClick(&page, Qt::Key_Escape);
        QTRY_VERIFY(settings.isVisible());
        QVERIFY(before->hasFocus());
    }

    void theSideBarLeavesIt()
    {
        const test::WindowFixture fixture;
        fixture.window->showRegister(std::nullopt);
        fixture.window->showPage(u"activity"_s);
        QVERIFY(!fixture.window->page<pages::RegisterPage>().isVisible());
        fixture.window->showRegister(std::nullopt);
        QVERIFY(fixture.window->page<pages::RegisterPage>().isVisible());
        fixture.window->showPage(u"activity"_s);
        QVERIFY(!fixture.window->page<pages::RegisterPage>().isVisible());
    }

    void whatWasWrittenIsKept_data()
    {
        QTest::addColumn<bool>("isByEsc");
        QTest::newRow("Esc") << true;
        QTest::newRow("another page") << false;
    }

    /// With other IDs, a script of the same form would find scopes that it does not know, or make everything again.
    void whatWasWrittenIsKept()
    {
        QFETCH(const bool, isByEsc);
        const test::WindowFixture fixture;
        fixture.window->showRegister(std::nullopt);
        auto &page = fixture.window->page<pages::RegisterPage>();
        page.findChild<QLineEdit *>(u"apiName"_s)->setText(u"Library"_s);
        const registration::Plan before = page.form().plan();
        fixture.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(fixture.window.get()));
        if (isByEsc)
            QTest::keyClick(&page, Qt::Key_Escape);
        else
            fixture.window->showPage(u"activity"_s);
        QTRY_VERIFY(!page.isVisible());
        fixture.window->showRegister(std::nullopt);
        QVERIFY(page.isVisible());
        QCOMPARE(page.form().plan(), before);
        const Result<identity::Connection> another = identity::readConnection(inAnotherCloud);
        QVERIFY(another);
        fixture.window->showRegister(*another);
        QCOMPARE(page.form().plan().apiName, u"Contoso"_s);
        QVERIFY(page.form().plan().ids != before.ids);
    }

    void aConnectionElsewhereGivesItsNameAndAddress()
    {
        const test::WindowFixture fixture;
        const Result<identity::Connection> connection = identity::readConnection(atAuth0);
        QVERIFY2(connection, connection ? "" : qPrintable(connection.error().message));
        fixture.window->showRegister(*connection);
        auto &page = fixture.window->page<pages::RegisterPage>();
        QCOMPARE(page.form().plan().apiName, u"Contoso"_s);
        QCOMPARE(page.form().plan().tenant, QString());
        const QString said = page.findChild<QLabel *>(u"tenantState"_s)->text();
        QVERIFY2(said.contains(u"another provider"_s), qPrintable(said));
    }

    void aConnectionFillsTheForm()
    {
        const test::WindowFixture fixture;
        const Result<identity::Connection> connection = identity::readConnection(inAnotherCloud);
        QVERIFY(connection);
        fixture.window->showRegister(*connection);
        const registration::Plan plan = fixture.window->page<pages::RegisterPage>().form().plan();
        QCOMPARE(plan.tenant, u"11111111-2222-3333-4444-555555555555"_s);
        QCOMPARE(plan.signInHost, u"login.microsoftonline.us"_s);
        QCOMPARE(plan.apiName, u"Contoso"_s);
        QCOMPARE(plan.apiAddress, u"https://books.contoso.com"_s);
        QCOMPARE(registration::problemsOf(plan), std::vector<registration::Problem>());
    }

    /// Only what a person has typed is.
    void aTenantThatIsThereIsNotLookedUp()
    {
        const test::WindowFixture fixture;
        fixture.window->showRegister(std::nullopt);
        auto &page = fixture.window->page<pages::RegisterPage>();
        QSignalSpy asked(&page, &pages::RegisterPage::tenantAsked);
        auto *tenant = page.findChild<QLineEdit *>(u"tenant"_s);
        tenant->setText(u"contoso.com"_s);
        Q_EMIT tenant->editingFinished();
        QCOMPARE(asked.count(), 0);
        QVERIFY(page.findChild<QLabel *>(u"tenantState"_s)->isHidden());
    }
};

BOOKDESK_PAGE_TEST_MAIN(RegisterRouteTest)
#include "register-route-test.moc"
