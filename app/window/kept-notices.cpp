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
    connect(&workspace.vault(), &TokenVault::notAdded, this,
            [this](const Error &error) { m_notice.report(tr("You are signed in, but this was not stored"), error); });
    connect(&workspace.vault(), &TokenVault::stateChanged, this, &KeptNotices::followVault);
    connect(&workspace, &workspace::Workspace::deskChanged, this, &KeptNotices::followDesk);
}

/// What failed at another desk is not what the person looks at now.
void KeptNotices::followDesk()
{
    if (m_desk && m_desk != m_workspace.desk() && m_notice.isShowing(m_told))
        m_notice.hide();
}

void KeptNotices::reportFailed(const identity::Account &account, const QString &connection, const Error &error)
{
    tellFailed(account, isolated(connection), error);
    m_desk = m_workspace.desk();
    m_told = m_notice.told();
}

/// The network is waited for; what else is no refusal may be over by now.
void KeptNotices::tellFailed(const identity::Account &account, const QString &connection, const Error &error)
{
    if (net::isOutOfReach(error.code))
        return m_notice.report(tr("%1 cannot be reached, so you are not signed in yet").arg(connection), error);
    if (m_workspace.desk()->needsPerson()) {
        m_notice.report(tr("%1 needs you to sign in again").arg(connection), error);
        connect(m_notice.addButton(tr("Sign in"), u"sign-in"_s), &QPushButton::clicked, this,
                [this, account] { Q_EMIT signInAsked(account); });
        return;
    }
    m_notice.report(tr("You could not be signed in to %1").arg(connection), error);
    // The notice goes with its desk, so that desk is in use.
    connect(m_notice.addButton(tr("Try again"), u"refresh"_s), &QPushButton::clicked, this, [this] {
        m_notice.hide();
        m_kept.resumeInUse();
    });
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
