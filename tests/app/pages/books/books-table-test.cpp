// The table of books: what stays selected and in sight, and how it is sorted.
#include "app/page-fixture.h"
#include "pages/books/books-table.h"
#include "pages/books/sort-header.h"

#include <QHeaderView>
#include <QStyleOptionHeader>
#include <QTableView>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using pages::BooksTable;

namespace {

constexpr int many = 200;

/// Books b0 to b199, whose titles ascend and whose years descend.
std::shared_ptr<const books::BookList> manyBooks()
{
    JsonArray list;
    for (int i = 0; i < many; ++i)
        list.emplace_back(JsonObject{
            {u"id"_s, u"b%1"_s.arg(i)}, {u"title"_s, u"Title %1"_s.arg(i, 3, 10, QChar(u'0'))}, {u"year"_s, 2000 - i}});
    Result<books::BookList> books = books::readBookList(toCompactJson(JsonObject{{u"books"_s, std::move(list)}}));
    return books ? std::make_shared<books::BookList>(*std::move(books)) : nullptr;
}

/// Makes the header's look public.
class Header : public pages::SortHeader
{
public:
    using SortHeader::initStyleOptionForIndex;
};

} // namespace

class BooksTableTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_table = std::make_unique<BooksTable>();
        m_table->resize(600, 300);
        m_table->setBooks(manyBooks());
        m_table->show();
        m_table->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_table.get()));
        QCOMPARE(m_table->total(), many);
    }

    void theSelectedBookStaysInSightWhenTheOrderChanges()
    {
        m_table->view()->selectRow(5);
        QVERIFY(isSelectedInSight(u"b5"_s));
        header()->setSortIndicator(0, Qt::DescendingOrder);
        QVERIFY(isSelectedInSight(u"b5"_s));
        header()->setSortIndicator(0, Qt::AscendingOrder);
    }

    void aBookIsSelectedLaterAlsoAfterAFailure()
    {
        m_table->forget();
        m_table->selectLater(u"b5"_s);
        m_table->clear(u"There is no list."_s);
        m_table->setBooks(manyBooks());
        QVERIFY(isSelectedInSight(u"b5"_s));
        m_table->forget();
        m_table->selectLater(u"b5"_s);
        m_table->forget();
        m_table->setBooks(manyBooks());
        QVERIFY(!isSelectedInSight(u"b5"_s));
    }

    void theSelectedBookStaysThroughASearch()
    {
        m_table->view()->selectRow(150);
        m_table->setSearch(u"title"_s);
        QVERIFY(isSelectedInSight(u"b150"_s));
        m_table->setSearch(u"150"_s);
        QVERIFY(isSelectedInSight(u"b150"_s));
        m_table->setSearch(u"007"_s);
        QVERIFY(!m_table->selectedBook());
        m_table->setSearch({});
        QVERIFY(isSelectedInSight(u"b150"_s));
    }

    void theFirstTabSelectsARow()
    {
        m_table->setFocus();
        QVERIFY(!m_table->selectedBook());
        m_table->view()->clearFocus();
        m_table->view()->setFocus(Qt::TabFocusReason);
        QVERIFY(isSelectedInSight(u"b0"_s));
    }

    void theOrderIsRemembered()
    {
        header()->setSortIndicator(2, Qt::DescendingOrder);
        BooksTable again;
        QCOMPARE(again.view()->horizontalHeader()->sortIndicatorSection(), 2);
        QCOMPARE(again.view()->horizontalHeader()->sortIndicatorOrder(), Qt::DescendingOrder);
        header()->setSortIndicator(0, Qt::AscendingOrder);
    }

    void theArrowFollowsTheTitle()
    {
        QCOMPARE(titleShown(0), u"Title \u25B2"_s);
        QCOMPARE(titleShown(1), u"Author"_s);
        header()->setSortIndicator(0, Qt::DescendingOrder);
        QCOMPARE(titleShown(0), u"Title \u25BC"_s);
        header()->setSortIndicator(0, Qt::AscendingOrder);
    }

    void choosingAColumnIsAnnounced()
    {
        header()->setFocus();
        QTest::keyClick(header(), Qt::Key_Right);
        QCOMPARE(test::announced(*header()), u"Author"_s);
        QTest::keyClick(header(), Qt::Key_Space);
        QCOMPARE(test::announced(*header()), u"Sorted by Author, ascending"_s);
        QTest::keyClick(header(), Qt::Key_Space);
        QCOMPARE(test::announced(*header()), u"Sorted by Author, descending"_s);
        header()->setSortIndicator(0, Qt::AscendingOrder);
    }

private:
    QHeaderView *header() const { return m_table->view()->horizontalHeader(); }

    QString titleShown(int section) const
    {
        QStyleOptionHeader option;
        option.initFrom(header());
        (static_cast<pages::SortHeader *>(header())->*&Header::initStyleOptionForIndex)(&option, section);
        return option.text;
    }

    bool isSelectedInSight(const QString &id) const
    {
        const QTableView *view = m_table->view();
        const std::optional<books::Book> book = m_table->selectedBook();
        return book && book->id == id && view->viewport()->rect().contains(view->visualRect(view->currentIndex()));
    }

    std::unique_ptr<BooksTable> m_table;
};

BOOKDESK_PAGE_TEST_MAIN(BooksTableTest)
#include "books-table-test.moc"
