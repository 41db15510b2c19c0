#include "window/account-facts.h"

#include "core/isolation.h"
#include "workspace/workspace.h"

#include <QCoreApplication>

namespace bookdesk::window {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(AccountFacts)
};

AccountState stateOf(const workspace::Desk &desk, bool hasPerson)
{
    if (desk.isResuming())
        return AccountState::signingIn;
    if (desk.needsPerson())
        return AccountState::needsPerson;
    return hasPerson ? AccountState::signedIn : AccountState::kept;
}

} // namespace

AccountFacts accountFacts(workspace::Desk *desk)
{
    AccountFacts facts;
    if (!desk)
        return facts;
    facts.connection = desk->connection().name;
    facts.isSandbox = desk->connection().isSandbox;
    const std::optional<identity::Account> &account = desk->account();
    if (!account)
        return facts;
    facts.id = account->id();
    facts.hasPerson = desk->session().current().has_value();
    facts.state = stateOf(*desk, facts.hasPerson);
    facts.canSignOutInBrowser = facts.hasPerson && desk->signOuts().isPossibleInBrowser();
    facts.name = account->displayName();
    facts.userName = account->userName;
    facts.tenant = account->tenant;
    return facts;
}

std::vector<AccountFacts> otherAccounts(workspace::Workspace &workspace)
{
    std::vector<AccountFacts> others;
    const std::vector<workspace::Desk *> desks = workspace.desks().opened();
    for (const identity::Connection &connection : workspace.connections()) {
        for (workspace::Desk *desk : desks) {
            if (desk->connection().id == connection.id && desk->account() && desk != workspace.shownDesk())
                others.push_back(accountFacts(desk));
        }
    }
    return others;
}

QString stateText(AccountState state)
{
    switch (state) {
    case AccountState::signedOut:
        return Texts::tr("signed out");
    case AccountState::signedIn:
        return Texts::tr("signed in");
    case AccountState::needsPerson:
        return Texts::tr("needs you to sign in again");
    case AccountState::kept:
        return Texts::tr("signs in when you switch");
    case AccountState::signingIn:
        return Texts::tr("signing in");
    }
    return {};
}

QString stateAtConnection(const AccountFacts &facts)
{
    const QString connection = isolated(facts.connection);
    switch (facts.state) {
    case AccountState::signedOut:
        return Texts::tr("%1, signed out").arg(connection);
    case AccountState::signedIn:
        return Texts::tr("%1, signed in").arg(connection);
    case AccountState::needsPerson:
        return Texts::tr("%1, needs you to sign in again").arg(connection);
    case AccountState::kept:
        return Texts::tr("%1, signs in when you switch").arg(connection);
    case AccountState::signingIn:
        return Texts::tr("%1, signing in").arg(connection);
    }
    return {};
}

QString accountSentence(const AccountFacts &facts)
{
    //: An account, and its connection with its state: "Ada Admin, Sandbox, signed in"
    return withoutIsolates(Texts::tr("%1, %2").arg(isolated(facts.name), stateAtConnection(facts)));
}

widgets::Kind stateKind(AccountState state)
{
    if (state == AccountState::needsPerson)
        return widgets::Kind::warn;
    return state == AccountState::signedIn ? widgets::Kind::ok : widgets::Kind::neutral;
}

} // namespace bookdesk::window
