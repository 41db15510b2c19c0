#include "cli/commands.h"
#include "cli/connection-text.h"
#include "core/address-text.h"
#include "core/text.h"
#include "workspace/accepted-connections.h"
#include "workspace/connection-store.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ConnectionListCommand)
};

struct Options
{};

void addOptions(CLI::App &, Options &) {}

QString textOf(const identity::Connection &connection)
{
    return connection.id + u"  "_s +
           Texts::tr("%1: %2, %3, API %4", "name, provider, authority, address")
               .arg(visible(connection.name), connection.provider.name, addressText(connection.authority),
                    addressText(connection.apiBaseUrl)) +
           u'\n';
}

/// What could not be read is told, and the others are listed all the same.
Report run(const Context &, const Options &)
{
    const workspace::ConnectionStore::Loaded loaded = workspace::ConnectionStore(workspace::connectionsFolder()).load();
    if (loaded.connections.empty() && !loaded.problems.empty())
        return refusalReport(loaded.problems.front());
    Report report;
    JsonArray list;
    for (const identity::Connection &connection : loaded.connections) {
        list.emplace_back(connectionJson(connection));
        report.text += textOf(connection);
    }
    JsonArray problems;
    for (const Error &problem : loaded.problems) {
        problems.emplace_back(
            outcomeJson(u"refused"_s, problem.code.toString(), problem.message, problem.remedy, problem.facts));
        report.problem += advised(problem) + u'\n';
    }
    const QString summary =
        list.empty() ? Texts::tr("No connection is stored.") : Texts::tr("These connections are stored.");
    if (list.empty())
        report.text = summary + u'\n';
    report.json = {{u"outcome"_s, outcomeJson(u"ok"_s, u"connection.ok"_s, summary)},
                   {u"connections"_s, std::move(list)},
                   {u"leftOut"_s, std::move(problems)}};
    return report;
}

} // namespace

Command connectionListCommand()
{
    return makeCommand(u"list"_s, Texts::tr("List the stored connections."), addOptions, run);
}

} // namespace bookdesk::cli
