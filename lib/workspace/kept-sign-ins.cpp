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
    connect(&workspace.vault(), &identity::TokenVault::stateChanged, this, &KeptSignIns::resumeInUse);
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
    if (removed || removed.error().code.kind() == ErrorKind::stopped)
        co_return removed;
    const Error error = removed.error();
    Result<void> told = co_await callOut([&] { Q_EMIT notRemoved(error); });
    co_return told;
}

void KeptSignIns::resumeInUse()
{
    const QString id = m_workspace.currentId();
    if (!m_hasBegun || m_tried.contains(id) || m_workspace.vault().state() != identity::TokenVault::State::ready)
        return;
    m_tried += id;
    m_scope.run([this, id](std::stop_token) { return resume(id); }, ended());
}

ScopedTask<void> KeptSignIns::resume(QString connectionId)
{
    const Result<std::vector<identity::Account>> accounts =
        co_await callOut([this] { return m_workspace.vault().accounts(); });
    Desk *const desk = m_workspace.desks().open(connectionId);
    if (!accounts || !desk || desk->isSigningIn() || desk->session().current())
        co_return accounts ? Result<void>() : failure(accounts.error());
    const auto account = std::ranges::find_if(
        *accounts, [desk](const identity::Account &one) { return one.belongsTo(desk->connection()); });
    if (account == accounts->end())
        co_return Result<void>();
    const identity::Account found = *account;
    Result<void> resumed = co_await callOut([&] { return desk->resume(found); });
    if (resumed || resumed.error().code.kind() == ErrorKind::stopped ||
        resumed.error().code == identity::errors::notKept)
        co_return resumed;
    const Error error = resumed.error();
    if (net::isOutOfReach(error.code)) {
        m_tried.removeAll(connectionId);
        connect(&desk->reachability(), &net::Reachability::cameBack, this, &KeptSignIns::resumeInUse,
                Qt::UniqueConnection);
    }
    const QString name = desk->connection().name;
    Result<void> told = co_await callOut([&] { Q_EMIT failed(name, error); });
    co_return told;
}

} // namespace bookdesk::workspace
