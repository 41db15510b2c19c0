#include "cli/blocking-desk.h"
#include "cli/commands.h"
#include "cli/errors.h"
#include "cli/lab-output.h"
#include "cli/options.h"
#include "cli/sign-in-first.h"
#include "net/trusted-url.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(LabProbeCommand)
};

struct Options
{
    ConnectionChoice where;
    LabOutput output;
    QString permittedHost;
};

void addOptions(CLI::App &command, Options &options)
{
    addText(command, "--i-may-probe", options.permittedHost,
            Texts::tr("The API's host, which says that you may test it; not needed on this computer."))
        ->type_name("HOST");
    addLabOutput(command, options.output);
    addSignIn(command, options.where);
}

/// Why this API is not probed, or nothing. The host is in ASCII, so that none can look like another.
std::optional<Error> refusedProbing(const QUrl &api, const QString &permittedHost)
{
    const QString host = api.host(QUrl::FullyEncoded);
    if (net::isLoopbackHost(api.host()) || permittedHost == host)
        return std::nullopt;
    return Error{
        errors::usage,
        permittedHost.isEmpty()
            ? Texts::tr("The API at \"%1\" is not on this computer, so forged tokens are sent to it only if you "
                        "say that you may.")
                  .arg(host)
            : Texts::tr("The API is at \"%1\", not at \"%2\".").arg(host, permittedHost),
        Texts::tr("If its owner allows you to test it, add --i-may-probe and this host."),
        {{facts::host, host}}};
}

Report run(const Context &context, const Options &options)
{
    BlockingDesk desk(context);
    if (const Result<void> opened = desk.open(options.where); !opened)
        return openFailureReport(opened.error());
    // Nobody should have to sign in for requests that are never sent.
    if (const std::optional<Error> refused = refusedProbing(desk.connection().apiBaseUrl, options.permittedHost))
        return usageReport(*refused);
    if (const std::optional<Report> failed = signInAt(context, desk, options.where))
        return *failed;
    const Result<lab::LabReport> probed = desk.runProbes();
    return probed ? labReport(context, options.output, *probed) : keysFailureReport(probed.error());
}

} // namespace

Command labProbeCommand()
{
    return makeCommand(u"probe"_s, Texts::tr("Send the API forged tokens, which a sound one refuses."), addOptions,
                       run);
}

} // namespace bookdesk::cli
