#include "cli/bench.h"
#include "cli/commands.h"

using namespace Qt::StringLiterals;

namespace bookdesk::cli {

Report run(const Context &context, const ListBooksCommand &command)
{
    Bench bench(context.interrupts, context.redactor);
    if (const std::optional<Report> failed = signInFirst(context, bench, command.where))
        return *failed;
    return listReport(bench.list());
}

Report run(const Context &context, const DeleteBookCommand &command)
{
    // Nobody should sign in for something that is never sent.
    if (const std::optional<Error> error = books::refusedId(command.id))
        return deleteReport({books::explain(QString(), *error), {}, {}});
    if (const QString warning = books::idWarning(command.id); !warning.isEmpty())
        context.console.note(warning);
    Bench bench(context.interrupts, context.redactor);
    if (const std::optional<Report> failed = signInFirst(context, bench, command.where))
        return *failed;
    return deleteReport(bench.remove(command.id));
}

} // namespace bookdesk::cli
