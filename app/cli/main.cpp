#include "cli/command-line.h"
#include "cli/console.h"
#include "cli/errors.h"
#include "cli/interrupts.h"
#include "core/core-dumps.h"
#include "core/redacted-log.h"
#include "core/redaction.h"
#include "core/translation.h"

#include <QCoreApplication>
#include <QSettings>

using namespace Qt::StringLiterals;
using namespace bookdesk;

namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(CliMain)
};

int end(const cli::Console &console, const cli::EarlyEnd &early)
{
    if (early.status == cli::ExitStatus::success)
        console.printHelp(early.text);
    else
        console.print(cli::usageReport(
            {cli::errors::usage, early.text, Texts::tr("Run bookdesk-cli --help to see the commands and options.")}));
    return static_cast<int>(early.status);
}

} // namespace

int main(int count, char **arguments)
{
    keepMemoryPrivate();
    QCoreApplication application(count, arguments);
    QCoreApplication::setOrganizationName(u"Bookdesk"_s);
    // The window's name, because both have the same settings.
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QCoreApplication::setApplicationName(u"bookdesk"_s);
    QCoreApplication::setApplicationVersion(u"" BOOKDESK_VERSION ""_s);
    const Translation translation;

    const Redactor redactor;
    const RedactedLog log(redactor);
    const auto line = cli::readCommandLine(QCoreApplication::arguments().mid(1));
    const bool printsJson = std::visit([](const auto &read) { return read.printsJson; }, line);
    const cli::Console console(printsJson ? cli::OutputFormat::json : cli::OutputFormat::text, redactor);
    if (const auto *early = std::get_if<cli::EarlyEnd>(&line))
        return end(console, *early);

    cli::Interrupts interrupts;
    const cli::Context context{console, interrupts, redactor};
    const cli::Report report = std::get<cli::CommandLine>(line).run(context);
    console.print(report);
    return static_cast<int>(report.status);
}
