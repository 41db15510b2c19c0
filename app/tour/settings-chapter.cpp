// The Settings page: choices, the check for problems, the proxy, and staying signed in.
#include "identity/errors.h"
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

#include <optional>

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

/// Of a connection that is not the window's own Sandbox, whose sign-ins end with it.
void staySignedIn(Stage &stage)
{
    stage.startAgain();
    offerSecondConnection(stage);
    addConnection(stage);
    stage.signInAs(u"riley"_s);
    expectBooks(stage);
    stage.window().showPage(u"settings"_s);
    stage.expect(Texts::tr("the sign-in is kept"), [&stage] {
        const auto *keep = page(stage).findChild<QAbstractButton *>(u"keepSignedIn"_s);
        const identity::TokenVault &vault = stage.workspace().vault();
        return keep->isVisible() && keep->isChecked() && vault.state() == identity::TokenVault::State::ready &&
               !vault.isAtWork();
    });
}

void beSignedInAgain(Stage &stage)
{
    stage.startAgain();
    expectBooks(stage);
    expectAccount(stage, u"Riley"_s);
    stage.expect(Texts::tr("no browser was opened"), [&stage] { return !stage.hasBrowserOpen(); });
}

void missKeychain(Stage &stage)
{
    stage.removeKeychain();
    stage.startAgain();
    stage.window().showPage(u"settings"_s);
    stage.expect(Texts::tr("it is said that there is no keychain"), [&stage] {
        const auto *again = page(stage).findChild<QAbstractButton *>(u"checkKeychain"_s);
        const std::optional<Error> &why = stage.workspace().vault().failure();
        return again->isVisible() && why && why->code == identity::errors::keychainUnavailable;
    });
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
        {u"stay-signed-in"_s, Texts::tr("Settings: signed in until the sign-out"), staySignedIn},
        {u"signed-in-again"_s, Texts::tr("The next start: the books without a browser"), beSignedInAgain},
        {u"no-keychain"_s, Texts::tr("Settings: no keychain to keep sign-ins in"), missKeychain},
    };
}

} // namespace bookdesk::tour
