#include "cli/connection-choice.h"

#include "cli/options.h"
#include "sandbox/persona.h"

#include <QCoreApplication>

#include <string>
#include <vector>

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ConnectionChoice)
};

std::vector<std::string> personaIds()
{
    std::vector<std::string> ids;
    for (const sandbox::Persona &persona : sandbox::defaultPersonas())
        ids.push_back(persona.id.toStdString());
    return ids;
}

} // namespace

void addConnection(CLI::App &command, ConnectionChoice &choice)
{
    addText(
        command, "--connection", choice.connection,
        Texts::tr("A connection file, the name of a connection in Bookdesk, or \"sandbox\" (the default) for a Sandbox "
                  "that is started for this command."))
        ->type_name("FILE.json|NAME|sandbox");
    addFlag(command, "--yes", choice.isAccepted, Texts::tr("Use a new connection file without being asked."));
    CLI::Option *browser =
        addText(command, "--browser", choice.browser,
                Texts::tr("The command that opens the sign-in page; it is started without a shell."));
    browser->type_name("COMMAND");
    CLI::Option *persona = addText(command, "--persona", choice.persona,
                                   Texts::tr("Sign in to a Sandbox as this person, without a browser."));
    persona->check(CLI::IsMember(personaIds()))->excludes(browser);
}

void addSignIn(CLI::App &command, ConnectionChoice &choice)
{
    addConnection(command, choice);
    addText(command, "--account", choice.account,
            Texts::tr("Use the sign-in that is kept for this account: an ID, a sign-in name or a name."))
        ->excludes(command.get_option("--persona"));
}

void addApiConnection(CLI::App &command, ConnectionChoice &choice)
{
    addSignIn(command, choice);
    addFlag(command, "--send-anyway", choice.sendsAnyway,
            Texts::tr("Send the access token even if its issuer or audience is not this connection's."));
}

} // namespace bookdesk::cli
