// The sign-in page's states, against the real Sandbox with a browser that acts on command.
#include "app/window-fixture.h"
#include "identity/errors.h"
#include "identity/sample-connection.h"
#include "pages/signin/connection-list.h"
#include "pages/signin/error-card.h"
#include "pages/signin/sign-in-page.h"
#include "pages/signin/step-texts.h"
#include "sandbox/errors.h"
#include "widgets/bars.h"
#include "widgets/key-value-rows.h"
#include "widgets/step-row.h"

#include <QClipboard>
#include <QLayout>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRadioButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QUrlQuery>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using namespace std::chrono_literals;
using identity::SignInStep;
using identity::StepState;
using test::WindowFixture;

class SignInPageTest : public QObject
{
    Q_OBJECT

private:
    static QStringList rowNames(const QWidget &card)
    {
        QStringList names;
        for (const widgets::StepRow *row : card.findChildren<widgets::StepRow *>())
            names += row->name();
        return names;
    }

    /// The redirect URI of the attempt that opened @p start.
    static QUrl redirectUri(const WindowFixture &fixture, const QUrl &start)
    {
        return QUrl(fixture.workspace->desk()->connection().redirect.uri(static_cast<quint16>(start.port())));
    }

private Q_SLOTS:
    void startsWithTheSandboxChosen()
    {
        WindowFixture fixture;
        QVERIFY(!fixture.window->findChild<QPushButton *>(u"signIn"_s)->isEnabled());
        QVERIFY(!fixture.window->findChild<QPushButton *>(u"useAnotherAccount"_s)->isEnabled());
        QVERIFY(fixture.start());
        QVERIFY(fixture.window->findChild<QPushButton *>(u"useAnotherAccount"_s)->isEnabled());
        QVERIFY(fixture.window->signInPage().isVisible());
        QTRY_COMPARE(fixture.window->signInPage().findChildren<QRadioButton *>().size(), 1);
        const QRadioButton *radio = fixture.window->signInPage().findChild<QRadioButton *>();
        QVERIFY(radio && radio->isChecked());
        QCOMPARE(radio->accessibleName(), fixture.workspace->connections().front().name);
        QVERIFY(fixture.window->findChild<QPushButton *>(u"signIn"_s)->isEnabled());
        QVERIFY(fixture.waiting().isHidden());
        QVERIFY(fixture.error().isHidden());
    }

    void theSandboxStartsOnlyWhenItIsChosen()
    {
        WindowFixture fixture;
        const auto focused = [] { return qobject_cast<QRadioButton *>(QApplication::focusWidget()); };
        QTRY_VERIFY(focused()); // The window is all there.
        QRadioButton *radio = focused();
        QVERIFY(radio->isVisible() && !radio->isChecked());
        QVERIFY(fixture.window->signInPage().findChild<widgets::ThinBar *>()->isHidden());
        QVERIFY(!fixture.workspace->sandbox());
        QTest::keyClick(radio, Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.workspace->sandbox(), 30'000);
        QTRY_COMPARE(fixture.workspace->currentId(), workspace::Workspace::sandboxId());
        QTRY_VERIFY(fixture.window->findChild<QPushButton *>(u"signIn"_s)->isEnabled());
    }

    void showsTheStepsWhileSigningIn()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        fixture.click(u"signIn"_s);
        QTRY_COMPARE(fixture.opened.size(), 1);
        QVERIFY(fixture.waiting().isVisible());
        QTRY_COMPARE(rowNames(fixture.waiting()), QStringList({u"Browser opened"_s, u"Waiting for the browser"_s,
                                                               u"Exchange the code for tokens"_s, u"Verify tokens"_s}));
        QVERIFY(fixture.waiting().timeLeft().startsWith(u"4:"_s) || fixture.waiting().timeLeft() == u"5:00 left"_s);
        QVERIFY(!fixture.window->findChild<QPushButton *>(u"signIn"_s)->isEnabled());
        QVERIFY(fixture.answerAs(u"riley"_s));
        QTRY_VERIFY(fixture.window->page<pages::BooksPage>().isVisible());
        QVERIFY(fixture.waiting().isHidden());
    }

