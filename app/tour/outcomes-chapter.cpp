#include "pages/books/books-page.h"
#include "pages/books/books-table.h"
#include "tour/chapters.h"
#include "tour/scenes.h"
#include "tour/stage.h"
#include "widgets/outcome-panel.h"
#include "widgets/tab-order.h"
#include "window/main-window.h"

#include <QCoreApplication>

#include <cstdint>

namespace bookdesk::tour {

using namespace Qt::StringLiterals;
using books::OutcomeKind;
using sandbox::Fault;
using sandbox::FaultSpan;

namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Tour)
};

void expectOutcome(Stage &stage, OutcomeKind kind, const QString &code)
{
    tour::expectOutcome(stage, kind);
    stage.expect(Texts::tr("its code is “%1”").arg(code),
                 [&stage, code] { return panel(stage).shown().outcome.code == code; });
}

/// The outcome of another exchange than before, which may have been of the same kind.
void expectNewOutcome(Stage &stage, std::int64_t before, OutcomeKind kind, const QString &code)
{
    stage.expect(Texts::tr("there is an answer"),
                 [&stage, before] { return panel(stage).shown().outcome.exchangeId != before; });
    expectOutcome(stage, kind, code);
}

void listWith(Stage &stage, Fault fault, OutcomeKind kind, const QString &code)
{
    const std::int64_t before = panel(stage).shown().outcome.exchangeId;
    stage.sandbox().arm(fault, FaultSpan::once);
    stage.click(u"reload"_s);
    expectNewOutcome(stage, before, kind, code);
    expectBooks(stage);
}

void deleteWith(Stage &stage, Fault fault, OutcomeKind kind, const QString &code)
{
    const std::int64_t before = panel(stage).shown().outcome.exchangeId;
    stage.sandbox().arm(fault, FaultSpan::once);
    tryToDelete(stage);
    expectNewOutcome(stage, before, kind, code);
    expectBooks(stage);
}

auto listing(Fault fault, OutcomeKind kind, const QString &code)
{
    return [fault, kind, code](Stage &stage) { listWith(stage, fault, kind, code); };
}

auto deleting(Fault fault, OutcomeKind kind, const QString &code)
{
    return [fault, kind, code](Stage &stage) { deleteWith(stage, fault, kind, code); };
}

void begin(Stage &stage)
{
    showBooksOf(stage, u"ada"_s);
    selectFirstBook(stage);
    listWith(stage, Fault::apiLosesToken, OutcomeKind::unauthenticated, u"books.not-authenticated"_s);
}

/// The rows stay.
void beAskedForProof(Stage &stage)
{
    stage.sandbox().arm(Fault::apiAsksForPerson, FaultSpan::once);
    stage.click(u"reload"_s);
    expectProofPanel(stage);
    expectBooks(stage);
}

/// A list that could not be loaded is then loaded again by itself.
void getFreshToken(Stage &stage)
{
    const identity::SignedIn before = *stage.workspace().desk()->session().current();
    openAccountPanel(stage);
    stage.click(u"panelFreshToken"_s);
    stage.expect(Texts::tr("there is a fresh token"), [&stage, before] {
        return stage.workspace().desk()->session().current()->accessToken.verification.at !=
               before.accessToken.verification.at;
    });
}

void sendBrokenToken(Stage &stage)
{
    stage.sandbox().arm(Fault::accessTokenSignatureBroken, FaultSpan::once);
    getFreshToken(stage);
    expectOutcome(stage, OutcomeKind::unauthenticated, u"books.signature-rejected"_s);
}

void misconfigureVerifier(Stage &stage)
{
    stage.sandbox().arm(Fault::apiNamesNoAlgorithm, FaultSpan::once);
    getFreshToken(stage);
    expectOutcome(stage, OutcomeKind::unauthenticated, u"books.api-misconfigured"_s);
}

/// Signs in to a connection whose API is at another address than the Sandbox's.
void useOtherApi(Stage &stage, const QString &name, const QString &apiBaseUrl)
{
    signOut(stage);
    offerConnection(stage, stage.fileWithOtherApi(name, apiBaseUrl));
    addConnection(stage);
    stage.signInAs(u"ada"_s);
}

void distrustCertificate(Stage &stage)
{
    useOtherApi(stage, u"Unknown certificate"_s, stage.startTlsSandbox());
    tour::expectOutcome(stage, OutcomeKind::tls);
}

void withholdToken(Stage &stage)
{
    stage.sandbox().arm(Fault::accessTokenWrongAudience, FaultSpan::untilCleared);
    useOtherApi(stage, u"Somebody else's API"_s, u"https://books.example.invalid"_s);
    tour::expectOutcome(stage, OutcomeKind::withheld);
    // It was known before the page was shown.
    stage.expect(Texts::tr("the focus is on the reason"), [&stage] { return widgets::holdsFocus(panel(stage)); });
}

} // namespace

Chapter outcomesChapter()
{
    return {
        {u"401-no-token"_s, Texts::tr("401: the token did not arrive"), begin},
        {u"401-not-accepted"_s, Texts::tr("401: the token's signature is wrong"), sendBrokenToken},
        {u"401-misconfigured"_s, Texts::tr("401: the API's verifier is misconfigured"), misconfigureVerifier},
        {u"403-unexplained"_s, Texts::tr("403: no reason is given"),
         listing(Fault::apiGivesNoReason, OutcomeKind::forbidden, u"books.forbidden"_s)},
        {u"403-gateway"_s, Texts::tr("403: a gateway refuses"),
         listing(Fault::gatewayForbids, OutcomeKind::forbidden, u"books.forbidden"_s)},
        {u"claims-challenge"_s, Texts::tr("The organization asks for more proof"), beAskedForProof},
        {u"405"_s, Texts::tr("405: the method is not allowed"),
         listing(Fault::apiAnswers405, OutcomeKind::methodNotAllowed, u"books.method-not-allowed"_s)},
        {u"307"_s, Texts::tr("307: the API redirects elsewhere"),
         listing(Fault::apiRedirects, OutcomeKind::redirect, u"books.redirect"_s)},
        {u"not-json"_s, Texts::tr("A web page in place of the list"),
         listing(Fault::apiAnswersWebPage, OutcomeKind::unexpected, u"books.response-invalid"_s)},
        {u"too-large"_s, Texts::tr("An answer that is too large"),
         listing(Fault::apiAnswersTooMuch, OutcomeKind::unexpected, u"net.too-large"_s)},
        {u"404"_s, Texts::tr("404: the book no longer exists"),
         deleting(Fault::bookNotFound, OutcomeKind::notFound, u"books.not-found"_s)},
        {u"409"_s, Texts::tr("409: the book is on loan"),
         deleting(Fault::bookOnLoan, OutcomeKind::conflict, u"books.conflict"_s)},
        {u"422"_s, Texts::tr("422: the API refuses the ID"),
         deleting(Fault::bookIdRefused, OutcomeKind::invalid, u"books.request-invalid"_s)},
        {u"504-unknown-fate"_s, Texts::tr("504: nobody knows what became of the deletion"),
         deleting(Fault::gatewayTimesOut, OutcomeKind::serverError, u"books.server-error"_s)},
        {u"tls"_s, Texts::tr("The certificate is not trusted"), distrustCertificate},
        {u"not-sent"_s, Texts::tr("The token is for another API and is not sent"), withholdToken},
    };
}

} // namespace bookdesk::tour
