#include "window/accounts-view.h"

#include "core/isolation.h"
#include "widgets/announcement.h"
#include "window/account-button.h"
#include "window/account-facts.h"
#include "window/account-panel.h"
#include "workspace/workspace.h"

namespace bookdesk::window {

AccountsView::AccountsView(workspace::Workspace &workspace, AccountPanel &panel, AccountButton &button, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_panel(panel)
    , m_button(button)
{
    connect(&workspace, &workspace::Workspace::accountsChanged, this, &AccountsView::refresh);
    connect(&panel, &AccountPanel::switchAsked, this, &AccountsView::switchTo);
}

void AccountsView::refresh()
{
    const AccountFacts shown = accountFacts(m_workspace.shownDesk());
    m_panel.setAccounts(shown, otherAccounts(m_workspace));
    m_button.setAccount(shown);
}

void AccountsView::switchTo(const QString &accountId)
{
    for (workspace::Desk *desk : m_workspace.desks().opened()) {
        if (accountFacts(desk).id != accountId)
            continue;
        Q_EMIT switching();
        m_workspace.switchTo(*desk);
        Q_EMIT switched();
        widgets::announce(m_button, tr("Now shown: %1").arg(accountSentence(accountFacts(desk))));
        return;
    }
}

} // namespace bookdesk::window
