#include "lab/endpoint-path.h"

#include <QTest>

using namespace bookdesk::lab;
using namespace Qt::StringLiterals;

class EndpointPathTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesPathsThatLeadElsewhere_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("reason");
        QTest::newRow("an ordinary path") << u"/api/v1/books"_s << QString();
        QTest::newRow("a placeholder") << u"/api/v1/books/{book_id}"_s << QString();
        QTest::newRow("an encoded space and letters of another script") << u"/api/%20/книги"_s << QString();
        QTest::newRow("an action behind a colon") << u"/api/v1/books:export"_s << QString();
        QTest::newRow("dots in a name") << u"/a..b/.well-known/v1.0"_s << QString();
        QTest::newRow("nothing") << QString() << u"begin"_s;
        QTest::newRow("no slash at first") << u"api"_s << u"begin"_s;
        QTest::newRow("a scheme") << u"https://evil.example/books"_s << u"begin"_s;
        QTest::newRow("a scheme behind a slash") << u"/https://evil.example"_s << u"//"_s;
        QTest::newRow("another host") << u"//evil.example/books"_s << u"//"_s;
        QTest::newRow("an empty segment") << u"/api//books"_s << u"//"_s;
        QTest::newRow("two dots") << u"/api/../admin"_s << u"segment"_s;
        QTest::newRow("two dots at the end") << u"/api/.."_s << u"segment"_s;
        QTest::newRow("one dot") << u"/./api"_s << u"segment"_s;
        QTest::newRow("two encoded dots") << u"/api/%2e%2E/admin"_s << u"segment"_s;
        QTest::newRow("dots of which one is encoded") << u"/api/.%2e/admin"_s << u"segment"_s;
        QTest::newRow("dots encoded twice") << u"/api/%252e%252e/admin"_s << u"percent"_s;
        QTest::newRow("an encoded slash") << u"/api%2Fbooks"_s << u"slash"_s;
        QTest::newRow("two encoded slashes") << u"/%2F%2Fevil.example"_s << u"//"_s;
        QTest::newRow("a backslash") << u"/\\evil.example"_s << u"backslash"_s;
        QTest::newRow("an encoded backslash") << u"/%5cevil.example"_s << u"backslash"_s;
        QTest::newRow("a line feed") << u"/api\nHost: evil"_s << u"control"_s;
        QTest::newRow("an encoded line feed") << u"/api%0d%0aHost:"_s << u"control"_s;
        QTest::newRow("an encoded null") << u"/api/%00"_s << u"control"_s;
        QTest::newRow("a direction mark") << u"/api/\u202Eskoob"_s << u"control"_s;
        QTest::newRow("encoded bytes that are no UTF-8") << u"/api/%ff"_s << u"control"_s;
        QTest::newRow("half an encoding") << u"/api/%2"_s << u"percent"_s;
        QTest::newRow("a query") << u"/api?x=1"_s << u"?"_s;
        QTest::newRow("a fragment") << u"/api#x"_s << u"#"_s;
        QTest::newRow("a brace alone") << u"/api/{id"_s << u"placeholder"_s;
        QTest::newRow("braces in braces") << u"/api/{{id}}"_s << u"placeholder"_s;
        QTest::newRow("a slash in braces") << u"/api/{a/b}"_s << u"placeholder"_s;
        QTest::newRow("a very long path") << u"/"_s + QString(600, u'a') << u"longer"_s;
    }

    void refusesPathsThatLeadElsewhere()
    {
        QFETCH(QString, path);
        QFETCH(QString, reason);
        const QString got = refusedPathReason(path);
        QCOMPARE(got.isEmpty(), reason.isEmpty());
        QVERIFY2(got.contains(reason), qPrintable(got));
    }

    void fillsPlaceholdersAsOneSegmentEach()
    {
        const QString path = u"/shelves/{shelf}/books/{book_id}/{shelf}"_s;
        QCOMPARE(placeholdersOf(path), QStringList({u"shelf"_s, u"book_id"_s}));
        QCOMPARE(filledPath(path, {{u"shelf"_s, u"a/../b"_s}, {u"book_id"_s, u"ü?#%{shelf}"_s}}),
                 u"/shelves/a%2F..%2Fb/books/%C3%BC%3F%23%25%7Bshelf%7D/a%2F..%2Fb"_s);
    }

    void encodesWhatIsNotEncoded() { QCOMPARE(filledPath(u"/a b/%20/ж:x"_s, {}), u"/a%20b/%20/%D0%B6:x"_s); }

    void refusesValuesThatAreNoSegment()
    {
        QVERIFY(refusedValueReason(u"bk-0003"_s).isEmpty());
        QVERIFY(!refusedValueReason({}).isEmpty());
        QVERIFY(!refusedValueReason(u".."_s).isEmpty());
        QVERIFY(!refusedValueReason(u"."_s).isEmpty());
    }
};

QTEST_GUILESS_MAIN(EndpointPathTest)
#include "endpoint-path-test.moc"
