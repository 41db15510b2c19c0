// Deletions of an account while another one is shown, against two real Sandboxes over real sockets.
#include "app/desk-page-fixture.h"
#include "pages/books/books-page.h"
#include "pages/books/books-table.h"
#include "pages/books/kept-call.h"
#include "pages/books/proof-panel.h"
#include "widgets/outcome-panel.h"
#include "widgets/work-strip.h"

#include <QSignalSpy>
#include <QTableView>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using namespace std::chrono_literals;
using pages::BooksPage;
using pages::KeptCall;
using pages::KeptState;
using sandbox::Fault;
using sandbox::FaultSpan;
using test::buttonNamed;

class BooksSwitchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_at = std::make_unique<test::DeskPageFixture<BooksPage>>();
        m_other = std::make_unique<test::SandboxDesk>();
        QCOMPARE(test::problemOf(m_other->signIn({u"ada"_s})), QString());
        const QSignalSpy listed(m_at->page.get(), &BooksPage::listed);
        QCOMPARE(test::problemOf(m_at->desk->signIn({u"ada"_s})), QString());
        QTRY_VERIFY(!listed.isEmpty());
    }

    void cleanup()
    {
        m_at.reset();
        m_other.reset();
    }

    void aDeleteThatWaitsGoesOnWaiting()
    {
        m_at->desk->sandbox().arm(Fault::apiAsksForPerson, FaultSpan::untilCleared);
        const books::Book book = tryToDelete();
        QTRY_VERIFY(panel().isVisible());
        showOther();
        QVERIFY(!panel().isVisible());
        QTRY_VERIFY(m_at->page->table().total() > 0);
        showFirst();
        QVERIFY(panel().isVisible());
        QVERIFY2(panel().text().contains(u"“%1” has not been deleted"_s.arg(book.title)), qPrintable(panel().text()));
        QVERIFY(buttonNamed(*m_at->page, u"proveMore"_s)->isVisible());
        QVERIFY(panel().timeLeft().startsWith(u"call kept, "_s));
        QCOMPARE(deletes(), 1);
        QCOMPARE(deletesOf(*m_other), 0);
    }

    void whatIsUnderWayInTheBrowserEnds()
    {
        m_at->desk->sandbox().arm(Fault::apiAsksForPerson, FaultSpan::untilCleared);
        tryToDelete();
        QTRY_VERIFY(panel().isVisible());
        m_at->desk->useBrowser([](const QUrl &) -> Result<void> { return {}; });
        QTest::mouseClick(buttonNamed(*m_at->page, u"proveMore"_s), Qt::LeftButton);
        QTRY_VERIFY(m_at->desk->desk().attempt());
        showOther();
        QTRY_VERIFY(!m_at->desk->desk().attempt());
        showFirst();
        QVERIFY(buttonNamed(*m_at->page, u"proveMore"_s)->isVisible());
        QCOMPARE(deletes(), 1);
    }

    void theTimeGoesOn()
    {
        KeptCall kept(nullptr, 300ms);
        kept.setDesk(&m_at->desk->desk());
        books::ApiOutcome challenged;
        challenged.status = 401;
        challenged.request = u"DELETE /api/v1/books/b1"_s;
        challenged.challenge = net::AuthChallenge{u"Bearer"_s, {}, {{u"acr_values"_s, u"c2"_s}}};
        books::Book book;
        book.id = u"b1"_s;
        QVERIFY(kept.keep(book, challenged));
        QTRY_VERIFY(kept.isWaiting());
        kept.setDesk(&m_other->desk());
        QCOMPARE(kept.state(), KeptState::nothing);
        bool isTooLate = false;
        const auto isBackTooLate = [&] {
            kept.setDesk(&m_at->desk->desk());
            kept.restoreLeft();
            isTooLate = isTooLate || kept.state() == KeptState::expired;
            kept.setDesk(&m_other->desk());
            return isTooLate;
        };
        QTRY_VERIFY(isBackTooLate());
    }

    void anotherPersonAtTheDeskFindsNothing()
    {
        m_at->desk->sandbox().arm(Fault::apiAsksForPerson, FaultSpan::untilCleared);
        tryToDelete();
        QTRY_VERIFY(panel().isVisible());
        showOther();
        m_at->desk->desk().session().signOut();
        QCOMPARE(test::problemOf(m_at->desk->signIn({u"riley"_s})), QString());
        showFirst();
        QVERIFY(!panel().isVisible());
    }

    void whatCameOfADeleteIsShownWhenThePersonIsBack()
    {
        const books::Book book = tryToDelete();
        showOther();
        QTRY_VERIFY(m_at->page->table().total() > 0);
        QTRY_COMPARE(answeredDeletes(), 1);
        const int total = m_at->page->table().total();
        QVERIFY(outcome().isHidden());
        showFirst();
        QVERIFY(outcome().isVisible());
        QVERIFY(outcome().shown().outcome.isOk());
        QVERIFY2(outcome().banner().headline().contains(book.title), qPrintable(outcome().banner().headline()));
        QTRY_COMPARE(m_at->page->table().total(), total - 1);
        QVERIFY(outcome().isVisible());
    }

    void aDeleteThatIsStillUnderWayIsShownAgain()
    {
        const books::Book book = tryToDelete();
        showOther();
        showFirst();
        QStringList underWay;
        for (const widgets::WorkStrip *strip : m_at->page->findChildren<widgets::WorkStrip *>())
            underWay += strip->text();
        QVERIFY2(test::containsPart(underWay, book.title), qPrintable(underWay.join(u'\n')));
        QTRY_VERIFY(outcome().isVisible());
        QVERIFY(outcome().shown().outcome.isOk());
        QVERIFY(outcome().banner().headline().contains(book.title));
        QCOMPARE(deletes(), 1);
    }

    void whatCameOfADeleteIsNotShownToAnotherPerson()
    {
        tryToDelete();
        showOther();
        QTRY_COMPARE(answeredDeletes(), 1);
        m_at->desk->desk().session().signOut();
        QCOMPARE(test::problemOf(m_at->desk->signIn({u"riley"_s})), QString());
        showFirst();
        QTRY_VERIFY(m_at->page->table().total() > 0);
        QVERIFY(outcome().isHidden());
    }

