#include "cli/commands.h"
#include "cli/connection-text.h"
#include "cli/errors.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "core/text.h"
#include "identity/connection-members.h"
#include "workspace/accepted-connections.h"
#include "workspace/connection-import.h"
#include "workspace/connection-store.h"

#include <QCoreApplication>
#include <QCoroTask>

#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ConnectionAddCommand)
};

struct Options
{
    QString file;
    QString name;
    bool isAccepted = false;
};

void addOptions(CLI::App &command, Options &options)
{
    addText(command, "FILE", options.file, Texts::tr("A connection file, or an array of connections."))->required();
    addText(command, "--name", options.name, Texts::tr("Another name for the connection."));
    addFlag(command, "--yes", options.isAccepted, Texts::tr("Add it without a question."));
}

using Connections = std::vector<identity::Connection>;

workspace::ConnectionStore store() { return workspace::ConnectionStore(workspace::connectionsFolder()); }

/// With the name that was given, or else with names that are free.
Result<Connections> named(Connections connections, const QString &given)
{
    if (given.isEmpty())
        return store().withFreeNames(std::move(connections));
    if (connections.size() > 1)
        return failure(errors::usage, Texts::tr("--name is for a file with one connection, and this one has several."),
                       Texts::tr("Leave it out."));
    Result<QString> name = identity::readName(given);
    if (!name)
        return failure(name.error());
    connections.front().name = *std::move(name);
    return connections;
}

/// With who vouches for its servers.
QString described(const Connections &connections)
{
    QString text;
    for (const identity::Connection &connection : connections)
        text += connectionText(connection) + u'\n';
    return text;
}

Result<void> ask(const Context &context, const Connections &connections)
{
    const QString text = described(connections);
    if (!canAsk())
        return failure(Error{errors::notAccepted,
                             Texts::tr("Nobody can be asked whether to add what is in the file."),
                             Texts::tr("Check where it leads. If you trust its authority and its API, use --yes."),
                             {{facts::reason, text.trimmed()}}});
    const QString question = Texts::tr("Add %n connections? Do so only if you trust their authorities and APIs. [y/N]",
                                       nullptr, static_cast<int>(connections.size()));
    if (!context.console.ask(text + question + u' ', context.interrupts))
        return failure(errors::notAccepted, Texts::tr("Nothing was added, because you did not accept it."));
    return {};
}

/// What was added before an error stays.
Report add(const Connections &connections)
{
    Report report;
    JsonArray added;
    QString summary;
    for (const identity::Connection &connection : connections) {
        const Result<identity::Connection> stored = store().add(connection);
        if (!stored) {
            Report refused = refusalReport(stored.error());
            refused.text = report.text;
            refused.json.set(u"added"_s, std::move(added));
            return refused;
        }
        added.emplace_back(connectionJson(*stored));
        summary = Texts::tr("Added: %1").arg(visible(stored->name));
        report.text += summary + u'\n';
    }
    report.json = {{u"outcome"_s, outcomeJson(u"ok"_s, u"connection.ok"_s, report.text.trimmed())},
                   {u"added"_s, std::move(added)}};
    return report;
}

Report run(const Context &context, const Options &options)
{
    const Result<Connections> read = QCoro::waitFor(workspace::loadConnections(options.file));
    if (!read)
        return usageReport(read.error());
    const Result<Connections> connections = named(*read, options.name);
    if (!connections)
        return usageReport(connections.error());
    for (std::size_t i = 0; i < read->size(); ++i) {
        if (options.name.isEmpty() && (*read)[i].name != (*connections)[i].name)
            context.console.note(Texts::tr("There is a connection named \"%1\" already, so this one is named \"%2\".")
                                     .arg(visible((*read)[i].name), visible((*connections)[i].name)));
    }
    if (!options.isAccepted) {
        if (const Result<void> accepted = ask(context, *connections); !accepted)
            return usageReport(accepted.error());
    }
    return add(*connections);
}

} // namespace

Command connectionAddCommand()
{
    return makeCommand(u"add"_s, Texts::tr("Store the connection that is in a file."), addOptions, run);
}

} // namespace bookdesk::cli
