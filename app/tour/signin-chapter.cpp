#include "identity/errors.h"
#include "pages/signin/advice-card.h"
#include "pages/signin/browser-error-view.h"
#include "pages/signin/error-card.h"
#include "pages/signin/sign-in-page.h"
#include "pages/signin/waiting-card.h"
#include "tour/chapters.h"
#include "tour/scenes.h"
#include "tour/stage.h"
#include "window/main-window.h"

#include <QApplication>
#include <QClipboard>

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

/// The text of Entra's page for somebody who is not assigned, in German; the IDs are made up.
QString browserPage()
{
    return u"Anmelden\nEs gibt leider ein Problem bei der Anmeldung.\n\nAADSTS50105: Ihr Administrator hat die "
           u"Anwendung "
           "Bookdesk (\u20183cc7a892-5b01-4241-a57e-0d1457529b2f\u2019) so eingestellt, dass nur zugewiesene Benutzer "
           "sich "
           "anmelden d\u00FCrfen. Der angemeldete Benutzer \u2018riley.reader@sandbox.test\u2019 ist nicht "
           "zugewiesen.\n\n"
           "Request Id: 9f41c6a2-7be0-4d53-b1c8-5e02d7a36f00\nCorrelation Id: 4fa5e68b-d448-4c69-add6-f53788652c6f\n"
           "Timestamp: 2026-11-26T13:26:41Z"_s;
}

void expectAdvice(Stage &stage, const QString &code)
{
    stage.expect(Texts::tr("%1 is explained").arg(code), [&stage, code] {
        const pages::BrowserErrorView &view = stage.window().signInPage().browserErrorView();
        return view.isVisible() && view.advice().code() == code;
    });
}

void explainPage(Stage &stage)
{
    QApplication::clipboard()->setText(browserPage());
    stage.click(u"browserError"_s);
    stage.click(u"pastePage"_s);
    expectAdvice(stage, u"AADSTS50105"_s);
}

void explainRegistration(Stage &stage)
{
    QApplication::clipboard()->setText(browserPage().replace("AADSTS50105"_L1, "AADSTS50011"_L1));
    stage.click(u"pastePage"_s);
    expectAdvice(stage, u"AADSTS50011"_s);
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
        {u"browser-error"_s, Texts::tr("What the browser's page says: a message for the administrator"), explainPage},
        {u"browser-error-values"_s, Texts::tr("What the browser's page says: values to register"), explainRegistration},
        {u"declined"_s, Texts::tr("Declined in the browser, with details"), beDeclined},
        {u"cancelled"_s, Texts::tr("Cancelled here"), cancelSignIn},
        {u"add-connection"_s, Texts::tr("The question before a connection is added"), offerSecondConnection},
        {u"two-connections"_s, Texts::tr("The new connection, ready to sign in"), addConnection},
    };
}

} // namespace bookdesk::tour
