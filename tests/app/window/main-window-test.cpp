// The main job, with clicks, and the frame: side bar, account panel, status line, keyboard, what is remembered.
#include "app/window-fixture.h"
#include "core/isolation.h"
#include "pages/activity/activity-page.h"
#include "pages/activity/exchanges-model.h"
#include "pages/activity/exchanges-table.h"
#include "widgets/page.h"
#include "window/shortcuts-dialog.h"
#include "window/shown-account.h"

#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using test::WindowFixture;
using window::MainWindow;

class MainWindowTest : public QObject
{
    Q_OBJECT

private:
    /// Deletes the first book and waits for the outcome, whatever it is.
    static bool tryToDelete(WindowFixture &fixture)
    {
        fixture.table().view()->selectRow(0);
        fixture.click(u"delete"_s);
        if (!QTest::qWaitFor([&] { return fixture.window->findChild<QPushButton *>(u"confirm"_s) != nullptr; }))
            return false;
        fixture.click(u"confirm"_s);
        return QTest::qWaitFor([&] { return fixture.outcome().isVisible(); });
    }

    static bool openPanel(WindowFixture &fixture)
    {
        QTest::mouseClick(fixture.window->sideBar().account(), Qt::LeftButton);
        return fixture.window->accountPanel().isVisible();
    }

    /// The same person with a refresh token that the tenant does not know.
    static identity::SignedIn withoutGrant(identity::SignedIn signedIn)
    {
        signedIn.tokens.refreshToken = Secret("an unknown refresh token");
        return signedIn;
    }

    static bool isShown(WindowFixture &fixture, const QString &button)
    {
        return !fixture.window->findChild<QPushButton *>(button)->isHidden();
    }

