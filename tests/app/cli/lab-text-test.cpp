// What an API says, in the text that `lab run` and `lab probe` print.
#include "cli/lab-text.h"
#include "core/hostile-strings.h"
#include "lab/sample-report.h"

#include <QTest>

using namespace bookdesk;
using namespace Qt::StringLiterals;

class LabTextTest : public QObject
{
    Q_OBJECT

private:
    static QString textOf(const lab::LabReport &report)
    {
        return cli::labText(report, lab::Remedies::forLocale(QLocale::c()));
    }

private Q_SLOTS:
    void hasARowForEachEndpointAndLinesForEachFinding()
    {
        const QString text = textOf(lab::sampleReport());
        QVERIFY(text.startsWith("Endpoint "_L1));
        QVERIFY2(text.contains("differs: no such endpoint\n"_L1), qPrintable(text));
        QVERIFY(text.contains("200 OK: the API accepted a token made for another API\n"_L1));
        QVERIFY(text.contains("  aud: sent another-api, must be books-api\n"_L1));
        QVERIFY2(text.contains("\nProbes: 1 accepted, 1 crashed, "_L1), qPrintable(text));
    }

    void aFailedControlIsSaidAboveTheTotals()
    {
        const QString text = textOf(lab::unprovenReport(lab::sampleReport()));
        QVERIFY2(text.contains(
                     "Nothing is proven: the API refuses the genuine token too, with 401\nProbes: 1 unproven\n"_L1),
                 qPrintable(text));
    }

    void noTextAddsLinesOrControlsTheTerminal_data() { test::addHostileRows(); }

    void noTextAddsLinesOrControlsTheTerminal()
    {
        QFETCH(const QString, text);
        const QString harmless = textOf(lab::hostileReport(u"x"_s));
        const QString hostile = textOf(lab::hostileReport(text));
        QVERIFY2(test::showsAll(hostile), qPrintable(hostile));
        QCOMPARE(hostile.count(u'\n'), harmless.count(u'\n'));
    }
};

QTEST_GUILESS_MAIN(LabTextTest)
#include "lab-text-test.moc"
