#include "cli/blocking-desk.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/sign-in-first.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(BooksDeleteCommand)
};

struct Options
{
    ConnectionChoice where;
    QString id;
};

void addOptions(CLI::App &command, Options &options)
{
    addText(command, "ID", options.id, Texts::tr("The book's ID."))->required();
    addApiConnection(command, options.where);
}

Report run(const Context &context, const Options &options)
{
    // Nobody should have to sign in for a request that is never sent.
    if (const std::optional<Error> error = books::refusedId(options.id))
        return deleteReport({books::explain(QString(), *error), {}, {}});
    if (const QString warning = books::idWarning(options.id); !warning.isEmpty())
        context.console.note(warning);
    BlockingDesk desk(context);
    if (const Result<void> opened = desk.open(options.where); !opened)
        return openFailureReport(opened.error());
    if (const std::optional<Report> failed = signInAt(context, desk, options.where, desk.scopesForDeleting()))
        return *failed;
    return deleteReport(desk.remove(options.id, options.where.sending()));
}

} // namespace

Command booksDeleteCommand() { return makeCommand(u"delete"_s, Texts::tr("Delete one book."), addOptions, run); }

} // namespace bookdesk::cli
