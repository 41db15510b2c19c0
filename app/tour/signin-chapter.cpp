#include "identity/errors.h"
#include "pages/signin/error-card.h"
#include "pages/signin/sign-in-page.h"
#include "pages/signin/waiting-card.h"
#include "tour/chapters.h"
#include "tour/scenes.h"
#include "tour/stage.h"
#include "window/main-window.h"

#include <QCoreApplication>

namespace bookdesk::tour {

using namespace Qt::StringLiterals;

namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Tour)
};

void showWaitingCard(Stage &stage)
{
    stage.click(u"signIn"_s);
    stage.expect(Texts::tr("the steps are shown"), [&stage] {
        const pages::WaitingCard &card = stage.window().signInPage().waitingCard();
        return card.isVisible() && !card.timeLeft().isEmpty() && stage.workspace().desk()->attempt() &&
               stage.workspace().desk()->attempt()->hasLink();
    });
}

void expectErrorCard(Stage &stage, ErrorCode code)
{
    stage.expect(Texts::tr("the card shows the error “%1”").arg(code.toString()), [&stage, code] {
        const pages::ErrorCard &card = stage.window().signInPage().errorCard();
        return card.isVisible() && card.error() && card.error()->code == code;
    });
}

void beDeclined(Stage &stage)
{
    stage.declineAs(u"riley"_s);
    expectErrorCard(stage, identity::errors::declined);
    stage.click(u"details"_s);
}

void cancelSignIn(Stage &stage)
{
    stage.click(u"tryAgain"_s);
    stage.click(u"cancel"_s);
    expectErrorCard(stage, identity::errors::cancelled);
}

} // namespace

Chapter signInChapter()
{
    return {
        {u"sign-in"_s, Texts::tr("The sign-in page, the Sandbox running"), startSandbox},
        {u"waiting"_s, Texts::tr("Signing in: the steps, the time left"), showWaitingCard},
        {u"declined"_s, Texts::tr("Declined in the browser, with details"), beDeclined},
        {u"cancelled"_s, Texts::tr("Cancelled here"), cancelSignIn},
        {u"add-connection"_s, Texts::tr("The question before a connection is added"), offerSecondConnection},
        {u"two-connections"_s, Texts::tr("The new connection, ready to sign in"), addConnection},
    };
}

} // namespace bookdesk::tour
