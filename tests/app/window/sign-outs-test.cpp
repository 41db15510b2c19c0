// *Sign out here* and *Sign out here and in the browser*: the question, the wait and the outcome.
#include "app/window-fixture.h"
#include "core/isolation.h"
#include "identity/errors.h"
#include "window/account-facts.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMessageBox>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using test::WindowFixture;

namespace {

class Fixture : public WindowFixture
{
public:
    bool signIn() { return start() && signInAs(u"riley"_s); }

    QMessageBox *ask()
    {
        window->sideBar().account()->setChecked(true);
        click(u"panelSignOutInBrowser"_s);
        return window->findChild<QMessageBox *>(u"confirmSignOut"_s);
    }

    /// Confirms, and waits until the browser was opened.
    bool signOut()
    {
        const qsizetype before = opened.size();
        QMessageBox *question = ask();
        if (!question)
            return false;
        question->findChild<QPushButton *>(u"confirm"_s)->click();
        return QTest::qWaitFor([&] { return opened.size() > before; });
    }

    /// Lets the browser go where it was sent.
    void goThere() { visitor(opened.last()); }

    /// Beside the person who is signed in.
    bool addAda()
    {
        const qsizetype before = opened.size();
        window->useAnotherAccount();
        return QTest::qWaitFor([&] { return opened.size() > before; }) && answerAs(u"ada"_s) &&
               QTest::qWaitFor([this] { return shownName() == u"Ada Admin"_s; });
    }
    QString shownName() const
    {
        const auto &person = workspace->shownDesk()->session().current();
        return person ? person->identity.name() : QString();
    }

    bool isSignedIn() const { return workspace->desk()->session().current().has_value(); }
    bool isWaiting() const { return workspace->desk()->signOuts().attempt() != nullptr; }
    QString headline() const
    {
        return window->notice().isVisible() ? withoutIsolates(window->notice().headline()) : QString();
    }
    bool showsProgress() const { return headline().startsWith(u"Signing out in the browser, "_s); }
    QAbstractButton *button(const QString &text) const { return test::buttonWithText(window->notice(), text); }
};

} // namespace

class SignOutsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signingOutHereIsDoneAtOnceAndSaid()
    {
        Fixture at;
        QVERIFY(at.signIn());
        at.window->sideBar().account()->setChecked(true);
        at.click(u"panelSignOut"_s);
        QVERIFY(!at.isSignedIn());
        QCOMPARE(at.headline(), u"You are signed out here"_s);
        QVERIFY(at.window->notice().text().contains(u"browser may still be signed in"_s));
        QVERIFY(at.window->signInPage().isAncestorOf(at.window->focusWidget()));
    }

    void itIsOfferedWhereTheProviderHasAnAddress()
    {
        Fixture at;
        auto *button = at.window->findChild<QAbstractButton *>(u"panelSignOutInBrowser"_s);
        const auto isOffered = [&at, button] {
            at.window->sideBar().account()->setChecked(true);
            const bool isIt = button->isVisible();
            at.window->accountPanel().setOpen(false);
            return isIt;
        };
        QVERIFY(at.start());
        QVERIFY(!isOffered());
        QVERIFY(at.signInAs(u"riley"_s));
        QVERIFY(isOffered());
        window::AccountFacts without;
        without.hasPerson = true;
        at.window->accountPanel().setAccounts(without, {});
        QVERIFY(!isOffered());
    }

    void itAsksFirst()
    {
        Fixture at;
        QVERIFY(at.signIn());
        const qsizetype before = at.opened.size();
        QMessageBox *question = at.ask();
        QVERIFY(question);
        QCOMPARE(question->defaultButton(), question->button(QMessageBox::Cancel));
        QVERIFY(question->text().contains(u"Riley Reader"_s));
        QVERIFY(question->informativeText().contains(u"Other apps in that browser are signed out, too"_s));
        question->button(QMessageBox::Cancel)->click();
        QVERIFY(at.isSignedIn());
        QCOMPARE(at.opened.size(), before);
        QVERIFY(!at.isWaiting());
    }

    void theQuestionGoesWithThePerson()
    {
        Fixture at;
        QVERIFY(at.signIn());
        const QPointer<QMessageBox> question = at.ask();
        QVERIFY(question);
        at.workspace->desk()->session().signOut();
        QTRY_VERIFY(!question);
    }

    /// It would sign out the other one.
    void andWhenAnotherAccountIsShown()
    {
        Fixture at;
        QVERIFY(at.signIn());
        const qsizetype before = at.opened.size();
        at.window->useAnotherAccount();
        QTRY_VERIFY(at.opened.size() > before);
        const QPointer<QMessageBox> question = at.ask();
        QVERIFY(question && question->text().contains(u"Riley Reader"_s));
        QVERIFY(at.answerAs(u"ada"_s));
        QTRY_COMPARE(at.shownName(), u"Ada Admin"_s);
        QTRY_VERIFY(!question);
    }

    void theTokensGoAtOnceAndTheBrowserIsWaitedFor()
    {
        Fixture at;
        QVERIFY(at.signIn());
        QVERIFY(at.signOut());
        QVERIFY(!at.isSignedIn());
        QVERIFY(at.isWaiting());
        QVERIFY(at.showsProgress());
        QCOMPARE(at.window->notice().kind(), widgets::Kind::accent);
        QCOMPARE(at.opened.last().host(), u"localhost"_s);
        at.goThere();
        QTRY_COMPARE(at.headline(), u"You are signed out here and in the browser"_s);
        QCOMPARE(at.window->notice().kind(), widgets::Kind::ok);
        QVERIFY(!at.isWaiting());
    }

    void theTimeLeftIsShown()
    {
        Fixture at;
        QVERIFY(at.signIn());
        QVERIFY(at.signOut());
        const QString first = at.headline();
        QTRY_VERIFY(at.headline() != first);
        QVERIFY(at.showsProgress());
    }

    void theWaitCanBeCancelled()
    {
        Fixture at;
        QVERIFY(at.signIn());
        QVERIFY(at.signOut());
        at.button(u"Cancel"_s)->click();
        QTRY_COMPARE(at.headline(), u"You are signed out here"_s);
        QVERIFY(!at.isWaiting());
        QVERIFY(!at.isSignedIn());
    }

    void thePageIsOpenedAgain()
    {
        Fixture at;
        QVERIFY(at.signIn());
        QVERIFY(at.signOut());
        const QUrl first = at.opened.last();
        at.button(u"Open again"_s)->click();
        QVERIFY(at.opened.last() != first);
        QVERIFY(at.showsProgress());
        at.goThere();
        QTRY_COMPARE(at.headline(), u"You are signed out here and in the browser"_s);
    }

    void theLinkHelpsWhereNoBrowserOpens_data()
    {
        QTest::addColumn<bool>("atFirst");
        QTest::newRow("at first") << true;
        QTest::newRow("again") << false;
    }

    void theLinkHelpsWhereNoBrowserOpens()
    {
        QFETCH(bool, atFirst);
        Fixture at;
        QVERIFY(at.signIn());
        const Result<void> failed = failure(identity::errors::browserFailed, u"There is no browser."_s);
        at.browserAnswer = atFirst ? failed : Result<void>();
        QVERIFY(at.signOut());
        at.browserAnswer = failed;
        if (!atFirst)
            at.button(u"Open again"_s)->click();
        QTRY_VERIFY(at.window->notice().text().contains(u"There is no browser."_s));
        QCOMPARE(at.window->notice().kind(), widgets::Kind::warn);
        at.button(u"Link"_s)->click();
        QVERIFY(at.window->notice().text().contains(u"Link copied"_s));
        QVERIFY(at.showsProgress());
        const QUrl copied(QGuiApplication::clipboard()->text());
        QVERIFY(copied.isValid() && copied != at.opened.last());
        at.visitor(copied);
        QTRY_COMPARE(at.headline(), u"You are signed out here and in the browser"_s);
    }

    void anotherPageKeepsItInSight()
    {
        Fixture at;
        QVERIFY(at.signIn());
        QVERIFY(at.signOut());
        at.window->showPage(u"settings"_s);
        QVERIFY(at.showsProgress());
    }

    void whoeverSignsInAgainDoesNotWait()
    {
        Fixture at;
        QVERIFY(at.signIn());
        QVERIFY(at.signOut());
        QVERIFY(at.signInAs(u"ada"_s));
        QVERIFY(!at.isWaiting());
        QVERIFY(at.isSignedIn());
        QCOMPARE(at.headline(), QString());
    }

    void aWrongAnswerIsSaid()
    {
        Fixture at;
        QVERIFY(at.signIn());
        QVERIFY(at.signOut());
        QUrl wrong = at.opened.last();
        wrong.setPath(at.workspace->desk()->connection().redirect.path);
        wrong.setQuery(u"state=of-somebody-else"_s);
        at.visitor(wrong);
        QTRY_VERIFY2(at.window->notice().text().contains(u"was ignored"_s),
                     qPrintable(at.headline() + at.window->notice().text()));
        QVERIFY(at.showsProgress());
        QVERIFY(at.isWaiting());
    }

    void aRevocationThatFailsIsReported()
    {
        Fixture at;
        QVERIFY(at.start());
        at.sandbox().switchOn(sandbox::Switch::publishesRevocation);
        QVERIFY(at.signInAs(u"riley"_s));
        // The rest of the window keeps the Sandbox, so its answer is spoiled instead of it.
        at.sandbox().switchOff(sandbox::Switch::publishesRevocation);
        at.window->signOut();
        QVERIFY(!at.isSignedIn());
        QTRY_COMPARE(at.headline(), u"The refresh token of Riley Reader was not revoked"_s);
    }

    void whoseItWasIsSaidWhereAnotherAccountIsShown()
    {
        Fixture at;
        QVERIFY(at.start());
        at.sandbox().switchOn(sandbox::Switch::publishesRevocation);
        QVERIFY(at.signInAs(u"riley"_s));
        workspace::Desk *const rileys = at.workspace->desk();
        QVERIFY(at.addAda());
        at.sandbox().switchOff(sandbox::Switch::publishesRevocation);
        at.window->signOut();
        at.workspace->switchTo(*rileys);
        QCOMPARE(at.shownName(), u"Riley Reader"_s);
        QTRY_COMPARE(at.headline(), u"The refresh token of Ada Admin was not revoked"_s);
    }

    void theFocusStaysOnItsButton_data()
    {
        QTest::addColumn<bool>("opens");
        QTest::addColumn<QString>("button");
        QTest::newRow("Cancel") << true << u"Cancel"_s;
        QTest::newRow("Open again") << true << u"Open again"_s;
        QTest::newRow("Link") << false << u"Link"_s;
    }

    void theFocusStaysOnItsButton()
    {
        QFETCH(bool, opens);
        QFETCH(QString, button);
        Fixture at;
        QVERIFY(at.signIn());
        QVERIFY(QTest::qWaitForWindowActive(at.window.get()));
        if (!opens)
            at.browserAnswer = failure(identity::errors::browserFailed, u"There is no browser."_s);
        QVERIFY(at.signOut());
        QTRY_VERIFY(at.button(button));
        at.button(button)->setFocus();
        Q_EMIT at.workspace->desk()->signOuts().attempt()->progressed();
        QVERIFY(at.button(button)->hasFocus());
    }

    void theFocusReturnsAfterCopying()
    {
        Fixture at;
        QVERIFY(at.signIn());
        QVERIFY(QTest::qWaitForWindowActive(at.window.get()));
        at.browserAnswer = failure(identity::errors::browserFailed, u"There is no browser."_s);
        QVERIFY(at.signOut());
        QTRY_VERIFY(at.button(u"Link"_s));
        QTest::mouseClick(at.button(u"Link"_s), Qt::LeftButton);
        QVERIFY(at.window->notice().text().contains(u"Link copied"_s));
        QVERIFY(at.button(u"Link"_s)->hasFocus());
    }
};

BOOKDESK_PAGE_TEST_MAIN(SignOutsTest)
#include "sign-outs-test.moc"
