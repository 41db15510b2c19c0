#include "workspace/keychain-vault.h"

#include "workspace/accepted-connections.h"

namespace bookdesk::workspace {

using namespace Qt::StringLiterals;

std::shared_ptr<identity::TokenVault> keychainVault(const Redactor &redactor)
{
    const identity::TokenVault::Settings settings{u"Bookdesk"_s, connectionsFolder() + u"/../vault.lock"_s};
    return std::make_shared<identity::TokenVault>(settings, redactor);
}

} // namespace bookdesk::workspace
