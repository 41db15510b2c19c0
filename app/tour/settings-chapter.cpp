// The Settings page: choices, the check for problems, and the proxy.
#include "pages/settings/settings-page.h"
#include "tour/chapters.h"
#include "tour/scenes.h"
#include "tour/stage.h"
#include "window/main-window.h"
#include "workspace/settings.h"

#include <QAbstractButton>
#include <QCoreApplication>
#include <QScrollArea>
#include <QScrollBar>

namespace bookdesk::tour {

using namespace Qt::StringLiterals;
using workspace::Setting;

namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Tour)
};

pages::SettingsPage &page(Stage &stage) { return stage.window().page<pages::SettingsPage>(); }

void expectSettings(Stage &stage)
{
    stage.expect(Texts::tr("the settings are shown"), [&stage] { return page(stage).isVisible(); });
}

void showSettings(Stage &stage)
{
    startSandbox(stage);
    stage.window().showPage(u"settings"_s);
    expectSettings(stage);
}

void check(Stage &stage)
{
    stage.click(u"checkForProblems"_s);
    const auto isOver = [&stage] {
        const auto *button = page(stage).findChild<QAbstractButton *>(u"checkForProblems"_s);
        return button->text() == Texts::tr("Check again");
    };
    stage.expect(Texts::tr("the check has ended"), isOver);
}

void checkWithProblems(Stage &stage)
{
    stage.workspace().settings().setText(Setting::browserCommand, u"/opt/old-browser/bin/old-browser %u"_s);
    check(stage);
}

void chooseManualProxy(Stage &stage)
{
    stage.workspace().settings().reset();
    stage.click(u"proxyManual"_s);
    stage.write(u"proxyHost"_s, u"proxy.contoso.com"_s);
    expectSettings(stage);
}

void askToReset(Stage &stage)
{
    stage.click(u"resetSettings"_s);
    expectDialog(stage, u"confirmReset"_s);
}

void beSmall(Stage &stage)
{
    stage.click(u"confirm"_s);
    stage.window().resize(900, 600);
    expectSettings(stage);
}

void scrollDown(Stage &stage)
{
    QScrollBar *bar = page(stage).findChild<QScrollArea *>()->verticalScrollBar();
    stage.expect(Texts::tr("the page scrolls"), [bar] { return bar->maximum() > 0; });
    bar->setValue(bar->maximum());
}

} // namespace

Chapter settingsChapter()
{
    return {
        {u"settings"_s, Texts::tr("Settings"), showSettings},
        {u"settings-checked"_s, Texts::tr("Settings: no problems"), check},
        {u"settings-problems"_s, Texts::tr("Settings: a browser that is not there"), checkWithProblems},
        {u"settings-proxy"_s, Texts::tr("Settings: a manual proxy"), chooseManualProxy},
        {u"settings-reset"_s, Texts::tr("Settings: reset all?"), askToReset},
        {u"settings-small"_s, Texts::tr("The smallest window: settings"), beSmall},
        {u"settings-small-below"_s, Texts::tr("The smallest window: the check for problems"), scrollDown},
    };
}

} // namespace bookdesk::tour
