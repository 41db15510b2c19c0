#include "books/access-rule.h"
#include "pages/books/books-page.h"
#include "pages/books/books-table.h"
#include "tour/chapters.h"
#include "tour/scenes.h"
#include "tour/stage.h"
#include "widgets/banner.h"
#include "widgets/outcome-panel.h"
#include "window/main-window.h"
#include "window/status-line.h"

#include <QCoreApplication>

namespace bookdesk::tour {

using namespace Qt::StringLiterals;
using books::OutcomeKind;
using sandbox::Fault;
using sandbox::FaultSpan;
using widgets::Kind;

namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Tour)
};

void showBooksOfRiley(Stage &stage)
{
    showBooksOf(stage, u"riley"_s);
    expectAccount(stage, u"Riley Reader"_s);
}

void search(Stage &stage)
{
    stage.write(u"search"_s, u"austen"_s);
    stage.expect(Texts::tr("some rows match"),
                 [&stage] { return table(stage).shown() > 0 && table(stage).shown() < table(stage).total(); });
}

void askBeforeDeleting(Stage &stage)
{
    stage.click(u"delete"_s);
    expectDialog(stage, u"confirmDelete"_s);
}

void beRefused(Stage &stage)
{
    stage.click(u"confirm"_s);
    expectOutcome(stage, OutcomeKind::roleMissing);
    expectBooks(stage);
}

void getGrantedRole(Stage &stage)
{
    stage.expect(Texts::tr("the admin grants Books.Admin"),
                 [&stage] { return stage.sandbox().grantRole(u"riley"_s, u"Books.Admin"_s); });
    stage.click(u"outcomeFreshToken"_s);
    stage.expect(Texts::tr("the fresh token predicts a 200"), [&stage] {
        const books::Prediction prediction =
            books::predict(books::deleteRule(), stage.workspace().desk()->tokenFacts());
        return !panel(stage).shown().note.isEmpty() && prediction.status == 200;
    });
}

void deleteOneBook(Stage &stage)
{
    const int before = table(stage).total();
    tryToDelete(stage);
    expectOutcome(stage, OutcomeKind::ok);
    stage.expect(Texts::tr("its row is gone"), [&stage, before] { return table(stage).total() == before - 1; });
}

void beNora(Stage &stage)
{
    useAccountOf(stage, u"nora"_s);
    expectAccount(stage, u"Nora NoScope"_s);
    expectOutcome(stage, OutcomeKind::scopeMissing);
}

void beAda(Stage &stage)
{
    useAccountOf(stage, u"ada"_s);
    expectAccount(stage, u"Ada Admin"_s);
    expectBooks(stage);
    selectFirstBook(stage);
    deleteOneBook(stage);
}

void beAskedForProof(Stage &stage)
{
    stage.sandbox().arm(Fault::apiAsksForPerson, FaultSpan::untilCleared);
    tryToDelete(stage);
    expectProofPanel(stage);
    expectBooks(stage);
}

void proveMore(Stage &stage)
{
    stage.click(u"proveMore"_s);
    stage.expect(Texts::tr("the browser has a link"), [&stage] {
        const identity::SignIn *attempt = stage.workspace().desk()->attempt();
        return attempt && attempt->hasLink();
    });
    expectProofPanel(stage);
}

void comeBackWithProof(Stage &stage)
{
    const int before = table(stage).total();
    stage.visitAs(u"ada"_s);
    expectOutcome(stage, OutcomeKind::ok);
    stage.expect(Texts::tr("its row is gone"), [&stage, before] { return table(stage).total() == before - 1; });
    stage.sandbox().clearFaults();
}

void sendAgainByItself(Stage &stage)
{
    const std::int64_t before = panel(stage).shown().outcome.exchangeId;
    stage.sandbox().arm(Fault::apiAsksForClaims, FaultSpan::untilCleared);
    tryToDelete(stage);
    stage.expect(Texts::tr("the call was sent again with a fresh token"), [&stage, before] {
        const books::ApiOutcome &outcome = panel(stage).shown().outcome;
        return outcome.exchangeId != before && outcome.isOk() && outcome.wasSentAgain;
    });
    stage.sandbox().clearFaults();
}

void lackScope(Stage &stage)
{
    stage.sandbox().arm(Fault::apiAsksForScope, FaultSpan::untilCleared);
    tryToDelete(stage);
    expectProofPanel(stage);
    stage.expect(Texts::tr("the scope is not in the token"),
                 [&stage] { return !stage.workspace().desk()->tokenFacts().grants.scopes.contains(u"Books.Write"_s); });
    expectBooks(stage);
}

