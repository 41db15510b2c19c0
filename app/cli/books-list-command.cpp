#include "cli/blocking-desk.h"
#include "cli/commands.h"
#include "cli/sign-in-first.h"

namespace bookdesk::cli {

Report run(const Context &context, const ListBooksCommand &command)
{
    BlockingDesk desk(context.interrupts, context.redactor);
    if (const std::optional<Report> failed = signInFirst(context, desk, command.where))
        return *failed;
    return listReport(desk.list());
}

} // namespace bookdesk::cli
