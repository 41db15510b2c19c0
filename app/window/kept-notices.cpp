#include "window/kept-notices.h"

#include "core/isolation.h"
#include "net/reachability.h"
#include "window/notice-area.h"
#include "workspace/workspace.h"

#include <QPushButton>

using namespace Qt::StringLiterals;

namespace bookdesk::window {

using identity::TokenVault;

KeptNotices::KeptNotices(workspace::Workspace &workspace, NoticeArea &notice, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_notice(notice)
    , m_kept(workspace)
{
    connect(&m_kept, &workspace::KeptSignIns::failed, this, &KeptNotices::reportFailed);
    connect(&m_kept, &workspace::KeptSignIns::notRemoved, this,
            [this](const Error &error) { m_notice.report(tr("Stored sign-ins could not be removed"), error); });
    connect(&workspace.vault(), &TokenVault::stateChanged, this, &KeptNotices::followVault);
}

void KeptNotices::reportFailed(const identity::Account &account, const QString &connection, const Error &error)
{
    if (net::isOutOfReach(error.code)) {
        m_notice.report(tr("%1 cannot be reached, so you are not signed in yet").arg(isolated(connection)), error);
        return;
    }
    m_notice.report(tr("%1 needs you to sign in again").arg(isolated(connection)), error);
    connect(m_notice.addButton(tr("Sign in"), u"sign-in"_s), &QPushButton::clicked, this,
            [this, account] { Q_EMIT signInAsked(account); });
}

/// Why there is no keychain from the start is shown in Settings; that it has gone away is news.
void KeptNotices::followVault()
{
    const TokenVault &vault = m_workspace.vault();
    const bool wasReady = std::exchange(m_wasReady, vault.state() == TokenVault::State::ready);
    if (!wasReady || vault.state() != TokenVault::State::failed || !vault.failure())
        return;
    m_notice.tell({widgets::Kind::warn,
                   tr("Your sign-in can no longer be kept"),
                   tr("You stay signed in until you close Bookdesk. %1").arg(advised(*vault.failure())),
                   {},
                   {}});
}

} // namespace bookdesk::window
