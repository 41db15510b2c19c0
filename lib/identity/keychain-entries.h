/// KeychainEntries: single entries of the operating system's store for secrets, as long as it allows.
#pragma once

#include "core/error.h"
#include "core/secret.h"
#include "core/task.h"

#include <QString>
#include <QtGlobal>

#include <optional>

namespace bookdesk::identity {

/// The most bytes that every system takes for one entry: CRED_MAX_CREDENTIAL_BLOB_SIZE of Windows, where QtKeychain
/// stores the bytes as they are. Source: Microsoft "CREDENTIALW structure", QtKeychain keychain_win.cpp.
inline constexpr qsizetype longestEntry = 2'560;

/// Errors of all: keychain.unavailable, keychain.locked, keychain.timed-out. GUI thread.
class KeychainEntries
{
public:
    KeychainEntries() = default;
    virtual ~KeychainEntries() = default;
    Q_DISABLE_COPY_MOVE(KeychainEntries)

    /// Nothing where there is no such entry, and also where a keyring is locked.
    virtual Task<std::optional<Secret>> read(QString name) = 0;
    virtual Task<void> write(QString name, Secret value) = 0;
    /// Succeeds where there is no such entry.
    virtual Task<void> remove(QString name) = 0;
};

/// The wait for the keychain was stopped.
Error keychainStopped();
/// keychain.unavailable. @param reason the system's words; may be empty.
Error keychainUnavailable(const QString &reason);
/// keychain.locked. @param reason as above.
Error keychainLocked(const QString &reason);

} // namespace bookdesk::identity
