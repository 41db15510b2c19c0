#include "identity/token-vault.h"

#include "core/errors.h"
#include "identity/errors.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace bookdesk::identity {
namespace {

using namespace Qt::StringLiterals;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(TokenVault)
};

const QString listEntry = u"accounts"_s;

QString tokenEntry(const QString &accountId) { return u"refresh-token/"_s + accountId; }

Error ended() { return {bookdesk::errors::stopped, Texts::tr("The work with the stored sign-ins was stopped.")}; }

Error stillThere()
{
    return {errors::vaultNotRemoved,
            Texts::tr("A stored sign-in may still be in the keychain, because it could not be removed."),
            Texts::tr("Remove the entries of Bookdesk with the keychain's own program.")};
}

/// Those of a keychain that is not to be used.
class NoEntries : public KeychainEntries
{
public:
    Task<std::optional<Secret>> read(QString) override
    {
        return readyTask(Result<std::optional<Secret>>(failure(keychainUnavailable({}))));
    }
    Task<void> write(QString, Secret) override { return readyTask(Result<void>(failure(keychainUnavailable({})))); }
    Task<void> remove(QString) override { return readyTask(Result<void>(failure(keychainUnavailable({})))); }
};

std::unique_ptr<KeychainEntries> orNoEntries(std::unique_ptr<KeychainEntries> entries)
{
    return entries ? std::move(entries) : std::make_unique<NoEntries>();
}

} // namespace

std::shared_ptr<TokenVault> noVault()
{
    return std::make_shared<TokenVault>(nullptr, TokenVault::Settings{}, Redactor());
}

TokenVault::TokenVault(std::unique_ptr<KeychainEntries> entries, Settings settings, Redactor redactor, QObject *parent)
    : QObject(parent)
    , m_mayUseKeychain(entries != nullptr)
    , m_redactor(std::move(redactor))
    , m_queue(std::move(settings.lockFile), settings.lockLimit)
    , m_keychain(orNoEntries(std::move(entries)))
{}

Task<void> TokenVault::check()
{
    m_isWanted = true;
    return m_scope.run([this](std::stop_token stop) { return checkNow(std::move(stop)); }, ended());
}

Task<void> TokenVault::turnOff()
{
    m_isWanted = false;
    return m_scope.run([this](std::stop_token stop) { return removeAll(std::move(stop)); }, ended());
}

Task<std::vector<Account>> TokenVault::accounts()
{
    return m_scope.run([this](std::stop_token) { return wantedAccounts(); }, ended());
}

Task<VaultLock> TokenVault::lock(std::stop_token stop)
{
    return m_state == State::ready ? m_queue.lock(std::move(stop)) : readyTask(Result<VaultLock>(VaultLock()));
}

Task<std::optional<KeptSignIn>> TokenVault::find(QString accountId)
{
    return m_scope.run([this, accountId](std::stop_token) { return readSignIn(accountId); }, ended());
}

Task<void> TokenVault::store(VaultLock lock, Account account, KeptSignIn signIn)
{
    const auto work = [this, lock, account, signIn](std::stop_token) { return storeNow(account, signIn); };
    return lock && m_state == State::ready ? m_scope.run(work, ended()) : readyTask(Result<void>());
}

Task<void> TokenVault::add(Account account, KeptSignIn signIn)
{
    m_unwanted.removeAll(account.id());
    const auto work = [this, account, signIn](std::stop_token stop) {
        return addNow(account, signIn, std::move(stop));
    };
    return m_scope.run(work, ended());
}

Task<void> TokenVault::discard(VaultLock lock, QString accountId)
{
    const auto work = [this, lock, accountId](std::stop_token) { return removeEntries(accountId); };
    return lock ? m_scope.run(work, ended()) : readyTask(Result<void>());
}

Task<void> TokenVault::remove(QString accountId)
{
    const auto work = [this, accountId](std::stop_token stop) { return removeNow(accountId, std::move(stop)); };
    noteUnwanted(accountId);
    return isInUse() ? m_scope.run(work, ended()) : readyTask(Result<void>());
}

Task<std::optional<KeptSignIn>> TokenVault::take(QString accountId)
{
    const auto work = [this, accountId](std::stop_token stop) { return takeNow(accountId, std::move(stop)); };
    noteUnwanted(accountId);
    return isInUse() ? m_scope.run(work, ended()) : readyTask(Result<std::optional<KeptSignIn>>(std::nullopt));
}

void TokenVault::noteUnwanted(const QString &accountId)
{
    if (isInUse() && !m_unwanted.contains(accountId))
        m_unwanted += accountId;
}

/// Where it is off, only if something is left.
bool TokenVault::isInUse() const { return m_mayUseKeychain && (m_state != State::off || m_failure.has_value()); }

