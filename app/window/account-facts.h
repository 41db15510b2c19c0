/// AccountFacts: who is signed in, and where, as the account panel and the side bar show it.
#pragma once

#include <QString>

namespace bookdesk::workspace {
class Desk;
}

namespace bookdesk::window {

/// Plain text.
struct AccountFacts
{
    bool isSignedIn = false;
    QString name;
    QString userName;
    QString connection;
    QString tenant;
    bool isSandbox = false; ///< Its control page can be opened.
};

/// @param desk may be nullptr. GUI thread.
AccountFacts accountFacts(workspace::Desk *desk);

} // namespace bookdesk::window
