// The table of books: what it shows, how it sorts, what a search finds.
#include "books/book-order.h"
#include "core/json.h"
#include "pages/books/books-filter.h"
#include "pages/books/books-model.h"

#include <QAbstractItemModelTester>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using pages::BooksFilter;
using pages::BooksModel;

namespace {

books::Book book(const QString &id, const QString &title, const QString &author, const QString &year,
                 const QString &isbn = {}, JsonObject fields = {})
{
    return {id, title, author, isbn, year, std::move(fields)};
}

std::shared_ptr<books::BookList> listOf(std::vector<books::Book> books)
{
    for (books::Book &book : books)
        book.search = books::searchTextOf(book);
    books::putInOrder(books);
    auto list = std::make_shared<books::BookList>();
    list->books = std::move(books);
    return list;
}

std::shared_ptr<books::BookList> shelf()
{
    return listOf({
        book(u"b1"_s, u"Things Fall Apart"_s, u"Chinua Achebe"_s, u"1958"_s, u"978-0-385-47454-2"_s,
             JsonObject{{u"shelf"_s, Json(u"Fiction A–C"_s)}, {u"copies"_s, Json(7)}}),
        book(u"b2"_s, u"Pedro Páramo"_s, u"Juan Rulfo"_s, u"1955"_s),
        book(u"b3"_s, u"the Iliad"_s, u"Homer"_s, u"-750"_s),
        book(
            u"b4"_s, u"Åse"_s, QString(), QString(), QString(),
            JsonObject{{u"tags"_s, Json(JsonArray{Json(u"saga"_s), Json(JsonObject{{u"lang"_s, Json(u"Norsk"_s)}})})}}),
        book(u"b5"_s, u"Beowulf"_s, u"anonymous"_s, u"c. 1000"_s),
    });
}

} // namespace

class BooksModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // The order of letters depends on the language.
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English)); }

    void init()
    {
        m_model = std::make_unique<BooksModel>();
        m_filter = std::make_unique<BooksFilter>(*m_model);
        m_model->setBooks(shelf());
    }

    void columnsAreAlignedWithTheirTitles()
    {
        for (int column = 0; column < m_model->columnCount(); ++column) {
            const QVariant title = m_model->headerData(column, Qt::Horizontal, Qt::TextAlignmentRole);
            QCOMPARE(m_model->index(0, column).data(Qt::TextAlignmentRole), title);
            const bool isYear = column == BooksModel::yearColumn;
            QVERIFY(Qt::Alignment(title.toInt()).testFlag(isYear ? Qt::AlignRight : Qt::AlignLeft));
        }
    }

    void shortensCellsBeforeTheyAreLookedAt()
    {
        m_model->setBooks(listOf({book(u"x"_s, QString(16 * 1024 * 1024, u'x'), {}, QString(16 * 1024 * 1024, u'1'))}));
        for (const int column : {int{BooksModel::titleColumn}, int{BooksModel::yearColumn}}) {
            for (const int role : {int{Qt::DisplayRole}, int{Qt::AccessibleTextRole}})
                QVERIFY(m_model->index(0, column).data(role).toString().size() <= 500);
        }
    }

    void keepsTheRulesOfItemModels()
    {
        const QAbstractItemModelTester model(m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QAbstractItemModelTester filter(m_filter.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_filter->setSearch(u"a"_s);
        m_model->removeBook(u"b2"_s);
        m_filter->sort(BooksModel::yearColumn, Qt::DescendingOrder);
        m_model->setGreyed(true);
        m_model->setBooks(shelf());
        QCOMPARE(m_model->rowCount(), 5);
    }

    void sortsByEveryColumn_data()
    {
        QTest::addColumn<int>("column");
        QTest::addColumn<Qt::SortOrder>("order");
        QTest::addColumn<QStringList>("ids");
        QTest::newRow("titles without regard to case and with accents where they belong")
            << int(BooksModel::titleColumn) << Qt::AscendingOrder
            << QStringList{u"b4"_s, u"b5"_s, u"b2"_s, u"b3"_s, u"b1"_s};
        QTest::newRow("authors, nobody last") << int(BooksModel::authorColumn) << Qt::AscendingOrder
                                              << QStringList{u"b5"_s, u"b1"_s, u"b3"_s, u"b2"_s, u"b4"_s};
        QTest::newRow("authors downwards, nobody last, too")
            << int(BooksModel::authorColumn) << Qt::DescendingOrder
            << QStringList{u"b2"_s, u"b3"_s, u"b1"_s, u"b5"_s, u"b4"_s};
        QTest::newRow("years as numbers, before Christ first, none last")
            << int(BooksModel::yearColumn) << Qt::AscendingOrder
            << QStringList{u"b3"_s, u"b5"_s, u"b2"_s, u"b1"_s, u"b4"_s};
        QTest::newRow("years downwards, none last, too") << int(BooksModel::yearColumn) << Qt::DescendingOrder
                                                         << QStringList{u"b1"_s, u"b2"_s, u"b5"_s, u"b3"_s, u"b4"_s};
    }
    void sortsByEveryColumn()
    {
        QFETCH(int, column);
        QFETCH(Qt::SortOrder, order);
        QFETCH(QStringList, ids);
        m_filter->sort(column, order);
        QCOMPARE(shownIds(), ids);
    }

    void sortsByIsbn()
    {
        m_filter->sort(BooksModel::isbnColumn, Qt::AscendingOrder);
        QCOMPARE(shownIds().first(), u"b1"_s);
        m_filter->sort(BooksModel::isbnColumn, Qt::DescendingOrder);
        QCOMPARE(shownIds().first(), u"b1"_s);
    }

    void readsYears_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<std::optional<int>>("year");
        QTest::newRow("a plain year") << u"1958"_s << std::optional(1958);
        QTest::newRow("before Christ") << u"-750"_s << std::optional(-750);
        QTest::newRow("about") << u"c. 1000"_s << std::optional(1000);
        QTest::newRow("a span counts from its begin") << u"1868–69"_s << std::optional(1868);
        QTest::newRow("a span with a hyphen") << u"1868-69"_s << std::optional(1868);
        QTest::newRow("a word is no year") << u"unknown"_s << std::optional<int>();
        QTest::newRow("nothing is no year") << QString() << std::optional<int>();
    }
    void readsYears()
    {
        QFETCH(QString, text);
        QFETCH(std::optional<int>, year);
        QCOMPARE(books::yearNumber(text), year);
    }

    void findsWords_data()
    {
        QTest::addColumn<QString>("search");
        QTest::addColumn<QStringList>("ids");
        QTest::newRow("nothing finds all") << u"  "_s << QStringList{u"b1"_s, u"b2"_s, u"b3"_s, u"b4"_s, u"b5"_s};
        QTest::newRow("part of a title") << u"fall"_s << QStringList{u"b1"_s};
        QTest::newRow("an author") << u"RULFO"_s << QStringList{u"b2"_s};
        QTest::newRow("without its accent") << u"paramo"_s << QStringList{u"b2"_s};
        QTest::newRow("words of different fields") << u"achebe apart"_s << QStringList{u"b1"_s};
        QTest::newRow("words must all be there") << u"achebe iliad"_s << QStringList();
        QTest::newRow("an ISBN without hyphens") << u"9780385474542"_s << QStringList{u"b1"_s};
        QTest::newRow("an ISBN with hyphens") << u"978-0-385"_s << QStringList{u"b1"_s};
        QTest::newRow("an unknown field") << u"fiction a–c"_s << QStringList{u"b1"_s};
        QTest::newRow("text deep in an unknown field") << u"norsk"_s << QStringList{u"b4"_s};
        QTest::newRow("an ID") << u"b5"_s << QStringList{u"b5"_s};
        QTest::newRow("no pattern characters") << u".*"_s << QStringList();
    }
    void findsWords()
    {
        QFETCH(QString, search);
        QFETCH(QStringList, ids);
        m_filter->setSearch(search);
        QCOMPARE(shownIds(), ids);
    }

    void isolatesTitlesAndMakesControlCharactersVisible()
    {
        m_model->setBooks(listOf({book(u"x"_s, u"evil\u202Etxt"_s, u"A\nB"_s, QString())}));
        const QModelIndex title = m_model->index(0, BooksModel::titleColumn);
        QCOMPARE(title.data().toString(), u"\u2068evil\u202Etxt\u2069"_s);
        QCOMPARE(title.data(Qt::AccessibleTextRole).toString(), u"eviltxt"_s);
        QCOMPARE(m_model->index(0, BooksModel::authorColumn).data().toString(), u"A\\u{000A}B"_s);
    }

    void screenReadersGetNoMarks()
    {
        m_model->setBooks(listOf({book(u"x"_s, u"ספר 12"_s, QString(), QString())}));
        m_model->setDeleting({u"x"_s});
        const QModelIndex title = m_model->index(0, BooksModel::titleColumn);
        QCOMPARE(title.data().toString(), u"Deleting “\u2068ספר 12\u2069”…"_s);
        QCOMPARE(title.data(Qt::AccessibleTextRole).toString(), u"Deleting “ספר 12”…"_s);
    }

    void emptyCellsAreNamedForScreenReaders()
    {
        const int row = m_model->rowOf(u"b4"_s);
        QVERIFY(!m_model->index(row, BooksModel::authorColumn).data(Qt::AccessibleTextRole).toString().isEmpty());
        QCOMPARE(m_model->index(row, BooksModel::titleColumn).data(Qt::AccessibleTextRole).toString(), u"Åse"_s);
    }

    void removesOneBook()
    {
        m_model->removeBook(u"b2"_s);
        m_model->removeBook(u"no such book"_s);
        QCOMPARE(shownIds(), (QStringList{u"b1"_s, u"b3"_s, u"b4"_s, u"b5"_s}));
    }

    void greysRowsUntilNewOnesCome()
    {
        m_model->setGreyed(true);
        QVERIFY(m_model->index(0, 0).data(Qt::ForegroundRole).isValid());
        m_model->setBooks(shelf());
        QVERIFY(!m_model->index(0, 0).data(Qt::ForegroundRole).isValid());
    }

private:
    QStringList shownIds() const
    {
        QStringList ids;
        for (int row = 0; row < m_filter->rowCount(); ++row)
            ids += m_model->book(m_filter->mapToSource(m_filter->index(row, 0)).row()).id;
        return ids;
    }

    std::unique_ptr<BooksModel> m_model;
    std::unique_ptr<BooksFilter> m_filter;
};

QTEST_MAIN(BooksModelTest)
#include "books-model-test.moc"
