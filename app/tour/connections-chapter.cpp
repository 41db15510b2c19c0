// The Connections page: the list, the editor, a test, and the question before a connection is deleted.
#include "pages/connections/check-rows.h"
#include "pages/connections/connection-detail.h"
#include "pages/connections/connection-editor.h"
#include "pages/connections/connection-form.h"
#include "pages/connections/connections-list.h"
#include "pages/connections/connections-page.h"
#include "pages/connections/form-row.h"
#include "tour/chapters.h"
#include "tour/scenes.h"
#include "tour/stage.h"
#include "window/main-window.h"

#include <QCoreApplication>
#include <QLineEdit>

namespace bookdesk::tour {

using namespace Qt::StringLiterals;

namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Tour)
};

pages::ConnectionsPage &page(Stage &stage) { return stage.window().page<pages::ConnectionsPage>(); }

void expectList(Stage &stage, int rows)
{
    stage.expect(Texts::tr("the connections are listed"), [&stage, rows] {
        return page(stage).isVisible() && !page(stage).isEditing() &&
               page(stage).list().table().connections().rowCount() == rows;
    });
}

void showOnlySandbox(Stage &stage)
{
    startSandbox(stage);
    stage.window().showPage(u"connections"_s);
    expectList(stage, 1);
}

void showConnections(Stage &stage)
{
    offerConnection(stage, stage.startSecondSandbox(u"Contoso"_s));
    stage.click(u"add"_s);
    stage.window().showPage(u"connections"_s);
    expectList(stage, 2);
    page(stage).select(stage.workspace().connections().back().id);
}

void testIt(Stage &stage)
{
    stage.click(u"testConnection"_s);
    stage.expect(Texts::tr("the test has ended"), [&stage] {
        const pages::ConnectionRow *row = page(stage).list().table().connections().row(1);
        return row && !row->testNote.isEmpty();
    });
}

void editIt(Stage &stage)
{
    stage.click(u"editConnection"_s);
    stage.expect(Texts::tr("the editor is shown"), [&stage] { return page(stage).isEditing(); });
}

void makeItInvalid(Stage &stage)
{
    stage.write(u"connectionClientId"_s, u"0d44-77aa"_s);
    // Without a window system it is not active by itself, and then no field has the focus.
    stage.window().activateWindow();
    stage.expect(Texts::tr("the window is active"), [&stage] { return stage.window().isActiveWindow(); });
    page(stage).findChild<QLineEdit *>(u"connectionClientId"_s)->setFocus();
    page(stage).findChild<QLineEdit *>(u"connectionApi"_s)->setFocus();
    stage.expect(Texts::tr("the field says what is wrong"),
                 [&stage] { return !page(stage).editor().form().row(pages::Field::clientId).complaint().isEmpty(); });
}

void askToLeave(Stage &stage)
{
    stage.click(u"leaveEditor"_s);
    expectDialog(stage, u"confirmLeave"_s);
}

void askToDelete(Stage &stage)
{
    stage.click(u"confirm"_s);
    expectList(stage, 2);
    stage.click(u"deleteConnection"_s);
    expectDialog(stage, u"confirmRemoval"_s);
}

void beSmall(Stage &stage)
{
    stage.click(u"cancel"_s);
    stage.window().resize(900, 600);
    expectList(stage, 2);
}

void editSmall(Stage &stage)
{
    stage.click(u"addOwnConnection"_s);
    stage.expect(Texts::tr("the editor is shown"), [&stage] { return page(stage).isEditing(); });
}

} // namespace

Chapter connectionsChapter()
{
    return {
        {u"connections-sandbox"_s, Texts::tr("Connections: only the Sandbox"), showOnlySandbox},
        {u"connections"_s, Texts::tr("Connections"), showConnections},
        {u"connection-tested"_s, Texts::tr("Connections: a test without signing in"), testIt},
        {u"connection-edit"_s, Texts::tr("Connections: the editor"), editIt},
        {u"connection-invalid"_s, Texts::tr("Connections: a field that is wrong"), makeItInvalid},
        {u"connection-unsaved"_s, Texts::tr("Connections: leave without saving?"), askToLeave},
        {u"connection-delete"_s, Texts::tr("Connections: delete?"), askToDelete},
        {u"connections-small"_s, Texts::tr("The smallest window: connections"), beSmall},
        {u"connection-edit-small"_s, Texts::tr("The smallest window: a new connection"), editSmall},
    };
}

} // namespace bookdesk::tour
