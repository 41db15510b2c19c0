#include "core/text.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk {

class TextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writtenTextStaysAsItIs_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("Persian, with a zero-width non-joiner") << u"\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645"_s;
        QTest::newRow("Hindi, with a zero-width joiner") << u"\u0915\u094D\u200D\u0937"_s;
        QTest::newRow("a family") << u"\U0001F468\u200D\U0001F469\u200D\U0001F467"_s;
        QTest::newRow("a heart with a variation selector") << u"\u2764\uFE0F"_s;
    }

    void writtenTextStaysAsItIs()
    {
        QFETCH(QString, text);
        QCOMPARE(visible(text), text);
    }

    void showsHiddenCharacters_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char *name, const QString &text, const QString &shown) {
            QTest::newRow(name) << text << shown;
        };
        row("nothing", {}, {});
        row("plain text stays", u"Riley Reader <b>&amp;"_s, u"Riley Reader <b>&amp;"_s);
        row("umlauts and symbols stay", u"Jürgen 📚 книга"_s, u"Jürgen 📚 книга"_s);
        row("a right-to-left override", u"exe\u202Etxt"_s, u"exe\\u{202E}txt"_s);
        row("the end of an override", u"\u202C"_s, u"\\u{202C}"_s);
        row("an isolate", u"\u2066a\u2069"_s, u"\\u{2066}a\\u{2069}"_s);
        row("marks of direction", u"\u200E\u200F\u061C"_s, u"\\u{200E}\\u{200F}\\u{061C}"_s);
        row("an invisible blank", u"a\u200Bb"_s, u"a\\u{200B}b"_s);
        row("a byte order mark", u"\uFEFFa"_s, u"\\u{FEFF}a"_s);
        row("a zero byte", u"a\0b"_s, u"a\\u{0000}b"_s);
        row("an escape sequence of terminals", u"\x1b[31m"_s, u"\\u{001B}[31m"_s);
        row("a carriage return", u"a\rb"_s, u"a\\u{000D}b"_s);
        row("a tabulator", u"a\tb"_s, u"a\\u{0009}b"_s);
        row("delete and a C1 control", u"\x7f\u009b"_s, u"\\u{007F}\\u{009B}"_s);
        row("separators of lines and paragraphs", u"\u2028\u2029"_s, u"\\u{2028}\\u{2029}"_s);
        row("a tag beyond the first plane", u"\U000E0041"_s, u"\\u{E0041}"_s);
    }

    void showsHiddenCharacters()
    {
        QFETCH(QString, text);
        QFETCH(QString, shown);
        QCOMPARE(visible(text), shown);
    }

    void hidesNoLineFeed()
    {
        QCOMPARE(visible(u"a\nb"_s), u"a\\u{000A}b"_s);
        QCOMPARE(visibleLines(u"a\nb\r\u202E"_s), u"a\nb\\u{000D}\\u{202E}"_s);
    }

    void shortensInTheMiddle_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("shortText");
        QTest::newRow("short text stays") << u"abc"_s << 3 << u"abc"_s;
        QTest::newRow("an odd rest") << u"abcdefgh"_s << 5 << u"ab…gh"_s;
        QTest::newRow("an even rest") << u"abcdefgh"_s << 6 << u"abc…gh"_s;
        QTest::newRow("to one character") << u"abcdefgh"_s << 1 << u"…"_s;
        QTest::newRow("nothing") << QString() << 4 << QString();
    }

    void shortensInTheMiddle()
    {
        QFETCH(QString, text);
        QFETCH(int, length);
        QFETCH(QString, shortText);
        QCOMPARE(shortened(text, length), shortText);
    }

    void shortensNoCharacter_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("shortText");
        QTest::newRow("beyond the first plane") << u"a\U0001F4DAb c\U0001F4DAd"_s << 5 << u"a\u2026d"_s;
        QTest::newRow("accents") << u"ae\u0301b ce\u0301"_s << 5 << u"a\u2026e\u0301"_s;
        QTest::newRow("an emoji of several parts")
            << u"ab\U0001F44D\U0001F3FDcd ef\U0001F44D\U0001F3FDgh"_s << 9 << u"ab\u2026gh"_s;
    }

    void shortensNoCharacter()
    {
        QFETCH(QString, text);
        QFETCH(int, length);
        QTEST(shortened(text, length), "shortText");
    }

    void shortensNoNumber_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shortText");
        const auto row = [](const char *name, const QString &text, const QString &shortText) {
            QTest::newRow(name) << text << shortText;
        };
        row("a number where the head ends", u"at 1800000000 and then some more words"_s, u"at …e words"_s);
        row("a number where the tail begins", u"some words and then on to 1800000000 s"_s, u"some wor… s"_s);
        row("numbers on both sides", u"id 1234567890123 to 9876543210987 x"_s, u"id … x"_s);
        row("a fraction", u"cost 12.5000001 and then 22.75000 more"_s, u"cost … more"_s);
        row("a full stop is no number", u"The end. It is over now, or so it seems."_s, u"The end.… seems."_s);
        row("letters behind the number", u"one two 1 three four five six seven 8"_s, u"one two …seven 8"_s);
    }

    void shortensNoNumber()
    {
        QFETCH(QString, text);
        QTEST(shortened(text, 16), "shortText");
    }

    void shortensWhatIsNothingButDigits()
    {
        const QString digits = shortened(QString(1'000, u'7'), 100);
        QCOMPARE(digits.size(), 100);
    }
};

} // namespace bookdesk

QTEST_GUILESS_MAIN(bookdesk::TextTest)
#include "text-test.moc"
