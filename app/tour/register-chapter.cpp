// *Register it for me*: the same registration as a script and as the portal's steps.
#include "pages/register/register-form.h"
#include "pages/register/register-page.h"
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

pages::RegisterPage &page(Stage &stage) { return stage.window().page<pages::RegisterPage>(); }

/// As in the UI specification, with IDs that are the same in each run.
registration::Plan plan()
{
    using enum registration::AssigneeKind;
    using registration::Role;
    registration::Plan plan;
    plan.tenant = u"contoso.com"_s;
    plan.tenantId = u"5c0e1f7a-3b52-4d18-9a60-7e2c41d8f036"_s;
    plan.apiName = u"Contoso Books API"_s;
    plan.apiAddress = u"https://books.contoso.com"_s;
    plan.assignments = {{person, u"ada@contoso.com"_s, Role::admin},
                        {person, u"riley@contoso.com"_s, Role::reader},
                        {group, u"All librarians"_s, Role::reader}};
    plan.ids = {u"3c5f0b1e-9a4d-4c77-8f21-6f0d2b6ca9d2"_s, u"8d1f6a52-2b0e-4f39-9c8a-1e7b35d04c61"_s,
                u"e2a97c04-5d13-4b8e-b6f0-90c4d7a1f835"_s, u"417be3d9-c86f-4a02-a5d7-2f93e0b8146a"_s};
    return plan;
}

void showScript(Stage &stage)
{
    startSandbox(stage);
    stage.window().showRegister(std::nullopt);
    page(stage).begin(plan());
    stage.expect(Texts::tr("the script is shown"),
                 [&stage] { return page(stage).isVisible() && page(stage).scripts().script().has_value(); });
}

void showPortal(Stage &stage)
{
    page(stage).scripts().showTab(pages::ScriptView::Tab::portal);
    stage.expect(Texts::tr("the portal's steps are shown"), [&stage] { return !page(stage).scripts().script(); });
}

void showGraph(Stage &stage)
{
    page(stage).scripts().showTab(pages::ScriptView::Tab::graph);
    stage.expect(Texts::tr("the requests are shown"), [&stage] { return page(stage).scripts().script().has_value(); });
}

void leaveOut(Stage &stage)
{
    stage.write(u"apiName"_s, u"--debug"_s);
    stage.expect(Texts::tr("the form is to be completed"),
                 [&stage] { return !page(stage).findChild<QWidget *>(u"saveConnectionFile"_s)->isEnabled(); });
}

void beSmall(Stage &stage)
{
    stage.window().resize(900, 600);
    page(stage).begin(plan());
    page(stage).scripts().showTab(pages::ScriptView::Tab::az);
    stage.expect(Texts::tr("the script is shown"), [&stage] { return page(stage).scripts().script().has_value(); });
}

} // namespace

Chapter registerChapter()
{
    return {
        {u"register"_s, Texts::tr("Register it for me: the az script"), showScript},
        {u"register-portal"_s, Texts::tr("Register it for me: the portal's steps"), showPortal},
        {u"register-graph"_s, Texts::tr("Register it for me: requests to Microsoft Graph"), showGraph},
        {u"register-incomplete"_s, Texts::tr("Register it for me: a form that is to be completed"), leaveOut},
        {u"register-small"_s, Texts::tr("The smallest window: register it for me"), beSmall},
    };
}

} // namespace bookdesk::tour
