#include "identity/errors.h"
#include "pages/signin/advice-card.h"
#include "pages/signin/browser-error-view.h"
#include "pages/signin/device-code-card.h"
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

void expectAdvice(Stage &stage, const QString &code)
{
    stage.expect(Texts::tr("%1 is explained").arg(code), [&stage, code] {
        const pages::BrowserErrorView &view = stage.window().signInPage().browserErrorView();
        return view.isVisible() && view.advice().code() == code;
    });
}

/// Signs in, ends on the tenant's page, and pastes what that says.
void pastePageOf(Stage &stage, sandbox::Fault fault)
{
    stage.sandbox().arm(fault, sandbox::FaultSpan::once);
    QApplication::clipboard()->setText(stage.readPageAs(u"riley"_s));
    stage.click(u"pastePage"_s);
}

void explainPage(Stage &stage)
{
    stage.click(u"browserError"_s);
    pastePageOf(stage, sandbox::Fault::personNotAssigned);
    expectAdvice(stage, u"AADSTS50105"_s);
}

void explainRegistration(Stage &stage)
{
    stage.click(u"openAgainWhileExplaining"_s);
    pastePageOf(stage, sandbox::Fault::redirectNotRegistered);
    expectAdvice(stage, u"AADSTS50011"_s);
    stage.click(u"openAgainWhileExplaining"_s);
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

void needAdmin(Stage &stage)
{
    stage.click(u"tryAgain"_s);
    stage.sandbox().arm(sandbox::Fault::consentNeedsAdmin, sandbox::FaultSpan::once);
    stage.visitAs(u"riley"_s);
    expectErrorCard(stage, identity::errors::declined);
    stage.click(u"copySignInRequest"_s);
}

void cancelSignIn(Stage &stage)
{
    stage.click(u"tryAgain"_s);
    stage.click(u"cancel"_s);
    expectErrorCard(stage, identity::errors::cancelled);
}

void showDeviceCode(Stage &stage)
{
    stage.click(u"signInOnAnotherDevice"_s);
    stage.expect(Texts::tr("the code is shown"), [&stage] {
        const pages::DeviceCodeCard &card = stage.window().signInPage().deviceCodeCard();
        return card.isVisible() && !card.userCode().isEmpty();
    });
}

void letDeviceCodeExpire(Stage &stage)
{
    stage.sandbox().arm(sandbox::Fault::deviceCodeExpired, sandbox::FaultSpan::once);
    expectErrorCard(stage, identity::errors::deviceCodeExpired);
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
        {u"admin-consent"_s, Texts::tr("An administrator must consent: a request to copy"), needAdmin},
        {u"cancelled"_s, Texts::tr("Cancelled here"), cancelSignIn},
        {u"device-code"_s, Texts::tr("Signing in on another device: the link, the code, the picture"), showDeviceCode},
        {u"device-code-expired"_s, Texts::tr("The code has expired"), letDeviceCodeExpire},
        {u"add-connection"_s, Texts::tr("The question before a connection is added"), offerSecondConnection},
        {u"two-connections"_s, Texts::tr("The new connection, ready to sign in"), addConnection},
    };
}

} // namespace bookdesk::tour
