// What the books page shows of an API that answers with hostile texts, over real sockets.
#include "app/api-desk.h"
#include "app/hostile-checks.h"
#include "app/page-fixture.h"
#include "pages/books/books-page.h"
#include "pages/books/books-table.h"
#include "widgets/banner.h"
#include "widgets/outcome-panel.h"

#include <QSignalSpy>
#include <QTableView>

#include <memory>

using namespace bookdesk;
using namespace Qt::StringLiterals;

class HostileAnswersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_desk = std::make_unique<test::ApiDesk>();
        QVERIFY(m_desk->signIn());
    }

    void init()
    {
        m_page = std::make_unique<pages::BooksPage>();
        m_page->resize(980, 720);
        m_desk->answer = test::listOfBooks();
        m_page->setDesk(m_desk->desk.get());
        m_page->show();
        QTRY_COMPARE(m_page->table().total(), 2);
    }
    void cleanup() { m_page.reset(); }

    void failuresAreShownAsTheyAre_data() { test::addHostileRows(); }

    void failuresAreShownAsTheyAre()
    {
        QFETCH(QString, text);
        const QByteArray detail = toCompactJson(JsonObject{{u"detail"_s, text}});
        for (const char *status : {"401 Unauthorized", "403 Forbidden", "409 Conflict", "500 Internal Server Error"}) {
            m_desk->answer = test::httpAnswer(status, {{"Content-Type"_ba, "application/json"_ba}}, detail);
            reload();
            QVERIFY(m_page->outcome().isVisible());
            QCOMPARE(test::hostileProblems(*m_page, text), QString());
        }
        m_desk->answer =
            test::httpAnswer("502 Bad Gateway", {{"Content-Type"_ba, "text/plain; charset=utf-8"_ba}}, text.toUtf8());
        reload();
        QCOMPARE(test::hostileProblems(*m_page, text), QString());
        m_page->grab();
    }

    void booksAreNoMarkup_data() { test::addHostileRows(); }

    /// Their texts are isolated and otherwise as the API wrote them.
    void booksAreNoMarkup()
    {
        QFETCH(QString, text);
        m_desk->answer = test::httpAnswer(
            "200 OK", {},
            toCompactJson(JsonObject{
                {u"books"_s, JsonArray{JsonObject{{u"id"_s, text}, {u"title"_s, text}, {u"note"_s, text}}}}}));
        reload();
        QCOMPARE(m_page->table().total(), 1);
        m_page->findChild<QTableView *>(u"books"_s)->selectRow(0);
        for (const QWidget *part : m_page->findChildren<QWidget *>()) {
            const bool isMarkup =
                Qt::mightBeRichText(text) && Qt::mightBeRichText(part->toolTip()) && part->toolTip().contains(text);
            QVERIFY2(!isMarkup, qPrintable(part->toolTip()));
        }
        test::labelTexts(*m_page);
        m_page->grab();
    }

private:
    void reload()
    {
        QSignalSpy listed(m_page.get(), &pages::BooksPage::listed);
        m_page->reload();
        QVERIFY(listed.wait());
    }

    std::unique_ptr<test::ApiDesk> m_desk;
    std::unique_ptr<pages::BooksPage> m_page;
};

BOOKDESK_PAGE_TEST_MAIN(HostileAnswersTest)
#include "hostile-answers-test.moc"
