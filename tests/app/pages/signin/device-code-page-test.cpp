// Signing in on another device from the sign-in page, against the real Sandbox.
#include "app/window-fixture.h"
#include "identity/errors.h"
#include "pages/signin/device-code-card.h"
#include "pages/signin/error-card.h"

using namespace Qt::StringLiterals;
using namespace bookdesk;
using test::WindowFixture;

namespace {

const pages::DeviceCodeCard &card(WindowFixture &fixture) { return fixture.window->signInPage().deviceCodeCard(); }

/// Clicks the button and waits for another code than @p before.
bool getCode(WindowFixture &fixture, const QString &button, const QString &before = {})
{
    fixture.click(button);
    return QTest::qWaitFor([&] { return !card(fixture).userCode().isEmpty() && card(fixture).userCode() != before; },
                           10'000);
}

void typeCode(WindowFixture &fixture, const QString &persona)
{
    fixture.visitor = workspace::personaBrowser({persona, false, card(fixture).userCode()}, {});
    fixture.visitor(QUrl(card(fixture).link()));
}

} // namespace

class DeviceCodePageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signsIn()
    {
        WindowFixture fixture;
        QVERIFY(!fixture.window->findChild<QPushButton *>(u"signInOnAnotherDevice"_s)->isEnabled());
        QVERIFY(fixture.start());
        QVERIFY(card(fixture).isHidden());
        QVERIFY(getCode(fixture, u"signInOnAnotherDevice"_s));
        QVERIFY(card(fixture).isVisible() && fixture.waiting().isHidden() && fixture.error().isHidden());
        QVERIFY(!fixture.window->findChild<QPushButton *>(u"signIn"_s)->isEnabled());
        QVERIFY(fixture.opened.isEmpty());
        typeCode(fixture, u"riley"_s);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.window->page<pages::BooksPage>().isVisible(), 20'000);
        QCOMPARE(fixture.workspace->desk()->session().current()->identity.name(), u"Riley Reader"_s);
        QVERIFY(card(fixture).isHidden());
        QCOMPARE(card(fixture).userCode(), QString());
    }

    void isNeverChosenByItself()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        fixture.click(u"signIn"_s);
        QTRY_COMPARE(fixture.opened.size(), 1);
        fixture.window->signInPage().cancel();
        QTRY_VERIFY(fixture.error().isVisible());
        QVERIFY(fixture.window->findChild<QPushButton *>(u"tryAgain"_s)->isVisible());
        QVERIFY(!fixture.window->findChild<QPushButton *>(u"newCode"_s)->isVisible());
        fixture.click(u"tryAgain"_s);
        QTRY_COMPARE(fixture.opened.size(), 2);
        QVERIFY(card(fixture).isHidden());
    }

    void anotherCodeReplacesTheFirst()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        QVERIFY(getCode(fixture, u"signInOnAnotherDevice"_s));
        const QString first = card(fixture).userCode();
        QVERIFY(getCode(fixture, u"newDeviceCode"_s, first));
        QVERIFY(card(fixture).isVisible() && fixture.error().isHidden());
        QVERIFY(fixture.window->signInPage().isWaiting());
    }

    void theBrowserHereTakesItsPlace()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        QVERIFY(getCode(fixture, u"signInOnAnotherDevice"_s));
        fixture.click(u"useBrowserHere"_s);
        QTRY_COMPARE(fixture.opened.size(), 1);
        QVERIFY(fixture.waiting().isVisible() && card(fixture).isHidden() && fixture.error().isHidden());
        QVERIFY(getCode(fixture, u"signInOnAnotherDevice"_s));
        QVERIFY(fixture.waiting().isHidden() && card(fixture).isVisible());
    }

    void anExpiredCodeOffersANewOne()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        QVERIFY(getCode(fixture, u"signInOnAnotherDevice"_s));
        const QString first = card(fixture).userCode();
        fixture.sandbox().arm(sandbox::Fault::deviceCodeExpired, sandbox::FaultSpan::once);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.error().isVisible(), 20'000);
        QCOMPARE(fixture.error().headline(), u"This code has expired"_s);
        QVERIFY(card(fixture).isHidden());
        QCOMPARE(card(fixture).userCode(), QString());
        const auto *button = fixture.window->findChild<QPushButton *>(u"newCode"_s);
        QVERIFY(button->isVisible());
        QCOMPARE(button->property("look").toString(), u"primary"_s);
        QVERIFY(!fixture.window->findChild<QPushButton *>(u"tryAgain"_s)->isVisible());
        QVERIFY(getCode(fixture, u"newCode"_s, first));
        QVERIFY(fixture.error().isHidden());
    }

    void aDeclinedOneSaysSo()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        QVERIFY(getCode(fixture, u"signInOnAnotherDevice"_s));
        fixture.sandbox().arm(sandbox::Fault::consentDeclined, sandbox::FaultSpan::once);
        typeCode(fixture, u"riley"_s);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.error().isVisible(), 20'000);
        QCOMPARE(fixture.error().headline(), u"Sign-in was declined"_s);
        const auto *button = fixture.window->findChild<QPushButton *>(u"newCode"_s);
        QVERIFY(button->isVisible());
        QVERIFY(button->property("look").toString() != u"primary"_s);
    }

    void anotherConnectionTakesNoRoomForACode()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        identity::Connection other = fixture.workspace->connections().front();
        other.name = u"Contoso"_s;
        const Result<QString> id = fixture.workspace->add(other);
        QVERIFY(id);
        const QWidget *choice = fixture.window->findChild<QPushButton *>(u"addConnection"_s)->parentWidget();
        const int usualWidth = choice->width();
        QVERIFY(getCode(fixture, u"signInOnAnotherDevice"_s));
        fixture.workspace->use(*id);
        QTRY_VERIFY(card(fixture).isHidden());
        QTRY_COMPARE(choice->width(), usualWidth);
    }

    void escapeCancels()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        QVERIFY(getCode(fixture, u"signInOnAnotherDevice"_s));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QTRY_VERIFY(fixture.error().isVisible());
        QCOMPARE(fixture.error().error()->code, identity::errors::cancelled);
        QVERIFY(card(fixture).isHidden() && !fixture.window->signInPage().isWaiting());
    }
};

BOOKDESK_PAGE_TEST_MAIN(DeviceCodePageTest)
#include "device-code-page-test.moc"
