/// Command: one command as a value: its place on the command line, and what it does.
#pragma once

#include "cli/console.h"
#include "cli/interrupts.h"
#include "cli/report.h"
#include "core/redaction.h"

#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace CLI {
class App;
}

namespace bookdesk::cli {

/// What every command gets; the parts outlive it.
struct Context
{
    const Console &console;
    Interrupts &interrupts;
    Redactor redactor;
};

/// Made by makeCommand, or a group, which has only a name, a help text and members. Copies share the options.
struct Command
{
    QString name;
    QString about;                              ///< Its line of help.
    std::function<void(CLI::App &)> addOptions; ///< Lets parsing write to the options.
    std::function<Report(const Context &)> run; ///< After parsing. Empty for a group.
    std::vector<Command> members;               ///< In the order of the help.
};

/// A command with options of its own, a plain struct.
template <class Options>
Command makeCommand(const QString &name, const QString &about, void (*addOptions)(CLI::App &, Options &),
                    Report (*run)(const Context &, const Options &))
{
    const auto options = std::make_shared<Options>();
    return {name,
            about,
            [addOptions, options](CLI::App &command) { addOptions(command, *options); },
            [run, options](const Context &context) { return run(context, *options); },
            {}};
}

} // namespace bookdesk::cli
