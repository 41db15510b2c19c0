// Holds tests/protocols.md against the tests: every table can be read, every requirement has a test or a reason, and
// every test that is named exists.
#include "layout/sources.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <optional>

using namespace Qt::StringLiterals;
using bookdesk::test::Source;
using bookdesk::test::sourceRoot;
using bookdesk::test::sourcesBelow;

namespace {

const QStringList tableHead{u"section"_s, u"what is asked"_s, u"test, or why there is none"_s};

/// One row of a table.
struct Requirement
{
    QString place;  ///< Specification, section and what it asks, for messages.
    QString answer; ///< Its tests or the reason why there is none.
};

struct Reading
{
    QStringList specifications;
    QList<Requirement> requirements;
    QStringList complaints;
};

/// The whole line for one cell where it does not begin and end as a row does.
QStringList cellsOf(const QString &line)
{
    QStringList cells = line.split(u'|');
    if (!cells.constFirst().isEmpty() || !cells.constLast().isEmpty())
        return {line};
    cells = cells.mid(1, cells.size() - 2);
    for (QString &cell : cells)
        cell = cell.trimmed();
    return cells;
}

QString tableComplaint(const QList<QStringList> &rows)
{
    static const QStringList rule(tableHead.size(), u"---"_s);
    if (rows.size() < 3 || rows[0] != tableHead || rows[1] != rule)
        return u"no table with the usual head and a row"_s;
    for (const QStringList &row : rows) {
        if (row.size() != tableHead.size() || row.contains(QString()))
            return u"not three filled cells: "_s + row.join(u" | "_s);
    }
    return {};
}

/// Each heading of the second level is a specification with one table; other text may stand around it.
Reading read(const QString &markdown)
{
    Reading reading;
    for (const QString &part : markdown.split(u"\n## "_s).mid(1)) {
        const QStringList lines = part.split(u'\n');
        QList<QStringList> rows;
        for (const QString &line : lines) {
            if (line.contains(u'|'))
                rows += cellsOf(line);
        }
        reading.specifications += lines.constFirst();
        if (const QString complaint = tableComplaint(rows); !complaint.isEmpty()) {
            reading.complaints += lines.constFirst() + u": "_s + complaint;
            continue;
        }
        for (const QStringList &row : rows.mid(2))
            reading.requirements.append({lines.constFirst() + u", "_s + row[0] + u", "_s + row[1], row[2]});
    }
    return reading;
}

/// The text of a class of tests.
struct TestClass
{
    QString path;
    QString text;
};

std::optional<TestClass> findClass(const QList<Source> &sources, const QString &name)
{
    const QRegularExpression definition(u"^class %1 : public QObject(?:, .*)?$"_s.arg(name),
                                        QRegularExpression::MultilineOption);
    for (const Source &source : sources) {
        if (definition.match(source.text).hasMatch())
            return TestClass{source.path, source.text};
    }
    return {};
}

QString bodyOf(const QString &text, const QString &function)
{
    const QRegularExpression body(u"^( *)void (?:\\w+::)?%1\\(\\)\\n\\1\\{\\n(.*?)\\n\\1\\}"_s.arg(function),
                                  QRegularExpression::MultilineOption | QRegularExpression::DotMatchesEverythingOption);
    return body.match(text).captured(2);
}

/// The sources next to a test's own whose names begin with the same word: some tests have their rows there.
QString textOfFamily(const QList<Source> &sources, const QString &path)
{
    const QString family = path.section(u'-', 0, 0) + u'-';
    QString text;
    for (const Source &source : sources) {
        if (source.path.startsWith(family))
            text += source.text;
    }
    return text;
}

bool hasRow(const QList<Source> &sources, const TestClass &tests, const QString &function, const QString &row)
{
    static const QRegularExpression literalRow(u"\\w\\(\""_s);
    const QString rows = bodyOf(tests.text, function + u"_data"_s);
    const bool takesThemFromElsewhere = !rows.isEmpty() && !rows.contains(literalRow);
    return (takesThemFromElsewhere ? textOfFamily(sources, tests.path) : rows).contains(u'"' + row + u'"');
}

/// Empty where the test that @p reference names (`Class::function` or `Class::function (row)`) exists.
QString referenceComplaint(const QList<Source> &sources, const QString &reference)
{
    static const QRegularExpression form(u"^(\\w+)::(\\w+)(?: \\((.+)\\))?$"_s);
    const QRegularExpressionMatch match = form.match(reference);
    if (!match.hasMatch())
        return u"is no name of a test"_s;
    const std::optional<TestClass> tests = findClass(sources, match.captured(1));
    if (!tests)
        return u"no such class"_s;
    const QString function = match.captured(2);
    if (!tests->text.contains(u"void %1()"_s.arg(function)))
        return u"no such function"_s;
    const QString row = match.captured(3);
    return row.isEmpty() || hasRow(sources, *tests, function, row) ? QString() : u"no such row"_s;
}

QStringList answerComplaints(const QList<Source> &sources, const QString &answer)
{
    static const QRegularExpression code(u"`([^`]*\\w::[^`]*)`"_s);
    static const QRegularExpression reason(u"^(?:not ours|deviation|not covered): .{10}"_s);
    QStringList complaints;
    bool namesTests = false;
    for (const QRegularExpressionMatch &match : code.globalMatch(answer)) {
        namesTests = true;
        const QString complaint = referenceComplaint(sources, match.captured(1));
        if (!complaint.isEmpty())
            complaints += match.captured(1) + u": "_s + complaint;
    }
    if (!namesTests && !reason.match(answer).hasMatch())
        complaints += u"neither a test nor a reason"_s;
    return complaints;
}

/// Everything that is wrong with the file.
QStringList complaintsAbout(const QString &markdown, const QList<Source> &sources)
{
    const Reading reading = read(markdown);
    QStringList complaints = reading.complaints;
    for (const Requirement &requirement : reading.requirements) {
        for (const QString &complaint : answerComplaints(sources, requirement.answer))
            complaints += requirement.place + u": "_s + complaint;
    }
    return complaints;
}

QString protocols()
{
    QFile file(sourceRoot() + u"/tests/protocols.md"_s);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

const QString goodHead = u"\n## RFC 1\n\n| section | what is asked | test, or why there is none |\n|---|---|---|\n"_s;

QString tableWith(const QString &answer) { return goodHead + u"| 1 | this | "_s + answer + u" |\n"_s; }

QList<Source> sampleSources()
{
    return {{u"tests/a/one-test.cpp"_s, u"class OneTest : public QObject\n{\n    void passes();\n    void more();\n};\n"
                                        "void OneTest::passes_data()\n{\n    QTest::newRow(\"a row\") << 1;\n}\n"
                                        "void OneTest::passes()\n{\n    check(\"a text\");\n}\n"
                                        "void OneTest::more_data()\n{\n    addRows();\n}\n"_s},
            {u"tests/a/one-rows.cpp"_s, u"void addRows()\n{\n    QTest::newRow(\"far away\") << 1;\n}\n"_s},
            {u"tests/a/two-rows.cpp"_s, u"void addRows()\n{\n    QTest::newRow(\"of another\") << 1;\n}\n"_s}};
}

} // namespace

class ProtocolsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySpecificationHasItsTable()
    {
        QStringList specifications = read(protocols()).specifications;
        specifications.sort();
        QCOMPARE(specifications,
                 QStringList({u"OpenID Connect Core 1.0"_s, u"OpenID Connect RP-Initiated Logout 1.0"_s, u"RFC 6749"_s,
                              u"RFC 6750"_s, u"RFC 7009"_s, u"RFC 7515"_s, u"RFC 7517"_s, u"RFC 7518"_s, u"RFC 7519"_s,
                              u"RFC 7636"_s, u"RFC 8037"_s, u"RFC 8252"_s, u"RFC 8628"_s, u"RFC 8725"_s, u"RFC 9207"_s,
                              u"RFC 9470"_s, u"RFC 9700"_s}));
    }

