#include "cli/stored-accounts.h"

#include "cli/errors.h"
#include "cli/stored-connections.h"
#include "core/text.h"
#include "workspace/keychain-vault.h"

#include <QCoreApplication>
#include <QCoroTask>
#include <QLocale>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(StoredAccounts)
};

bool isNamed(const StoredAccount &stored, const QString &text)
{
    const identity::Account &account = stored.account;
    return account.id() == text || account.userName.compare(text, Qt::CaseInsensitive) == 0 ||
           account.name.compare(text, Qt::CaseInsensitive) == 0;
}

Error noneKept(const QString &name)
{
    return {errors::usage,
            name.isEmpty() ? Texts::tr("No sign-in is kept on this computer.")
                           : Texts::tr("No sign-in of \"%1\" is kept.").arg(visible(name)),
            Texts::tr("Run bookdesk-cli accounts list to see whose are.")};
}

Error severalKept(const std::vector<StoredAccount> &accounts)
{
    QStringList texts;
    for (const StoredAccount &stored : accounts)
        texts += Texts::tr("\"%1\"", "an account").arg(accountText(stored));
    return {errors::usage, Texts::tr("Several sign-ins are kept: %1").arg(QLocale().createSeparatedList(texts)),
            Texts::tr("Name one with --account. Run bookdesk-cli accounts list to see the IDs.")};
}

Error connectionGone(const StoredAccount &stored)
{
    return {errors::usage,
            Texts::tr("The sign-in that is kept belongs to a connection that has been changed or removed: %1")
                .arg(accountText(stored)),
            Texts::tr("Name the connection with --connection, and sign in again.")};
}

} // namespace

StoredAccounts::StoredAccounts(const Context &context)
    : m_context(context)
    , m_vault(workspace::keychainVault(context.redactor))
{
    // Without its last owner the vault ends its waits.
    connect(&m_context.interrupts, &Interrupts::came, this, [this] { m_vault.reset(); });
}

template <class T>
Result<T> StoredAccounts::waited(Task<T> (*ask)(identity::TokenVault &, const QString &), const QString &id)
{
    if (m_context.interrupts.haveCome())
        return failure(interruptedError(m_context.interrupts));
    Result<T> answer = QCoro::waitFor(ask(*m_vault, id));
    if (m_context.interrupts.haveCome())
        return failure(interruptedError(m_context.interrupts));
    return answer;
}

Result<void> StoredAccounts::open()
{
    if (m_vault && m_vault->state() == identity::TokenVault::State::ready)
        return {};
    if (m_vault && m_vault->failure())
        return failure(*m_vault->failure());
    return waited<void>([](identity::TokenVault &vault, const QString &) { return vault.check(); });
}

Result<std::vector<StoredAccount>> StoredAccounts::list()
{
    const auto accounts = waited<std::vector<identity::Account>>(
        [](identity::TokenVault &vault, const QString &) { return vault.accounts(); });
    if (!accounts)
        return failure(accounts.error());
    std::vector<StoredAccount> stored;
    for (const identity::Account &account : *accounts) {
        const auto connection = connectionWithId(account.connectionId);
        stored.push_back({account, connection ? connection->name : QString()});
    }
    return stored;
}

Result<void> StoredAccounts::remove(const QString &accountId)
{
    return waited<void>([](identity::TokenVault &vault, const QString &id) { return vault.remove(id); }, accountId);
}

Result<identity::Connection> StoredAccounts::connectionOf(const QString &name)
{
    if (const Result<void> opened = open(); !opened)
        return failure(opened.error());
    Result<std::vector<StoredAccount>> accounts = list();
    if (!accounts)
        return failure(accounts.error());
    const Result<StoredAccount> stored = oneAccount(*std::move(accounts), name);
    if (!stored)
        return failure(stored.error());
    std::optional<identity::Connection> connection = connectionWithId(stored->account.connectionId);
    if (!connection || !stored->account.belongsTo(*connection))
        return failure(connectionGone(*stored));
    return *std::move(connection);
}

Result<StoredAccount> oneAccount(std::vector<StoredAccount> accounts, const QString &name)
{
    if (!name.isEmpty())
        std::erase_if(accounts, [&name](const StoredAccount &stored) { return !isNamed(stored, name); });
    if (accounts.empty())
        return failure(noneKept(name));
    if (accounts.size() > 1)
        return failure(severalKept(accounts));
    return std::move(accounts.front());
}

QString accountText(const StoredAccount &stored)
{
    const QString full = visible(stored.account.fullName());
    return stored.connection.isEmpty()
               ? Texts::tr("%1, of a connection that is no longer stored").arg(full)
               : Texts::tr("%1, %2", "account, connection").arg(full, visible(stored.connection));
}

JsonObject accountJson(const StoredAccount &stored)
{
    const identity::Account &account = stored.account;
    return {{u"id"_s, account.id()},
            {u"name"_s, account.name},
            {u"userName"_s, account.userName},
            {u"connection"_s, stored.connection.isEmpty() ? Json() : Json(stored.connection)},
            {u"issuer"_s, account.issuer},
            {u"clientId"_s, account.clientId},
            {u"api"_s, account.apiOrigin}};
}

} // namespace bookdesk::cli
