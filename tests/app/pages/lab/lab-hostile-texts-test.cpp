// What APIs, documents and tokens say, in every view of the access lab: plain text that hides nothing.
#include "app/page-fixture.h"
#include "core/hostile-strings.h"
#include "lab/sample-report.h"
#include "pages/lab/endpoint-detail.h"
#include "pages/lab/endpoints-table.h"
#include "pages/lab/probe-detail.h"
#include "pages/lab/probes-tree.h"

#include <QTest>
#include <QTextEdit>

using namespace bookdesk;
using namespace Qt::StringLiterals;

namespace {

/// Labels may break long words here.
constexpr QChar lineBreak(0x200B);

/// Every cell, as it is shown and as it is read out.
QStringList cellTexts(const QAbstractItemModel &model, const QModelIndex &parent = {})
{
    QStringList texts;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        for (int column = 0; column < model.columnCount(parent); ++column) {
            const QModelIndex index = model.index(row, column, parent);
            texts += {index.data().toString(), index.data(Qt::AccessibleTextRole).toString()};
        }
        texts += cellTexts(model, model.index(row, 0, parent));
    }
    return texts;
}

/// The titles of probes are the program's own; the rest comes from outside.
std::vector<lab::ProbeResult> probesSaying(const QString &text)
{
    std::vector<lab::ProbeResult> probes = lab::sampleProbes();
    for (lab::ProbeResult &probe : probes) {
        probe.serverSaid = probe.why = text;
        probe.details = {{text, text, text}};
    }
    return probes;
}

} // namespace

class LabHostileTextsTest : public QObject
{
    Q_OBJECT

private:
    static void check(const QStringList &texts, qsizetype fewest)
    {
        QVERIFY(texts.size() >= fewest);
        for (QString text : texts)
            QVERIFY2(test::showsAll(text.remove(lineBreak)), qPrintable(text));
    }

private Q_SLOTS:
    void endpoints_data() { test::addHostileRows(); }

    void endpoints()
    {
        QFETCH(const QString, text);
        const std::vector<lab::EndpointResult> results = lab::hostileReport(text).endpoints;
        pages::EndpointsTable table;
        table.endpoints().setResults(results, {}, true);
        check(cellTexts(table.endpoints()), 64);
        table.resize(900, 300);
        table.grab();
        for (const lab::EndpointResult &result : results) {
            pages::EndpointDetail detail;
            detail.setResult(result, true);
            check(test::labelTexts(detail), 4);
            detail.grab();
        }
    }

    void probes_data() { test::addHostileRows(); }

    void probes()
    {
        QFETCH(const QString, text);
        const std::vector<lab::ProbeResult> results = probesSaying(text);
        pages::ProbesTree tree;
        tree.setResults(results);
        check(cellTexts(tree.probes()), 36);
        tree.openAll();
        tree.resize(500, 500);
        tree.grab();
        for (const lab::ProbeResult &result : results) {
            pages::ProbeDetail detail;
            detail.setResult(result, true);
            check(test::labelTexts(detail), 6);
            check({detail.findChild<QTextEdit *>(u"code"_s)->toPlainText()}, 1);
            detail.resize(500, 500);
            detail.grab();
        }
    }
};

BOOKDESK_PAGE_TEST_MAIN(LabHostileTextsTest)
#include "lab-hostile-texts-test.moc"