ScopedTask<void> TokenVault::checkNow(std::stop_token stop)
{
    const Result<void> probed = co_await callOut([this] { return m_keychain.probe(); });
    // The person may have changed their mind meanwhile.
    if (!m_isWanted)
        co_return probed;
    m_hasBeenReady = m_hasBeenReady || probed;
    const std::optional<Error> failed = probed ? std::nullopt : std::optional(probed.error());
    const Result<void> told = co_await become(probed ? State::ready : State::failed, failed);
    if (!probed || !told)
        co_return probed ? told : probed;
    const Result<void> removed = co_await removeUnwanted(std::move(stop));
    co_return removed;
}

/// Whoever signed out must not be signed in again because the keychain has come back.
ScopedTask<void> TokenVault::removeUnwanted(std::stop_token stop)
{
    const QStringList accountIds = m_unwanted;
    for (const QString &accountId : accountIds)
        const Result<void> removed = co_await removeNow(accountId, stop);
    co_return Result<void>();
}

ScopedTask<void> TokenVault::become(State state, std::optional<Error> failure)
{
    m_state = state;
    m_failure = std::move(failure);
    Result<void> told = co_await callOut([this] { Q_EMIT stateChanged(); });
    co_return told;
}

/// A keychain that goes away while the program runs.
ScopedTask<void> TokenVault::noteFailure(Error error)
{
    if (error.code.kind() == ErrorKind::stopped)
        co_return Result<void>();
    Result<void> told = co_await become(State::failed, error);
    co_return told;
}

ScopedTask<std::vector<Account>> TokenVault::readAccounts()
{
    const Result<std::optional<Secret>> list = co_await callOut([this] { return m_keychain.read(listEntry); });
    if (!list && list.error().code == errors::vaultDamaged)
        co_return bookdesk::failure(damagedList(list.error()));
    if (!list)
        co_return bookdesk::failure(list.error());
    if (!*list)
        co_return std::vector<Account>();
    co_return readList(**list);
}

ScopedTask<std::vector<Account>> TokenVault::wantedAccounts()
{
    Result<std::vector<Account>> accounts = co_await readAccounts();
    if (accounts)
        std::erase_if(*accounts, [this](const Account &account) { return m_unwanted.contains(account.id()); });
    co_return accounts;
}

ScopedTask<void> TokenVault::writeAccounts(std::vector<Account> accounts)
{
    const Secret text = writtenList(accounts);
    Result<void> wrote = co_await callOut([this, &text] { return m_keychain.write(listEntry, text); });
    co_return wrote;
}

ScopedTask<std::optional<KeptSignIn>> TokenVault::readSignIn(QString accountId)
{
    Result<std::optional<KeptSignIn>> kept = co_await readKept(accountId);
    // A damaged entry says nothing about the others.
    if (!kept && kept.error().code != errors::vaultDamaged)
        const Result<void> noted = co_await noteFailure(kept.error());
    co_return kept;
}

ScopedTask<std::optional<KeptSignIn>> TokenVault::readKept(QString accountId)
{
    const QString name = tokenEntry(accountId);
    const Result<std::optional<Secret>> entry = co_await callOut([&] { return m_keychain.read(name); });
    if (!entry)
        co_return bookdesk::failure(entry.error());
    if (!*entry)
        co_return std::optional<KeptSignIn>();
    Result<KeptSignIn> signIn = readEntry(**entry);
    if (!signIn)
        co_return bookdesk::failure(signIn.error());
    m_redactor.learn(signIn->refreshToken);
    co_return std::optional(*std::move(signIn));
}

ScopedTask<void> TokenVault::addNow(Account account, KeptSignIn signIn, std::stop_token stop)
{
    const Result<VaultLock> held = co_await callOut([&] { return lock(stop); });
    if (!held) {
        const Error &error = held.error();
        if (error.code.kind() != ErrorKind::stopped)
            const Result<void> told = co_await callOut([&] { Q_EMIT notAdded(error); });
        co_return bookdesk::failure(error);
    }
    if (!*held)
        co_return Result<void>();
    Result<void> stored = co_await callOut([&] { return store(*held, account, signIn); });
    co_return stored;
}

ScopedTask<void> TokenVault::storeNow(Account account, KeptSignIn signIn)
{
    Result<void> stored = co_await storeEntries(account, signIn);
    if (!stored)
        const Result<void> noted = co_await noteFailure(stored.error());
    co_return stored;
}

