#include "lab/probe-result.h"

namespace bookdesk::lab {

namespace {

int &counterOf(ProbeTotals &totals, ProbeState state)
{
    switch (state) {
    case ProbeState::waiting:
    case ProbeState::running:
        return totals.waiting;
    case ProbeState::refused:
        return totals.refused;
    case ProbeState::unproven:
        return totals.unproven;
    case ProbeState::accepted:
        return totals.accepted;
    case ProbeState::crashed:
        return totals.crashed;
    case ProbeState::noAnswer:
        return totals.noAnswer;
    case ProbeState::notPossible:
        break;
    }
    return totals.notPossible;
}

} // namespace

ProbeTotals totalsOf(const std::vector<ProbeResult> &results)
{
    ProbeTotals totals;
    for (const ProbeResult &result : results)
        ++counterOf(totals, result.state);
    return totals;
}

} // namespace bookdesk::lab
