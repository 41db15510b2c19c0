#include "pages/books/books-page.h"
#include "tour/chapters.h"
#include "tour/scenes.h"
#include "tour/stage.h"
#include "widgets/banner.h"
#include "window/main-window.h"
#include "workspace/workspace.h"

#include <QCoreApplication>

namespace bookdesk::tour {

using namespace Qt::StringLiterals;
using books::OutcomeKind;

namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Tour)
};

void showAccountPanel(Stage &stage)
{
    showBooksOf(stage, u"riley"_s);
    openAccountPanel(stage);
}

/// Two accounts, of which the one that is shown has a refresh token that the tenant does not know.
void showTwoAccounts(Stage &stage)
{
    useAccountOf(stage, u"ada"_s);
    expectAccount(stage, u"Ada"_s);
    openAccountPanel(stage);
    stage.click(u"panelSwitch"_s);
    expectAccount(stage, u"Riley"_s);
    identity::Session &session = stage.workspace().desk()->session();
    identity::SignedIn person = *session.current();
    person.tokens.refreshToken = Secret("a refresh token that was revoked");
    session.begin(person);
    expectBooks(stage);
    openAccountPanel(stage);
    stage.click(u"panelFreshToken"_s);
    stage.expect(Texts::tr("Riley has to sign in again"), [&stage] { return stage.workspace().desk()->needsPerson(); });
    openAccountPanel(stage);
}

void askForSignOut(Stage &stage)
{
    stage.click(u"panelSignOutInBrowser"_s);
    expectDialog(stage, u"confirmSignOut"_s);
}

void signOutInBrowser(Stage &stage)
{
    stage.click(u"confirm"_s);
    expectSignedOut(stage);
    stage.expect(Texts::tr("the browser is waited for"), [&stage] {
        return stage.window().notice().isVisible() && stage.workspace().desk()->signOuts().attempt();
    });
}

void signInAndOut(Stage &stage)
{
    stage.signInAs(u"riley"_s);
    expectBooks(stage);
    signOut(stage);
}

void beSmall(Stage &stage)
{
    stage.window().showPage(u"settings"_s);
    stage.window().showPage(u"books"_s);
    stage.window().resize(900, 600);
    expectSignInPage(stage);
}

void beSmallWithBooks(Stage &stage)
{
    stage.signInAs(u"riley"_s);
    expectBooks(stage);
    selectFirstBook(stage);
    tryToDelete(stage);
    expectOutcome(stage, OutcomeKind::roleMissing);
    stage.expect(Texts::tr("the window is small"), [&stage] { return stage.window().size() == QSize(900, 600); });
}

void showToken(Stage &stage)
{
    stage.window().showPage(u"token"_s);
    stage.expect(Texts::tr("the token page is shown"),
                 [&stage] { return !stage.window().page<pages::BooksPage>().isVisible(); });
}

void growLarge(Stage &stage)
{
    stage.window().resize(1600, 1000);
    stage.window().showPage(u"books"_s);
    expectOutcome(stage, OutcomeKind::roleMissing);
}

} // namespace

Chapter windowChapter()
{
    return {
        {u"account"_s, Texts::tr("The account panel"), showAccountPanel},
        {u"two-accounts"_s, Texts::tr("Two accounts, one of which has to sign in again"), showTwoAccounts},
        {u"sign-out-question"_s, Texts::tr("The question before a sign-out in the browser"), askForSignOut},
        {u"sign-out-browser"_s, Texts::tr("The browser is open for the sign-out"), signOutInBrowser},
        {u"signed-out"_s, Texts::tr("Signed out here"), signInAndOut},
        {u"small-sign-in"_s, Texts::tr("The smallest window: sign in"), beSmall},
        {u"small-books"_s, Texts::tr("The smallest window: a refused deletion"), beSmallWithBooks},
        {u"small-token"_s, Texts::tr("The smallest window: the token"), showToken},
        {u"large-books"_s, Texts::tr("A large window: books"), growLarge},
        {u"large-token"_s, Texts::tr("A large window: the token"), showToken},
    };
}

} // namespace bookdesk::tour