/// The token first: an account without a token would be shown and could not be used.
ScopedTask<void> TokenVault::storeEntries(Account account, KeptSignIn signIn)
{
    const QString name = tokenEntry(account.id());
    const Secret entry = writtenEntry(signIn);
    if (const Result<void> wrote = co_await callOut([&] { return m_keychain.write(name, entry); }); !wrote)
        co_return wrote;
    Result<void> listed = co_await listAccount(account);
    co_return listed;
}

ScopedTask<void> TokenVault::listAccount(Account account)
{
    Result<std::vector<Account>> accounts = co_await readAccounts();
    if (!accounts)
        co_return bookdesk::failure(accounts.error());
    const auto known = std::ranges::find(*accounts, account.id(), &Account::id);
    if (known != accounts->end() && *known == account)
        co_return Result<void>();
    if (known == accounts->end())
        accounts->push_back(account);
    else
        *known = account;
    Result<void> wrote = co_await writeAccounts(*accounts);
    co_return wrote;
}

ScopedTask<void> TokenVault::removeNow(QString accountId, std::stop_token stop)
{
    const Result<std::optional<KeptSignIn>> taken = co_await takeNow(accountId, std::move(stop));
    co_return taken ? Result<void>() : Result<void>(bookdesk::failure(taken.error()));
}

/// What cannot be read is removed even so.
ScopedTask<std::optional<KeptSignIn>> TokenVault::takeNow(QString accountId, std::stop_token stop)
{
    const Result<VaultLock> lock = co_await callOut([&] { return m_queue.lock(stop); });
    if (!lock)
        co_return bookdesk::failure(lock.error());
    const Result<std::optional<KeptSignIn>> kept = co_await readKept(accountId);
    const Result<void> removed = co_await removeEntries(accountId);
    if (!removed && !isNeverStored(removed.error()))
        co_return bookdesk::failure(removed.error());
    m_unwanted.removeAll(accountId);
    co_return kept.value_or(std::nullopt);
}

/// Without a keychain all the time there is nothing to remove.
bool TokenVault::isNeverStored(const Error &error) const
{
    return !m_hasBeenReady && error.code == errors::keychainUnavailable;
}

/// The account first, as for storing.
ScopedTask<void> TokenVault::removeEntries(QString accountId)
{
    Result<std::vector<Account>> accounts = co_await readAccounts();
    if (!accounts)
        co_return bookdesk::failure(accounts.error());
    if (std::erase_if(*accounts, [&](const Account &account) { return account.id() == accountId; }) > 0) {
        if (const Result<void> wrote = co_await writeAccounts(*accounts); !wrote)
            co_return wrote;
    }
    const QString name = tokenEntry(accountId);
    if (const Result<void> removed = co_await callOut([&] { return m_keychain.remove(name); }); !removed)
        co_return removed;
    const Result<std::optional<Secret>> left = co_await callOut([&] { return m_keychain.read(name); });
    if (!left)
        co_return bookdesk::failure(left.error());
    if (*left)
        co_return bookdesk::failure(stillThere());
    co_return Result<void>();
}

ScopedTask<void> TokenVault::removeListed(std::vector<Account> accounts)
{
    for (const Account &account : accounts) {
        if (const Result<void> removed = co_await removeEntries(account.id()); !removed)
            co_return removed;
    }
    co_return Result<void>();
}

/// Looks first, because a lock and a removal may need what is not there.
ScopedTask<void> TokenVault::removeAll(std::stop_token stop)
{
    const Result<std::vector<Account>> accounts = co_await readAccounts();
    const bool isEmpty = accounts ? accounts->empty() : isNeverStored(accounts.error());
    Result<void> removed;
    if (!isEmpty) {
        const Result<VaultLock> lock = co_await callOut([&] { return m_queue.lock(stop); });
        if (!lock)
            removed = bookdesk::failure(lock.error());
        else if (accounts)
            removed = co_await removeListed(*accounts);
        else
            removed = co_await removeDamaged(accounts.error());
    }
    const std::optional<Error> notRemoved = removed ? std::nullopt : std::optional(removed.error());
    const Result<void> settled = co_await settleOff(notRemoved);
    co_return removed ? settled : removed;
}

/// Without the list nobody can find the tokens any more.
ScopedTask<void> TokenVault::removeDamaged(Error damage)
{
    if (damage.code != errors::vaultDamaged)
        co_return bookdesk::failure(damage);
    if (const Result<void> removed = co_await callOut([this] { return m_keychain.remove(listEntry); }); !removed)
        co_return removed;
    co_return bookdesk::failure(stillThere());
}

/// Nothing more is stored, also where something could not be removed.
ScopedTask<void> TokenVault::settleOff(std::optional<Error> notRemoved)
{
    if (m_isWanted)
        co_return Result<void>();
    Result<void> told = co_await become(State::off, std::move(notRemoved));
    co_return told;
}

} // namespace bookdesk::identity
