#include "tour/script.h"

#include "books/access-rule.h"
#include "identity/errors.h"
#include "pages/books/books-page.h"
#include "pages/books/books-table.h"
#include "pages/books/outcome-panel.h"
#include "pages/signin/error-card.h"
#include "pages/signin/sign-in-page.h"
#include "pages/signin/waiting-card.h"
#include "pages/token/token-page.h"
#include "tour/stage.h"
#include "widgets/banner.h"
#include "window/account-button.h"
#include "window/account-panel.h"
#include "window/main-window.h"
#include "window/side-bar.h"
#include "window/status-line.h"

#include <QCoreApplication>
#include <QDialog>
#include <QTabBar>
#include <QTableView>

namespace bookdesk::tour {

using namespace Qt::StringLiterals;
using books::OutcomeKind;
using sandbox::Fault;
using sandbox::FaultSpan;
using widgets::Kind;

namespace {

constexpr int wholeCatalogue = 100;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Tour)
};

const pages::BooksTable &table(Stage &stage) { return stage.window().page<pages::BooksPage>().table(); }

const pages::OutcomePanel &panel(Stage &stage) { return stage.window().page<pages::BooksPage>().outcome(); }

const std::optional<identity::SignedIn> &signedIn(Stage &stage)
{
    return stage.workspace().desk()->session().current();
}

void expectOutcome(Stage &stage, OutcomeKind kind)
{
    stage.expect(Texts::tr("the panel shows the outcome “%1”").arg(books::kindCode(kind)), [&stage, kind] {
        return panel(stage).banner().isVisible() && panel(stage).shown().outcome.kind == kind;
    });
}

void expectBooks(Stage &stage)
{
    stage.expect(Texts::tr("the books are listed"), [&stage] { return table(stage).total() > wholeCatalogue; });
}

void expectAccount(Stage &stage, const QString &name)
{
    stage.expect(Texts::tr("the side bar names %1").arg(name),
                 [&stage, name] { return stage.window().sideBar().account()->accessibleName().contains(name); });
}

void expectDialog(Stage &stage, const QString &name)
{
    stage.expect(Texts::tr("the dialog is shown"), [&stage, name] {
        const QDialog *dialog = stage.window().findChild<QDialog *>(name);
        return dialog && dialog->isVisible();
    });
}

void expectSignedOut(Stage &stage)
{
    stage.expect(Texts::tr("nobody is signed in"),
                 [&stage] { return stage.window().signInPage().isVisible() && !signedIn(stage); });
}

void expectErrorCard(Stage &stage, ErrorCode code)
{
    stage.expect(Texts::tr("the card shows the error “%1”").arg(code.toString()), [&stage, code] {
        const pages::ErrorCard &card = stage.window().signInPage().errorCard();
        return card.isVisible() && card.error() && card.error()->code == code;
    });
}

void selectFirstBook(Stage &stage)
{
    if (stage.expect(Texts::tr("there is a book"), [&stage] { return table(stage).shown() > 0; }))
        table(stage).view()->selectRow(0);
    stage.expect(Texts::tr("its detail is shown"), [&stage] { return table(stage).selectedBook().has_value(); });
}

void tryToDelete(Stage &stage)
{
    stage.click(u"delete"_s);
    stage.click(u"confirm"_s);
}

void openPanel(Stage &stage)
{
    stage.window().sideBar().account()->setChecked(true);
    stage.expect(Texts::tr("the account panel is open"),
                 [&stage] { return stage.window().accountPanel().isVisible(); });
}

void showSignInPage(Stage &stage)
{
    stage.window().startSandbox();
    stage.expect(Texts::tr("the Sandbox runs"), [&stage] {
        return stage.window().signInPage().isVisible() && stage.workspace().desk() &&
               stage.window().statusLine().hostText().contains(stage.sandbox().baseUrl().toString());
    });
}

void showWaitingCard(Stage &stage)
{
    stage.click(u"signIn"_s);
    stage.expect(Texts::tr("the steps are shown"), [&stage] {
        const pages::WaitingCard &card = stage.window().signInPage().waitingCard();
        return card.isVisible() && !card.timeLeft().isEmpty() && stage.workspace().desk()->attempt() &&
               stage.workspace().desk()->attempt()->hasLink();
    });
}

