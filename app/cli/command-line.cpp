#include "cli/command-line.h"

#include "cli/commands.h"
#include "cli/options.h"

#include <QCoreApplication>

#include <sstream>
#include <string>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

QString description()
{
    return Texts::tr("Signs in to Microsoft Entra ID or the built-in Sandbox, verifies tokens and calls a books API.\n"
                     "Exit status: 0 success, 1 refused or token not valid, 2 usage, 3 the API answered 401, 4 it "
                     "answered 403, 5 sign-in failed, 6 no connection, 7 the API accepted a forged token or differs "
                     "from a prediction.");
}

/// The commands as CLI11 sees them.
class Grammar
{
public:
    explicit Grammar(const std::vector<Command> &commands)
        : m_app(description().toStdString(), "bookdesk-cli")
    {
        m_app.allow_windows_style_options(false);
        m_app.failure_message(
            [](const CLI::App *, const CLI::Error &error) { return error.what() + std::string("\n"); });
        m_app.set_version_flag("--version", "bookdesk-cli " BOOKDESK_VERSION);
        add(m_app, commands);
    }

    CLI::App &app() { return m_app; }

    /// The command that was named; without one, throws what CLI11 would throw.
    CommandLine chosen() const
    {
        for (const auto &[command, run] : m_commands)
            if (command->parsed())
                return {run, m_printsJson};
        throw CLI::RequiredError::Subcommand(1);
    }

private:
    void add(CLI::App &parent, const std::vector<Command> &commands)
    {
        parent.require_subcommand(1);
        for (const Command &command : commands) {
            CLI::App &added = *parent.add_subcommand(command.name.toStdString(), command.about.toStdString());
            if (command.run)
                addOptions(added, command);
            else
                add(added, command.members);
        }
    }

    void addOptions(CLI::App &added, const Command &command)
    {
        addFlag(added, "--json", m_printsJson, Texts::tr("Print one JSON object."));
        command.addOptions(added);
        m_commands.emplace_back(&added, command.run);
    }

    bool m_printsJson = false;
    CLI::App m_app;
    std::vector<std::pair<CLI::App *, std::function<Report(const Context &)>>> m_commands;
};

} // namespace

std::variant<CommandLine, EarlyEnd> readCommandLine(const QStringList &arguments)
{
    Grammar grammar(allCommands());
    // CLI11 takes the arguments in reverse order.
    std::vector<std::string> reversed;
    for (qsizetype i = arguments.size(); i > 0; --i)
        reversed.push_back(arguments.at(i - 1).toStdString());
    try {
        grammar.app().parse(reversed);
        return grammar.chosen();
    } catch (const CLI::ParseError &error) {
        std::ostringstream text;
        const bool isHelp = grammar.app().exit(error, text, text) == 0;
        // Parsing may have ended before it reached --json.
        return EarlyEnd{isHelp ? ExitStatus::success : ExitStatus::usage, QString::fromStdString(text.str()).trimmed(),
                        arguments.contains(u"--json"_s)};
    }
}

} // namespace bookdesk::cli
