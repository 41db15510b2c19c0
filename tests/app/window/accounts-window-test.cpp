// The window with two accounts: switching changes everything in one step, and each account finds what it left.
#include "app/window-fixture.h"
#include "core/isolation.h"
#include "pages/activity/activity-page.h"
#include "pages/activity/exchanges-table.h"
#include "pages/signin/advice-card.h"
#include "pages/signin/browser-error-view.h"
#include "pages/signin/waiting-strip.h"
#include "pages/token/token-choices.h"
#include "widgets/search-field.h"
#include "window/accessible-roles.h"
#include "window/notice-area.h"
#include "window/other-account.h"
#include "window/shown-account.h"

#include <QClipboard>
#include <QSettings>
#include <QTabBar>
#include <QTableView>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using test::WindowFixture;

namespace {

/// How often something is shown.
class Appearances : public QObject
{
public:
    explicit Appearances(QWidget &watched) { watched.installEventFilter(this); }
    int count = 0;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        count += event->type() == QEvent::Show ? 1 : 0;
        return false;
    }
};

} // namespace

class AccountsWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { window::installAccessibleRoles(); }

    void init()
    {
        QSettings().clear();
        m_at = std::make_unique<WindowFixture>();
        QVERIFY(m_at->start());
        QVERIFY(m_at->signInAs(u"riley"_s));
        QTRY_VERIFY(m_at->table().total() > 100);
    }
    void cleanup() { m_at.reset(); }

    void thePanelListsTheOthers()
    {
        QVERIFY(addAda());
        openPanel();
        const auto *shown = m_at->window->findChild<window::ShownAccount *>();
        QCOMPARE(nameOf(*shown), u"Ada Admin, Sandbox, signed in"_s);
        const QList<window::OtherAccount *> others = panel().findChildren<window::OtherAccount *>();
        QCOMPARE(others.size(), 1);
        QCOMPARE(nameOf(*others.front()), u"Riley Reader, Sandbox, signed in"_s);
        QAccessibleInterface *group = QAccessible::queryAccessibleInterface(others.front());
        QCOMPARE(group->role(), QAccessible::Grouping);
        QVERIFY(panel().rect().contains(QRect(others.front()->mapTo(&panel(), QPoint()), others.front()->size())));
        QCOMPARE(test::namelessControls(panel()), QStringList());
    }

    void aSwitchChangesEverythingInOneStep()
    {
        QVERIFY(addAda());
        QVERIFY(accountName().contains(u"Ada Admin"_s));
        switchToOther();
        QVERIFY(panel().isHidden());
        QVERIFY(accountName().contains(u"Riley Reader"_s));
        QCOMPARE(m_at->table().total(), 0); // no row of Ada's
        QCOMPARE(test::announced(*m_at->window), u"Now shown: Riley Reader, Sandbox, signed in"_s);
        QVERIFY(!m_at->window->signInPage().isVisible());
        const auto &activity = m_at->window->page<pages::ActivityPage>();
        QCOMPARE(activity.table().shown(), static_cast<int>(m_at->workspace->desk()->exchanges().exchanges().size()));
        QTRY_VERIFY(m_at->table().total() > 100);
        QCOMPARE(m_at->opened.size(), 2); // no browser
    }

    void eachAccountFindsItsPageSearchAndSelection()
    {
        search().setText(u"e"_s);
        m_at->table().view()->selectRow(2);
        const QString rileys = m_at->table().selectedBook()->id;
        QVERIFY(addAda());
        QCOMPARE(search().text(), QString());
        QVERIFY(!m_at->table().selectedBook());
        m_at->window->showPage(u"activity"_s);
        switchToOther();
        QVERIFY(m_at->window->page<pages::BooksPage>().isVisible());
        QCOMPARE(search().text(), u"e"_s);
        QTRY_VERIFY(m_at->table().selectedBook());
        QCOMPARE(m_at->table().selectedBook()->id, rileys);
        switchToOther();
        QVERIFY(m_at->window->page<pages::ActivityPage>().isVisible());
        QCOMPARE(search().text(), QString());
    }

    void itIsForgottenWhenTheAccountSignsOut()
    {
        search().setText(u"e"_s);
        QVERIFY(addAda());
        switchToOther();
        QTRY_VERIFY(m_at->table().total() > 100);
        m_at->window->signOut();
        QCOMPARE(search().text(), QString());
        QVERIFY(m_at->window->signInPage().isVisible());
        switchToOther();
        QVERIFY(accountName().contains(u"Ada Admin"_s));
        openPanel();
        QVERIFY(panel().findChildren<window::OtherAccount *>().isEmpty());
        panel().setOpen(false);
        m_at->window->useAnotherAccount();
        QTRY_COMPARE(m_at->opened.size(), 3);
        QVERIFY(m_at->answerAs(u"riley"_s));
        QTRY_VERIFY(accountName().contains(u"Riley Reader"_s));
        QTRY_VERIFY(m_at->table().total() > 100);
        QCOMPARE(search().text(), QString());
    }

    void aFailedSignInLeavesEverythingAsItWas_data()
    {
        QTest::addColumn<bool>("isCancelled");
        QTest::newRow("cancelled") << true;
        QTest::newRow("declined in the browser") << false;
    }

    void aFailedSignInLeavesEverythingAsItWas()
    {
        QFETCH(const bool, isCancelled);
        search().setText(u"e"_s);
        const int rows = m_at->table().shown();
        m_at->window->useAnotherAccount();
        QTRY_COMPARE(m_at->opened.size(), 2);
        QVERIFY(m_at->window->signInPage().isVisible());
        QVERIFY(accountName().contains(u"Riley Reader"_s));
        if (isCancelled)
            m_at->click(u"cancel"_s);
        else
            QVERIFY(m_at->answerAs(u"ada"_s, true));
        QTRY_VERIFY(m_at->window->page<pages::BooksPage>().isVisible());
        QCOMPARE(m_at->table().shown(), rows);
        QCOMPARE(search().text(), u"e"_s);
        QTRY_COMPARE(m_at->workspace->desk(), m_at->workspace->shownDesk());
        QCOMPARE(m_at->window->notice().isVisible(), !isCancelled);
        QVERIFY(isCancelled || m_at->window->notice().headline().contains(u"You are still signed in as"_s));
        QTRY_VERIFY(!m_at->window->signInPage().isWaiting());
    }

    void adviceIsReadOnAfterTheTimeIsOver()
    {
        const pages::BrowserErrorView &view = m_at->window->signInPage().browserErrorView();
        QVERIFY(explainUntilTheTimeIsOver());
        QVERIFY(view.isVisible());
        QTRY_COMPARE(view.advice().code(), u"AADSTS50105"_s);
        QVERIFY(accountName().contains(u"Riley Reader"_s));
        m_at->click(u"tryAgainWhileExplaining"_s);
        QTRY_COMPARE(m_at->opened.size(), 4);
        QCOMPARE(m_at->authorizationQuery().queryItemValue(u"prompt"_s), u"select_account"_s);
        QVERIFY(m_at->waiting().isVisible());
        QVERIFY(!view.isVisible());
        QTRY_VERIFY2(m_at->window->page<pages::BooksPage>().isVisible(), "the next failure leads back");
        QTRY_COMPARE(m_at->workspace->desk(), m_at->workspace->shownDesk());
    }

    void whoHasReadTheAdviceComesBack_data()
    {
        QTest::addColumn<QString>("page");
        QTest::newRow("with Back") << QString();
        QTest::newRow("to the page before") << u"books"_s;
        QTest::newRow("to another page") << u"activity"_s;
    }

    void whoHasReadTheAdviceComesBack()
    {
        QFETCH(const QString, page);
        QVERIFY(explainUntilTheTimeIsOver());
        if (page.isEmpty())
            m_at->click(u"backToSteps"_s);
        else
            m_at->window->showPage(page);
        QVERIFY(!m_at->window->signInPage().isVisible());
        QCOMPARE(m_at->window->page<pages::BooksPage>().isVisible(), page != u"activity"_s);
        QCOMPARE(m_at->workspace->desk(), m_at->workspace->shownDesk());
        QVERIFY(accountName().contains(u"Riley Reader"_s));
    }

    void aSwitchEndsTheSignInOfAnotherAccount()
    {
        QVERIFY(addAda());
        m_at->window->useAnotherAccount();
        QTRY_COMPARE(m_at->opened.size(), 3);
        const workspace::Desk *const attempted = m_at->workspace->desk();
        switchToOther();
        QVERIFY(!attempted->isSigningIn());
        QVERIFY(accountName().contains(u"Riley Reader"_s));
        QVERIFY(m_at->window->page<pages::BooksPage>().isVisible());
        QVERIFY(!m_at->window->signInPage().isWaiting());
        QVERIFY(!m_at->window->notice().isVisible());
    }

    void theSameAccountAgainIsNoSecondOne()
    {
        search().setText(u"e"_s);
        m_at->window->useAnotherAccount();
        QTRY_COMPARE(m_at->opened.size(), 2);
        QVERIFY(m_at->answerAs(u"riley"_s));
        QTRY_VERIFY(m_at->window->page<pages::BooksPage>().isVisible());
        QCOMPARE(search().text(), u"e"_s);
        QVERIFY(m_at->table().total() > 100);
        openPanel();
        QVERIFY(panel().findChildren<window::OtherAccount *>().isEmpty());
    }

    void whoMustSignInAgainIsOfferedThat()
    {
        identity::Session &session = m_at->workspace->desk()->session();
        identity::SignedIn person = *session.current();
        person.tokens.refreshToken = Secret("an unknown refresh token");
        session.begin(person);
        openPanel();
        QVERIFY(isOffered(u"panelFreshToken"_s));
        QVERIFY(!isOffered(u"panelSignInAgain"_s));
        m_at->click(u"panelFreshToken"_s);
        QTRY_COMPARE(accountName(), u"Account: Riley Reader, needs to sign in to Sandbox again"_s);
        openPanel();
        QVERIFY(!isOffered(u"panelFreshToken"_s));
        QVERIFY(isOffered(u"panelSignInAgain"_s));
        QCOMPARE(nameOf(*m_at->window->findChild<window::ShownAccount *>()),
                 u"Riley Reader, Sandbox, needs you to sign in again"_s);
        m_at->click(u"panelSignInAgain"_s);
        QTRY_COMPARE(m_at->opened.size(), 2);
        QVERIFY(!m_at->authorizationQuery().queryItemValue(u"login_hint"_s).isEmpty());
        QVERIFY(m_at->answerAs(u"riley"_s));
        QTRY_COMPARE(accountName(), u"Account: Riley Reader, signed in to Sandbox"_s);
    }

    void theTokensOfEveryAccountAreCompared()
    {
        QVERIFY(addAda());
        const workspace::TokenPaste paste(m_at->workspace->desks(), systemNow);
        QStringList holders;
        for (const pages::TokenChoice &choice : pages::tokenChoices(m_at->workspace->desks(), paste))
            holders += withoutIsolates(choice.holder);
        QCOMPARE(holders.count(u"Riley Reader, Sandbox"_s), 2);
        QCOMPARE(holders.count(u"Ada Admin, Sandbox"_s), 2);
    }

    void theKeysOfAConnectionAreListedOnce()
    {
        QVERIFY(addAda());
        m_at->window->showPage(u"token/keys"_s);
        const auto *issuers = m_at->window->findChild<QAbstractItemView *>(u"issuers"_s);
        QTRY_VERIFY(issuers->isVisible());
        QCOMPARE(issuers->model()->rowCount(), 1);
    }

    /// A stored sign-in is used at once when its account is shown.
    void aSwitchDoesNotHideWhatComesOfIt()
    {
        QVERIFY(addAda());
        m_at->window->showPage(u"activity"_s);
        connect(m_at->workspace.get(), &workspace::Workspace::deskChanged, this, [this] {
            notices().tell({widgets::Kind::warn, u"Something went wrong"_s, {}, {}, {}});
        });
        switchToOther();
        QVERIFY(m_at->window->page<pages::BooksPage>().isVisible());
        QVERIFY(m_at->window->notice().isVisible());
    }

    void aSwitchShowsNoSignOutOfTheAccountLeft()
    {
        m_at->window->showPage(u"activity"_s);
        QVERIFY(addAda());
        m_at->window->showPage(u"books"_s);
        openPanel();
        m_at->click(u"panelSignOutInBrowser"_s);
        m_at->click(u"confirm"_s);
        QTRY_VERIFY(m_at->window->notice().isVisible());
        QVERIFY(m_at->workspace->desk()->signOuts().attempt());
        const Appearances notice(notices());
        switchToOther();
        QVERIFY(m_at->window->page<pages::ActivityPage>().isVisible());
        QCOMPARE(notice.count, 0);
        QVERIFY(!m_at->window->notice().isVisible());
    }

    void theFocusGoesToThePage()
    {
        QVERIFY(QTest::qWaitForWindowActive(m_at->window.get()));
        QVERIFY(addAda());
        switchToOther();
        QVERIFY(m_at->window->page<pages::BooksPage>().isAncestorOf(m_at->window->focusWidget()));
        openPanel();
        m_at->click(u"panelFreshToken"_s);
        QVERIFY(m_at->window->page<pages::BooksPage>().isAncestorOf(m_at->window->focusWidget()));
    }

    void anAccountThatIsNotShownChangesNothing()
    {
        QVERIFY(addAda());
        identity::Session &adas = m_at->workspace->desk()->session();
        switchToOther();
        workspace::Settings().setText(workspace::Setting::lastAccount, u"as it was"_s);
        Q_EMIT adas.tokensRenewed();
        QCOMPARE(workspace::Settings().text(workspace::Setting::lastAccount), u"as it was"_s);
    }

    void theAccountInUseIsNoted()
    {
        const auto noted = [] { return workspace::Settings().text(workspace::Setting::lastAccount); };
        const QString rileys = m_at->workspace->desk()->account()->id();
        QCOMPARE(noted(), rileys);
        QVERIFY(addAda());
        QCOMPARE(noted(), m_at->workspace->desk()->account()->id());
        QVERIFY(noted() != rileys);
        switchToOther();
        QCOMPARE(noted(), rileys);
    }

