#include "window/account-facts.h"

#include "workspace/desk.h"

namespace bookdesk::window {

AccountFacts accountFacts(workspace::Desk *desk)
{
    AccountFacts facts;
    if (!desk)
        return facts;
    facts.connection = desk->connection().name;
    facts.isSandbox = desk->connection().isSandbox;
    if (const auto &current = desk->session().current()) {
        const jose::Identity &person = current->identity;
        facts.isSignedIn = true;
        facts.name = person.displayName();
        facts.userName = person.userName();
        facts.tenant = person.tenant();
    }
    return facts;
}

} // namespace bookdesk::window
