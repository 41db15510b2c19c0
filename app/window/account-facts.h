/// AccountFacts: an account, where it is signed in and in which state, as the account panel and the side bar show it.
#pragma once

#include "widgets/kind.h"

#include <QString>

#include <vector>

namespace bookdesk::workspace {
class Desk;
class Workspace;
} // namespace bookdesk::workspace

namespace bookdesk::window {

enum class AccountState {
    signedOut,
    signedIn,
    needsPerson, ///< Only a sign-in by the person helps.
    kept,        ///< Its stored sign-in is used when it is shown.
    signingIn,   ///< Its stored sign-in is being used.
};

/// Plain text.
struct AccountFacts
{
    QString id; ///< Empty for nobody.
    AccountState state = AccountState::signedOut;
    bool hasPerson = false; ///< Their data can be shown; also where the sign-in is of no use any more.
    QString name;
    QString userName;
    QString connection;
    QString tenant;
    bool isSandbox = false;           ///< Its control page can be opened.
    bool canSignOutInBrowser = false; ///< The provider has an address for it.

    friend bool operator==(const AccountFacts &, const AccountFacts &) = default;
};

/// @param desk may be nullptr. GUI thread.
AccountFacts accountFacts(workspace::Desk *desk);

/// The accounts that are not shown, by connection, in the order of the connections.
std::vector<AccountFacts> otherAccounts(workspace::Workspace &workspace);

/// "signed in", for a chip.
QString stateText(AccountState state);
/// "Sandbox, signed in"
QString stateAtConnection(const AccountFacts &facts);
/// "Ada Admin, Sandbox, signed in", for screen readers.
QString accountSentence(const AccountFacts &facts);
widgets::Kind stateKind(AccountState state);

} // namespace bookdesk::window
