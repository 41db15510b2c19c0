#include "identity/token-vault.h"

#include "core/errors.h"
#include "core/json.h"
#include "core/object-reader.h"
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

Error damaged(const Error &cause)
{
    return {errors::vaultDamaged, Texts::tr("The list of stored sign-ins cannot be read."),
            Texts::tr("Turn off Keep me signed in, which removes it, and turn it on again."), factsOfCause(cause)};
}

Error stillThere()
{
    return {errors::vaultNotRemoved,
            Texts::tr("A stored sign-in may still be in the keychain, because it could not be removed."),
            Texts::tr("Remove the entries of Bookdesk with the keychain's own program.")};
}

Json written(const Account &account)
{
    return JsonObject{{u"connection"_s, account.connectionId}, {u"issuer"_s, account.issuer},
                      {u"clientId"_s, account.clientId},       {u"apiOrigin"_s, account.apiOrigin},
                      {u"subject"_s, account.subject},         {u"tenant"_s, account.tenant},
                      {u"objectId"_s, account.objectId},       {u"name"_s, account.name},
                      {u"userName"_s, account.userName},       {u"binding"_s, account.binding}};
}

Result<Account> readAccount(const JsonObject &object)
{
    ObjectReader reader(object, Texts::tr("A stored account"));
    Account account;
    account.connectionId = reader.string(u"connection"_s);
    account.issuer = reader.string(u"issuer"_s);
    account.clientId = reader.string(u"clientId"_s);
    account.apiOrigin = reader.string(u"apiOrigin"_s);
    account.subject = reader.string(u"subject"_s);
    account.tenant = reader.string(u"tenant"_s);
    account.objectId = reader.string(u"objectId"_s);
    account.name = reader.string(u"name"_s);
    account.userName = reader.string(u"userName"_s);
    account.binding = reader.string(u"binding"_s);
    if (const Result<void> read = reader.finish(); !read)
        return failure(read.error());
    return account;
}

Result<std::vector<Account>> readList(const Secret &text)
{
    const Result<JsonObject> object = parseJsonObject(text.reveal());
    if (!object)
        return failure(damaged(object.error()));
    ObjectReader reader(*object, Texts::tr("The list of stored sign-ins"));
    const JsonArray *list = reader.array(u"accounts"_s);
    if (const Result<void> read = reader.finish(); !read)
        return failure(damaged(read.error()));
    std::vector<Account> accounts;
    for (const Json &entry : *list) {
        const JsonObject *member = entry.asObject();
        Result<Account> account = readAccount(member ? *member : JsonObject());
        if (!account)
            return failure(damaged(account.error()));
        accounts.push_back(*std::move(account));
    }
    return accounts;
}

/// The scopes are as the server names them, and nothing that ends a name or the line may be part of one.
QString writtenScopes(QStringList scopes)
{
    const auto endsName = [](QChar character) { return character.isSpace() || !character.isPrint(); };
    scopes.removeIf([&endsName](const QString &scope) { return std::ranges::any_of(scope, endsName); });
    return scopes.join(u' ');
}

/// The nonce and the scopes in the first line, and the token after it, so that the token never becomes text.
Secret writtenEntry(const KeptSignIn &signIn)
{
    const QByteArray line = (signIn.nonce + u'\t' + writtenScopes(signIn.scopes)).toUtf8() + '\n';
    const QByteArrayView token = signIn.refreshToken.reveal();
    return Secret::written(line.size() + token.size(), [&](char *to) {
        to = std::copy(line.begin(), line.end(), to);
        std::copy(token.begin(), token.end(), to);
        return line.size() + token.size();
    });
}

Result<KeptSignIn> readEntry(const Secret &entry)
{
    const QByteArrayView bytes = entry.reveal();
    const qsizetype lineEnd = bytes.indexOf('\n');
    if (lineEnd < 0 || lineEnd + 1 == bytes.size())
        return failure(errors::vaultDamaged, Texts::tr("A stored sign-in cannot be read."),
                       Texts::tr("Sign in again."));
    const QString line = QString::fromUtf8(bytes.first(lineEnd));
    return KeptSignIn{Secret(bytes.sliced(lineEnd + 1)), line.section(u'\t', 0, 0),
                      line.section(u'\t', 1).split(u' ', Qt::SkipEmptyParts)};
}

} // namespace

