#include "core/hostile-strings.h"
#include "core/markdown.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk {

class MarkdownTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTextText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("markdown");
        const auto row = [](const char *name, const QString &text, const QString &markdown) {
            QTest::newRow(name) << text << markdown;
        };
        row("nothing", {}, {});
        row("plain words stay", u"Books.Admin, for Jürgen (today)"_s, u"Books.Admin, for Jürgen (today)"_s);
        row("HTML", u"<img src=x onerror=alert(1)>"_s, u"&lt;img src=x onerror=alert(1)&gt;"_s);
        row("a reference", u"&lt;b&gt; &#60;"_s, u"&amp;lt;b&amp;gt; &amp;\\#60;"_s);
        row("emphasis", u"*a* _b_ ~~c~~"_s, u"\\*a\\* \\_b\\_ \\~\\~c\\~\\~"_s);
        row("a link", u"[here](javascript:x)"_s, u"\\[here\\](javascript\\:x)"_s);
        row("a picture", u"![](http://a/p.png)"_s, u"\\!\\[\\](http\\://a/p.png)"_s);
        row("a bare link", u"see https://evil.example"_s, u"see https\\://evil.example"_s);
        row("an address without a scheme", u"localhost:40085, at 14:20, here"_s, u"localhost:40085, at 14:20, here"_s);
        row("a picture by its name", u":100: :smile:"_s, u"\\:100: \\:smile:"_s);
        row("a bare host", u"WWW.evil.example"_s, u"WWW\\.evil.example"_s);
        row("a mail address", u"a@evil.example"_s, u"a&#64;evil.example"_s);
        row("a table's cell", u"a|b"_s, u"a\\|b"_s);
        row("an escaped pipe", u"a\\|b"_s, u"a\\\\\\|b"_s);
        row("code", u"`a` ```"_s, u"\\`a\\` \\`\\`\\`"_s);
        row("a heading", u"# a"_s, u"\\# a"_s);
        row("a line under a heading", u"==="_s, u"\\==="_s);
        row("a list", u"- a - b"_s, u"\\- a - b"_s);
        row("a list with plus", u"+ a + b"_s, u"\\+ a + b"_s);
        row("a numbered list", u"12. a 1."_s, u"12\\. a 1."_s);
        row("a numbered list with parentheses", u"1) a"_s, u"1\\) a"_s);
        row("a quote", u"> a"_s, u"&gt; a"_s);
        row("a formula", u"$a$"_s, u"\\$a\\$"_s);
        row("indented code", u"    a"_s, u"&#32;   a"_s);
        row("line breaks", u"a\r\n\n# b"_s, u"a\\\\u\\{000D\\}\\\\u\\{000A\\}\\\\u\\{000A\\}\\# b"_s);
        row("a separator of lines", u"a\u2028b"_s, u"a\\\\u\\{2028\\}b"_s);
        row("a right-to-left override", u"a\u202Eb"_s, u"a\\\\u\\{202E\\}b"_s);
        row("a zero byte", u"a\0b"_s, u"a\\\\u\\{0000\\}b"_s);
    }

    void keepsTextText()
    {
        QFETCH(QString, text);
        QFETCH(QString, markdown);
        QCOMPARE(markdownText(text), markdown);
    }

    void makesCode_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("cell");
        const auto row = [](const char *name, const QString &text, const QString &code, const QString &cell) {
            QTest::newRow(name) << text << code << cell;
        };
        row("nothing", {}, {}, {});
        row("a name", u"Books.Admin"_s, u"`Books.Admin`"_s, u"`Books.Admin`"_s);
        row("HTML and marks stay", u"<b>*a*\\"_s, u"`<b>*a*\\`"_s, u"`<b>*a*\\`"_s);
        row("a pipe", u"a|b"_s, u"`a|b`"_s, u"`a\\|b`"_s);
        row("a backtick within", u"a`b"_s, u"``a`b``"_s, u"``a`b``"_s);
        row("backticks at the ends", u"``a`"_s, u"``` ``a` ```"_s, u"``` ``a` ```"_s);
        row("only a backtick", u"`"_s, u"`` ` ``"_s, u"`` ` ``"_s);
        row("blanks at both ends", u" a "_s, u"`  a  `"_s, u"`  a  `"_s);
        row("line breaks", u"a\n\nb"_s, u"`a\\u{000A}\\u{000A}b`"_s, u"`a\\u{000A}\\u{000A}b`"_s);
        row("a right-to-left override", u"a\u202Eb"_s, u"`a\\u{202E}b`"_s, u"`a\\u{202E}b`"_s);
    }

    void makesCode()
    {
        QFETCH(QString, text);
        QFETCH(QString, code);
        QFETCH(QString, cell);
        QCOMPARE(markdownCode(text), code);
        QCOMPARE(markdownCodeCell(text), cell);
    }

    void aTableHasATitleRow()
    {
        QCOMPARE(markdownTableHead({u"Claim"_s, u"A|B"_s}) + markdownRow({u"aud"_s, {}}),
                 u"| Claim | A\\|B |\n| --- | --- |\n| aud |  |\n"_s);
    }

    void disarmsHostileText_data() { test::addHostileRows(); }

    void disarmsHostileText()
    {
        QFETCH(QString, text);
        const QString shown = markdownText(text);
        const QString cell = markdownCodeCell(text);
        QVERIFY(test::showsAll(shown) && !shown.contains(u'\n'));
        QVERIFY(test::showsAll(cell) && !cell.contains(u'\n'));
        static const QRegularExpression html(u"[<>]|&(?!(lt|gt|amp|#64|#32);)"_s);
        QVERIFY(!shown.contains(html));
        static const QRegularExpression marks(uR"((?<!\\)(\\\\)*([`*_\[\]|~$]|:(?=/)))"_s);
        QVERIFY(!shown.contains(marks));
        static const QRegularExpression pipe(uR"((?<!\\)[|])"_s);
        QVERIFY(!cell.contains(pipe));
    }
};

} // namespace bookdesk

QTEST_GUILESS_MAIN(bookdesk::MarkdownTest)
#include "markdown-test.moc"