    static QString accountName(WindowFixture &fixture) { return fixture.window->sideBar().account()->accessibleName(); }

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void showsAnExchangeAndComesBack()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        QVERIFY(fixture.signInAs(u"riley"_s));
        QTRY_VERIFY(fixture.table().shown() > 0);
        QVERIFY(tryToDelete(fixture));
        // Nobody else activates it again where there is no window manager.
        fixture.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(fixture.window.get()));
        auto *button = fixture.window->page<pages::BooksPage>().findChild<QAbstractButton *>(u"showExchange"_s);
        button->setFocus();
        QTest::keyClick(button, Qt::Key_Space);
        const auto &activity = fixture.window->page<pages::ActivityPage>();
        QVERIFY(activity.isVisible());
        QCOMPARE(activity.table().selected()->method, "DELETE"_ba);
        QCOMPARE(activity.table().selected()->status, 403);
        QTest::keyClick(fixture.window->focusWidget(), Qt::Key_Escape);
        QVERIFY(!activity.isVisible());
        QVERIFY(fixture.window->page<pages::BooksPage>().isVisible());
        QCOMPARE(fixture.window->focusWidget(), button);
    }

    void aReaderIsRefusedToDelete()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        QVERIFY(fixture.signInAs(u"riley"_s));
        QTRY_VERIFY(fixture.table().total() > 100);
        const int before = fixture.table().total();
        QVERIFY(tryToDelete(fixture));
        QCOMPARE(fixture.outcome().headline(), u"403 Forbidden: you lack a role"_s);
        QCOMPARE(fixture.table().total(), before);
    }

    void anAdminDeletesAndTheRowGoes()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        QVERIFY(fixture.signInAs(u"ada"_s));
        QTRY_VERIFY(fixture.table().total() > 100);
        const int before = fixture.table().total();
        QVERIFY(tryToDelete(fixture));
        QVERIFY2(fixture.outcome().headline().startsWith(u"200"_s), qPrintable(fixture.outcome().headline()));
        QCOMPARE(fixture.table().total(), before - 1);
    }

    void aRoleGrantedMeanwhileComesWithAFreshToken()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        QVERIFY(fixture.signInAs(u"riley"_s));
        QTRY_VERIFY(fixture.table().total() > 100);
        QVERIFY(fixture.sandbox().grantRole(u"riley"_s, u"Books.Admin"_s));
        QVERIFY(openPanel(fixture));
        fixture.click(u"panelFreshToken"_s);
        QTRY_VERIFY(fixture.window->notice().isVisible());
        QTRY_COMPARE(fixture.window->notice().headline(), u"You have a fresh token"_s);
        QVERIFY(tryToDelete(fixture));
        QVERIFY(fixture.outcome().headline().startsWith(u"200"_s));
    }

    void signingInAgainAsSomebodyElseKeepsThePerson()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        QVERIFY(fixture.signInAs(u"riley"_s));
        Q_EMIT fixture.window->page<pages::BooksPage>().signInAgainAsked();
        QTRY_COMPARE(fixture.opened.size(), 2);
        QVERIFY(fixture.answerAs(u"ada"_s));
        const widgets::Banner &notice = fixture.window->notice();
        QTRY_VERIFY(notice.isVisible());
        QVERIFY2(notice.headline().contains(u"Riley"_s), qPrintable(notice.headline()));
        QVERIFY2(notice.text().contains(u"Ada"_s), qPrintable(notice.text()));
        QVERIFY(fixture.window->page<pages::BooksPage>().isVisible());
        QVERIFY(fixture.workspace->desk()->session().current()->identity.displayName().contains(u"Riley"_s));

        Q_EMIT fixture.window->page<pages::BooksPage>().signInAgainAsked();
        QTRY_COMPARE(fixture.opened.size(), 3);
        QVERIFY(fixture.answerAs(u"riley"_s));
        QTRY_VERIFY(fixture.window->page<pages::BooksPage>().isVisible());
        QVERIFY(!notice.isVisible());
    }

    void theAccountPanelNamesThePersonAndSignsOut()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        QVERIFY(accountName(fixture).contains(u"signed out"_s));
        QVERIFY(fixture.signInAs(u"riley"_s));
        QVERIFY(accountName(fixture).contains(u"Riley Reader"_s));
        QVERIFY(openPanel(fixture));
        const QStringList texts = test::labelTexts(fixture.window->accountPanel());
        QVERIFY(texts.contains(u"Riley Reader"_s));
        const auto *shown = fixture.window->accountPanel().findChild<window::ShownAccount *>();
        const QLabel *where = nullptr;
        for (const QLabel *label : shown->findChildren<QLabel *>()) {
            if (withoutIsolates(label->text()) == u"riley.reader@sandbox.test · Sandbox"_s)
                where = label;
        }
        QVERIFY(where);
        QVERIFY2(where->height() < 2 * where->fontMetrics().height(), "The sign-in name is broken");
        QVERIFY(where->toolTip().contains(fixture.workspace->desk()->account()->tenant));
        fixture.click(u"panelSignOut"_s);
        QVERIFY(fixture.window->signInPage().isVisible());
        QVERIFY(fixture.window->accountPanel().isHidden());
        QVERIFY(accountName(fixture).contains(u"signed out"_s));
        QVERIFY(!fixture.workspace->desk()->session().current());
        QCOMPARE(fixture.window->statusLine().tokenText(), u"Not signed in"_s);
    }

    void theAccountPanelOffersWhatIsPossible()
    {
        WindowFixture fixture;
        QVERIFY(openPanel(fixture));
        QVERIFY(!isShown(fixture, u"panelSandboxPage"_s));
        QVERIFY(fixture.start());
        QVERIFY(isShown(fixture, u"panelSandboxPage"_s));
        for (const QString &button : {u"panelFreshToken"_s, u"panelAnotherAccount"_s, u"panelSignOut"_s})
            QVERIFY2(!isShown(fixture, button), qPrintable(button));
        QVERIFY(isShown(fixture, u"panelSignIn"_s));
        QVERIFY(fixture.signInAs(u"riley"_s));
        for (const QString &button : {u"panelFreshToken"_s, u"panelAnotherAccount"_s, u"panelSignOut"_s})
            QVERIFY2(isShown(fixture, button), qPrintable(button));
        QVERIFY(!isShown(fixture, u"panelSignIn"_s));
    }

    void theAccountPanelCloses()
    {
        WindowFixture fixture;
        QVERIFY(openPanel(fixture));
        QTest::mouseClick(&fixture.window->signInPage(), Qt::LeftButton);
        QVERIFY(fixture.window->accountPanel().isHidden());
        QVERIFY(openPanel(fixture));
        QTest::keyClick(&fixture.window->accountPanel(), Qt::Key_Escape);
        QVERIFY(fixture.window->accountPanel().isHidden());
        QCOMPARE(fixture.window->focusWidget(), fixture.window->sideBar().account());
    }

    void theAccountPanelStaysOpenWhenItIsClicked()
    {
        WindowFixture fixture;
        QVERIFY(openPanel(fixture));
        window::AccountPanel &panel = fixture.window->accountPanel();
        QTest::mouseClick(&panel, Qt::LeftButton, {}, {3, 3});
        QVERIFY(panel.isVisible());
        QTest::mouseClick(panel.findChild<QLabel *>(), Qt::LeftButton);
        QVERIFY(panel.isVisible());
    }

    void aNoticeGoesWithWhatItIsAbout_data()
    {
        QTest::addColumn<bool>("signsOut");
        QTest::newRow("when another page is shown") << false;
        QTest::newRow("when the person signs out") << true;
    }

    void aNoticeGoesWithWhatItIsAbout()
    {
        QFETCH(const bool, signsOut);
        WindowFixture fixture;
        QVERIFY(fixture.start());
        QVERIFY(fixture.signInAs(u"riley"_s));
        Q_EMIT fixture.window->page<pages::BooksPage>().freshTokenAsked();
        QTRY_COMPARE(fixture.window->notice().headline(), u"You have a fresh token"_s);
        QVERIFY(fixture.window->notice().isVisible());
        if (signsOut) {
            QVERIFY(openPanel(fixture));
            fixture.click(u"panelSignOut"_s);
            QCOMPARE(fixture.window->notice().headline(), u"You are signed out here"_s);
        } else {
            fixture.window->showPage(u"token"_s);
            QVERIFY(!fixture.window->notice().isVisible());
        }
    }

    void whoIsSignedInIsNotSignedInAgain()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        QVERIFY(fixture.signInAs(u"riley"_s));
        QTest::keyClick(fixture.window.get(), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(!fixture.window->signInPage().isWaiting());
        QCOMPARE(fixture.opened.size(), 1);
    }

    void comesBackWhenTheBrowserHasAnswered()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        fixture.click(u"signIn"_s);
        QTRY_COMPARE(fixture.opened.size(), 1);
        fixture.window->showMinimized();
        QVERIFY(fixture.answerAs(u"riley"_s));
        QTRY_VERIFY(fixture.workspace->desk()->session().current());
        QVERIFY(!fixture.window->isMinimized());
    }

    void anotherAccountTakesOverOnlyOnceItIsSignedIn()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        QVERIFY(fixture.signInAs(u"riley"_s));
        QVERIFY(openPanel(fixture));
        fixture.click(u"panelAnotherAccount"_s);
        QTRY_COMPARE(fixture.opened.size(), 2);
        QCOMPARE(fixture.authorizationQuery().queryItemValue(u"prompt"_s), u"select_account"_s);
        QVERIFY(fixture.window->signInPage().isVisible());
        QVERIFY(accountName(fixture).contains(u"Riley Reader"_s));
        QVERIFY(fixture.answerAs(u"ada"_s));
        QTRY_VERIFY(fixture.window->page<pages::BooksPage>().isVisible());
        QVERIFY(accountName(fixture).contains(u"Ada Admin"_s));
    }

    void theStatusLineShowsTokenKeysAndHost()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        QVERIFY(fixture.window->statusLine().hostText().contains(fixture.sandbox().baseUrl().toDisplayString()));
        QCOMPARE(fixture.window->statusLine().tokenText(), u"Not signed in"_s);
        QVERIFY(fixture.window->statusLine().keysText().isEmpty());
        QVERIFY(fixture.signInAs(u"riley"_s));
        const QString token = fixture.window->statusLine().tokenText();
        QVERIFY2(token.startsWith(u"Access token: "_s) && token.endsWith(u" left"_s), qPrintable(token));
        QVERIFY(!token.contains(u"renews"_s));
        const QString keys = fixture.window->statusLine().keysText();
        QVERIFY2(keys.startsWith(u"Keys of Sandbox: 2, fetched "_s), qPrintable(keys));
    }

    void aRenewalThatFailsIsShownInTheStatusLine()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        QVERIFY(fixture.signInAs(u"riley"_s));
        Q_EMIT fixture.window->page<pages::TokenPage>().freshTokenAsked();
        QTRY_COMPARE(fixture.window->notice().headline(), u"You have a fresh token"_s);
        QVERIFY(!fixture.window->statusLine().tokenText().contains(u"failed"_s));
        fixture.workspace->desk()->session().begin(withoutGrant(*fixture.workspace->desk()->session().current()));
        QVERIFY(openPanel(fixture));
        fixture.click(u"panelFreshToken"_s);
        QTRY_COMPARE(fixture.window->notice().headline(), u"No fresh token"_s);
        QVERIFY(fixture.window->statusLine().tokenText().endsWith(u", the renewal failed"_s));
    }

    void theControlPageOpensInTheBrowser()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        QVERIFY(openPanel(fixture));
        fixture.click(u"panelSandboxPage"_s);
        QCOMPARE(fixture.opened.size(), 1);
        QCOMPARE(fixture.opened.first().path(), u"/control"_s);
        QCOMPARE(fixture.opened.first().port(), fixture.sandbox().baseUrl().port());
    }

    void initialsAreThoseOfTheFirstAndTheLastName_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("letters");
        QTest::newRow("two names") << u"Riley Reader"_s << u"RR"_s;
        QTest::newRow("a name in between") << u"nora maria adams"_s << u"NA"_s;
        QTest::newRow("one name") << u" nora "_s << u"N"_s;
        QTest::newRow("no name") << QString() << QString();
    }

    void initialsAreThoseOfTheFirstAndTheLastName()
    {
        QFETCH(QString, name);
        QTEST(window::initials(name), "letters");
    }

    void aPageThatIsReachedHasTheFocus()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        QVERIFY(fixture.signInAs(u"riley"_s));
        for (const QString &id : {u"token"_s, u"books"_s}) {
            fixture.window->showPage(id);
            const widgets::Page *page = nullptr;
            for (const widgets::Page *one : fixture.window->findChildren<widgets::Page *>()) {
                if (one->isVisible())
                    page = one;
            }
            QVERIFY(page);
            QCOMPARE(page->description().id, id);
            QCOMPARE(fixture.window->focusWidget(), page->focusProxy());
        }
    }

    void tokensArePastedWhileNobodyIsSignedIn()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        fixture.window->showPage(u"token"_s);
        pages::TokenPage &page = fixture.window->page<pages::TokenPage>();
        QVERIFY(page.isVisible());
        auto *tabs = page.findChild<QTabBar *>(u"tokenTabs"_s);
        const auto *hint = page.findChild<QPushButton *>(u"goToSignIn"_s);
        for (const int tab : {pages::TokenPage::accessTab, pages::TokenPage::idTab}) {
            tabs->setCurrentIndex(tab);
            QVERIFY(hint->isVisible());
        }
        QApplication::clipboard()->setText(u"an-opaque-reference-token"_s);
        QVERIFY(QTest::qWaitForWindowActive(fixture.window.get()));
        QTest::keySequence(fixture.window->focusWidget(), QKeySequence::Paste);
        QCOMPARE(tabs->currentIndex(), int(pages::TokenPage::pasteTab));
        QTRY_COMPARE(page.verdict().kind(), widgets::Kind::warn);
        QVERIFY(page.verdict().isVisible() && !hint->isVisible());
        fixture.window->showPage(u"token/keys"_s);
        QVERIFY(page.findChild<QListWidget *>(u"issuers"_s)->isVisible());
        tabs->setCurrentIndex(pages::TokenPage::accessTab);
        QTest::mouseClick(page.findChild<QPushButton *>(u"goToSignIn"_s), Qt::LeftButton);
        QTRY_COMPARE(fixture.opened.size(), 1);
        QVERIFY(fixture.answerAs(u"riley"_s));
        QTRY_VERIFY(page.isVisible() && page.verdict().kind() == widgets::Kind::ok);
        fixture.window->signOut();
        QVERIFY(page.isVisible() && hint->isVisible());
        QVERIFY(page.isAncestorOf(fixture.window->focusWidget()));
    }

    void theExchangesOfAnIssuerAreShown()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        QVERIFY(fixture.signInAs(u"riley"_s));
        fixture.window->showPage(u"token/keys"_s);
        fixture.click(u"showKeyExchanges"_s);
        const pages::ActivityPage &activity = fixture.window->page<pages::ActivityPage>();
        QVERIFY(activity.isVisible());
        QVERIFY(activity.table().shown() > 0);
        const QAbstractItemModel *rows = activity.table().view()->model();
        for (int row = 0; row < rows->rowCount(); ++row)
            QVERIFY(rows->index(row, pages::ExchangesModel::whereColumn).data().toString().startsWith("login"_L1));
    }

    void pagesAreReachedByKeyboard()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        QTest::keyClick(fixture.window.get(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(fixture.opened.size(), 1);
        QVERIFY(fixture.answerAs(u"riley"_s));
        QTRY_VERIFY(fixture.window->page<pages::BooksPage>().isVisible());
        QTest::keyClick(fixture.window.get(), Qt::Key_2, Qt::ControlModifier);
        QVERIFY(fixture.window->page<pages::TokenPage>().isVisible());
        QTest::keyClick(fixture.window.get(), Qt::Key_1, Qt::ControlModifier);
        QVERIFY(fixture.window->page<pages::BooksPage>().isVisible());
        QTest::keyClick(fixture.window.get(), Qt::Key_F1);
        QTRY_VERIFY(fixture.window->findChild<QDialog *>());
    }

    void theActionOfAssistiveTechnologySwitchesPages()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        QVERIFY(fixture.signInAs(u"riley"_s));
        for (QToolButton *button : fixture.window->sideBar().findChildren<QToolButton *>()) {
            if (button->text() != u"Token"_s)
                continue;
            QAccessible::queryAccessibleInterface(button)->actionInterface()->doAction(
                QAccessibleActionInterface::toggleAction());
        }
        QVERIFY(fixture.window->page<pages::TokenPage>().isVisible());
    }

    void theSideBarShowsIconsWhereTheWindowIsNarrow()
    {
        WindowFixture fixture;
        fixture.window->resize(1180, 760);
        const int wide = fixture.window->sideBar().width();
        fixture.window->resize(900, 600);
        QCOMPARE(fixture.window->size(), QSize(900, 600));
        QVERIFY(fixture.window->sideBar().width() < wide / 2);
        for (const QToolButton *button : fixture.window->sideBar().findChildren<QToolButton *>())
            QVERIFY(!button->toolTip().isEmpty());
        fixture.window->resize(500, 300);
        QVERIFY(fixture.window->width() >= 900 && fixture.window->height() >= 600);
    }

    void itsSizeIsRemembered()
    {
        {
            WindowFixture fixture;
            fixture.window->resize(900, 655);
            fixture.window->close();
        }
        const WindowFixture fixture;
        // No wider, because Qt makes windows fit the screen, and the offscreen one is narrow.
        QCOMPARE(fixture.window->size(), QSize(900, 655));
    }

    void closingTheWindowEndsASignIn()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        fixture.click(u"signIn"_s);
        QTRY_COMPARE(fixture.opened.size(), 1);
        fixture.window->close();
        QTRY_VERIFY(!fixture.workspace->desk()->attempt());
    }

    void theWindowMayGoWhileASignInIsUnderWay()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        fixture.click(u"signIn"_s);
        QTRY_COMPARE(fixture.opened.size(), 1);
        fixture.window.reset();
        QVERIFY(fixture.answerAs(u"riley"_s));
        QTRY_VERIFY(fixture.workspace->desk()->session().current());
    }

    void aStoredConnectionThatCannotBeReadIsReported()
    {
        WindowFixture first;
        first.writeConnectionFile(u"connections.json"_s, "{");
        const identity::OpenUrl nothing = [](const QUrl &) { return Result<void>(); };
        workspace::Surroundings surroundings;
        surroundings.open = nothing;
        workspace::Workspace workspace(surroundings, workspace::ConnectionStore(first.folder.path()));
        MainWindow window({workspace, nothing});
        QVERIFY(!workspace.problems().empty());
        QVERIFY(!window.notice().isHidden());
        QCOMPARE(window.notice().text(), advised(workspace.problems().front()));
    }

    void severalStoredConnectionsThatCannotBeReadAreAllReported()
    {
        WindowFixture first;
        first.writeConnectionFile(u"connections.json"_s, R"([{"name":"Old one"},{"name":"Older one"}])");
        const identity::OpenUrl nothing = [](const QUrl &) { return Result<void>(); };
        workspace::Surroundings surroundings;
        surroundings.open = nothing;
        workspace::Workspace workspace(surroundings, workspace::ConnectionStore(first.folder.path()));
        const MainWindow window({workspace, nothing});
        const QStringList texts = test::labelTexts(window.notice());
        QVERIFY(test::containsPart(texts, u"Old one"_s));
        QVERIFY(test::containsPart(texts, u"Older one"_s));
    }

    void aConnectionAddedWhileSomebodyIsSignedInDoesNotTakeOver()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        QVERIFY(fixture.signInAs(u"riley"_s));
        const QString before = fixture.workspace->currentId();
        JsonObject connection = fixture.sandbox().connectionFile();
        connection.set(u"name"_s, u"Second"_s);
        fixture.window->offerConnection(fixture.writeConnectionFile(u"second.json"_s, toCompactJson(connection)));
        QTRY_VERIFY(fixture.window->findChild<QPushButton *>(u"add"_s));
        QTRY_VERIFY(fixture.window->findChild<QPushButton *>(u"add"_s)->isEnabled());
        fixture.click(u"add"_s);
        QTRY_COMPARE(fixture.workspace->connections().size(), std::size_t{2});
        QTRY_VERIFY(!fixture.window->findChild<QDialog *>(u"addConnectionDialog"_s));
        QCOMPARE(fixture.workspace->currentId(), before);
        QVERIFY(fixture.window->page<pages::BooksPage>().isVisible());
    }

    void theConnectionUsedLastIsRemembered()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        QCOMPARE(MainWindow::lastConnection(), fixture.workspace->currentId());
        JsonObject connection = fixture.sandbox().connectionFile();
        connection.set(u"name"_s, u"Second"_s);
        const Result<identity::Connection> second = identity::readConnection(toCompactJson(connection));
        QVERIFY(second.has_value());
        const Result<QString> id = fixture.workspace->add(*second);
        QVERIFY(id.has_value());
        fixture.workspace->use(*id);
        QCOMPARE(MainWindow::lastConnection(), *id);
    }

    void theListOfShortcutsNamesEveryPage()
    {
        WindowFixture fixture;
        fixture.window->showHelp();
        const auto *dialog = fixture.window->findChild<window::ShortcutsDialog *>();
        QVERIFY(dialog);
        const QStringList texts = test::labelTexts(*dialog);
        for (const widgets::Page *page : fixture.window->findChildren<widgets::Page *>()) {
            QVERIFY(texts.contains(page->description().title));
            QVERIFY(texts.contains(page->description().shortcut.toString(QKeySequence::NativeText)));
            for (const widgets::KeyHelp &help : page->keys())
                QVERIFY2(texts.contains(help.action), qPrintable(help.action));
        }
    }

    void everyControlHasANameAndNoLabelTakesHtml()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        QVERIFY(fixture.signInAs(u"riley"_s));
        QVERIFY(openPanel(fixture));
        QCOMPARE(test::namelessControls(*fixture.window), QStringList());
        test::labelTexts(*fixture.window);
    }
};

BOOKDESK_PAGE_TEST_MAIN(MainWindowTest)
#include "main-window-test.moc"
