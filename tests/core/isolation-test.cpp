// Text from elsewhere inside sentences.
#include "core/isolation.h"
#include "core/text.h"

#include <QTest>

using namespace bookdesk;
using namespace Qt::StringLiterals;

class IsolationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void setsApartWhatIsWrittenFromTheRight_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        QTest::newRow("from the left") << u"Emma"_s << u"Emma"_s;
        QTest::newRow("Hindi") << u"गोदान"_s << u"गोदान"_s;
        QTest::newRow("an emoji of several parts") << u"👩‍👧"_s << u"👩‍👧"_s;
        QTest::newRow("Persian, with its joiner") << u"کتاب‌ها"_s << u"\u2068کتاب‌ها\u2069"_s;
        QTest::newRow("Hebrew with a number behind it") << u"ספר 12"_s << u"\u2068ספר 12\u2069"_s;
        QTest::newRow("an end of its own") << u"ספר\u2069!"_s << u"\u2068ספר\\u{2069}!\u2069"_s;
        QTest::newRow("an override") << u"a\u202Eb"_s << u"\u2068a\u202Eb\u2069"_s;
        QTest::newRow("a mark") << u"C#\u200E!"_s << u"\u2068C#\u200E!\u2069"_s;
        QTest::newRow("an isolate of its own") << u"a \u2067b\u2069 c"_s << u"\u2068a \u2067b\u2069 c\u2069"_s;
        QTest::newRow("an isolate without an end") << u"a \u2067b"_s << u"\u2068a \u2067b\u2069\u2069"_s;
        QTest::newRow("a control character") << u"a\nb\a"_s << u"a\\u{000A}b\\u{0007}"_s;
        QTest::newRow("a mark of the byte order") << u"a\uFEFFb"_s << u"a\\u{FEFF}b"_s;
        QTest::newRow("a character without width") << u"a\u200Bb"_s << u"a\\u{200B}b"_s;
    }

    void setsApartWhatIsWrittenFromTheRight()
    {
        QFETCH(QString, text);
        QTEST(isolated(text), "shown");
        QCOMPARE(visibleSentences(isolated(text)), isolated(text));
        QCOMPARE(visible(withoutIsolates(isolated(text))), withoutIsolates(isolated(text)));
    }

    void sentencesKeepThatAndHideNothingElse()
    {
        const QString sentence = u"“"_s + isolated(u"ספר"_s) + u"” was deleted\u202E\nNow"_s;
        QCOMPARE(visibleSentences(sentence), u"“\u2068ספר\u2069” was deleted\\u{202E}\nNow"_s);
        QCOMPARE(visibleSentences({}), QString());
        QCOMPARE(visibleSentences(u"a\u2068b\u202E"_s), u"a\\u{2068}b\\u{202E}"_s);
    }

    void linesAreSetApartOneByOne()
    {
        QCOMPARE(isolatedLines(u"a\u202Eb\nc\nספר"_s), u"\u2068a\u202Eb\u2069\nc\n\u2068ספר\u2069"_s);
    }
};

QTEST_GUILESS_MAIN(IsolationTest)
#include "isolation-test.moc"
