// What the books page does while the API wants it to wait, or is slow.
#include "app/api-desk.h"
#include "app/page-fixture.h"
#include "pages/books/books-page.h"
#include "pages/books/books-table.h"
#include "widgets/banner.h"
#include "widgets/outcome-panel.h"
#include "widgets/work-strip.h"

#include <QSignalSpy>
#include <QTableView>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using test::buttonNamed;
using test::httpAnswer;

namespace {

QByteArray refusing(const QByteArray &status, const QByteArray &retryAfter)
{
    return httpAnswer(status, {{"Retry-After"_ba, retryAfter}});
}

} // namespace

class BooksWaitingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_at = std::make_unique<test::ApiDesk>();
        m_page = std::make_unique<pages::BooksPage>();
        m_page->resize(980, 720);
        m_page->setDesk(m_at->desk.get());
        m_page->show();
    }

    void cleanup()
    {
        m_page.reset();
        m_at.reset();
    }

    void countsDownAndLoadsTheListAgain_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QString>("headline");
        QTest::newRow("too many requests") << "429 Too Many Requests"_ba << u"429: too many requests"_s;
        QTest::newRow("a busy server") << "503 Service Unavailable"_ba << u"503: the books service has a problem"_s;
    }

    void countsDownAndLoadsTheListAgain()
    {
        QFETCH(const QByteArray, status);
        QFETCH(const QString, headline);
        m_at->answer = refusing(status, "2");
        QVERIFY(m_at->signIn());
        QTRY_COMPARE(banner().headline(), headline + u", trying again in 2 s"_s);
        QVERIFY(!banner().rows().value(u"What to do"_s));
        QTRY_COMPARE(banner().headline(), headline + u", trying again in 1 s"_s);
        QCOMPARE(m_at->count("GET"), 1);
        m_at->answer = test::listOfBooks();
        QTRY_COMPARE(m_page->table().total(), 2);
        QCOMPARE(m_at->count("GET"), 2);
        QVERIFY(!banner().isVisible());
    }

    void triesNowIfAsked()
    {
        refuseTheList("60");
        m_at->answer = test::listOfBooks();
        press(u"retry"_s);
        QTRY_COMPARE(m_page->table().total(), 2);
        QVERIFY(!banner().isVisible());
    }

    void doesNotTryAgainOnceCancelled()
    {
        refuseTheList("2");
        press(u"cancelRetry"_s);
        QVERIFY(banner().headline().startsWith("429: too many requests, try again in"_L1));
        QVERIFY(!buttonNamed(*m_page, u"cancelRetry"_s) || !buttonNamed(*m_page, u"cancelRetry"_s)->isVisible());
        QTRY_COMPARE(banner().headline(), u"429: too many requests, you can try again now"_s);
        QCOMPARE(m_at->count("GET"), 1);
    }

    void closingThePanelEndsTheWait()
    {
        refuseTheList("60");
        QVERIFY(m_page->outcome().isWaiting());
        QTest::keyClick(m_page.get(), Qt::Key_Escape);
        QVERIFY(!banner().isVisible());
        QVERIFY(!m_page->outcome().isWaiting());
    }

    void leavesLongWaitsToThePerson()
    {
        m_at->answer = refusing("429 Too Many Requests", "300");
        QVERIFY(m_at->signIn());
        QTRY_COMPARE(banner().headline(), u"429: too many requests, try again in 5 min"_s);
        QVERIFY(test::buttonWithText(banner(), u"Retry"_s));
        QVERIFY(!buttonNamed(*m_page, u"cancelRetry"_s));
    }

    void waitsUntilTheWindowIsSeen()
    {
        refuseTheList("1");
        m_page->hide();
        QTRY_COMPARE(banner().headline(), u"429: too many requests, trying again now"_s);
        m_at->answer = test::listOfBooks();
        QCOMPARE(m_at->count("GET"), 1);
        m_page->show();
        QTRY_COMPARE(m_page->table().total(), 2);
    }

    void neverRepeatsADeletion()
    {
        QVERIFY(m_at->signIn());
        QTRY_COMPARE(m_page->table().total(), 2);
        m_at->answer = refusing("429 Too Many Requests", "2");
        m_page->table().view()->selectRow(0);
        m_page->tryToDelete();
        press(u"confirm"_s);
        QTRY_VERIFY(banner().headline().startsWith("429: too many requests, try again in "_L1));
        QVERIFY(banner().text().contains(u"“Emma” was not deleted."_s));
        QVERIFY(!buttonNamed(*m_page, u"retry"_s));
        QTRY_COMPARE(banner().headline(), u"429: too many requests, you can try again now"_s);
        QCOMPARE(m_at->count("DELETE"), 1);
    }

    void showsNoStripForWhatIsSoonOver()
    {
        QVERIFY(m_at->signIn());
        QTRY_COMPARE(m_page->table().total(), 2);
        QVERIFY(!strip());
    }

    void aSlowReloadIsShownAndCanBeCancelled_data()
    {
        QTest::addColumn<bool>("byKey");
        QTest::newRow("with the button") << false;
        QTest::newRow("with Esc") << true;
    }

    void aSlowReloadIsShownAndCanBeCancelled()
    {
        QFETCH(const bool, byKey);
        QVERIFY(m_at->signIn());
        QTRY_COMPARE(m_page->table().total(), 2);
        m_at->answer = {};
        m_page->reload();
        QTRY_VERIFY(strip() && strip()->isVisible());
        QCOMPARE(strip()->text(), u"Loading books"_s);
        QSignalSpy listed(m_page.get(), &pages::BooksPage::listed);
        QSignalSpy hungUp(&m_at->api, &test::FakeServer::disconnected);
        if (byKey)
            QTest::keyClick(m_page.get(), Qt::Key_Escape);
        else
            press(u"cancelWork"_s);
        QVERIFY(!listed.isEmpty() || listed.wait());
        QVERIFY(!strip());
        QCOMPARE(m_page->table().total(), 2);
        QVERIFY(!banner().isVisible());
        QVERIFY(!hungUp.isEmpty() || hungUp.wait());

        m_at->answer = test::listOfBooks();
        m_page->reload();
        QVERIFY(listed.wait());
        QVERIFY(listed.last().first().toBool());
    }

    void aFirstListThatWasCancelledLeavesNoRows()
    {
        m_at->answer = {};
        QVERIFY(m_at->signIn());
        QTRY_VERIFY(strip() && strip()->isVisible());
        press(u"cancelWork"_s);
        QTRY_VERIFY(test::labelTexts(*m_page).contains(u"Loading was cancelled."_s));
    }

    void cancellingARetryEndsTheRetries()
    {
        refuseTheList("1");
        m_at->answer = {};
        QTRY_VERIFY(strip() && strip()->isVisible());
        QCOMPARE(banner().headline(), u"429: too many requests, trying again now"_s);
        QVERIFY(!buttonNamed(*m_page, u"cancelRetry"_s)->isVisible());
        press(u"cancelWork"_s);
        QTRY_COMPARE(banner().headline(), u"429: too many requests, you can try again now"_s);
        QVERIFY(test::buttonWithText(banner(), u"Retry"_s));
    }

    void aRunningDeletionIsShownAndCanBeCancelled()
    {
        QVERIFY(m_at->signIn());
        QTRY_COMPARE(m_page->table().total(), 2);
        m_at->answer = {};
        m_page->table().view()->selectRow(0);
        m_page->tryToDelete();
        press(u"confirm"_s);
        QTRY_VERIFY(strip() && strip()->isVisible());
        QCOMPARE(strip()->text(), u"Deleting “Emma”"_s);
        press(u"cancelWork"_s);
        QTRY_COMPARE(banner().headline(), u"The call was stopped"_s);
        QVERIFY(banner().text().contains(u"The book may be gone"_s));
        QVERIFY(!banner().text().contains(u"was not deleted"_s));
        QVERIFY(banner().rows().value(u"What to do"_s)->text().startsWith("Reload the list"_L1));
        QVERIFY(!strip());
        QCOMPARE(m_at->count("DELETE"), 1);
    }

    void aTitleFromTheRightIsSetApartInSentences()
    {
        m_at->answer = httpAnswer("200 OK", {}, R"({"books":[{"id":"b1","title":"ספר 12"}]})");
        QVERIFY(m_at->signIn());
        QTRY_COMPARE(m_page->table().total(), 1);
        m_page->table().view()->selectRow(0);
        m_at->answer = httpAnswer("409 Conflict");
        press(u"delete"_s);
        press(u"confirm"_s);
        QTRY_VERIFY(banner().isVisible());
        const auto shows = [this](const QString &part) { return test::containsPart(test::labelTexts(banner()), part); };
        QVERIFY(shows(u"“\u2068ספר 12\u2069” was not deleted."_s));
        // Screen readers and the clipboard get it as it is.
        QVERIFY(banner().text().contains(u"“ספר 12” was not deleted."_s));
        QVERIFY(banner().accessibleName().contains(u"“ספר 12” was not deleted."_s));
    }

    void aRunningDeletionIsShownAtItsRowAndCannotBeStartedTwice()
    {
        QVERIFY(m_at->signIn());
        QTRY_COMPARE(m_page->table().total(), 2);
        m_at->answer = {};
        m_page->table().view()->selectRow(0);
        m_page->tryToDelete();
        press(u"confirm"_s);
        QTRY_COMPARE(titleOf(0), u"Deleting “Emma”…"_s);
        QTRY_COMPARE(m_at->count("DELETE"), 1);
        const QPushButton *remove = buttonNamed(*m_page, u"delete"_s);
        QCOMPARE(remove->text(), u"Deleting…"_s);
        QVERIFY(!remove->isEnabled());
        m_page->tryToDelete();
        QVERIFY(!buttonNamed(*m_page, u"confirm"_s));
        m_page->table().view()->selectRow(1);
        QCOMPARE(remove->text(), u"Try to delete…"_s);
        QVERIFY(remove->isEnabled());

        QTRY_VERIFY(strip() && strip()->isVisible());
        press(u"cancelWork"_s);
        QTRY_COMPARE(titleOf(0), u"Emma"_s);
        m_page->table().view()->selectRow(0);
        QVERIFY(remove->isEnabled());
    }

    void aStripGoesWithTheConnection()
    {
        m_at->answer = {};
        QVERIFY(m_at->signIn());
        QTRY_VERIFY(strip() && strip()->isVisible());
        m_page->setDesk(nullptr);
        QVERIFY(!strip());
    }

    void aStripGoesWithThePerson()
    {
        m_at->answer = {};
        QVERIFY(m_at->signIn());
        QTRY_VERIFY(strip() && strip()->isVisible());
        m_at->desk->session().signOut();
        QVERIFY(!strip());
    }

private:
    widgets::WorkStrip *strip() const { return m_page->findChild<widgets::WorkStrip *>(); }
    const widgets::Banner &banner() const { return m_page->outcome().banner(); }

    QString titleOf(int row) const { return m_page->table().view()->model()->index(row, 0).data().toString(); }
    void press(const QString &name) { QTest::mouseClick(buttonNamed(*m_page, name), Qt::LeftButton); }

    void refuseTheList(const QByteArray &retryAfter)
    {
        m_at->answer = refusing("429 Too Many Requests", retryAfter);
        QVERIFY(m_at->signIn());
        QTRY_VERIFY(banner().isVisible());
    }

    std::unique_ptr<test::ApiDesk> m_at;
    std::unique_ptr<pages::BooksPage> m_page;
};

BOOKDESK_PAGE_TEST_MAIN(BooksWaitingTest)
#include "books-waiting-test.moc"
