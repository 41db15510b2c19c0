/// Strings that servers, tokens and files can contain and that must do no harm where they land.
///
/// The one table for everything that leaves the program: views, reports and exports run each of its rows, and a new
/// kind of harm is one line here. In a test: `void name_data() { test::addHostileRows(); }`, then `QFETCH(QString,
/// text)`.
#pragma once

#include <QString>
#include <QTest>

#include <vector>

namespace bookdesk::test {

struct HostileString
{
    const char *name; ///< What it tries.
    QString text;
};

inline std::vector<HostileString> hostileStrings()
{
    using namespace Qt::StringLiterals;
    return {
        {"a picture in HTML", u"<img src=x onerror=alert(1)>"_s},
        {"bold HTML", u"A <b>bold</b> title &amp; more"_s},
        {"a script", u"</pre><script>alert('x')</script>"_s},
        {"the end of CDATA and of a comment", u"]]> --> <!-- <![CDATA["_s},
        {"references", u"&lt;i&gt; &#x202E; &nbsp;"_s},
        {"a picture in Markdown", u"![p](http://evil.example/p.png)"_s},
        {"a link in Markdown", u"[Sign in](javascript:alert(1)) www.evil.example"_s},
        {"a table's cell in Markdown", u"a | b \\| c || d"_s},
        {"backticks", u"`rm` ``x`` ```\nfence"_s},
        {"a heading and a list", u"# Heading\n- item\n1. item\n> quote"_s},
        {"a shell's substitution", u"$(touch pwned) `touch pwned` ${IFS}"_s},
        {"the end of a shell's quotes", u"'; touch pwned; echo '\" && touch pwned #"_s},
        {"an option", u"--output=/dev/null -o x @/etc/passwd"_s},
        {"a shell's variable", u"$TOKEN $HOME %PATH% !!"_s},
        {"a formula in CSV", u"=HYPERLINK(\"http://evil.example\";\"x\")"_s},
        {"a command in CSV", u"+cmd|' /C calc'!A0\t@SUM(1)\t-2+3"_s},
        {"the end of a CSV field", u"a\",\"b;c\r\nd"_s},
        {"quotes of JSON", u"\",\"role\":\"Books.Admin\\"_s},
        {"a header's line break", u"x\r\nSet-Cookie: a=b"_s},
        {"a right-to-left override", u"gnp.\u202Eexe.\u202Cpng"_s},
        {"isolates and marks of direction", u"\u2066\u200Fabc\u2069\u061C\u200E"_s},
        {"invisible characters", u"Bo\u200Boks\u2060.\uFEFFAdmin\u00AD"_s},
        {"tags beyond the first plane", u"a\U000E0041\U000E0042\U000E007F"_s},
        {"separators of lines and paragraphs", u"a\u2028b\u2029c\u0085d"_s},
        {"a zero character", u"before\0after"_s},
        {"a terminal's escape sequences", u"\x1b[2J\x1b]0;title\a\x9b\x31m"_s},
        {"other control characters", u"\b\f\v\t\x7f\x1f\x01"_s},
        {"a first half of a surrogate pair", u"a"_s + QChar(0xd83d) + u"b"_s},
        {"a second half of a surrogate pair", u"a"_s + QChar(0xdcda) + u"b"_s},
        {"characters that are none", u"a\uFFFE\uFFFFb"_s},
        {"a place marker", u"%1 %2 %n %s %x %%"_s},
        {"heaped accents", u"a"_s + QString(200, QChar(0x0301))},
        {"a long word", QString(3'000, u'w')},
        {"a path", u"../../etc/passwd C:\\Windows\\x.lnk file:///etc/passwd"_s},
        {"look-alike letters", u"https://b\u043E\u043Eks.contoso.com/"_s},
    };
}

/// A row for each, with the column "text".
inline void addHostileRows()
{
    QTest::addColumn<QString>("text");
    for (const HostileString &row : hostileStrings())
        QTest::newRow(row.name) << row.text;
}

/// Whether @p output, which is to be shown to people, has no control or bidirectional-formatting characters but line
/// feeds and tabulators.
inline bool showsAll(const QString &output)
{
    for (const char32_t character : output.toUcs4()) {
        const bool isBreak = character == U'\n' || character == U'\t';
        const QChar::Category category = QChar::category(character);
        if (!isBreak && (category == QChar::Other_Control || category == QChar::Other_Format ||
                         category == QChar::Separator_Line || category == QChar::Separator_Paragraph))
            return false;
    }
    return true;
}

} // namespace bookdesk::test
