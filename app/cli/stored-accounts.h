/// StoredAccounts: the sign-ins that are kept on this computer, for the commands.
#pragma once

#include "cli/command.h"
#include "core/result.h"
#include "core/task.h"
#include "identity/account.h"
#include "identity/token-vault.h"

#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace bookdesk::cli {

/// A stored sign-in and where it belongs. A plain value.
struct StoredAccount
{
    identity::Account account;
    QString connection; ///< The connection's name; empty where it is no longer stored.
};

/// In the vault that the window uses, too. Calls run the event loop while they wait for the keychain; an interrupt ends
/// the wait, and gives up the vault. Errors of all: also cli.interrupted, cli.told-to-end. Main thread.
class StoredAccounts : public QObject
{
    Q_OBJECT

public:
    /// Does not touch the keychain. The context's parts must outlive it.
    explicit StoredAccounts(const Context &context);

    /// Looks once whether the keychain can be used; call it before the others. Errors: as identity::TokenVault::check.
    Result<void> open();
    /// Errors: as identity::TokenVault::accounts.
    Result<std::vector<StoredAccount>> list();
    /// Errors: as identity::TokenVault::remove.
    Result<void> remove(const QString &accountId);
    /// The connection of the account with this name, as oneAccount finds it. Errors: as open and list, cli.usage.
    Result<identity::Connection> connectionOf(const QString &name);

    /// For a desk; nullptr after an interrupt.
    const std::shared_ptr<identity::TokenVault> &vault() const { return m_vault; }

private:
    template <class T>
    Result<T> waited(Task<T> (*ask)(identity::TokenVault &, const QString &), const QString &id = {});

    const Context m_context;
    std::shared_ptr<identity::TokenVault> m_vault;
};

/// The account that @p name means: an ID, a sign-in name or a name; the only one where it is empty. Errors: cli.usage
/// where there is none or more than one, with a list of them.
Result<StoredAccount> oneAccount(std::vector<StoredAccount> accounts, const QString &name);

/// "Riley Reader (riley.reader@contoso.com), Contoso books"; safe to show.
QString accountText(const StoredAccount &stored);
JsonObject accountJson(const StoredAccount &stored);

} // namespace bookdesk::cli
