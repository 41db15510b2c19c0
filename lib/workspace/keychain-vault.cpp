#include "workspace/keychain-vault.h"

#include "identity/system-keychain.h"
#include "workspace/accepted-connections.h"

#include <QDir>

namespace bookdesk::workspace {

using namespace Qt::StringLiterals;

std::shared_ptr<identity::TokenVault> keychainVault(const Redactor &redactor)
{
    const QString lockFile = QDir::cleanPath(connectionsFolder() + u"/../vault.lock"_s);
    return std::make_shared<identity::TokenVault>(std::make_unique<identity::SystemKeychain>(u"Bookdesk"_s),
                                                  identity::TokenVault::Settings{lockFile}, redactor);
}

} // namespace bookdesk::workspace
