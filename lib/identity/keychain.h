/// Keychain: the operating system's store for secrets, one entry for each name.
#pragma once

#include "core/secret.h"
#include "core/task-scope.h"
#include "core/task.h"

#include <QString>

#include <chrono>
#include <functional>
#include <optional>

namespace QKeychain {
class Job;
}

namespace bookdesk::identity {

/// Entries of one service, by QtKeychain and never in plain files: Credential Manager, Keychain, or the Secret Service
/// of the desktop (GNOME Keyring, KWallet). QtKeychain's own copies of a secret are not cleansed. Destroying the
/// keychain ends its waits; a request that has begun is carried out. GUI thread.
class Keychain
{
public:
    /// @param limit for each request; a person may be asked to unlock the keychain meanwhile.
    explicit Keychain(QString service, std::chrono::milliseconds limit = std::chrono::seconds(20));

    /// Nothing where there is no such entry, and also where a keyring is locked. Errors: keychain.unavailable,
    /// keychain.locked, keychain.timed-out.
    Task<std::optional<Secret>> read(QString name);
    /// Errors: as read.
    Task<void> write(QString name, Secret value);
    /// Succeeds where there is no such entry. Errors: as read.
    Task<void> remove(QString name);

    /// Whether secrets can be stored: writes an entry of its own, reads it and removes it. Errors: as read;
    /// keychain.locked where what was written does not come back.
    Task<void> probe();

private:
    /// What became of a request.
    struct Answer
    {
        std::optional<Error> failure;
        bool wasFound = true;
        Secret value;
    };
    using MakeJob = std::function<QKeychain::Job *()>;

    /// Errors: as read.
    ScopedTask<Answer> ask(MakeJob makeJob);
    ScopedTask<std::optional<Secret>> readEntry(QString name);
    ScopedTask<void> writeEntry(QString name, Secret value);
    ScopedTask<void> removeEntry(QString name);
    ScopedTask<void> roundTrip();

    const QString m_service;
    const std::chrono::milliseconds m_limit;
    TaskScope m_scope;
};

/// keychain.unavailable. @param reason the system's words; may be empty.
Error keychainUnavailable(const QString &reason);

} // namespace bookdesk::identity
