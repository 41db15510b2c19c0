#include "cli/stored-accounts.h"

#include "core/text.h"
#include "workspace/accepted-connections.h"
#include "workspace/connection-store.h"
#include "workspace/keychain-vault.h"

#include <QCoreApplication>
#include <QCoroTask>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(StoredAccounts)
};

QString connectionName(const std::vector<identity::Connection> &connections, const identity::Account &account)
{
    const auto found = std::ranges::find(connections, account.connectionId, &identity::Connection::id);
    return found == connections.end() ? QString() : found->name;
}

} // namespace

Result<std::shared_ptr<identity::TokenVault>> openVault(const Context &context)
{
    const std::shared_ptr<identity::TokenVault> vault = workspace::keychainVault(context.redactor);
    if (const Result<void> checked = QCoro::waitFor(vault->check()); !checked)
        return failure(checked.error());
    return vault;
}

Result<std::vector<StoredAccount>> storedAccounts(identity::TokenVault &vault)
{
    const Result<std::vector<identity::Account>> accounts = QCoro::waitFor(vault.accounts());
    if (!accounts)
        return failure(accounts.error());
    const std::vector<identity::Connection> connections =
        workspace::ConnectionStore(workspace::connectionsFolder()).load().connections;
    std::vector<StoredAccount> stored;
    for (const identity::Account &account : *accounts)
        stored.push_back({account, connectionName(connections, account)});
    return stored;
}

QString accountText(const StoredAccount &stored)
{
    const identity::Account &account = stored.account;
    const QString name = visible(account.displayName());
    const QString user = visible(account.userName);
    const QString full = user.isEmpty() || user == name ? name : u"%1 (%2)"_s.arg(name, user);
    return stored.connection.isEmpty()
               ? Texts::tr("%1, of a connection that is no longer stored").arg(full)
               : Texts::tr("%1, %2", "account, connection").arg(full, visible(stored.connection));
}

JsonObject accountJson(const StoredAccount &stored)
{
    const identity::Account &account = stored.account;
    return {{u"id"_s, account.id()},
            {u"name"_s, account.name},
            {u"userName"_s, account.userName},
            {u"connection"_s, stored.connection.isEmpty() ? Json() : Json(stored.connection)},
            {u"issuer"_s, account.issuer},
            {u"clientId"_s, account.clientId},
            {u"api"_s, account.apiOrigin}};
}

} // namespace bookdesk::cli
