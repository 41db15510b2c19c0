#include "tour/memory-keychain.h"

#include <utility>

namespace bookdesk::tour {

MemoryKeychain::MemoryKeychain(std::shared_ptr<Store> store)
    : m_store(std::move(store))
{}

Task<std::optional<Secret>> MemoryKeychain::read(QString name)
{
    using Entry = std::optional<Secret>;
    if (!m_store->isThere)
        return readyTask(Result<Entry>(failure(identity::keychainUnavailable({}))));
    const auto found = m_store->entries.find(name);
    return readyTask(Result<Entry>(found == m_store->entries.end() ? Entry() : Entry(found->second)));
}

Task<void> MemoryKeychain::write(QString name, Secret value)
{
    if (!m_store->isThere)
        return readyTask(Result<void>(failure(identity::keychainUnavailable({}))));
    m_store->entries.insert_or_assign(std::move(name), std::move(value));
    return readyTask(Result<void>());
}

Task<void> MemoryKeychain::remove(QString name)
{
    if (!m_store->isThere)
        return readyTask(Result<void>(failure(identity::keychainUnavailable({}))));
    m_store->entries.erase(name);
    return readyTask(Result<void>());
}

} // namespace bookdesk::tour
