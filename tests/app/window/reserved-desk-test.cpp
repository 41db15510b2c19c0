// The desk of an account whose stored sign-in could not be used: every way to sign in there is for that account alone.
#include "app/window-fixture.h"
#include "pages/signin/device-code-card.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using test::WindowFixture;

class ReservedDeskTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        m_at = std::make_unique<WindowFixture>();
        QVERIFY(m_at->start());
        QVERIFY(m_at->signInAs(u"riley"_s));
        m_desk = m_at->workspace->desk();
        m_riley = *m_desk->account();
        m_at->window->signOut();
        m_desk->reserveFor(m_riley);
        m_at->opened.clear();
    }
    void cleanup() { m_at.reset(); }

    void nobodyElseIsSignedIn_data()
    {
        QTest::addColumn<QString>("way");
        QTest::newRow("the page's button") << u"signIn"_s;
        QTest::newRow("the panel's button") << u"panelSignIn"_s;
        QTest::newRow("the keyboard") << QString();
    }

    void nobodyElseIsSignedIn()
    {
        QFETCH(const QString, way);
        begin(way);
        QTRY_COMPARE(m_at->opened.size(), 1);
        QVERIFY(!m_at->authorizationQuery().queryItemValue(u"login_hint"_s).isEmpty());
        QVERIFY(m_at->answerAs(u"ada"_s));
        QTRY_VERIFY(m_at->error().isVisible());
        QCOMPARE(m_desk->account(), m_riley);
        m_at->click(u"tryAgain"_s);
        QTRY_COMPARE(m_at->opened.size(), 2);
        QVERIFY(!m_at->authorizationQuery().queryItemValue(u"login_hint"_s).isEmpty());
        QVERIFY(m_at->answerAs(u"riley"_s));
        QTRY_VERIFY(m_desk->session().current());
    }

    void norOnAnotherDevice()
    {
        m_at->click(u"signInOnAnotherDevice"_s);
        const pages::DeviceCodeCard &card = m_at->window->signInPage().deviceCodeCard();
        QTRY_VERIFY(!card.userCode().isEmpty());
        m_at->visitor = workspace::personaBrowser({u"ada"_s, false, card.userCode()}, {});
        m_at->visitor(QUrl(card.link()));
        QTRY_VERIFY_WITH_TIMEOUT(m_at->error().isVisible(), 20'000);
        QVERIFY(test::containsPart(test::labelTexts(m_at->error()), u"Riley Reader"_s));
        QCOMPARE(m_desk->account(), m_riley);
        QVERIFY(!m_desk->session().current());
    }

    void anotherAccountHasADeskOfItsOwn()
    {
        m_at->click(u"useAnotherAccount"_s);
        QTRY_COMPARE(m_at->opened.size(), 1);
        QVERIFY(m_at->answerAs(u"ada"_s));
        QTRY_VERIFY(m_at->window->page<pages::BooksPage>().isVisible());
        QVERIFY(m_at->workspace->desk() != m_desk);
        QCOMPARE(m_desk->account(), m_riley);
    }

    void itsAccountCanBeSignedOut()
    {
        begin(u"panelSignOut"_s);
        QVERIFY(!m_desk->account());
        QVERIFY(m_at->window->notice().headline().contains(u"You are signed out here"_s));
    }

    /// The page that shows it is cleared when the desk before comes back.
    void itsFailureIsSaid()
    {
        m_at->click(u"useAnotherAccount"_s);
        QTRY_COMPARE(m_at->opened.size(), 1);
        QVERIFY(m_at->answerAs(u"ada"_s, true));
        QTRY_COMPARE(m_at->workspace->desk(), m_desk);
        QVERIFY(m_at->window->signInPage().isVisible());
        QVERIFY(m_at->window->notice().isVisible());
        QCOMPARE(m_at->window->notice().headline(), u"The other account was not signed in"_s);
    }

private:
    void begin(const QString &way)
    {
        if (way.isEmpty())
            return QTest::keyClick(m_at->window.get(), Qt::Key_Return, Qt::ControlModifier);
        if (way.startsWith(u"panel"_s))
            m_at->window->sideBar().account()->setChecked(true);
        m_at->click(way);
    }

    std::unique_ptr<WindowFixture> m_at;
    workspace::Desk *m_desk = nullptr;
    identity::Account m_riley;
};

BOOKDESK_PAGE_TEST_MAIN(ReservedDeskTest)
#include "reserved-desk-test.moc"
