/// The sign-ins that are kept on this computer, for the commands about them.
#pragma once

#include "cli/command.h"
#include "core/result.h"
#include "identity/account.h"
#include "identity/token-vault.h"

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

/// The vault that the window uses, too. Waits for the keychain. Errors: as identity::TokenVault::check.
Result<std::shared_ptr<identity::TokenVault>> openVault(const Context &context);

/// Waits for the keychain. Errors: as identity::TokenVault::accounts.
Result<std::vector<StoredAccount>> storedAccounts(identity::TokenVault &vault);

/// "Riley Reader (riley.reader@contoso.com), Contoso books"; safe to show.
QString accountText(const StoredAccount &stored);
JsonObject accountJson(const StoredAccount &stored);

} // namespace bookdesk::cli
