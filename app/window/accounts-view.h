/// AccountsView: keeps the account panel and the account button up to date, and switches to another account.
#pragma once

#include <QObject>

namespace bookdesk::workspace {
class Workspace;
}

namespace bookdesk::window {

class AccountButton;
class AccountPanel;

/// GUI thread.
class AccountsView : public QObject
{
    Q_OBJECT

public:
    /// All of them outlive it. @p button is where a switch is announced.
    AccountsView(workspace::Workspace &workspace, AccountPanel &panel, AccountButton &button, QObject *parent);

    void refresh();

Q_SIGNALS:
    /// The person switches to another account: first this, then, when it is shown, that.
    void switching();
    void switched();

private:
    void switchTo(const QString &accountId);

    workspace::Workspace &m_workspace;
    AccountPanel &m_panel;
    AccountButton &m_button;
};

} // namespace bookdesk::window