void showBooksOfRiley(Stage &stage)
{
    stage.visitAs(u"riley"_s);
    expectBooks(stage);
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

void expectVerdict(Stage &stage, Kind kind)
{
    stage.expect(Texts::tr("the token page gives its verdict"), [&stage, kind] {
        const pages::TokenPage &page = stage.window().page<pages::TokenPage>();
        return page.isVisible() && page.verdict().isVisible() && page.verdict().kind() == kind;
    });
}

void showAccessToken(Stage &stage)
{
    stage.window().showPage(u"token"_s);
    expectVerdict(stage, Kind::ok);
}

void showTokenTab(Stage &stage, int tab)
{
    stage.window().page<pages::TokenPage>().findChild<QTabBar *>(u"tokenTabs"_s)->setCurrentIndex(tab);
}

void showIdToken(Stage &stage)
{
    showTokenTab(stage, pages::TokenPage::idTab);
    expectVerdict(stage, Kind::ok);
}

void getGrantedRole(Stage &stage)
{
    showTokenTab(stage, pages::TokenPage::accessTab);
    stage.expect(Texts::tr("the admin grants Books.Admin"),
                 [&stage] { return stage.sandbox().grantRole(u"riley"_s, u"Books.Admin"_s); });
    stage.window().showPage(u"books"_s);
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

void signOut(Stage &stage)
{
    openPanel(stage);
    stage.click(u"panelSignOut"_s);
    expectSignedOut(stage);
}

void beAda(Stage &stage)
{
    stage.signInAs(u"ada"_s);
    expectAccount(stage, u"Ada Admin"_s);
    expectBooks(stage);
    selectFirstBook(stage);
    deleteOneBook(stage);
}

void useAccountOf(Stage &stage, const QString &persona)
{
    openPanel(stage);
    stage.click(u"panelAnotherAccount"_s);
    stage.visitAs(persona);
    stage.expect(Texts::tr("the books page is shown"),
                 [&stage] { return stage.window().page<pages::BooksPage>().isVisible(); });
}

void beNora(Stage &stage)
{
    useAccountOf(stage, u"nora"_s);
    expectAccount(stage, u"Nora NoScope"_s);
    expectOutcome(stage, OutcomeKind::scopeMissing);
}

void meetServerError(Stage &stage)
{
    useAccountOf(stage, u"ada"_s);
    expectBooks(stage);
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
    openPanel(stage);
    stage.click(u"panelFreshToken"_s);
    stage.expect(Texts::tr("the token has expired"), [&stage] {
        return stage.window().notice().isVisible() && stage.window().notice().kind() == Kind::warn;
    });
    stage.click(u"reload"_s);
    expectOutcome(stage, OutcomeKind::expired);
}

void diagnoseWrongAudience(Stage &stage)
{
    stage.sandbox().clearFaults();
    stage.sandbox().arm(Fault::accessTokenWrongAudience, FaultSpan::once);
    stage.window().showPage(u"token"_s);
    stage.click(u"getFreshToken"_s);
    expectVerdict(stage, Kind::bad);
    stage.expect(Texts::tr("the verdict is about the audience"), [&stage] {
        const std::optional<books::Diagnosis> &diagnosis = stage.window().page<pages::TokenPage>().diagnosis();
        return diagnosis && diagnosis->code == u"other-audience"_s;
    });
}

void beDeclined(Stage &stage)
{
    stage.sandbox().clearFaults();
    stage.window().showPage(u"books"_s);
    signOut(stage);
    stage.click(u"signIn"_s);
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

void offerConnection(Stage &stage)
{
    stage.window().offerConnection(stage.startSecondSandbox(u"Contoso books"_s));
    expectDialog(stage, u"addConnectionDialog"_s);
    stage.expect(Texts::tr("it can be added"), [&stage] {
        const QDialog *dialog = stage.window().findChild<QDialog *>(u"addConnectionDialog"_s);
        const auto *add = dialog ? dialog->findChild<QWidget *>(u"add"_s) : nullptr;
        return add && add->isEnabled();
    });
}

void addConnection(Stage &stage)
{
    stage.click(u"add"_s);
    stage.expect(Texts::tr("the new connection is in use"), [&stage] {
        return stage.workspace().connections().size() == 2 &&
               stage.workspace().currentId() == stage.workspace().connections().back().id;
    });
}

void loseNetwork(Stage &stage)
{
    stage.signInAs(u"ada"_s);
    expectBooks(stage);
    stage.stopSecondSandbox();
    stage.click(u"reload"_s);
    expectOutcome(stage, OutcomeKind::network);
    stage.expect(Texts::tr("the status bar says so"),
                 [&stage] { return !stage.window().statusLine().offlineText().isEmpty(); });
    expectBooks(stage);
}

void beSmall(Stage &stage)
{
    signOut(stage);
    stage.workspace().use(stage.workspace().connections().front().id);
    stage.expect(Texts::tr("the admin revokes Books.Admin"),
                 [&stage] { return stage.sandbox().revokeRole(u"riley"_s, u"Books.Admin"_s); });
    stage.window().resize(900, 600);
    stage.expect(Texts::tr("the sign-in page is shown"), [&stage] { return stage.window().signInPage().isVisible(); });
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

void growLarge(Stage &stage)
{
    stage.window().resize(1600, 1000);
    stage.window().showPage(u"books"_s);
    expectOutcome(stage, OutcomeKind::roleMissing);
}

} // namespace

std::vector<Step> script()
{
    return {
        {u"sign-in"_s, Texts::tr("The sign-in page, the Sandbox running"), showSignInPage},
        {u"waiting"_s, Texts::tr("Signing in: the steps, the time left"), showWaitingCard},
        {u"books"_s, Texts::tr("Riley Reader is signed in, the books are listed"), showBooksOfRiley},
        {u"search"_s, Texts::tr("Searching"), search},
        {u"detail"_s, Texts::tr("A book with all its fields"), selectFirstBook},
        {u"confirm"_s, Texts::tr("The question before a deletion"), askBeforeDeleting},
        {u"403-role"_s, Texts::tr("403: Riley lacks the role"), beRefused},
        {u"access-token"_s, Texts::tr("The access token, verified"), showAccessToken},
        {u"id-token"_s, Texts::tr("The ID token, verified"), showIdToken},
        {u"fresh-token"_s, Texts::tr("Books.Admin granted, a fresh token carries it"), getGrantedRole},
        {u"200-deleted"_s, Texts::tr("200: the book is deleted, its row gone"), deleteOneBook},
        {u"account"_s, Texts::tr("The account panel"), openPanel},
        {u"signed-out"_s, Texts::tr("Signed out here"), signOut},
        {u"admin"_s, Texts::tr("Ada Admin deletes at once"), beAda},
        {u"403-scope"_s, Texts::tr("403: Nora's app lacks the scope"), beNora},
        {u"500"_s, Texts::tr("The API fails with 500, the rows stay"), meetServerError},
        {u"429"_s, Texts::tr("429: too many requests, tried again by itself"), beThrottled},
        {u"429-over"_s, Texts::tr("Tried again at once, the books are listed"), tryAgainNow},
        {u"401-expired"_s, Texts::tr("401: the token has expired"), meetExpiredToken},
        {u"wrong-audience"_s, Texts::tr("A token for another API, diagnosed"), diagnoseWrongAudience},
        {u"declined"_s, Texts::tr("Declined in the browser, with details"), beDeclined},
        {u"cancelled"_s, Texts::tr("Cancelled here"), cancelSignIn},
        {u"add-connection"_s, Texts::tr("The question before a connection is added"), offerConnection},
        {u"two-connections"_s, Texts::tr("The new connection, ready to sign in"), addConnection},
        {u"offline"_s, Texts::tr("The API cannot be reached, the rows stay"), loseNetwork},
        {u"small-sign-in"_s, Texts::tr("The smallest window: sign in"), beSmall},
        {u"small-books"_s, Texts::tr("The smallest window: a refused deletion"), beSmallWithBooks},
        {u"small-token"_s, Texts::tr("The smallest window: the token"), showAccessToken},
        {u"large-books"_s, Texts::tr("A large window: books"), growLarge},
        {u"large-token"_s, Texts::tr("A large window: the token"), showAccessToken},
    };
}

} // namespace bookdesk::tour
