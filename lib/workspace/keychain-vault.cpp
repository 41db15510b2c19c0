#include "workspace/keychain-vault.h"

#include "workspace/accepted-connections.h"

#include <QDir>

namespace bookdesk::workspace {

using namespace Qt::StringLiterals;

std::shared_ptr<identity::TokenVault> keychainVault(const Redactor &redactor)
{
    const QString lockFile = QDir::cleanPath(connectionsFolder() + u"/../vault.lock"_s);
    const identity::TokenVault::Settings settings{u"Bookdesk"_s, lockFile};
    return std::make_shared<identity::TokenVault>(settings, redactor);
}

} // namespace bookdesk::workspace
