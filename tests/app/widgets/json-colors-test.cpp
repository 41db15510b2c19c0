// The colours of JSON, in both themes.
#include "app/page-fixture.h"
#include "style/colors.h"
#include "widgets/json-colors.h"

#include <QPlainTextEdit>
#include <QTextBlock>
#include <QTextLayout>

using namespace bookdesk;
using namespace Qt::StringLiterals;
using style::Role;

class JsonColorsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { style::apply(*qApp, style::Theme::light); }

    void eachPartHasItsColor_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("names");
        QTest::addColumn<QString>("literals");
        QTest::newRow("a member") << u"  \"year\": 1871,"_s << u"\"year\""_s << u"1871"_s;
        QTest::newRow("a text") << u"  \"id\": \"true 12: x\","_s << u"\"id\""_s << u""_s;
        QTest::newRow("a text in an array") << u"    \"a: 1\","_s << u""_s << u""_s;
        QTest::newRow("quotation marks in a name") << u"\"a\\\"b\\\\\": null"_s << u"\"a\\\"b\\\\\""_s << u"null"_s;
        QTest::newRow("several on one line")
            << u"{\"a\":[-1.5e+3,true],\"b\":{}}"_s << u"\"a\"\"b\""_s << u"-1.5e+3true"_s;
        QTest::newRow("a text over two lines") << u"\"a\": \"one 1\n2 two\", 3"_s << u"\"a\""_s << u"3"_s;
        QTest::newRow("brackets") << u"{ [ ] }"_s << u""_s << u""_s;
        QTest::newRow("nothing") << u""_s << u""_s << u""_s;
    }

    void eachPartHasItsColor()
    {
        QFETCH(const QString, text);
        QPlainTextEdit edit;
        widgets::JsonColors colors(edit);
        colors.setJson(true);
        edit.setPlainText(text);
        QTEST(colored(edit, Role::accent, style::Theme::light), "names");
        QTEST(colored(edit, Role::claimsPart, style::Theme::light), "literals");
        style::apply(*qApp, style::Theme::dark);
        QTEST(colored(edit, Role::accent, style::Theme::dark), "names");
        QTEST(colored(edit, Role::claimsPart, style::Theme::dark), "literals");
    }

    void otherTextsHaveNone()
    {
        QPlainTextEdit edit;
        widgets::JsonColors colors(edit);
        edit.setPlainText(u"\"a\": 1"_s);
        QCOMPARE(colored(edit, Role::accent, style::Theme::light), QString());
    }

private:
    /// The parts that have this colour.
    static QString colored(const QPlainTextEdit &edit, Role role, style::Theme theme)
    {
        QString parts;
        for (QTextBlock block = edit.document()->begin(); block.isValid(); block = block.next()) {
            const QList<QTextLayout::FormatRange> formats = block.layout()->formats();
            for (const QTextLayout::FormatRange &range : formats)
                if (range.format.foreground().color() == style::color(role, theme))
                    parts += block.text().mid(range.start, range.length);
        }
        return parts;
    }
};

BOOKDESK_PAGE_TEST_MAIN(JsonColorsTest)
#include "json-colors-test.moc"
