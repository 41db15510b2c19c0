/// Keychain: the secrets of one service that outlive the program, each under a name and as long as need be.
#pragma once

#include "core/task-scope.h"
#include "identity/keychain-entries.h"

#include <QString>

#include <memory>
#include <optional>

namespace bookdesk::identity {

/// A value that is longer than one entry may be is split into parts, on all systems alike. The entry with the name says
/// how many there are, in which of two sets of entries, and what their hash is. A new value goes into the set that is
/// not in use, and takes effect with one write of that entry, so that a program that is killed at any moment leaves the
/// old value or the new one. Each entry is read back. Parts that a killed program has left are removed by the next
/// write or removal. One writer of a name at a time. Destroying the keychain ends its waits. GUI thread.
class Keychain
{
public:
    explicit Keychain(std::unique_ptr<KeychainEntries> entries);

    /// Nothing where there is no such value, and also where a keyring is locked. Errors: keychain.unavailable,
    /// keychain.locked, keychain.timed-out, vault.damaged where parts are missing or changed.
    Task<std::optional<Secret>> read(QString name);
    /// Errors: keychain.*; keychain.locked where what was written does not come back.
    Task<void> write(QString name, Secret value);
    /// Succeeds where there is no such value. Errors: keychain.*.
    Task<void> remove(QString name);

    /// Whether secrets can be stored: writes a value of its own, reads it and removes it. Errors: as write.
    Task<void> probe();

private:
    ScopedTask<std::optional<Secret>> readValue(QString name);
    ScopedTask<Secret> readParts(QString name, Secret first);
    ScopedTask<void> writeValue(QString name, Secret value);
    ScopedTask<void> writeParts(QString name, int set, Secret value);
    ScopedTask<void> writeVerified(QString entry, Secret value);
    ScopedTask<void> removeValue(QString name);
    ScopedTask<void> removeParts(QString name, int set, int from);
    ScopedTask<void> roundTrip();

    const std::unique_ptr<KeychainEntries> m_entries;
    TaskScope m_scope;
};

} // namespace bookdesk::identity
