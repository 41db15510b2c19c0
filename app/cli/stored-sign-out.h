/// Signs out an account that is kept on this computer.
#pragma once

#include "cli/command.h"
#include "cli/stored-accounts.h"
#include "core/result.h"

namespace bookdesk::cli {

/// Removes what is kept, and has the refresh token revoked where the account's connection is still stored and its
/// provider can; waits for both. Errors: as workspace::SignOut::here, cli.interrupted, cli.told-to-end.
Result<void> signOutStored(const Context &context, StoredAccounts &stored, const identity::Account &account);

} // namespace bookdesk::cli
