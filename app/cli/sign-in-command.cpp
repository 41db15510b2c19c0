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
    bool usesDeviceCode = false; ///< The person's browser is on another device.
};

void addOptions(CLI::App &command, Options &options)
{
    addSignIn(command, options.where);
    addFlag(command, "--another-account", options.where.choosesAnew,
            Texts::tr("Sign in with the browser and choose the account there, also where a sign-in is kept."))
        ->excludes(command.get_option("--account"))
        ->excludes(command.get_option("--persona"));
    addFlag(command, "--device-code", options.usesDeviceCode,
            Texts::tr("Show a code to type on another device with a browser, for computers without one."))
        ->excludes(command.get_option("--browser"))
        ->excludes(command.get_option("--account"))
        ->excludes(command.get_option("--another-account"));
}

std::optional<Report> signInAsAsked(const Context &context, BlockingDesk &desk, const Options &options)
{
    if (!options.usesDeviceCode)
        return signInAt(context, desk, options.where);
    const Result<void> signedIn = desk.signInByDeviceCode();
    return signedIn ? std::nullopt : std::optional(signInFailureReport(signedIn.error()));
}

Report run(const Context &context, const Options &options)
{
    BlockingDesk desk(context);
    if (const Result<void> opened = desk.open(options.where); !opened)
        return openFailureReport(opened.error());
    if (const std::optional<Report> failed = signInAsAsked(context, desk, options))
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
