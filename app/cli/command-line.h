/// The command line as values: what to run and how to print the result.
#pragma once

#include "cli/command.h"
#include "cli/exit-status.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <variant>

namespace bookdesk::cli {

/// A command line without mistakes.
struct CommandLine
{
    std::function<Report(const Context &)> run; ///< The chosen command, with its options.
    bool printsJson = false;
};

/// Help, version, or a mistake in the arguments: there is nothing to run.
struct EarlyEnd
{
    ExitStatus status = ExitStatus::success;
    QString text;
    bool printsJson = false;
};

/// @param arguments without the program's name.
std::variant<CommandLine, EarlyEnd> readCommandLine(const QStringList &arguments);

} // namespace bookdesk::cli
