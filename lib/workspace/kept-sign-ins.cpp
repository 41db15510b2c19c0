#include "workspace/kept-sign-ins.h"

#include "core/errors.h"
#include "identity/errors.h"
#include "net/reachability.h"
#include "workspace/workspace.h"

#include <QCoreApplication>

#include <algorithm>

namespace bookdesk::workspace {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(KeptSignIns)
};

Error ended() { return {bookdesk::errors::stopped, Texts::tr("The work with the stored sign-ins was stopped.")}; }

} // namespace

KeptSignIns::KeptSignIns(Workspace &workspace, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
{
    connect(&workspace.settings(), &Settings::changed, this, [this](Setting setting) {
        if (setting == Setting::keepSignedIn && m_hasBegun)
            follow();
    });
    connect(&workspace, &Workspace::deskChanged, this, &KeptSignIns::resumeInUse);
    connect(&workspace, &Workspace::accountsChanged, this, &KeptSignIns::noteSignedOut);
    connect(&workspace.vault(), &identity::TokenVault::stateChanged, this, &KeptSignIns::findAccounts);
}

void KeptSignIns::begin()
{
    m_hasBegun = true;
    follow();
}

void KeptSignIns::follow()
{
    const bool isWanted = m_workspace.settings().number(Setting::keepSignedIn) == 1;
    if (isWanted)
        m_scope.run([this](std::stop_token) { return open(); }, ended());
    else
        m_scope.run([this](std::stop_token) { return close(); }, ended());
}

/// A keychain that cannot be used is shown where the vault's state is.
ScopedTask<void> KeptSignIns::open()
{
    Result<void> checked = co_await callOut([this] { return m_workspace.vault().check(); });
    co_return checked;
}

ScopedTask<void> KeptSignIns::close()
{
    Result<void> removed = co_await callOut([this] { return m_workspace.vault().turnOff(); });
    const Result<void> forgotten = co_await callOut([this] { forgetAccounts(); });
    if (removed || removed.error().code.kind() == ErrorKind::stopped)
        co_return removed;
    const Error error = removed.error();
    Result<void> told = co_await callOut([&] { Q_EMIT notRemoved(error); });
    co_return told;
}

/// Those that nobody has signed in to yet.
void KeptSignIns::forgetAccounts()
{
    for (Desk *desk : m_workspace.desks().opened()) {
        if (desk->account() && !desk->session().current() && !desk->isSigningIn())
            desk->reserveFor(std::nullopt);
    }
}

/// Even if what is kept could not be removed, the next start must not sign the person in again.
void KeptSignIns::noteSignedOut()
{
    QStringList there;
    for (const Desk *desk : m_workspace.desks().opened()) {
        if (desk->account())
            there += desk->account()->id();
    }
    const QString last = m_workspace.settings().text(Setting::lastAccount);
    if (m_there.contains(last) && !there.contains(last))
        m_workspace.settings().setText(Setting::lastAccount, {});
    m_there = there;
}

void KeptSignIns::findAccounts()
{
    if (m_hasBegun && m_workspace.vault().state() == identity::TokenVault::State::ready)
        m_scope.run([this](std::stop_token) { return takeIn(); }, ended());
}

ScopedTask<void> KeptSignIns::takeIn()
{
    const Result<std::vector<identity::Account>> accounts =
        co_await callOut([this] { return m_workspace.vault().accounts(); });
    if (!accounts)
        co_return failure(accounts.error());
    std::vector<identity::Account> useless;
    for (const identity::Account &account : *accounts) {
        const identity::Connection *connection = m_workspace.find(account.connectionId);
        if (connection && account.belongsTo(*connection))
            const Result<void> told = co_await callOut([&] { m_workspace.deskFor(account); });
        else if (connection)
            useless.push_back(account);
    }
    const Result<void> told = co_await callOut([this] { bringBackLast(); });
    Result<void> removed = co_await removeUseless(useless);
    co_return removed;
}

/// The vault says itself what went wrong.
ScopedTask<void> KeptSignIns::removeUseless(std::vector<identity::Account> accounts)
{
    for (const identity::Account &account : accounts)
        const Result<void> removed = co_await callOut([&] { return m_workspace.vault().remove(account.id()); });
    co_return Result<void>();
}

/// A person who has signed out, or begun something else, is not brought back. Where nothing was noted yet, the first
/// account of the connection in use is taken.
void KeptSignIns::bringBackLast()
{
    const Desk *const inUse = m_workspace.desk();
    if (!inUse || !inUse->isVacant())
        return resumeInUse();
    const bool isNoted = m_workspace.settings().isSet(Setting::lastAccount);
    const QString last = m_workspace.settings().text(Setting::lastAccount);
    for (Desk *desk : m_workspace.desks().opened()) {
        const std::optional<identity::Account> &account = desk->account();
        if (account && account->connectionId == inUse->connection().id && (!isNoted || account->id() == last))
            return m_workspace.switchTo(*desk);
    }
}

void KeptSignIns::resumeInUse()
{
    Desk *const desk = m_workspace.desk();
    if (!m_hasBegun || !desk || !desk->account() || desk->isSigningIn() || desk->session().current() ||
        m_workspace.vault().state() != identity::TokenVault::State::ready)
        return;
    const identity::Account account = *desk->account();
    if (m_tried.contains(account.id()))
        return;
    m_tried += account.id();
    m_scope.run([this, account, desk](std::stop_token) { return resume(account, desk); }, ended());
}

ScopedTask<void> KeptSignIns::resume(identity::Account account, Desk *desk)
{
    Result<void> resumed = co_await callOut([&] { return desk->resume(account); });
    const bool isStopped = !resumed && resumed.error().code.kind() == ErrorKind::stopped;
    if (!resumed && !desk->needsPerson())
        m_tried.removeAll(account.id());
    if (resumed || isStopped || resumed.error().code == identity::errors::notKept)
        co_return resumed;
    const Error error = resumed.error();
    if (net::isOutOfReach(error.code)) {
        connect(&desk->reachability(), &net::Reachability::cameBack, this, &KeptSignIns::resumeInUse,
                Qt::UniqueConnection);
    }
    if (m_workspace.desk() != desk)
        co_return resumed;
    const QString name = desk->connection().name;
    Result<void> told = co_await callOut([&] { Q_EMIT failed(account, name, error); });
    co_return told;
}

} // namespace bookdesk::workspace
