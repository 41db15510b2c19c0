#include "cli/blocking-desk.h"
#include "cli/commands.h"
#include "cli/sign-in-first.h"

namespace bookdesk::cli {

Report run(const Context &context, const DeleteBookCommand &command)
{
    // Nobody should have to sign in for a request that is never sent.
    if (const std::optional<Error> error = books::refusedId(command.id))
        return deleteReport({books::explain(QString(), *error), {}, {}});
    if (const QString warning = books::idWarning(command.id); !warning.isEmpty())
        context.console.note(warning);
    BlockingDesk desk(context.interrupts, context.redactor);
    if (const std::optional<Report> failed = signInFirst(context, desk, command.where))
        return *failed;
    return deleteReport(desk.remove(command.id));
}

} // namespace bookdesk::cli
