#include "tour/scenes.h"

#include "pages/books/books-page.h"
#include "pages/books/books-table.h"
#include "pages/books/proof-panel.h"
#include "pages/signin/sign-in-page.h"
#include "tour/stage.h"
#include "widgets/banner.h"
#include "widgets/outcome-panel.h"
#include "window/account-button.h"
#include "window/account-panel.h"
#include "window/main-window.h"
#include "window/side-bar.h"
#include "window/status-line.h"

#include <QCoreApplication>
#include <QDialog>
#include <QTableView>

namespace bookdesk::tour {

using namespace Qt::StringLiterals;

namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Tour)
};

constexpr int wholeCatalogue = 100;

} // namespace

const pages::BooksTable &table(Stage &stage) { return stage.window().page<pages::BooksPage>().table(); }

const widgets::OutcomePanel &panel(Stage &stage) { return stage.window().page<pages::BooksPage>().outcome(); }

void expectSignInPage(Stage &stage)
{
    stage.expect(Texts::tr("the sign-in page is shown"), [&stage] { return stage.window().signInPage().isVisible(); });
}

void expectSignedOut(Stage &stage)
{
    stage.expect(Texts::tr("nobody is signed in"), [&stage] {
        return stage.window().signInPage().isVisible() && !stage.workspace().desk()->session().current();
    });
}

void expectBooks(Stage &stage)
{
    stage.expect(Texts::tr("the books are listed"), [&stage] { return table(stage).total() > wholeCatalogue; });
}

void expectOutcome(Stage &stage, books::OutcomeKind kind)
{
    stage.expect(Texts::tr("the panel shows the outcome “%1”").arg(books::kindCode(kind)), [&stage, kind] {
        return panel(stage).banner().isVisible() && panel(stage).shown().outcome.kind == kind;
    });
}

void expectProofPanel(Stage &stage)
{
    stage.expect(Texts::tr("the panel asks for more proof"),
                 [&stage] { return stage.window().page<pages::BooksPage>().proof().isVisible(); });
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

void startSandbox(Stage &stage)
{
    stage.window().startSandbox();
    stage.expect(Texts::tr("the Sandbox runs"), [&stage] {
        return stage.window().signInPage().isVisible() && stage.workspace().desk() &&
               stage.window().statusLine().hostText().contains(stage.sandbox().baseUrl().toString());
    });
}

void showBooksOf(Stage &stage, const QString &persona)
{
    startSandbox(stage);
    stage.signInAs(persona);
    expectBooks(stage);
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

void openAccountPanel(Stage &stage)
{
    stage.window().sideBar().account()->setChecked(true);
    stage.expect(Texts::tr("the account panel is open"),
                 [&stage] { return stage.window().accountPanel().isVisible(); });
}

void signOut(Stage &stage)
{
    openAccountPanel(stage);
    stage.click(u"panelSignOut"_s);
    expectSignedOut(stage);
}

void useAccountOf(Stage &stage, const QString &persona)
{
    openAccountPanel(stage);
    stage.click(u"panelAnotherAccount"_s);
    stage.visitAs(persona);
    stage.expect(Texts::tr("the books page is shown"),
                 [&stage] { return stage.window().page<pages::BooksPage>().isVisible(); });
}

void offerConnection(Stage &stage, const QString &file)
{
    stage.window().offerConnection(file);
    expectDialog(stage, u"addConnectionDialog"_s);
    stage.expect(Texts::tr("it can be added"), [&stage] {
        const QDialog *dialog = stage.window().findChild<QDialog *>(u"addConnectionDialog"_s);
        const auto *add = dialog ? dialog->findChild<QWidget *>(u"add"_s) : nullptr;
        return add && add->isEnabled();
    });
}

void offerSecondConnection(Stage &stage) { offerConnection(stage, stage.startSecondSandbox(u"Contoso books"_s)); }

void addConnection(Stage &stage)
{
    const std::size_t before = stage.workspace().connections().size();
    stage.click(u"add"_s);
    stage.expect(Texts::tr("the new connection is in use"), [&stage, before] {
        return stage.workspace().connections().size() == before + 1 &&
               stage.workspace().currentId() == stage.workspace().connections().back().id;
    });
}

} // namespace bookdesk::tour
