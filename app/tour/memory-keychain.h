/// MemoryKeychain: the entries of a keychain that ends with the tour, so that the computer's own is left alone.
#pragma once

#include "identity/keychain-entries.h"

#include <map>
#include <memory>

namespace bookdesk::tour {

/// GUI thread.
class MemoryKeychain : public identity::KeychainEntries
{
public:
    /// What outlives the windows that use it.
    struct Store
    {
        std::map<QString, Secret> entries;
        bool isThere = true; ///< If not, it is as on a computer without a keychain.
    };

    explicit MemoryKeychain(std::shared_ptr<Store> store);

    Task<std::optional<Secret>> read(QString name) override;
    Task<void> write(QString name, Secret value) override;
    Task<void> remove(QString name) override;

private:
    std::shared_ptr<Store> m_store;
};

} // namespace bookdesk::tour
