#include "cli/blocking-desk.h"
#include "cli/commands.h"
#include "cli/sign-in-first.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(BooksListCommand)
};

Report run(const Context &context, const ConnectionChoice &where)
{
    BlockingDesk desk(context);
    if (const std::optional<Report> failed = signInFirst(context, desk, where))
        return *failed;
    return listReport(desk.list(where.sending()));
}

} // namespace

Command booksListCommand() { return makeCommand(u"list"_s, Texts::tr("List the books."), addApiConnection, run); }

} // namespace bookdesk::cli
