#include "cli/stored-sign-out.h"

#include "cli/stored-connections.h"
#include "workspace/desk.h"

#include <QCoroTask>

#include <memory>
#include <optional>
#include <utility>

namespace bookdesk::cli {
namespace {

/// As it was when the account signed in; a token is sent nowhere else.
std::optional<identity::Connection> connectionOf(const identity::Account &account)
{
    const std::optional<identity::Connection> connection = connectionWithId(account.connectionId);
    return connection && account.belongsTo(*connection) ? connection : std::nullopt;
}

} // namespace

Result<void> signOutStored(const Context &context, StoredAccounts &stored, const identity::Account &account)
{
    const std::optional<identity::Connection> connection = connectionOf(account);
    if (!connection || context.interrupts.haveCome())
        return stored.remove(account.id());
    workspace::Surroundings surroundings;
    surroundings.redactor = context.redactor;
    surroundings.vault = stored.vault();
    auto desk = std::make_unique<workspace::Desk>(*connection, std::move(surroundings));
    const QObject waiting;
    QObject::connect(&context.interrupts, &Interrupts::came, &waiting, [&desk] { desk.reset(); });
    Result<void> signedOut = QCoro::waitFor(desk->signOuts().here(account.id(), {}));
    if (context.interrupts.haveCome())
        return failure(interruptedError(context.interrupts));
    return signedOut;
}

} // namespace bookdesk::cli
