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

class BlockingDesk;

/// Opens the desk and signs in; a report if that failed.
std::optional<Report> signInFirst(const Context &context, BlockingDesk &desk, const ConnectionChoice &where);
/// The report of a desk that could not be opened.
Report openFailureReport(const Error &error);

} // namespace bookdesk::cli