std::shared_ptr<TokenVault> noVault() { return std::make_shared<TokenVault>(TokenVault::Settings{}, Redactor()); }

TokenVault::TokenVault(Settings settings, Redactor redactor, QObject *parent)
    : QObject(parent)
    , m_settings(std::move(settings))
    , m_redactor(std::move(redactor))
    , m_queue(m_settings.lockFile, m_settings.lockLimit)
    , m_keychain(m_settings.service, m_settings.keychainLimit)
{}

Task<void> TokenVault::check()
{
    m_isWanted = true;
    return m_scope.run([this](std::stop_token) { return checkNow(); }, ended());
}

Task<void> TokenVault::turnOff()
{
    m_isWanted = false;
    return m_scope.run([this](std::stop_token stop) { return removeAll(std::move(stop)); }, ended());
}

Task<std::vector<Account>> TokenVault::accounts()
{
    return m_scope.run([this](std::stop_token) { return readAccounts(); }, ended());
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
    if (m_settings.service.isEmpty() || m_state == State::off)
        return readyTask(Result<void>());
    return m_scope.run([this, accountId](std::stop_token stop) { return removeNow(accountId, std::move(stop)); },
                       ended());
}

ScopedTask<void> TokenVault::checkNow()
{
    Result<void> probed = bookdesk::failure(keychainUnavailable({}));
    if (!m_settings.service.isEmpty())
        probed = co_await callOut([this] { return m_keychain.probe(); });
    // The person may have changed their mind meanwhile.
    if (!m_isWanted)
        co_return probed;
    m_hasBeenReady = m_hasBeenReady || probed;
    const std::optional<Error> failed = probed ? std::nullopt : std::optional(probed.error());
    const Result<void> told = co_await become(probed ? State::ready : State::failed, failed);
    co_return probed ? told : probed;
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
        co_return bookdesk::failure(damaged(list.error()));
    if (!list)
        co_return bookdesk::failure(list.error());
    if (!*list)
        co_return std::vector<Account>();
    co_return readList(**list);
}

ScopedTask<void> TokenVault::writeAccounts(std::vector<Account> accounts)
{
    JsonArray list;
    for (const Account &account : accounts)
        list.push_back(written(account));
    const Secret text(toCompactJson(JsonObject{{u"accounts"_s, std::move(list)}}));
    Result<void> wrote = co_await callOut([this, &text] { return m_keychain.write(listEntry, text); });
    co_return wrote;
}

ScopedTask<std::optional<KeptSignIn>> TokenVault::readSignIn(QString accountId)
{
    const Result<std::optional<Secret>> entry =
        co_await callOut([this, &accountId] { return m_keychain.read(tokenEntry(accountId)); });
    // A damaged entry says nothing about the others.
    if (!entry && entry.error().code == errors::vaultDamaged)
        co_return bookdesk::failure(entry.error());
    if (!entry) {
        const Result<void> noted = co_await noteFailure(entry.error());
        co_return bookdesk::failure(entry.error());
    }
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
    if (!held)
        co_return bookdesk::failure(held.error());
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
    const Result<VaultLock> lock = co_await callOut([&] { return m_queue.lock(stop); });
    if (!lock)
        co_return bookdesk::failure(lock.error());
    Result<void> removed = co_await removeEntries(accountId);
    if (!removed && isNeverStored(removed.error()))
        co_return Result<void>();
    co_return removed;
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
    Result<std::vector<Account>> accounts = std::vector<Account>();
    if (!m_settings.service.isEmpty())
        accounts = co_await readAccounts();
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
    const Result<void> settled = co_await settleOff();
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
ScopedTask<void> TokenVault::settleOff()
{
    if (m_isWanted)
        co_return Result<void>();
    Result<void> told = co_await become(State::off, std::nullopt);
    co_return told;
}

} // namespace bookdesk::identity