    void everyRequirementHasATestOrAReason()
    {
        const QStringList complaints = complaintsAbout(protocols(), sourcesBelow(u"tests"_s));
        QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
    }

    void whatIsWrongIsFound_data()
    {
        QTest::addColumn<QString>("markdown");
        QTest::addColumn<QString>("complaint");
        const auto row = [](const char *name, const QString &markdown, const QString &complaint = {}) {
            QTest::newRow(name) << markdown << complaint;
        };
        row("a test", tableWith(u"`OneTest::passes`"_s));
        row("a test's row", tableWith(u"`OneTest::passes (a row)`"_s));
        row("a row from elsewhere", tableWith(u"`OneTest::more (far away)`"_s));
        row("two tests and a word", tableWith(u"`OneTest::passes`, `OneTest::more`, on `::1`"_s));
        row("a reason", tableWith(u"not ours: it is for servers"_s));
        row("no such class", tableWith(u"`OtherTest::passes`"_s), u"OtherTest::passes: no such class"_s);
        row("no such function", tableWith(u"`OneTest::fails`"_s), u"OneTest::fails: no such function"_s);
        row("no such row", tableWith(u"`OneTest::passes (b row)`"_s), u"OneTest::passes (b row): no such row"_s);
        row("a text that is no row", tableWith(u"`OneTest::passes (a text)`"_s), u"(a text): no such row"_s);
        row("a row of another test", tableWith(u"`OneTest::more (of another)`"_s), u"(of another): no such row"_s);
        row("rows where there are none", tableWith(u"`OneTest::none (a row)`"_s), u"no such function"_s);
        row("one good test and a bad one", tableWith(u"`OneTest::more`, `OneTest::x`"_s), u"OneTest::x: no such"_s);
        row("half a row", tableWith(u"`OneTest::passes (a row`"_s), u"is no name of a test"_s);
        row("a dash", tableWith(u"-"_s), u"neither a test nor a reason"_s);
        row("a promise", tableWith(u"this is done well"_s), u"neither a test nor a reason"_s);
        row("a reason that is none", tableWith(u"not covered: no"_s), u"neither a test nor a reason"_s);
        row("an empty cell", tableWith({}), u"not three filled cells"_s);
        row("a cell too many", tableWith(u"`OneTest::more` | x"_s), u"not three filled cells"_s);
        row("a row without its end", tableWith(u"`OneTest::more`"_s) + u"| 2 | that | `OneTest::more`\n"_s,
            u"not three filled cells"_s);
        row("a table without rows", goodHead, u"no table"_s);
        row("no table", u"\n## RFC 1\n\nWords.\n"_s, u"no table"_s);
        row("another head", tableWith(u"`OneTest::more`"_s).replace(u"section"_s, u"part"_s), u"no table"_s);
    }

    void whatIsWrongIsFound()
    {
        QFETCH(const QString, markdown);
        QFETCH(const QString, complaint);
        const QStringList complaints = complaintsAbout(markdown, sampleSources());
        QCOMPARE(complaints.size(), complaint.isEmpty() ? 0 : 1);
        QVERIFY2(complaints.join(u'\n').contains(complaint), qPrintable(complaints.join(u'\n')));
    }
};

QTEST_GUILESS_MAIN(ProtocolsTest)
#include "protocols-test.moc"