    void opensTheLinkAgainAndCopiesIt()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        fixture.click(u"signIn"_s);
        QTRY_COMPARE(fixture.opened.size(), 1);
        fixture.click(u"openAgain"_s);
        QCOMPARE(fixture.opened.size(), 2);
        QVERIFY2(fixture.opened.at(1) != fixture.opened.at(0), "each works once");
        fixture.click(u"copyLink"_s);
        const QUrl copied(QApplication::clipboard()->text());
        QCOMPARE(copied.port(), fixture.opened.at(0).port());
        QVERIFY(copied.path().startsWith(u"/start/"_s));
        QVERIFY(!fixture.opened.contains(copied));
        QVERIFY(fixture.waiting().notice().contains(u"copied"_s));
    }

    void cancelEndsItAndSaysSo_data()
    {
        QTest::addColumn<bool>("usesKeyboard");
        QTest::newRow("by the button") << false;
        QTest::newRow("by Esc") << true;
    }

    void cancelEndsItAndSaysSo()
    {
        QFETCH(const bool, usesKeyboard);
        WindowFixture fixture;
        QVERIFY(fixture.start());
        fixture.click(u"signIn"_s);
        QTRY_COMPARE(fixture.opened.size(), 1);
        if (usesKeyboard)
            QTest::keyClick(fixture.window->findChild<QPushButton *>(u"openAgain"_s), Qt::Key_Escape);
        else
            fixture.click(u"cancel"_s);
        QTRY_VERIFY(fixture.error().isVisible());
        QCOMPARE(fixture.error().headline(), u"Sign-in was cancelled"_s);
        QCOMPARE(fixture.error().advice(), QString()); // It would say the same.
        QVERIFY(fixture.waiting().isHidden());
        QVERIFY(!fixture.workspace->desk()->session().current());
        QVERIFY(fixture.window->findChild<QPushButton *>(u"signIn"_s)->isEnabled());
    }

    void aDeclinedConsentIsExplainedWithDetailsToCopy()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        fixture.click(u"signIn"_s);
        QTRY_COMPARE(fixture.opened.size(), 1);
        QVERIFY(fixture.answerAs(u"riley"_s, true));
        QTRY_VERIFY(fixture.error().isVisible());
        QCOMPARE(fixture.error().headline(), u"Sign-in was declined"_s);
        QVERIFY(!fixture.error().advice().isEmpty());
        fixture.click(u"copyDetails"_s);
        const QString copied = QApplication::clipboard()->text();
        QCOMPARE(copied, fixture.error().report());
        QVERIFY2(copied.contains(u"sign-in.declined"_s), qPrintable(copied));
        QVERIFY2(copied.contains(u"AADSTS"_s), qPrintable(copied));
        QVERIFY2(copied.contains(redirectUri(fixture, fixture.opened.last()).toString()), qPrintable(copied));
        fixture.click(u"tryAgain"_s);
        QTRY_COMPARE(fixture.opened.size(), 2);
        QVERIFY(fixture.error().isHidden());
    }

    void inTheSmallestWindowTheDetailsScrollAndTheButtonsStayInSight()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        fixture.click(u"signIn"_s);
        QTRY_COMPARE(fixture.opened.size(), 1);
        QVERIFY(fixture.answerAs(u"riley"_s, true));
        QTRY_VERIFY(fixture.error().isVisible());
        fixture.click(u"details"_s);
        fixture.window->grab(); // lays out all details, as in a window that has room for them
        fixture.window->resize(900, 600);
        const auto *page = fixture.window->findChild<pages::SignInPage *>();
        const auto *scroll = page->findChild<QScrollArea *>();
        const auto *details = fixture.error().findChild<QScrollArea *>();
        QTRY_VERIFY(details->isVisible());
        QTRY_VERIFY(details->verticalScrollBar()->maximum() > 0);
        const auto *again = page->findChild<QWidget *>(u"tryAgain"_s);
        const auto *signIn = page->findChild<QWidget *>(u"signIn"_s);
        const auto bottomOf = [page](const QWidget *part) { return part->mapTo(page, part->rect().bottomLeft()).y(); };
        QTRY_COMPARE(scroll->verticalScrollBar()->maximum(), 0);
        QTRY_VERIFY(bottomOf(again) < page->height());
        QVERIFY(bottomOf(signIn) < bottomOf(again));
    }

    void noValueCanPassForAnotherLineOfTheReport()
    {
        pages::ErrorCard card;
        Error error{identity::errors::declined, u"Declined."_s};
        error.facts = {{facts::serverSaid, u"no\nHost: example.org"_s}};
        card.show(error, u"login.example.org"_s);
        QCOMPARE(card.report().split(u'\n').filter(u"Host"_s), QStringList{u"    Host: example.org"_s});
    }

    void aTimeOutSaysThatTheBrowserGaveNoAnswer()
    {
        identity::SignInLimits limits;
        limits.whole = 300ms;
        WindowFixture fixture(limits);
        QVERIFY(fixture.start());
        fixture.click(u"signIn"_s);
        QTRY_VERIFY(fixture.error().isVisible());
        QCOMPARE(fixture.error().headline(), u"No answer from the browser"_s);
    }

    void aRedirectOfAnotherSignInIsIgnoredAndMentioned()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        fixture.click(u"signIn"_s);
        QTRY_COMPARE(fixture.opened.size(), 1);
        QUrl forged = redirectUri(fixture, fixture.opened.last());
        forged.setQuery(u"code=abc&state=not-ours"_s);
        QNetworkAccessManager manager;
        const std::unique_ptr<QNetworkReply> reply(manager.get(QNetworkRequest(forged)));
        QTRY_VERIFY(reply->isFinished());
        QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 404);
        QTRY_VERIFY(fixture.waiting().notice().contains(u"ignored"_s));
        QVERIFY(fixture.window->signInPage().isWaiting());
        QVERIFY(fixture.answerAs(u"riley"_s));
        QTRY_VERIFY(fixture.window->page<pages::BooksPage>().isVisible());
    }

    void anotherAccountSupersedesTheAttemptWithoutAnError()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        fixture.click(u"signIn"_s);
        QTRY_COMPARE(fixture.opened.size(), 1);
        fixture.click(u"useAnotherAccount"_s);
        QTRY_COMPARE(fixture.opened.size(), 2);
        QCOMPARE(fixture.authorizationQuery().queryItemValue(u"prompt"_s), u"select_account"_s);
        QVERIFY(fixture.waiting().isVisible());
        QVERIFY(fixture.error().isHidden());
        QVERIFY2(!fixture.error().error(), "it would be announced");
        QVERIFY(fixture.window->signInPage().isWaiting());
        QVERIFY(fixture.answerAs(u"ada"_s));
        QTRY_VERIFY(fixture.window->page<pages::BooksPage>().isVisible());
    }

    void choosingAnotherConnectionEndsTheAttemptQuietly()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        identity::Connection other = fixture.workspace->connections().front();
        other.name = u"Contoso"_s;
        QVERIFY(fixture.workspace->add(other).has_value());
        const auto radios = [&fixture] { return fixture.window->signInPage().findChildren<QRadioButton *>(); };
        QTRY_COMPARE(radios().size(), 2);
        fixture.click(u"signIn"_s);
        QTRY_COMPARE(fixture.opened.size(), 1);
        radios().last()->toggle();
        QCOMPARE(fixture.workspace->currentId(), fixture.workspace->connections().at(1).id);
        QVERIFY(fixture.waiting().isHidden());
        QVERIFY(fixture.error().isHidden());
        QVERIFY2(!fixture.error().error(), "it would be announced");
        QVERIFY(!fixture.window->signInPage().isWaiting());
    }

    void arrowKeysKeepTheFocusInTheList()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        QVERIFY(QTest::qWaitForWindowActive(fixture.window.get()));
        identity::Connection other = fixture.workspace->connections().front();
        other.name = u"Contoso"_s;
        QVERIFY(fixture.workspace->add(other).has_value());
        const auto *list = fixture.window->signInPage().findChild<pages::ConnectionList *>();
        // Arrow keys go by the buttons' places.
        QTRY_VERIFY(list->layout()->count() == 2 && list->layout()->itemAt(1)->geometry().top() > 0);
        const auto focusedName = [] {
            const auto *radio = qobject_cast<const QRadioButton *>(QApplication::focusWidget());
            return radio && radio->isChecked() ? radio->accessibleName() : QString();
        };
        fixture.window->signInPage().findChild<pages::ConnectionList *>()->takeFocus();
        const QString first = focusedName();
        QVERIFY(!first.isEmpty());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
        QCOMPARE(focusedName(), u"Contoso"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up);
        QCOMPARE(focusedName(), first);
        other.name = u"Fabrikam"_s;
        QVERIFY(fixture.workspace->add(other).has_value());
        QCOMPARE(focusedName(), first);
    }

    void aSandboxThatDidNotStartIsForgottenOnceThereIsAConnection()
    {
        WindowFixture fixture;
        fixture.window->signInPage().showStartFailure({sandbox::errors::portTaken, u"It did not start."_s});
        const auto *banner = fixture.window->signInPage().findChild<widgets::Banner *>();
        QVERIFY(banner->isVisible());
        const identity::Connection sample = identity::sampleConnection(u"https://login.microsoftonline.com/t"_s);
        QVERIFY(fixture.workspace->add(sample).has_value());
        QTRY_VERIFY(fixture.workspace->desk());
        QVERIFY(!banner->isVisible());
    }

    void anErrorsDetailsAreShownOnRequest()
    {
        const Error error{identity::errors::declined, u"Declined."_s, {}, {{facts::aadsts, u"65004"_s}}};
        pages::ErrorCard card;
        card.show(error, {});
        QVERIFY(!test::buttonNamed(card, u"details"_s)->isChecked());
        test::buttonNamed(card, u"details"_s)->click();
        QVERIFY(card.findChild<widgets::KeyValueRows *>()->isVisible());
        card.show(error, {});
        QVERIFY(!card.findChild<widgets::KeyValueRows *>()->isVisible());
    }

    void anErrorGoesWithItsConnection()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        identity::Connection other = fixture.workspace->connections().front();
        other.name = u"Contoso"_s;
        const Result<QString> added = fixture.workspace->add(other);
        QVERIFY(added.has_value());
        fixture.click(u"signIn"_s);
        QTRY_COMPARE(fixture.opened.size(), 1);
        fixture.click(u"cancel"_s);
        QTRY_VERIFY(fixture.error().isVisible());
        fixture.workspace->use(*added);
        QVERIFY(fixture.error().isHidden());
    }

    void aBrowserThatDoesNotOpenIsExplained()
    {
        const QTemporaryDir folder;
        workspace::Surroundings surroundings;
        surroundings.open = identity::commandBrowser(u"/no/such/browser"_s);
        workspace::Workspace workspace(surroundings, workspace::ConnectionStore(folder.path()));
        window::MainWindow window({workspace, surroundings.open});
        window.show();
        window.startSandbox();
        QTRY_VERIFY_WITH_TIMEOUT(workspace.desk(), 30'000);
        QTest::mouseClick(window.findChild<QPushButton *>(u"signIn"_s), Qt::LeftButton);
        QTRY_VERIFY(window.signInPage().errorCard().isVisible());
        QCOMPARE(window.signInPage().errorCard().headline(), u"The browser did not open"_s);
        QVERIFY2(window.signInPage().isWaiting(), "the link can be used");
        const QPushButton *link = test::buttonNamed(window.signInPage().errorCard(), u"copyErrorLink"_s);
        QVERIFY(link->isVisible());
        QTest::mouseClick(const_cast<QPushButton *>(link), Qt::LeftButton);
        QVERIFY(QApplication::clipboard()->text().startsWith(u"http://localhost:"_s));
        QNetworkAccessManager manager;
        manager.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
        const std::unique_ptr<QNetworkReply> visited(
            manager.get(QNetworkRequest(QUrl(QApplication::clipboard()->text()))));
        QTRY_VERIFY2(window.signInPage().errorCard().isHidden(), "one has opened after all");
        QTest::mouseClick(window.findChild<QPushButton *>(u"cancel"_s), Qt::LeftButton);
        QTRY_COMPARE(window.signInPage().errorCard().headline(), u"Sign-in was cancelled"_s);
        QVERIFY(!link->isVisible());
    }

    void everyControlHasANameAndNoLabelTakesHtml()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        fixture.click(u"signIn"_s);
        QTRY_COMPARE(fixture.opened.size(), 1);
        QCOMPARE(test::namelessControls(*fixture.window), QStringList());
        test::labelTexts(*fixture.window);
    }

    void stepsAreNamedByTheirState_data()
    {
        QTest::addColumn<int>("step");
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("name");
        const auto row = [](const char *what, SignInStep step, StepState state, const QString &name) {
            QTest::newRow(what) << static_cast<int>(step) << static_cast<int>(state) << name;
        };
        row("the browser was opened", SignInStep::openBrowser, StepState::done, u"Browser opened"_s);
        row("the redirect came", SignInStep::awaitRedirect, StepState::done, u"Redirect received"_s);
        row("the code is being exchanged", SignInStep::exchangeCode, StepState::active,
            u"Exchanging the code for tokens"_s);
        row("the ID token failed", SignInStep::verifyTokens, StepState::failed, u"The ID token is not valid"_s);
    }

    void stepsAreNamedByTheirState()
    {
        QFETCH(const int, step);
        QFETCH(const int, state);
        const identity::StepProgress progress{
            static_cast<SignInStep>(step), static_cast<StepState>(state), {}, std::nullopt};
        QTEST(pages::stepName(progress), "name");
    }

    void timeLeftIsMinutesAndSeconds()
    {
        QCOMPARE(pages::timeLeftText(272s), u"4:32 left"_s);
        QCOMPARE(pages::timeLeftText(5s), u"0:05 left"_s);
        QCOMPARE(pages::timeLeftText(-5s), u"0:00 left"_s);
    }
};

BOOKDESK_PAGE_TEST_MAIN(SignInPageTest)
#include "sign-in-page-test.moc"