private:
    window::AccountPanel &panel() { return m_at->window->accountPanel(); }
    widgets::SearchField &search()
    {
        return *m_at->window->page<pages::BooksPage>().findChild<widgets::SearchField *>(u"search"_s);
    }
    QString accountName() { return m_at->window->sideBar().account()->accessibleName(); }
    bool isOffered(const QString &name) { return !m_at->window->findChild<QPushButton *>(name)->isHidden(); }
    window::NoticeArea &notices() { return *m_at->window->findChild<window::NoticeArea *>(); }
    static QString nameOf(const QWidget &group) { return group.accessibleName(); }
    void openPanel() { m_at->window->sideBar().account()->setChecked(true); }

    bool addAda()
    {
        const qsizetype before = m_at->opened.size();
        openPanel();
        m_at->click(u"panelAnotherAccount"_s);
        const auto isShown = [this] { return accountName().contains(u"Ada Admin"_s) && m_at->table().total() > 100; };
        return QTest::qWaitFor([&] { return m_at->opened.size() > before; }, 10'000) && m_at->answerAs(u"ada"_s) &&
               QTest::qWaitFor(isShown, 10'000);
    }

    /// Another account's sign-in, which ends by its time-out while the person reads about an error. Its desk is there
    /// before, so that it alone has little time.
    bool explainUntilTheTimeIsOver()
    {
        const auto isBack = [this] { return m_at->workspace->desk() == m_at->workspace->shownDesk(); };
        const auto hasOpened = [this](int count) {
            return QTest::qWaitFor([&] { return m_at->opened.size() == count; });
        };
        m_at->window->useAnotherAccount();
        if (!hasOpened(2))
            return false;
        m_at->click(u"cancel"_s);
        if (!QTest::qWaitFor(isBack))
            return false;
        identity::SignInLimits limits;
        limits.whole = std::chrono::milliseconds(1500);
        for (workspace::Desk *desk : m_at->workspace->desks().opened())
            desk->setSignInLimits(limits);
        m_at->window->useAnotherAccount();
        if (!hasOpened(3))
            return false;
        m_at->click(u"browserError"_s);
        QApplication::clipboard()->setText(u"AADSTS50105: …"_s);
        m_at->click(u"pastePage"_s);
        // What the failure brings about comes from the event loop, too.
        const auto &strip = m_at->window->signInPage().browserErrorView().strip();
        const bool isOver = QTest::qWaitFor([&] { return strip.state() == u"The sign-in has ended"_s; });
        QCoreApplication::processEvents();
        return isOver;
    }

    void switchToOther()
    {
        openPanel();
        QTest::mouseClick(panel().findChild<QPushButton *>(u"panelSwitch"_s), Qt::LeftButton);
    }

    std::unique_ptr<WindowFixture> m_at;
};

BOOKDESK_PAGE_TEST_MAIN(AccountsWindowTest)
#include "accounts-window-test.moc"