private:
    const pages::ProofPanel &panel() const { return m_at->page->proof(); }
    const widgets::OutcomePanel &outcome() const { return m_at->page->outcome(); }
    void showFirst() const { m_at->page->setDesk(&m_at->desk->desk()); }
    void showOther() const { m_at->page->setDesk(&m_other->desk()); }

    static int deletesOf(test::SandboxDesk &desk)
    {
        const auto &all = desk.desk().exchanges().exchanges();
        return static_cast<int>(
            std::ranges::count_if(all, [](const net::Exchange &exchange) { return exchange.method == "DELETE"; }));
    }
    int deletes() const { return deletesOf(*m_at->desk); }
    int answeredDeletes() const
    {
        const auto &all = m_at->desk->desk().exchanges().exchanges();
        return static_cast<int>(std::ranges::count_if(
            all, [](const net::Exchange &exchange) { return exchange.method == "DELETE" && exchange.status == 200; }));
    }

    books::Book tryToDelete() const
    {
        m_at->page->table().view()->selectRow(0);
        const books::Book book = m_at->page->table().selectedBook().value_or(books::Book());
        QTest::mouseClick(buttonNamed(*m_at->page, u"delete"_s), Qt::LeftButton);
        QTest::mouseClick(buttonNamed(*m_at->page, u"confirm"_s), Qt::LeftButton);
        return book;
    }

    std::unique_ptr<test::SandboxDesk> m_other;
    std::unique_ptr<test::DeskPageFixture<BooksPage>> m_at;
};

BOOKDESK_PAGE_TEST_MAIN(BooksSwitchTest)
#include "books-switch-test.moc"
