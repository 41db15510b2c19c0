/// TokenVault: the sign-ins that outlive the program, in the keychain.
#pragma once

#include "core/redaction.h"
#include "core/task-scope.h"
#include "identity/keychain.h"
#include "identity/vault-entries.h"
#include "identity/vault-lock.h"

#include <QObject>
#include <QStringList>

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace bookdesk::identity {

/// One entry lists the accounts, and one for each holds its refresh token alone. All programs of this person share it,
/// so a program that redeems a token holds the lock from reading it until its successor is written: a program that is
/// killed in between leaves the old one. Without a keychain, or where the person does not want it, nothing is stored
/// and nothing fails. What needs the lock is done in the order in which it was asked for. GUI thread. Source: RFC 8252
/// section 8.6, Microsoft "Token cache serialization".
class TokenVault : public QObject
{
    Q_OBJECT

public:
    /// How sign-ins are kept.
    enum class State {
        off,     ///< The person does not want it.
        unknown, ///< Not tried yet.
        ready,
        failed, ///< As failure() says; nothing is stored until it is checked again.
    };

    struct Settings
    {
        QString lockFile; ///< A path; shared by the programs that use the entries.
        std::chrono::milliseconds lockLimit = std::chrono::seconds(60);
    };

    /// @param entries of the keychain; null where none is to be used.
    TokenVault(std::unique_ptr<KeychainEntries> entries, Settings settings, Redactor redactor,
               QObject *parent = nullptr);

    State state() const { return m_state; }
    /// Why nothing can be stored; where the person does not want it, why what was stored could not be removed.
    const std::optional<Error> &failure() const { return m_failure; }
    /// Something is being read, stored or removed.
    bool isAtWork() const { return !m_scope.isIdle(); }

    /// The person wants sign-ins kept: looks whether the keychain can be used, and removes what could not be removed
    /// before. Errors: as Keychain::probe.
    Task<void> check();
    /// The person wants nothing kept: removes all that is. Errors: as remove.
    Task<void> turnOff();

    /// The accounts with a stored sign-in, in the order in which they were added, without those that remove() was
    /// called for; none where nothing can be stored.
    /// Errors: keychain.*, vault.damaged.
    Task<std::vector<Account>> accounts();

    /// For redeeming the account's token; nothing where nothing is stored. Errors: vault.busy, vault.lock-failed,
    /// stopped.
    Task<VaultLock> lock(std::stop_token stop);
    /// The account's sign-in, or nothing. Errors: keychain.*, vault.damaged.
    Task<std::optional<KeptSignIn>> find(QString accountId);
    /// Stores the sign-in in place of the account's earlier one. The caller holds @p lock; without one nothing is
    /// stored. Errors: keychain.*, vault.damaged.
    Task<void> store(VaultLock lock, Account account, KeptSignIn signIn);
    /// As store, with a lock of its own. Errors: also vault.busy, vault.lock-failed, stopped.
    Task<void> add(Account account, KeptSignIn signIn);
    /// Removes what is of no use any more. The caller holds @p lock; without one nothing is removed. Errors: as remove.
    Task<void> discard(VaultLock lock, QString accountId);
    /// Removes the sign-in and makes sure of it. Errors: keychain.*, vault.*, stopped.
    Task<void> remove(QString accountId);
    /// As remove; gives what was stored, if that can be read.
    Task<std::optional<KeptSignIn>> take(QString accountId);

Q_SIGNALS:
    void stateChanged();
    /// A sign-in was not stored, because the lock was not to be had.
    void notAdded(bookdesk::Error error);

private:
    ScopedTask<void> checkNow(std::stop_token stop);
    ScopedTask<void> removeAll(std::stop_token stop);
    ScopedTask<void> removeUnwanted(std::stop_token stop);
    ScopedTask<std::vector<Account>> readAccounts();
    ScopedTask<std::vector<Account>> wantedAccounts();
    ScopedTask<void> writeAccounts(std::vector<Account> accounts);
    ScopedTask<std::optional<KeptSignIn>> readSignIn(QString accountId);
    ScopedTask<void> addNow(Account account, KeptSignIn signIn, std::stop_token stop);
    ScopedTask<void> storeNow(Account account, KeptSignIn signIn);
    ScopedTask<void> storeEntries(Account account, KeptSignIn signIn);
    ScopedTask<void> listAccount(Account account);
    ScopedTask<std::optional<KeptSignIn>> readKept(QString accountId);
    ScopedTask<std::optional<KeptSignIn>> takeNow(QString accountId, std::stop_token stop);
    ScopedTask<void> removeNow(QString accountId, std::stop_token stop);
    ScopedTask<void> removeEntries(QString accountId);
    ScopedTask<void> removeListed(std::vector<Account> accounts);
    ScopedTask<void> removeDamaged(Error damage);
    ScopedTask<void> settleOff(std::optional<Error> notRemoved);
    bool isInUse() const;
    void noteUnwanted(const QString &accountId);
    bool isNeverStored(const Error &error) const;
    ScopedTask<void> become(State state, std::optional<Error> failure);
    ScopedTask<void> noteFailure(Error error);

    const bool m_mayUseKeychain;
    Redactor m_redactor;
    State m_state = State::unknown;
    std::optional<Error> m_failure;
    bool m_isWanted = true;
    bool m_hasBeenReady = false;
    QStringList m_unwanted; ///< IDs of accounts that are being removed, or could not be.
    VaultQueue m_queue;
    Keychain m_keychain;
    TaskScope m_scope;
};

/// Keeps nothing, as on a computer without a keychain, and never looks for one.
std::shared_ptr<TokenVault> noVault();

} // namespace bookdesk::identity