void getScope(Stage &stage)
{
    const int before = table(stage).total();
    stage.click(u"proveMore"_s);
    stage.visitAs(u"ada"_s);
    expectOutcome(stage, OutcomeKind::ok);
    stage.expect(Texts::tr("its row is gone"), [&stage, before] { return table(stage).total() == before - 1; });
    stage.sandbox().clearFaults();
}

void meetServerError(Stage &stage)
{
    stage.sandbox().arm(Fault::apiAnswers500, FaultSpan::once);
    stage.click(u"reload"_s);
    expectOutcome(stage, OutcomeKind::serverError);
    expectBooks(stage);
}

void beThrottled(Stage &stage)
{
    stage.sandbox().arm(Fault::apiAnswers429, FaultSpan::once);
    stage.click(u"reload"_s);
    expectOutcome(stage, OutcomeKind::throttled);
    stage.expect(Texts::tr("the panel counts down"),
                 [&stage] { return panel(stage).shown().isTriedByItself && panel(stage).shown().wait; });
    expectBooks(stage);
}

void tryAgainNow(Stage &stage)
{
    stage.click(u"retry"_s);
    stage.expect(Texts::tr("the panel has gone"), [&stage] { return !panel(stage).isVisible(); });
    expectBooks(stage);
}

void meetExpiredToken(Stage &stage)
{
    stage.sandbox().arm(Fault::accessTokenExpired, FaultSpan::untilCleared);
    openAccountPanel(stage);
    stage.click(u"panelFreshToken"_s);
    stage.expect(Texts::tr("the token has expired"), [&stage] {
        return stage.window().notice().isVisible() && stage.window().notice().kind() == Kind::warn;
    });
    stage.click(u"reload"_s);
    expectOutcome(stage, OutcomeKind::expired);
}

void loseNetwork(Stage &stage)
{
    stage.sandbox().clearFaults();
    signOut(stage);
    offerSecondConnection(stage);
    addConnection(stage);
    stage.signInAs(u"ada"_s);
    expectBooks(stage);
    stage.stopSecondSandbox();
    stage.click(u"reload"_s);
    expectOutcome(stage, OutcomeKind::network);
    stage.expect(Texts::tr("the status bar says so"),
                 [&stage] { return !stage.window().statusLine().offlineText().isEmpty(); });
    expectBooks(stage);
}

} // namespace

Chapter booksChapter()
{
    return {
        {u"books"_s, Texts::tr("Riley Reader is signed in, the books are listed"), showBooksOfRiley},
        {u"search"_s, Texts::tr("Searching"), search},
        {u"detail"_s, Texts::tr("A book with all its fields"), selectFirstBook},
        {u"confirm"_s, Texts::tr("The question before a deletion"), askBeforeDeleting},
        {u"403-role"_s, Texts::tr("403: Riley lacks the role"), beRefused},
        {u"fresh-token"_s, Texts::tr("Books.Admin granted, a fresh token carries it"), getGrantedRole},
        {u"200-deleted"_s, Texts::tr("200: the book is deleted, its row gone"), deleteOneBook},
        {u"403-scope"_s, Texts::tr("403: Nora's app lacks the scope"), beNora},
        {u"admin"_s, Texts::tr("Ada Admin deletes at once"), beAda},
        {u"more-proof"_s, Texts::tr("The organization asks for more proof, the delete waits"), beAskedForProof},
        {u"more-proof-browser"_s, Texts::tr("The browser is open for more proof"), proveMore},
        {u"more-proof-done"_s, Texts::tr("Back with more proof: the delete was sent again"), comeBackWithProof},
        {u"sent-again"_s, Texts::tr("A fresh token was proof enough"), sendAgainByItself},
        {u"get-scope"_s, Texts::tr("The delete needs a scope that was not asked for yet"), lackScope},
        {u"get-scope-done"_s, Texts::tr("The scope is there: the delete was sent again"), getScope},
        {u"500"_s, Texts::tr("The API fails with 500, the rows stay"), meetServerError},
        {u"429"_s, Texts::tr("429: too many requests, tried again by itself"), beThrottled},
        {u"429-over"_s, Texts::tr("Tried again at once, the books are listed"), tryAgainNow},
        {u"401-expired"_s, Texts::tr("401: the token has expired"), meetExpiredToken},
        {u"offline"_s, Texts::tr("The API cannot be reached, the rows stay"), loseNetwork},
    };
}

} // namespace bookdesk::tour
