#include "cli/blocking-desk.h"
#include "lab/control.h"
#include "lab/lab-words.h"

#include <QCoreApplication>
#include <QCoroTask>
#include <QEventLoop>

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(BlockingDeskLab)
};

} // namespace

lab::LabReport BlockingDesk::runSafeEndpoints(books::Sending sending)
{
    lab::EndpointRun &run = m_desk->lab().endpoints();
    m_endRun = [&run] { run.stop(); };
    if (const Result<void> loaded = QCoro::waitFor(run.loadDocument()); !loaded)
        tell(advised(loaded.error()));
    if (!m_context.interrupts.haveCome()) {
        const Result<lab::SafeCalls> called = QCoro::waitFor(run.runSafe(sending));
        if (!called && called.error().code.kind() != ErrorKind::stopped)
            tell(advised(called.error()));
    }
    m_endRun = {};
    lab::LabReport report = m_desk->lab().report();
    report.endpoints = run.results(); // Also those that were not called.
    report.wasStopped = m_context.interrupts.haveCome();
    return report;
}

Result<lab::LabReport> BlockingDesk::runProbes()
{
    workspace::Probes &probes = m_desk->lab().probes();
    m_endRun = [&probes] { probes.stop(); };
    const auto progress = connect(&probes, &workspace::Probes::resultChanged, this, &BlockingDesk::tellProgress);
    const auto control = connect(&probes, &workspace::Probes::controlChanged, this, &BlockingDesk::tellControl);
    const Result<void> started = m_context.interrupts.haveCome() ? Result<void>() : QCoro::waitFor(probes.start());
    if (probes.isRunning()) {
        QEventLoop loop;
        connect(&probes, &workspace::Probes::runningChanged, &loop, [&] {
            if (!probes.isRunning())
                loop.quit();
        });
        loop.exec();
    }
    disconnect(progress);
    disconnect(control);
    m_endRun = {};
    if (!started && started.error().code.kind() != ErrorKind::stopped)
        return failure(started.error());
    lab::LabReport report = m_desk->lab().report();
    report.probes = probes.results(); // Also where none was sent.
    report.control = probes.control();
    return report;
}

void BlockingDesk::tellControl()
{
    const lab::ProbeResult &control = m_desk->lab().probes().control();
    if (lab::hasPassed(control) || lab::hasFailed(control))
        m_context.console.note(lab::controlHeadline(control));
}

/// Findings at once, and how far it has come after each tenth probe.
void BlockingDesk::tellProgress(int index)
{
    const std::vector<lab::ProbeResult> &results = m_desk->lab().probes().results();
    const lab::ProbeResult &result = results.at(static_cast<std::size_t>(index));
    if (result.state == lab::ProbeState::waiting || result.state == lab::ProbeState::running)
        return;
    if (lab::isFinding(result.state))
        m_context.console.note(lab::probeSentence(result));
    const auto all = static_cast<int>(results.size());
    const int done = all - lab::totalsOf(results).waiting;
    if (done % 10 == 0 || done == all)
        m_context.console.note(Texts::tr("Probes done: %1 of %2").arg(done).arg(all));
}

} // namespace bookdesk::cli
