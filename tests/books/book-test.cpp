#include "books/book.h"
#include "books/errors.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::books;
using namespace Qt::StringLiterals;

class BookTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knownFieldsAreShownAsTexts()
    {
        const Result<BookList> list = readBookList(
            R"({"books":[{"id":"bk-1","title":"Beloved","author":"Toni Morrison","isbn":"978","year":1987}],"user":"u"})");
        QVERIFY(list);
        QCOMPARE(list->books.size(), 1u);
        const Book &book = list->books.front();
        QCOMPARE(book.id, u"bk-1"_s);
        QCOMPARE(book.title, u"Beloved"_s);
        QCOMPARE(book.author, u"Toni Morrison"_s);
        QCOMPARE(book.isbn, u"978"_s);
        QCOMPARE(book.year, u"1987"_s);
        QCOMPARE(list->user, std::optional(u"u"_s));
    }

    void aListHasItsBounds()
    {
        const QByteArray many = QByteArray("{},").repeated(int{mostBooks} + 2);
        const Result<BookList> list = readBookList("{\"books\":[" + many + "7]}");
        QVERIFY(list);
        QCOMPARE(list->books.size(), mostBooks);
        QCOMPARE(list->leftOut, 2u);
        QCOMPARE(list->ignored, 1u);
    }

    void whatIsSearchedForHasItsBoundsAndIsMadeWithTheList()
    {
        const QByteArray title = QByteArray("Emma ").repeated(1'000'000);
        const Result<BookList> list =
            readBookList(R"({"books":[{"title":")" + title + R"(","isbn":"978-0","tags":[{"lang":"Norsk"},7]}]})");
        QVERIFY(list);
        const Book &book = list->books.front();
        QCOMPARE(book.title.size(), title.size());
        QVERIFY(book.search.size() < 20'000);
        for (const QString &part : {u"emma"_s, u"978-0"_s, u"9780"_s, u"norsk"_s, u"7"_s})
            QVERIFY2(book.search.contains(part), qPrintable(part));
    }

    void numbersAndOtherValuesAreTurnedIntoText_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("an integer ID") << "17"_ba << u"17"_s;
        QTest::newRow("an integer beyond 2^53") << "9007199254740993"_ba << u"9007199254740993"_s;
        QTest::newRow("an unsigned integer") << "18446744073709551615"_ba << u"18446744073709551615"_s;
        QTest::newRow("a fraction") << "1.5"_ba << u"1.5"_s;
        QTest::newRow("a negative zero") << "-0"_ba << u"-0"_s;
        QTest::newRow("a boolean") << "true"_ba << u"true"_s;
        QTest::newRow("null is nothing") << "null"_ba << QString();
        QTest::newRow("an array") << "[\"a\",1]"_ba << u"[\"a\",1]"_s;
        QTest::newRow("text of another script") << QByteArray("\"Педро\"") << u"Педро"_s;
    }

    void numbersAndOtherValuesAreTurnedIntoText()
    {
        QFETCH(QByteArray, value);
        QFETCH(QString, text);
        const Result<BookList> list = readBookList(R"({"books":[{"id":)" + value + "}]}");
        QVERIFY(list);
        QCOMPARE(list->books.front().id, text);
    }

    void unknownFieldsAreKeptInTheirOrder()
    {
        const Result<BookList> list = readBookList(R"({"books":[{"shelf":"A","title":"T","loans":[1],"a":null}]})");
        QVERIFY(list);
        QStringList names;
        for (const JsonMember &member : list->books.front().fields.members())
            names += member.first;
        QCOMPARE(names, (QStringList{u"shelf"_s, u"title"_s, u"loans"_s, u"a"_s}));
        QCOMPARE(fieldText(*list->books.front().fields.find(u"loans")), u"[1]"_s);
        QCOMPARE(list->books.front().id, QString());
    }

    void entriesThatAreNoObjectsAreCountedAndLeftOut()
    {
        const Result<BookList> list = readBookList(R"({"books":[1,{"id":"a"},"x",null,[{}],{}]})");
        QVERIFY(list);
        QCOMPARE(list->books.size(), 2u);
        QCOMPARE(list->ignored, 4u);
    }

    void anEmptyListIsNoError()
    {
        const Result<BookList> list = readBookList(R"({"books":[],"user":null})");
        QVERIFY(list);
        QVERIFY(list->books.empty());
        QVERIFY(!list->user);
    }

    void aMissingOrOddUserGivesNothing()
    {
        QVERIFY(!readBookList(R"({"books":[]})")->user);
        QVERIFY(!readBookList(R"({"books":[],"user":7})")->user);
    }

    void othersAreRefused_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("a web page") << "<!doctype html><title>Sign in</title>"_ba;
        QTest::newRow("an array") << "[]"_ba;
        QTest::newRow("no books") << R"({"user":"u"})"_ba;
        QTest::newRow("books is an object") << R"({"books":{}})"_ba;
        QTest::newRow("books is null") << R"({"books":null})"_ba;
        QTest::newRow("cut off") << R"({"books":[{"id":"a"})"_ba;
        QTest::newRow("something behind it") << R"({"books":[]} x)"_ba;
        QTest::newRow("bad UTF-8") << QByteArray("{\"books\":[{\"id\":\"\xff\"}]}");
        QTest::newRow("a member twice") << R"({"books":[{"id":"a","id":"b"}]})"_ba;
        QTest::newRow("nested too deeply") << "{\"books\":" + QByteArray(200, '[') + QByteArray(200, ']') + "}";
    }

    void othersAreRefused()
    {
        QFETCH(QByteArray, body);
        const Result<BookList> list = readBookList(body);
        QVERIFY(!list);
        QCOMPARE(list.error().code, books::errors::responseInvalid);
        QVERIFY(!list.error().message.isEmpty());
        QVERIFY(!factValue(list.error().facts, facts::reason).isEmpty());
    }

    void aLargeListIsRead()
    {
        QByteArray body = R"({"books":[)";
        for (int i = 0; i < 20'000; ++i)
            body += (i ? ",{\"id\":\"" : "{\"id\":\"") + QByteArray::number(i) + "\",\"title\":\"" +
                    QByteArray(60, 't') + "\"}";
        body += "]}";
        QVERIFY(body.size() > 1024 * 1024);
        const Result<BookList> list = readBookList(body);
        QVERIFY(list);
        QCOMPARE(list->books.size(), 20'000u);
        QCOMPARE(list->books.back().id, u"19999"_s);
    }
};

QTEST_GUILESS_MAIN(BookTest)
#include "book-test.moc"
