// The tab *Probes* as a person uses it, against the real Sandbox over real sockets.
#include "app/desk-page-fixture.h"
#include "pages/lab/lab-page.h"
#include "pages/lab/probe-detail.h"
#include "pages/lab/probes-tree.h"
#include "pages/lab/probes-view.h"
#include "pages/lab/remedy-view.h"
#include "widgets/banner.h"

#include <QCheckBox>
#include <QClipboard>
#include <QFile>
#include <QLabel>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTextEdit>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using pages::LabPage;
using pages::ProbesModel;

class ProbesViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_at = std::make_unique<test::DeskPageFixture<LabPage>>();
        QVERIFY(m_at->isActive());
        QCOMPARE(test::problemOf(m_at->desk->signIn({u"riley"_s})), QString());
        m_at->page->tabs().setCurrentIndex(LabPage::probesTab);
    }

    void cleanup() { m_at.reset(); }

    void allWaitBeforeARun()
    {
        QVERIFY(button(u"runProbes"_s)->isVisible());
        QVERIFY(!button(u"stopProbes"_s)->isVisible());
        QVERIFY(!button(u"runSafe"_s)->isVisible());
        const QModelIndex claims = group(u"Claims"_s);
        QVERIFY(claims.isValid());
        QVERIFY(claims.data(Qt::AccessibleTextRole).toString().startsWith("Claims, "_L1));
        for (int row = 0; row < model().rowCount(); ++row)
            QVERIFY(!tree().isExpanded(model().index(row, 0)));
        QCOMPARE(test::namelessControls(*m_at->page), QStringList());
    }

    void aSoundApiHasNoFindings()
    {
        QVERIFY(runAll());
        QCOMPARE(view().totals().findings(), 0);
        QCOMPARE(tree().selectedNumber(), -1);
        QVERIFY(!isShown(u"No findings in "_s));
        m_at->page->findChild<QCheckBox *>(u"onlyFindings"_s)->setChecked(true);
        QVERIFY(isShown(u"No findings in "_s));
    }

    void aFindingIsUnmissable()
    {
        m_at->desk->sandbox().beCareless(sandbox::Carelessness::audienceUnchecked);
        QVERIFY(runAll());
        QVERIFY(view().totals().accepted > 0);
        const int number = tree().selectedNumber();
        QVERIFY(number >= 0);
        QCOMPARE(result(number).state, lab::ProbeState::accepted);
        QVERIFY(tree().isExpanded(model().indexOf(number).parent()));
        QVERIFY2(view().detail().headline().startsWith("200 OK: the API accepted "_L1),
                 qPrintable(view().detail().headline()));
        const QString spoken = model().indexOf(number).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(spoken.endsWith(", expected 401, got 200, accepted"_L1), qPrintable(spoken));
        QVERIFY(m_at->page->findChild<QTextEdit *>(u"code"_s)->toPlainText().contains("audience"_L1));
        QTest::mouseClick(button(u"copyFinding"_s), Qt::LeftButton);
        QVERIFY(QApplication::clipboard()->text().contains("audience"_L1));
    }

    /// Every answer is a 401, as with a sound API.
    void anApiThatRefusesTheGenuineTokenProvesNothing()
    {
        auto *banner = m_at->page->findChild<widgets::Banner *>(u"unproven"_s);
        QVERIFY(runAll());
        QVERIFY(!banner->isVisible());
        QVERIFY(isShown(u"genuine token 200"_s));
        m_at->desk->sandbox().arm(sandbox::Fault::apiNamesNoAlgorithm, sandbox::FaultSpan::untilCleared);
        QVERIFY(runAll());
        QVERIFY(banner->isVisible());
        QCOMPARE(banner->headline(), u"Nothing is proven: the API refuses the genuine token too, with 401"_s);
        QVERIFY(banner->text().startsWith("Get a fresh token"_L1));
        QVERIFY(!isShown(u"genuine token 200"_s));
        QCOMPARE(view().totals().refused, 0);
        QVERIFY(view().totals().unproven > 0);
        QVERIFY(isShown(u"%1 unproven"_s.arg(view().totals().unproven)));
        const QString row = model().indexOf(0, ProbesModel::actualColumn).data().toString();
        QCOMPARE(row, u"401 unproven"_s);
        m_at->page->findChild<QCheckBox *>(u"onlyFindings"_s)->setChecked(true);
        QVERIFY(isShown(u", but nothing is proven"_s));
    }

    void aCrashShowsWhatTheServerAnsweredUnderWhatToChange()
    {
        m_at->desk->sandbox().beCareless(sandbox::Carelessness::garbageStumbles);
        QVERIFY(runAll());
        QVERIFY(view().totals().crashed > 0);
        QCOMPARE(result(tree().selectedNumber()).state, lab::ProbeState::crashed);
        const auto *remedy = m_at->page->findChild<pages::RemedyView *>();
        QVERIFY(remedy->isVisible());
        QVERIFY(test::containsPart(test::labelTexts(*remedy), u"Internal Server Error"_s));
        const QTextEdit *code = remedy->findChild<QTextEdit *>(u"code"_s);
        QVERIFY(code->toPlainText().contains("except"_L1));
        QTRY_VERIFY(remedy->rect().contains(code->geometry()));
    }

    void theButtonsStandInOneRowInTheSmallestWindow()
    {
        m_at->desk->sandbox().beCareless(sandbox::Carelessness::audienceUnchecked);
        QVERIFY(runAll());
        const QString whole = u"Copy for the API's owner"_s;
        const auto *copy = button(u"copyFinding"_s);
        QTRY_COMPARE(copy->text(), whole);
        m_at->page->resize(844, 572);
        const auto topOf = [this](const QString &name) {
            return button(name)->mapTo(m_at->page.get(), QPoint(0, 0)).y();
        };
        QTRY_COMPARE(topOf(u"runAgain"_s), topOf(u"copyFinding"_s));
        QTRY_COMPARE(topOf(u"showProbeExchange"_s), topOf(u"copyFinding"_s));
        QCOMPARE(copy->accessibleName(), whole);
    }

    void longLinesOfCodeContinueBelow()
    {
        m_at->desk->sandbox().beCareless(sandbox::Carelessness::garbageStumbles);
        QVERIFY(runAll());
        auto *code = m_at->page->findChild<QTextEdit *>(u"code"_s);
        const auto isWhole = [code] {
            return code->document()->size().width() <= code->viewport()->width() &&
                   code->document()->size().height() <= code->viewport()->height();
        };
        QTRY_VERIFY(isWhole());
        m_at->page->resize(844, 572);
        QTRY_VERIFY(isWhole());
        code->selectAll();
        code->copy();
        QVERIFY(!QApplication::clipboard()->mimeData()->hasHtml());
    }

    void theFrameworkIsRemembered()
    {
        m_at->desk->sandbox().beCareless(sandbox::Carelessness::audienceUnchecked);
        QVERIFY(runAll());
        m_at->page->findChild<QTabBar *>(u"frameworks"_s)->setCurrentIndex(2);
        QVERIFY(m_at->page->findChild<QTextEdit *>(u"code"_s)->toPlainText().contains("JwtDecoder"_L1));
        const LabPage next;
        QCOMPARE(next.findChild<QTabBar *>(u"frameworks"_s)->currentIndex(), 2);
    }

    void keysLeadFromFindingToFinding()
    {
        m_at->desk->sandbox().beCareless(sandbox::Carelessness::algorithmNone);
        QVERIFY(runAll());
        QVERIFY(view().totals().accepted > 1);
        const int first = tree().selectedNumber();
        QTest::keyClick(m_at->page.get(), Qt::Key_F3);
        const int second = tree().selectedNumber();
        QVERIFY(second > first);
        QVERIFY(lab::isFinding(result(second).state));
        QTest::keyClick(m_at->page.get(), Qt::Key_F3, Qt::ShiftModifier);
        QCOMPARE(tree().selectedNumber(), first);
    }

    void onlyFindingsHidesTheRest()
    {
        m_at->desk->sandbox().beCareless(sandbox::Carelessness::algorithmNone);
        QVERIFY(runAll());
        m_at->page->findChild<QCheckBox *>(u"onlyFindings"_s)->setChecked(true);
        int shown = 0;
        for (int row = 0; row < model().rowCount(); ++row) {
            const QModelIndex parent = model().index(row, 0);
            for (int child = 0; child < model().rowCount(parent); ++child)
                shown += tree().isRowHidden(row, {}) || tree().isRowHidden(child, parent) ? 0 : 1;
        }
        QCOMPARE(shown, view().totals().findings());
        QVERIFY(tree().viewport()->rect().contains(tree().visualRect(tree().currentIndex())));
    }

    void aClosedGroupAndASelectionStay()
    {
        m_at->desk->sandbox().beCareless(sandbox::Carelessness::algorithmNone);
        const QModelIndex algorithm = group(u"Algorithm"_s);
        tree().setExpanded(algorithm, true);
        tree().setExpanded(algorithm, false);
        tree().select(0);
        view().run();
        // A new run begins with all groups closed; the person closes the group and selects another row.
        QTRY_VERIFY(view().totals().refused > 0);
        tree().select(0);
        tree().setExpanded(group(u"Algorithm"_s), true);
        tree().setExpanded(group(u"Algorithm"_s), false);
        QVERIFY(waitForEnd());
        QVERIFY(view().totals().accepted > 0);
        QCOMPARE(tree().selectedNumber(), 0);
        QVERIFY(!tree().isExpanded(group(u"Algorithm"_s)));
    }

    void stopsAndGoesOn()
    {
        view().run();
        QTRY_VERIFY(view().totals().refused > 2);
        QVERIFY(button(u"stopProbes"_s)->isVisible());
        QTest::keyClick(m_at->page.get(), Qt::Key_Escape);
        QVERIFY(waitForEnd());
        QVERIFY(view().totals().waiting > 0);
        QCOMPARE(button(u"runProbes"_s)->text(), u"Go on"_s);
        const int before = view().totals().refused;
        QTest::mouseClick(button(u"runProbes"_s), Qt::LeftButton);
        QVERIFY(waitForEnd());
        QCOMPARE(view().totals().waiting, 0);
        QVERIFY(view().totals().refused > before);
        QCOMPARE(button(u"runProbes"_s)->text(), u"Run probes"_s);
    }

    void announcesFindingsProgressAndTotals()
    {
        QStringList said;
        connect(&view(), &pages::ProbesView::announced, this, [&said](const QString &text) { said += text; });
        m_at->desk->sandbox().beCareless(sandbox::Carelessness::audienceUnchecked);
        QVERIFY(runAll());
        const auto countOf = [&said](const QString &begin, const QString &end) {
            return std::ranges::count_if(
                said, [&](const QString &text) { return text.startsWith(begin) && text.endsWith(end); });
        };
        QCOMPARE(countOf(u"Finding: "_s, u", accepted"_s), view().totals().accepted);
        QCOMPARE(countOf({}, u" probes"_s), 3);
        QVERIFY2(said.last().contains(" refused"_L1), qPrintable(said.last()));
        disconnect(&view(), nullptr, this, nullptr);
    }

    void theReportIsSaved()
    {
        m_at->desk->sandbox().beCareless(sandbox::Carelessness::audienceUnchecked);
        QVERIFY(runAll());
        const QTemporaryDir folder;
        for (const QString &name : {u"lab.md"_s, u"lab.json"_s}) {
            m_at->page->saveReport(folder.filePath(name));
            QTRY_VERIFY(QFile::exists(folder.filePath(name)));
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray text = file.readAll();
            QVERIFY(text.contains("audience"));
            QCOMPARE(text.startsWith('{'), name.endsWith("json"_L1));
        }
        QTRY_VERIFY(test::containsPart(test::labelTexts(*m_at->page), u"The report was saved"_s));
    }

    void asksWhereTheApiIsElsewhere()
    {
        test::SandboxDesk elsewhere({}, {{u"apiBaseUrl"_s, u"https://books.contoso.com"_s}});
        QCOMPARE(test::problemOf(elsewhere.signIn({u"riley"_s})), QString());
        m_at->page->setDesk(&elsewhere.desk());
        view().run();
        auto *question = m_at->page->findChild<QMessageBox *>(u"confirmProbes"_s);
        QVERIFY(question);
        QVERIFY(question->text().contains("books.contoso.com"_L1));
        QVERIFY2(question->informativeText().contains(QString::number(model().results().size() + 1)),
                 qPrintable(question->informativeText()));
        QVERIFY(question->informativeText().contains(" s"_L1));
        QCOMPARE(question->defaultButton(), question->button(QMessageBox::Cancel));
        QVERIFY(!elsewhere.desk().lab().probes().isRunning());
        QTest::mouseClick(question->button(QMessageBox::Cancel), Qt::LeftButton);
        QTRY_VERIFY(!m_at->page->findChild<QMessageBox *>(u"confirmProbes"_s));
        QVERIFY(!elsewhere.desk().lab().probes().isRunning());
        m_at->page->setDesk(nullptr);
    }

