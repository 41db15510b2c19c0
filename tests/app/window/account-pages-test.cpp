// What the pages keep of an account that is not shown: the filter of Activity, and the tabs of Token and Access lab.
#include "app/window-fixture.h"
#include "pages/activity/activity-page.h"
#include "pages/lab/lab-page.h"

#include <QLineEdit>
#include <QSettings>
#include <QTabBar>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using test::WindowFixture;

class AccountPagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        m_at = std::make_unique<WindowFixture>();
        QVERIFY(m_at->start());
        QVERIFY(m_at->signInAs(u"riley"_s));
    }
    void cleanup() { m_at.reset(); }

    void eachAccountFindsItsFilter()
    {
        filter().setText(u"keys"_s);
        QVERIFY(addAda());
        QCOMPARE(filter().text(), QString());
        filter().setText(u"token"_s);
        switchToOther();
        QCOMPARE(filter().text(), u"keys"_s);
        switchToOther();
        QCOMPARE(filter().text(), u"token"_s);
    }

    void eachAccountFindsItsTab_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QString>("tabs");
        QTest::newRow("of Token") << u"token"_s << u"tokenTabs"_s;
        QTest::newRow("of Access lab") << u"lab"_s << u"labTabs"_s;
    }

    void eachAccountFindsItsTab()
    {
        QFETCH(const QString, page);
        QFETCH(const QString, tabs);
        auto *bar = m_at->window->findChild<QTabBar *>(tabs);
        QVERIFY(bar);
        m_at->window->showPage(page);
        bar->setCurrentIndex(1);
        QVERIFY(addAda());
        bar->setCurrentIndex(0);
        switchToOther();
        QCOMPARE(bar->currentIndex(), 1);
        switchToOther();
        QCOMPARE(bar->currentIndex(), 0);
    }

private:
    QLineEdit &filter()
    {
        return *m_at->window->page<pages::ActivityPage>().findChild<QLineEdit *>(u"activityFilter"_s);
    }

    bool addAda()
    {
        m_at->window->useAnotherAccount();
        const auto isShown = [this] { return m_at->window->sideBar().account()->accessibleName().contains(u"Ada"_s); };
        return QTest::qWaitFor([this] { return m_at->opened.size() == 2; }, 10'000) && m_at->answerAs(u"ada"_s) &&
               QTest::qWaitFor(isShown, 10'000);
    }

    void switchToOther()
    {
        m_at->window->sideBar().account()->setChecked(true);
        m_at->click(u"panelSwitch"_s);
    }

    std::unique_ptr<WindowFixture> m_at;
};

BOOKDESK_PAGE_TEST_MAIN(AccountPagesTest)
#include "account-pages-test.moc"
