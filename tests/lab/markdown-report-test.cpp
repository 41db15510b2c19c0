#include "core/hostile-strings.h"
#include "lab/markdown-report.h"
#include "lab/sample-report.h"

#include <QRegularExpression>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::lab;
using namespace Qt::StringLiterals;

namespace {

QString reported(const LabReport &report) { return markdownReport(report, Remedies::forLocale(QLocale::c())); }

/// How many cells each line of a table has, in order.
QList<qsizetype> cellsOfRows(const QString &markdown)
{
    static const QRegularExpression separator(u"(?<!\\\\)\\|"_s);
    QList<qsizetype> cells;
    for (const QString &line : markdown.split(u'\n')) {
        if (line.startsWith(u'|'))
            cells += line.count(separator);
    }
    return cells;
}

} // namespace

class MarkdownReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatMatters_data()
    {
        QTest::addColumn<QString>("text");
        const auto row = [](const QString &text) { QTest::newRow(qPrintable(text)) << text; };
        row(u"# Access lab report: Sandbox\n"_s);
        row(u"| API | `http://localhost:8031` |\n"_s);
        row(u"| Signed in as | `ada@example` |\n"_s);
        row(u"| Made | 2026-09-21T14:13:20Z |\n"_s);
        row(u"### 200 OK: the API accepted a token made for another API\n"_s);
        row(u"### 500: the API stumbled over this token instead of refusing it\n"_s);
        row(u"Made for another API, expected 401, got 200, accepted.\n"_s);
        row(u"| `aud` | `another-api` | `books-api` |\n"_s);
        row(u"The API said: `{\"books\":[]}`\n"_s);
        row(u"**Why that matters**: Every API of the tenant"_s);
        row(u"\nPyJWT\n\n```diff\n"_s);
        row(u"\nASP.NET Core\n\n```diff\n"_s);
        row(u"\nSpring\n\n```diff\n"_s);
        row(u"+     audience=CLIENT_ID,\n"_s);
        row(u"1 accepted, 1 crashed, 1 without an answer, 1 refused, 1 not possible here, 1 not sent\n"_s);
        row(u"| Made for another API | 401 | 200 | **accepted** |  | RFC 8725, section 3.9 |\n"_s);
        row(u"| Title of tenant | 401 | \u2013 | not possible here | Only the tenant could sign it. |"_s);
        row(u"| `GET /api/v1/loans` | scope Books.Read | 200 | 404 | **differs** no such endpoint |"_s);
        row(u"| `DELETE /api/v1/books/{book_id}` | scope Books.Read | 403 | \u2013 | not called |"_s);
    }

    void saysWhatMatters()
    {
        QFETCH(QString, text);
        const QString report = reported(sampleReport());
        QVERIFY2(report.contains(text), qPrintable(report));
    }

    void withoutFindingsItSaysSo()
    {
        LabReport report = sampleReport();
        report.probes = {sampleProbe(u"expired"_s, u"expiry"_s, ProbeState::refused, 401)};
        QVERIFY(reported(report).contains("No findings.\n"_L1));
    }

    void aFailedControlComesFirstAndNothingIsSaidToBeSound()
    {
        const QString report = reported(unprovenReport(sampleReport()));
        const auto said = report.indexOf(
            "\n\n**Nothing is proven: the API refuses the genuine token too, with 401.** Get a fresh token, "_L1);
        QVERIFY2(said > 0 && said < report.indexOf("## "_L1), qPrintable(report));
        QVERIFY(!report.contains("No findings"_L1));
        QVERIFY(report.contains("\n1 unproven\n"_L1));
        QVERIFY(report.contains("| 401 | 401 | unproven | Nothing is proven"_L1));
    }

    void aControlThatPassedIsALine()
    {
        LabReport report = sampleReport();
        report.control = sampleControl(ProbeState::accepted, 200);
        QVERIFY(reported(report).contains("\n\nControl: the genuine token got 200 OK.\n"_L1));
    }

    void whatWasNotRunIsLeftOut()
    {
        LabReport report = sampleReport();
        report.probes.clear();
        QVERIFY(!reported(report).contains("Probes"_L1) && !reported(report).contains("indings"_L1));
        report.endpoints.clear();
        QVERIFY(!reported(report).contains("Endpoints"_L1));
    }

    /// Text from outside adds no row, cell, heading, fence or HTML.
    void hostileTextsStayText_data() { bookdesk::test::addHostileRows(); }

    void hostileTextsStayText()
    {
        QFETCH(QString, text);
        const QString plain = reported(hostileReport(u"text"_s));
        const QString hostile = reported(hostileReport(text));
        QCOMPARE(cellsOfRows(hostile), cellsOfRows(plain));
        QCOMPARE(hostile.count(u'\n'), plain.count(u'\n'));
        QCOMPARE(hostile.count(u"\n#"_s), plain.count(u"\n#"_s));
        QCOMPARE(hostile.count(u"\n```"_s), plain.count(u"\n```"_s));
        QVERIFY(bookdesk::test::showsAll(hostile));
    }
};

QTEST_GUILESS_MAIN(MarkdownReportTest)

#include "markdown-report-test.moc"
