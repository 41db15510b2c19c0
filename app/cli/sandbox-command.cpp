#include "cli/commands.h"
#include "cli/options.h"
#include "sandbox/sandbox-server.h"

#include <QCoreApplication>
#include <QEventLoop>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SandboxCommand)
};

struct Options
{
    quint16 port = 0;
    bool usesTls = false;
    QStringList careless;
};

std::vector<std::string> carelessnessCodes()
{
    std::vector<std::string> codes;
    codes.reserve(sandbox::allCarelessness.size());
    for (const sandbox::Carelessness each : sandbox::allCarelessness)
        codes.push_back(sandbox::carelessnessCode(each).toStdString());
    return codes;
}

void addOptions(CLI::App &command, Options &options)
{
    command.add_option("--port", options.port, Texts::tr("The port; any free one by default.").toStdString())
        ->type_name("N")
        ->check(CLI::Range(1, 65535));
    addFlag(command, "--tls", options.usesTls, Texts::tr("Serve https with its own certificate."));
    addTexts(command, "--careless", options.careless,
             Texts::tr("What the API leaves out when it checks a token, with commas between, to try the access lab."))
        ->type_name("CODES")
        ->check(CLI::IsMember(carelessnessCodes()));
}

Report run(const Context &context, const Options &options)
{
    sandbox::SandboxOptions sandboxOptions;
    sandboxOptions.port = options.port;
    sandboxOptions.usesTls = options.usesTls;
    for (const QString &code : options.careless) {
        if (const auto carelessness = sandbox::carelessnessFromCode(code))
            sandboxOptions.carelessness.insert(*carelessness);
    }
    const auto sandbox = QCoro::waitFor(sandbox::SandboxServer::start(sandboxOptions));
    if (!sandbox)
        return refusalReport(sandbox.error());
    context.console.printObject((*sandbox)->connectionFile());
    context.console.note(
        Texts::tr("The Sandbox is running at %1. Press Ctrl+C to stop it.").arg((*sandbox)->baseUrl().toString()));
    if (!context.interrupts.haveCome()) {
        QEventLoop loop;
        QObject::connect(&context.interrupts, &Interrupts::came, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return {};
}

} // namespace

Command sandboxCommand()
{
    return makeCommand(u"sandbox"_s, Texts::tr("Run a Sandbox until it is interrupted; print its connection."),
                       addOptions, run);
}

} // namespace bookdesk::cli
