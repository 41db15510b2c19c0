/// The commands: each takes its options and gives a Report.
#pragma once

#include "cli/command-line.h"
#include "cli/console.h"
#include "cli/interrupts.h"
#include "cli/report.h"
#include "core/redaction.h"

namespace bookdesk::cli {

/// What every command gets; the parts outlive it.
struct Context
{
    const Console &console;
    Interrupts &interrupts;
    Redactor redactor;
};

Report run(const Context &context, const SignInCommand &command);
Report run(const Context &context, const ListBooksCommand &command);
Report run(const Context &context, const DeleteBookCommand &command);
Report run(const Context &context, const ShowTokenCommand &command);
Report run(const Context &context, const VerifyTokenCommand &command);
Report run(const Context &context, const SandboxCommand &command);

} // namespace bookdesk::cli
