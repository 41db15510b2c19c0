// Each language's literals: what is in them is text, whatever it is.
#include "registration/quoting.h"

#include <QTest>

using namespace bookdesk::registration;
using namespace Qt::StringLiterals;

class QuotingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textsAreQuotedAsEachLanguageReadsThem_data()
    {
        QTest::addColumn<QString (*)(const QString &)>("quoted");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("literal");
        const auto row = [](const char *name, QString (*quoted)(const QString &), const QString &text,
                            const QString &literal) { QTest::newRow(name) << quoted << text << literal; };
        row("shell: a quote", shellQuoted, u"It's"_s, u"'It'\\''s'"_s);
        row("shell: a substitution", shellQuoted, u"$(a) `b` ${c} \\"_s, u"'$(a) `b` ${c} \\'"_s);
        row("shell: what bash has of before", shellQuoted, u"It's !! !ls"_s, u"'It'\\''s !! !ls'"_s);
        row("shell: double quotes", shellQuoted, u"Say \"a\" \u201Cb\u201D"_s, u"'Say \"a\" \u201Cb\u201D'"_s);
        row("shell: all quotes", shellQuoted, u"It's \"a\" \u201Cb"_s, u"'It'\\''s \"a\" \u201Cb'"_s);
        row("shell: nothing", shellQuoted, QString(), u"''"_s);
        row("PowerShell: a quote", powerShellQuoted, u"It's"_s, u"'It''s'"_s);
        row("PowerShell: typographic quotes", powerShellQuoted, u"\u2018\u2019\u201A\u201B\u201C"_s,
            u"'\u2018\u2018\u2019\u2019\u201A\u201A\u201B\u201B\u201C'"_s);
        row("PowerShell: a substitution", powerShellQuoted, u"$(a) `b"_s, u"'$(a) `b'"_s);
        row("ASCII: letters", asciiEscaped, u"a\u0142\u2019~\u00E9"_s, u"a\\u0142\\u2019~\\u00e9"_s);
        row("ASCII: a pair", asciiEscaped, u"📚"_s, u"\\ud83d\\udcda"_s);
        row("Bicep: a quote", bicepQuoted, u"It's"_s, u"'It\\'s'"_s);
        row("Bicep: a backslash before a quote", bicepQuoted, u"\\'"_s, u"'\\\\\\''"_s);
        row("Bicep: an interpolation", bicepQuoted, u"${a} $b"_s, u"'\\${a} $b'"_s);
        row("Terraform: a quote", terraformQuoted, u"Say \"a\""_s, u"\"Say \\\"a\\\"\""_s);
        row("Terraform: a backslash", terraformQuoted, u"\\\""_s, u"\"\\\\\\\"\""_s);
        row("Terraform: templates", terraformQuoted, u"${a} %{b} $${c} $d"_s,
            u"\"\\u0024{a} \\u0025{b} $\\u0024{c} $d\""_s);
        row("OData: a quote", odataQuoted, u"It's"_s, u"'It''s'"_s);
        row("JSON: a quote and a backslash", jsonQuoted, u"\"\\"_s, u"\"\\\"\\\\\""_s);
    }

    void textsAreQuotedAsEachLanguageReadsThem()
    {
        using Quoted = QString (*)(const QString &);
        QFETCH(const Quoted, quoted);
        QFETCH(const QString, text);
        QFETCH(const QString, literal);
        QCOMPARE(quoted(text), literal);
    }
};

QTEST_APPLESS_MAIN(QuotingTest)
#include "quoting-test.moc"
