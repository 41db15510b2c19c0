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
    Q_DECLARE_TR_FUNCTIONS(SignInCommand)
};

struct Options
{
    ConnectionChoice where;
};

void addOptions(CLI::App &command, Options &options) { addConnection(command, options.where); }

Report run(const Context &context, const Options &options)
{
    BlockingDesk desk(context.interrupts, context.redactor);
    if (const std::optional<Report> failed = signInFirst(context, desk, options.where))
        return *failed;
    return signInReport(*desk.signedIn());
}

} // namespace

Command signInCommand()
{
    return makeCommand(u"sign-in"_s, Texts::tr("Sign in, and print who you are and what the token grants."), addOptions,
                       run);
}

} // namespace bookdesk::cli
