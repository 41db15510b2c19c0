/// The vault that the window and the command line share.
#pragma once

#include "core/redaction.h"
#include "identity/token-vault.h"

#include <memory>

namespace bookdesk::workspace {

/// In the keychain of this computer, with a lock file beside the connections.
std::shared_ptr<identity::TokenVault> keychainVault(const Redactor &redactor);

} // namespace bookdesk::workspace
