/// OtherAccount: an account that is not shown, and the button that shows it.
#pragma once

#include "window/account-group.h"

#include <QString>

class QPushButton;

namespace bookdesk::window {

/// GUI thread.
class OtherAccount : public AccountGroup
{
    Q_OBJECT

public:
    explicit OtherAccount(const QString &id, QWidget *parent = nullptr);

    const QString &id() const { return m_id; }
    /// Of the account with this ID.
    void setFacts(const AccountFacts &facts);

Q_SIGNALS:
    void switchAsked();

private:
    QString m_id;
    widgets::IconLabel *m_stateIcon;
    QLabel *m_state;
    QPushButton *m_switch;
};

} // namespace bookdesk::window
