/// TokenStream: judges the tokens of standard input, one a line, on all cores, and prints the verdicts in their order.
#pragma once

#include "cli/commands.h"
#include "core/result.h"
#include "core/secret.h"
#include "jose/verification.h"

#include <QByteArrayView>

#include <functional>

namespace bookdesk::cli {

/// A token as people paste it, without the white space around it and a `Bearer` in front.
QByteArrayView bareToken(QByteArrayView text);

/// Judges one token, or says why it cannot be judged. Called from several threads at once.
using TokenJudge = std::function<Result<jose::Verification>(const Secret &token)>;

/// Reads until the input ends, an interrupt comes or nobody takes the verdicts any more; lines of white space are
/// passed over. Runs the event loop meanwhile, so that a judge may ask the main thread. What is in memory does not grow
/// with the input. The report tells the status, for it all has been printed. Main thread.
Report judgeStandardInput(const Context &context, TokenJudge judge);

} // namespace bookdesk::cli
