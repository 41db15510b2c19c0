#include "cli/consent.h"

#include "cli/connection-text.h"
#include "cli/errors.h"
#include "cli/terminal.h"
#include "workspace/accepted-connections.h"

#include <QCoreApplication>

#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Consent)
};

Error notAccepted(const QString &message, const QString &remedy, const QString &description)
{
    return {errors::notAccepted, message, remedy, {{facts::reason, description.trimmed()}}};
}

Result<void> ask(const Context &context, const QString &description)
{
    if (!canAsk())
        return failure(notAccepted(
            Texts::tr("This connection file has not been used before, and nobody can be asked whether to trust it."),
            Texts::tr("Check where it leads. If you trust its authority and its API, use --yes."), description));
    const QString question =
        Texts::tr("You will sign in at the authority, and the token that it issues is sent to the API host. Use this "
                  "connection only if you trust both. Use it? [y/N]");
    if (!context.console.ask(description + question + u' ', context.interrupts))
        return failure(notAccepted(Texts::tr("The connection file was not used, because you did not accept it."),
                                   Texts::tr("Nothing has been requested or stored."), {}));
    return {};
}

} // namespace

Result<void> askForConsent(const Context &context, const identity::Connection &connection, bool isAccepted)
{
    workspace::AcceptedConnections accepted(workspace::connectionsFolder());
    if (accepted.has(connection))
        return {};
    if (!isAccepted) {
        if (Result<void> answer = ask(context, connectionText(connection)); !answer)
            return answer;
    }
    // A folder that cannot be written must not keep anybody from working: the question is only asked again.
    if (const Result<void> remembered = accepted.remember(connection); !remembered)
        context.console.note(advised(remembered.error()));
    return {};
}

} // namespace bookdesk::cli
