#include "pages/lab/endpoints-table.h"
#include "pages/lab/endpoints-view.h"
#include "pages/lab/lab-page.h"
#include "pages/lab/probes-tree.h"
#include "pages/lab/probes-view.h"
#include "tour/chapters.h"
#include "tour/scenes.h"
#include "tour/stage.h"
#include "window/main-window.h"

#include <QCoreApplication>
#include <QTabBar>

namespace bookdesk::tour {

using namespace Qt::StringLiterals;
using pages::LabPage;
using sandbox::Carelessness;

namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Tour)
};

LabPage &page(Stage &stage) { return stage.window().page<LabPage>(); }

workspace::Lab &labOf(Stage &stage) { return stage.workspace().desk()->lab(); }

void expectCallsDone(Stage &stage)
{
    stage.expect(Texts::tr("the calls are done"), [&stage] { return !labOf(stage).endpoints().isRunning(); });
}

void expectProbesDone(Stage &stage)
{
    stage.expect(Texts::tr("the probes are done"), [&stage] { return !labOf(stage).probes().isRunning(); });
}

void showEndpoints(Stage &stage)
{
    showBooksOf(stage, u"riley"_s);
    stage.window().showPage(u"lab"_s);
    stage.expect(Texts::tr("the API's rules are read"),
                 [&stage] { return labOf(stage).endpoints().document().has_value(); });
}

void runSafeCalls(Stage &stage)
{
    stage.click(u"runSafe"_s);
    expectCallsDone(stage);
}

void addRule(Stage &stage)
{
    stage.click(u"addRule"_s);
    stage.write(u"rulePath"_s, u"/api/v1/shelves"_s);
    stage.write(u"ruleScopes"_s, u"Books.Write"_s);
    expectDialog(stage, u"ruleDialog"_s);
}

void differ(Stage &stage)
{
    stage.click(u"saveRule"_s);
    page(stage).endpoints().table().selectRow(2);
    stage.click(u"runEndpoint"_s);
    expectCallsDone(stage);
}

void askBeforeDelete(Stage &stage)
{
    page(stage).endpoints().table().selectRow(1);
    stage.click(u"runEndpoint"_s);
    stage.write(u"value-book_id"_s, u"bk-0003"_s);
    expectDialog(stage, u"confirmEndpoint"_s);
}

void showProbes(Stage &stage)
{
    stage.click(u"cancel"_s);
    page(stage).tabs().setCurrentIndex(LabPage::probesTab);
}

void refuseAll(Stage &stage)
{
    stage.click(u"runProbes"_s);
    expectProbesDone(stage);
}

void acceptForged(Stage &stage)
{
    stage.sandbox().beCareless(Carelessness::audienceUnchecked);
    stage.sandbox().beCareless(Carelessness::garbageStumbles);
    stage.click(u"runProbes"_s);
    expectProbesDone(stage);
    stage.expect(Texts::tr("a finding is selected"),
                 [&stage] { return page(stage).probes().tree().selectedNumber() >= 0; });
}

void select(Stage &stage, lab::ProbeState state)
{
    pages::ProbesTree &tree = page(stage).probes().tree();
    const std::vector<lab::ProbeResult> &results = tree.probes().results();
    for (std::size_t number = 0; number < results.size(); ++number) {
        if (results[number].state == state)
            return tree.select(static_cast<int>(number));
    }
}

void showAccepted(Stage &stage)
{
    acceptForged(stage);
    select(stage, lab::ProbeState::accepted);
}

void showCrash(Stage &stage) { select(stage, lab::ProbeState::crashed); }

void showOnlyFindings(Stage &stage)
{
    select(stage, lab::ProbeState::accepted);
    stage.click(u"onlyFindings"_s);
}

void refuseTheGenuineToken(Stage &stage)
{
    stage.click(u"onlyFindings"_s);
    stage.sandbox().beCareful(Carelessness::audienceUnchecked);
    stage.sandbox().beCareful(Carelessness::garbageStumbles);
    stage.sandbox().arm(sandbox::Fault::apiNamesNoAlgorithm, sandbox::FaultSpan::untilCleared);
    stage.click(u"runProbes"_s);
    expectProbesDone(stage);
}

} // namespace

Chapter labChapter()
{
    return {
        {u"lab-endpoints"_s, Texts::tr("The access lab: rules and predictions, nothing called yet"), showEndpoints},
        {u"lab-safe-calls"_s, Texts::tr("All safe calls, as predicted"), runSafeCalls},
        {u"lab-add-rule"_s, Texts::tr("A rule of one's own"), addRule},
        {u"lab-differs"_s, Texts::tr("A call that differs: there is no such endpoint"), differ},
        {u"lab-delete"_s, Texts::tr("The question before a call that may change something"), askBeforeDelete},
        {u"lab-probes"_s, Texts::tr("Probes, all waiting"), showProbes},
        {u"lab-refused"_s, Texts::tr("A sound API refuses all forged tokens"), refuseAll},
        {u"lab-accepted"_s, Texts::tr("A careless API: a forged token is accepted"), showAccepted},
        {u"lab-crashed"_s, Texts::tr("A probe is answered by a 500"), showCrash},
        {u"lab-findings"_s, Texts::tr("Only findings"), showOnlyFindings},
        {u"lab-unproven"_s, Texts::tr("Nothing is proven: the API refuses the genuine token, too"),
         refuseTheGenuineToken},
    };
}

} // namespace bookdesk::tour
