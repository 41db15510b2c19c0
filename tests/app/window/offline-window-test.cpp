// The whole window while a server goes away and comes back on the same port: nobody has to sign in or start anew.
#include "app/api-desk.h"
#include "app/page-fixture.h"
#include "pages/books/books-page.h"
#include "pages/books/books-table.h"
#include "widgets/banner.h"
#include "widgets/outcome-panel.h"
#include "window/main-window.h"
#include "window/status-line.h"
#include "workspace/workspace.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using test::buttonNamed;

class OfflineWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_at = std::make_unique<test::ApiDesk>();
        m_signIns = 0;
        workspace::Surroundings surroundings = test::quickSurroundings();
        surroundings.open = [this, visitor = workspace::personaBrowser({u"ada"_s, false}, {})](const QUrl &url) {
            ++m_signIns;
            return visitor(url);
        };
        m_workspace = std::make_unique<workspace::Workspace>(surroundings, workspace::ConnectionStore(m_folder.path()));
        identity::Connection connection = m_at->desk->connection();
        connection.name = u"Contoso %1"_s.arg(++m_connections);
        connection.isSandbox = false;
        const Result<QString> id = m_workspace->add(connection);
        QVERIFY(id.has_value());
        m_workspace->use(*id);
        m_window = std::make_unique<window::MainWindow>(window::WindowParts{*m_workspace, surroundings.open});
        m_window->show();
    }

    void cleanup()
    {
        m_window.reset();
        m_workspace.reset();
        m_at.reset();
    }

    void recoversByItself_data()
    {
        QTest::addColumn<bool>("hasRows");
        QTest::newRow("after the books were shown") << true;
        QTest::newRow("before any book was shown") << false;
    }

    void recoversByItself()
    {
        QFETCH(const bool, hasRows);
        if (!hasRows)
            m_at->api.goAway();
        m_window->signIn();
        QTRY_VERIFY(page().isVisible());
        if (hasRows) {
            QTRY_COMPARE(page().table().total(), 2);
            QCOMPARE(m_window->statusLine().offlineText(), QString());
            m_at->api.goAway();
            page().reload();
        }
        QTRY_VERIFY(banner().isVisible());
        QVERIFY2(banner().headline().startsWith("Cannot reach 127.0.0.1:"_L1), qPrintable(banner().headline()));
        QVERIFY2(banner().headline().contains(u", trying again "_s), qPrintable(banner().headline()));
        QVERIFY(m_window->statusLine().offlineText().startsWith("Offline: no answer from 127.0.0.1:"_L1));
        QCOMPARE(page().table().total(), hasRows ? 2 : 0);

        QSignalSpy listed(&page(), &pages::BooksPage::listed);
        QVERIFY(listed.wait()); // It tries again, and again fails.
        QVERIFY(!listed.last().first().toBool());
        m_at->api.comeBack();
        QTRY_VERIFY(listed.last().first().toBool());
        QCOMPARE(page().table().total(), 2);
        QVERIFY(!banner().isVisible());
        QCOMPARE(m_window->statusLine().offlineText(), QString());
        QCOMPARE(m_signIns, 1);
        QVERIFY(m_workspace->desk()->session().current().has_value());
    }

    void triesAtOnceWhenTheSystemSaysThatThereIsANetwork()
    {
        m_window->signIn();
        QTRY_COMPARE(page().table().total(), 2);
        m_at->api.goAway();
        page().reload();
        QTRY_VERIFY(banner().isVisible());
        m_at->api.comeBack();
        page().tryOfflineListNow();
        QTRY_VERIFY(!banner().isVisible());
        const int asked = m_at->count("GET");
        page().tryOfflineListNow(); // There is nothing to repair.
        QSignalSpy listed(&page(), &pages::BooksPage::listed);
        page().reload();
        QVERIFY(listed.wait());
        QCOMPARE(m_at->count("GET"), asked + 1);
    }

    void doesNotTryAgainOnceCancelled()
    {
        m_at->api.goAway();
        m_window->signIn();
        QTRY_VERIFY(banner().isVisible());
        QTRY_VERIFY(buttonNamed(page(), u"cancelRetry"_s));
        QTest::mouseClick(buttonNamed(page(), u"cancelRetry"_s), Qt::LeftButton);
        QVERIFY(!banner().headline().contains(u"trying again"_s));
        QVERIFY(!page().outcome().isWaiting());
        m_at->api.comeBack();
        page().tryOfflineListNow();
        QTest::mouseClick(test::buttonWithText(banner(), u"Retry"_s), Qt::LeftButton);
        QTRY_COMPARE(page().table().total(), 2);
        QCOMPARE(m_at->count("GET"), 1);
    }

private:
    pages::BooksPage &page() { return m_window->page<pages::BooksPage>(); }
    const widgets::Banner &banner() { return page().outcome().banner(); }

    QTemporaryDir m_folder;
    int m_connections = 0;
    int m_signIns = 0;
    std::unique_ptr<test::ApiDesk> m_at;
    std::unique_ptr<workspace::Workspace> m_workspace;
    std::unique_ptr<window::MainWindow> m_window;
};

BOOKDESK_PAGE_TEST_MAIN(OfflineWindowTest)
#include "offline-window-test.moc"
