#include "cli/commands.h"
#include "sandbox/sandbox-server.h"

#include <QCoreApplication>
#include <QEventLoop>

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SandboxCommand)
};

} // namespace

Report run(const Context &context, const SandboxCommand &command)
{
    sandbox::SandboxOptions options;
    options.port = command.port;
    options.usesTls = command.usesTls;
    const auto sandbox = QCoro::waitFor(sandbox::SandboxServer::start(options));
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

} // namespace bookdesk::cli
