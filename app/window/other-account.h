/// OtherAccount: an account that is not shown, and the button that shows it.
#pragma once

#include "window/account-group.h"

namespace bookdesk::window {

/// GUI thread.
class OtherAccount : public AccountGroup
{
    Q_OBJECT

public:
    explicit OtherAccount(const AccountFacts &facts, QWidget *parent = nullptr);

Q_SIGNALS:
    void switchAsked();
};

} // namespace bookdesk::window
