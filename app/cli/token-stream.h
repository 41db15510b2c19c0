/// TokenStream: judges the tokens on standard input, as TokenInput finds them, on all cores, and prints the verdicts in
/// the same order.
#pragma once

#include "cli/command.h"
#include "core/result.h"
#include "core/secret.h"
#include "jose/verification.h"

#include <functional>

namespace bookdesk::cli {

/// Judges one token, or says why it cannot be judged. Called from several threads at once.
using TokenJudge = std::function<Result<jose::Verification>(const Secret &token)>;

/// Reads until the input ends, an interrupt comes or nobody reads the verdicts any more; blank lines are skipped. Runs
/// the event loop meanwhile, so that a judge may ask the main thread. Memory use does not grow with the input. The
/// report contains only the status, because everything else has been printed. Main thread.
Report judgeStandardInput(const Context &context, TokenJudge judge);

} // namespace bookdesk::cli
