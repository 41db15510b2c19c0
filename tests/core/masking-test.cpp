#include "core/masking.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(bookdesk::Stretches)

namespace bookdesk {

class MaskingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void masks_data()
    {
        QTest::addColumn<Stretches>("hidden");
        QTest::addColumn<QString>("shown");
        QTest::newRow("nothing") << Stretches{} << u"0123456789"_s;
        QTest::newRow("the beginning") << Stretches{{0, 2}} << u"#23456789"_s;
        QTest::newRow("the end") << Stretches{{8, 10}} << u"01234567#"_s;
        QTest::newRow("the whole") << Stretches{{0, 10}} << u"#"_s;
        QTest::newRow("two in the wrong order") << Stretches{{6, 8}, {1, 3}} << u"0#345#89"_s;
        QTest::newRow("two that overlap") << Stretches{{1, 5}, {3, 8}} << u"0#89"_s;
        QTest::newRow("one within another") << Stretches{{1, 8}, {3, 5}} << u"0#89"_s;
        QTest::newRow("one as long as it can be, behind its own beginning") << Stretches{{1, 3}, {1, 8}} << u"0#89"_s;
        QTest::newRow("two side by side") << Stretches{{1, 3}, {3, 5}} << u"0##56789"_s;
        QTest::newRow("one twice") << Stretches{{1, 3}, {1, 3}} << u"0#3456789"_s;
        QTest::newRow("an empty secret") << Stretches{{4, 4}} << u"0123#456789"_s;
        QTest::newRow("an empty secret twice") << Stretches{{4, 4}, {4, 4}} << u"0123#456789"_s;
    }

    void masks()
    {
        QFETCH(Stretches, hidden);
        QFETCH(QString, shown);
        QCOMPARE(masked(u"0123456789"_s, hidden), shown.replace(u'#', removedMark()));
    }

    void addsWhatAPatternCaptures()
    {
        Stretches found{{0, 1}};
        addMatches(found, QRegularExpression(u"x(\\d+)"_s), u"x12 x 12 x3"_s);
        QVERIFY((found == Stretches{{0, 1}, {1, 3}, {10, 11}}));
    }

    void hidesAllWhereAPatternGivesUp()
    {
        const QRegularExpression greedy(u"\"((?:[^\"\\\\]|\\\\.)*)\""_s);
        const QString text = u"begin \""_s + QString(1'000'000, u'x') + u"\" end"_s;
        QVERIFY2(!greedy.match(text).isValid(), "PCRE has learned to match this: choose another pattern");
        Stretches found;
        addMatches(found, greedy, text);
        QCOMPARE(masked(text, found), removedMark());
    }
};

} // namespace bookdesk

QTEST_GUILESS_MAIN(bookdesk::MaskingTest)
#include "masking-test.moc"
