// Where the focus is when a list of books could not be loaded, and when it was loaded after all.
#include "app/api-desk.h"
#include "app/page-fixture.h"
#include "net/test-authority.h"
#include "pages/books/books-page.h"
#include "pages/books/books-table.h"
#include "widgets/banner.h"
#include "widgets/outcome-panel.h"

#include <QSignalSpy>
#include <QTableView>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using books::OutcomeKind;
using test::httpAnswer;

class BooksFocusTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup()
    {
        m_page.reset();
        m_window.reset();
        m_at.reset();
    }

    void itGoesToTheReason_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<OutcomeKind>("kind");
        const auto refused = [](const QByteArray &status) {
            return httpAnswer(status, {{"Content-Type"_ba, "application/json"_ba}}, R"({"detail":"No"})");
        };
        QTest::newRow("401") << refused("401 Unauthorized") << OutcomeKind::unauthenticated;
        QTest::newRow("403") << refused("403 Forbidden") << OutcomeKind::forbidden;
        QTest::newRow("405") << refused("405 Method Not Allowed") << OutcomeKind::methodNotAllowed;
        QTest::newRow("429") << refused("429 Too Many Requests") << OutcomeKind::throttled;
        QTest::newRow("500") << refused("500 Internal Server Error") << OutcomeKind::serverError;
        QTest::newRow("a web page") << httpAnswer("200 OK", {}, "<html></html>") << OutcomeKind::unexpected;
        QTest::newRow("no answer in time") << QByteArray() << OutcomeKind::network;
    }

    void itGoesToTheReason()
    {
        QFETCH(const QByteArray, answer);
        workspace::Surroundings surroundings = test::quickSurroundings();
        surroundings.netLimits.transfer = std::chrono::milliseconds(500);
        show(std::make_unique<test::ApiDesk>(std::move(surroundings)));
        m_at->answer = answer;
        QVERIFY(m_at->signIn());
        QTRY_VERIFY(banner().isVisible());
        QTEST(m_page->outcome().shown().outcome.kind, "kind");
        expectFocusOnReason();
    }

    void itGoesToTheReasonWhenTheCertificateIsNotTrusted()
    {
        const test::TestAuthority authority("Unknown"_ba);
        show(std::make_unique<test::ApiDesk>(authority.serverTls()));
        QVERIFY(m_at->signIn());
        QTRY_VERIFY(banner().isVisible());
        QCOMPARE(m_page->outcome().shown().outcome.kind, OutcomeKind::tls);
        expectFocusOnReason();
    }

    void itGoesToTheReasonAsSoonAsThePageIsShown()
    {
        show(std::make_unique<test::ApiDesk>());
        m_page->hide();
        m_at->answer = httpAnswer("500 Internal Server Error");
        QVERIFY(m_at->signIn());
        QTRY_VERIFY(!m_page->outcome().isHidden());
        m_page->show();
        m_page->setFocus();
        expectFocusOnReason();
        m_page->hide();
        QCOMPARE(m_page->focusProxy(), m_page->findChild<QWidget *>(u"search"_s));
    }

    void itStaysWhenTheSameHappensAgain()
    {
        show(std::make_unique<test::ApiDesk>());
        m_at->answer = httpAnswer("500 Internal Server Error");
        QVERIFY(m_at->signIn());
        QTRY_VERIFY(banner().isVisible());
        auto *search = m_page->findChild<QWidget *>(u"search"_s);
        search->setFocus();
        QSignalSpy listed(m_page.get(), &pages::BooksPage::listed);
        m_page->reload();
        QVERIFY(listed.wait());
        QVERIFY(banner().isVisible());
        QVERIFY(search->hasFocus());
    }

    void itGoesToTheBooksWhenTheyComeAfterAll()
    {
        show(std::make_unique<test::ApiDesk>());
        m_at->answer = httpAnswer("500 Internal Server Error");
        QVERIFY(m_at->signIn());
        QTRY_VERIFY(banner().isVisible());
        m_at->answer = test::listOfBooks();
        QTest::keyClick(test::buttonNamed(*m_page, u"retry"_s), Qt::Key_Space);
        QTRY_COMPARE(m_page->table().total(), 2);
        QCOMPARE(QApplication::focusWidget(), m_page->table().view());
    }

private:
    void show(std::unique_ptr<test::ApiDesk> desk)
    {
        m_at = std::move(desk);
        m_window = std::make_unique<QWidget>();
        m_page = std::make_unique<pages::BooksPage>(m_window.get());
        m_window->resize(980, 720);
        m_page->resize(m_window->size());
        m_page->setDesk(m_at->desk.get());
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    /// Screen readers start there with the headline.
    void expectFocusOnReason() const
    {
        const QWidget *focused = QApplication::focusWidget();
        QVERIFY(focused);
        QVERIFY(banner().isAncestorOf(focused));
        QCOMPARE(QAccessible::queryAccessibleInterface(const_cast<QWidget *>(focused))->text(QAccessible::Name),
                 banner().headline());
    }

    const widgets::Banner &banner() const { return m_page->outcome().banner(); }

    std::unique_ptr<test::ApiDesk> m_at;
    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<pages::BooksPage> m_page; ///< In the window.
};

BOOKDESK_PAGE_TEST_MAIN(BooksFocusTest)
#include "books-focus-test.moc"