private:
    pages::ProbesView &view() const { return m_at->page->probes(); }
    pages::ProbesTree &tree() const { return view().tree(); }
    const ProbesModel &model() const { return tree().probes(); }
    const lab::ProbeResult &result(int number) const { return model().results().at(static_cast<std::size_t>(number)); }
    QPushButton *button(const QString &name) const { return test::buttonNamed(*m_at->page, name); }

    bool isShown(const QString &text) const
    {
        return std::ranges::any_of(view().findChildren<QLabel *>(), [&](const QLabel *label) {
            return label->isVisible() && label->text().contains(text);
        });
    }

    QModelIndex group(const QString &title) const
    {
        for (int row = 0; row < model().rowCount(); ++row) {
            if (model().index(row, 0).data().toString() == title)
                return model().index(row, 0);
        }
        return {};
    }

    bool waitForEnd() const
    {
        return QTest::qWaitFor([this] { return !m_at->desk->desk().lab().probes().isRunning(); }, 60'000);
    }

    bool runAll() const
    {
        view().run();
        return waitForEnd() && view().totals().waiting == 0;
    }

    std::unique_ptr<test::DeskPageFixture<LabPage>> m_at;
};

BOOKDESK_PAGE_TEST_MAIN(ProbesViewTest)
#include "probes-view-test.moc"
