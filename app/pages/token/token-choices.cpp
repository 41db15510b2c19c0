#include "pages/token/token-choices.h"

#include "core/isolation.h"
#include "core/text.h"
#include "workspace/desk.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(TokenChoices)
};

QString shownName(const QString &name) { return isolated(shortened(name, 60)); }

std::vector<workspace::Desk *> openedDesks(const workspace::Desks &desks)
{
    return desks.opened ? desks.opened() : std::vector<workspace::Desk *>();
}

void addAccount(std::vector<TokenChoice> &choices, workspace::Desk &desk)
{
    const std::optional<identity::SignedIn> &person = desk.session().current();
    if (!person)
        return;
    const jose::ClaimNames &names = desk.connection().provider.claims;
    const QString holder = Texts::tr("%1, %2", "person, connection")
                               .arg(shownName(person->identity.displayName()), shownName(desk.connection().name));
    const auto add = [&](const QString &name, const QString &brief, const books::ComparedToken &token) {
        choices.push_back({name, brief, holder, token, names});
    };
    const books::ComparedToken accessToken = books::comparedToken(person->accessToken, names);
    if (person->accessTokenBefore) {
        add(Texts::tr("Access token before the last renewal"), Texts::tr("before"),
            books::comparedToken(*person->accessTokenBefore, names));
        add(Texts::tr("Access token now"), Texts::tr("now"), accessToken);
    } else {
        add(Texts::tr("Access token"), Texts::tr("access token"), accessToken);
    }
    add(Texts::tr("ID token"), Texts::tr("ID token"), books::comparedToken(person->idToken, names));
}

} // namespace

std::vector<TokenChoice> tokenChoices(const workspace::Desks &desks, const workspace::TokenPaste &paste)
{
    std::vector<TokenChoice> choices;
    for (workspace::Desk *desk : openedDesks(desks))
        addAccount(choices, *desk);
    if (paste.shown().token) {
        const workspace::Desk *desk = paste.desk();
        const jose::ClaimNames names = desk ? desk->connection().provider.claims : jose::ClaimNames();
        choices.push_back({Texts::tr("Pasted token"), Texts::tr("pasted"),
                           desk ? shownName(desk->connection().name) : Texts::tr("nobody's"),
                           books::comparedToken(*paste.shown().token, names), names});
    }
    return choices;
}

bool hasTokenChoices(const workspace::Desks &desks, const workspace::TokenPaste &paste)
{
    const auto isSignedIn = [](workspace::Desk *desk) { return desk->session().current().has_value(); };
    return paste.shown().token || std::ranges::any_of(openedDesks(desks), isSignedIn);
}

} // namespace bookdesk::pages
