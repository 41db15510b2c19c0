#include "cli/blocking-desk.h"
#include "cli/commands.h"
#include "cli/lab-output.h"
#include "cli/sign-in-first.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(LabRunCommand)
};

struct Options
{
    ConnectionChoice where;
    LabOutput output;
};

void addOptions(CLI::App &command, Options &options)
{
    addLabOutput(command, options.output);
    addApiConnection(command, options.where);
}

Report run(const Context &context, const Options &options)
{
    BlockingDesk desk(context);
    if (const std::optional<Report> failed = signInFirst(context, desk, options.where))
        return *failed;
    return labReport(context, options.output, desk.runSafeEndpoints(options.where.sending()));
}

} // namespace

Command labRunCommand()
{
    return makeCommand(u"run"_s, Texts::tr("Call the API's endpoints with GET and compare with what is predicted."),
                       addOptions, run);
}

} // namespace bookdesk::cli
