/// SystemKeychain: the entries of one service in the operating system's store for secrets.
#pragma once

#include "core/task-scope.h"
#include "identity/keychain-entries.h"

#include <chrono>
#include <functional>

namespace QKeychain {
class Job;
}

namespace bookdesk::identity {

/// By QtKeychain and never in plain files: Credential Manager, Keychain, or the Secret Service of the desktop (GNOME
/// Keyring, KWallet). QtKeychain's own copies of a secret are not cleansed. Destroying it ends its waits; a request
/// that has begun is carried out. GUI thread.
class SystemKeychain : public KeychainEntries
{
public:
    /// @param limit for each request; a person may be asked to unlock the keychain meanwhile.
    explicit SystemKeychain(QString service, std::chrono::milliseconds limit = std::chrono::seconds(20));

    Task<std::optional<Secret>> read(QString name) override;
    Task<void> write(QString name, Secret value) override;
    Task<void> remove(QString name) override;

private:
    /// What became of a request.
    struct Answer
    {
        std::optional<Error> failure;
        bool wasFound = true;
        Secret value;
    };
    using MakeJob = std::function<QKeychain::Job *()>;

    ScopedTask<Answer> ask(MakeJob makeJob);
    ScopedTask<std::optional<Secret>> readEntry(QString name);
    ScopedTask<void> writeEntry(QString name, Secret value);
    ScopedTask<void> removeEntry(QString name);
    QString keyOf(const QString &name) const;

    const QString m_service;
    const std::chrono::milliseconds m_limit;
    TaskScope m_scope;
};

} // namespace bookdesk::identity
