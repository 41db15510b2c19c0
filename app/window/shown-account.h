/// ShownAccount: the account whose data is on the screen, at the top of the account panel.
#pragma once

#include "window/account-group.h"

namespace bookdesk::widgets {
class Chip;
}

namespace bookdesk::window {

/// GUI thread.
class ShownAccount : public AccountGroup
{
    Q_OBJECT

public:
    explicit ShownAccount(QWidget *parent = nullptr);

    void setFacts(const AccountFacts &facts);

private:
    QWidget *m_mark; ///< "shown"
    widgets::Chip *m_state;
};

} // namespace bookdesk::window
