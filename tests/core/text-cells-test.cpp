#include "core/text-cells.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk {

class TextCellsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsWhatATerminalShows_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qsizetype>("cells");
        const auto row = [](const char *name, const QString &text, qsizetype cells) {
            QTest::newRow(name) << text << cells;
        };
        row("nothing", {}, 0);
        row("English", u"The Trial"_s, 9);
        row("umlauts", u"Die Verw\u00E4ndlung"_s, 15);
        row("Russian", u"\u041A\u043D\u0438\u0433\u0430"_s, 5);
        row("Chinese", u"\u7D05\u6A13\u5922"_s, 6);
        row("Japanese with Latin letters", u"\u6751\u4E0A1Q84"_s, 8);
        row("half-width Katakana", u"\uFF76\uFF80"_s, 2);
        row("full-width letters", u"\uFF21\uFF22"_s, 4);
        row("Korean syllables", u"\uD55C\uAE00"_s, 4);
        row("Korean syllables in parts", u"\u1112\u1161\u11AB\u1100\u1173\u11AF"_s, 4);
        row("ideographs beyond the first plane", u"\U00020000\U0002A6D6"_s, 4);
        row("a letter with combining marks", u"e\u0301\u0323"_s, 1);
        row("a mark alone", u"\u0301"_s, 0);
        row("an enclosing mark", u"a\u20DD"_s, 1);
        row("Hindi with a spacing vowel", u"\u0915\u093F"_s, 2);
        row("an invisible blank", u"a\u200Bb"_s, 2);
        row("an emoji", u"\U0001F4DA"_s, 2);
        row("an emoji with a colour of skin", u"\U0001F44D\U0001F3FD"_s, 2);
        row("a family that is one emoji", u"\U0001F468\u200D\U0001F469\u200D\U0001F467"_s, 2);
        row("a symbol in its look as an emoji", u"\u2764\uFE0F"_s, 2);
        row("the same symbol as text", u"\u2764"_s, 1);
        row("a key", u"1\uFE0F\u20E3"_s, 2);
        row("a flag", u"\U0001F1E9\U0001F1EA"_s, 2);
        row("two flags", u"\U0001F1E9\U0001F1EA\U0001F1EB\U0001F1F7"_s, 4);
    }

    void countsWhatATerminalShows()
    {
        QFETCH(QString, text);
        QTEST(cellsOf(text), "cells");
    }

    void padsToTheColumn()
    {
        QCOMPARE(padded(u"ab"_s, 4), u"ab  "_s);
        QCOMPARE(padded(u"\u7D05"_s, 4), u"\u7D05  "_s);
        QCOMPARE(padded(u"\u7D05\u6A13\u5922"_s, 4), u"\u7D05\u6A13\u5922"_s);
    }

    void fitsIntoTheColumn_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("fit");
        const auto row = [](const char *name, const QString &text, const QString &fit) {
            QTest::newRow(name) << text << fit;
        };
        row("short", u"ab"_s, u"ab        "_s);
        row("exact", u"abcdefghij"_s, u"abcdefghij"_s);
        row("long", u"abcdefghijk"_s, u"abcde\u2026hijk"_s);
        row("exact in Chinese", u"\u4E00\u4E01\u4E03\u4E07\u4E08"_s, u"\u4E00\u4E01\u4E03\u4E07\u4E08"_s);
        row("long in Chinese", u"\u4E00\u4E01\u4E03\u4E07\u4E08\u4E09"_s, u"\u4E00\u4E01\u2026\u4E08\u4E09 "_s);
        row("accents stay with their letters", u"e\u0301"_s.repeated(11),
            u"e\u0301"_s.repeated(5) + u'\u2026' + u"e\u0301"_s.repeated(4));
        row("emoji of several parts stay whole", u"\U0001F44D\U0001F3FD"_s.repeated(6),
            u"\U0001F44D\U0001F3FD\U0001F44D\U0001F3FD\u2026\U0001F44D\U0001F3FD\U0001F44D\U0001F3FD "_s);
        row("a number stays whole", u"\u4E00 2024 \u4E01 \u4E03"_s, u"\u4E00 \u2026 \u4E03   "_s);
        row("marks without end", u"e"_s + QString(100'000, QChar(0x301)), {});
    }

    void fitsIntoTheColumn()
    {
        QFETCH(QString, text);
        QFETCH(QString, fit);
        const QString shown = fitted(text, 10);
        QCOMPARE(cellsOf(shown), 10);
        QVERIFY(shown.size() < 1'000);
        if (!fit.isEmpty())
            QCOMPARE(shown, fit);
    }

    void fitsAnyWidth()
    {
        const QString text = u"a\u7D05e\u0301\U0001F468\u200D\U0001F469 12.5 \U0001F1E9\U0001F1EA\uD55C"_s;
        for (qsizetype cells = 1; cells < 30; ++cells)
            QCOMPARE(cellsOf(fitted(text, cells)), std::max<qsizetype>(cells, 1));
    }
};

} // namespace bookdesk

QTEST_GUILESS_MAIN(bookdesk::TextCellsTest)
#include "text-cells-test.moc"
