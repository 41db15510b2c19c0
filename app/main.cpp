#include "core/core-dumps.h"
#include "core/redacted-log.h"
#include "style/style.h"
#include "tour/tour.h"
#include "window/main-window.h"
#include "workspace/accepted-connections.h"
#include "workspace/workspace.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QSettings>

#include <cstdio>
#include <optional>

using namespace Qt::StringLiterals;
using namespace bookdesk;

namespace {

constexpr int usageStatus = 2;

struct Options
{
    QStringList files;
    QString browser;
    QString tourFolder;
    std::optional<style::Theme> theme;
};

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Main)
};

int complain(const QString &message)
{
    std::fprintf(stderr, "bookdesk: %s\n", message.toLocal8Bit().constData());
    return usageStatus;
}

/// @return nothing if the theme's name is wrong.
std::optional<Options> readOptions(const QApplication &application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Texts::tr("Desktop client for a books API behind Microsoft Entra ID"));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption browser(u"browser"_s, Texts::tr("Sign in with this browser instead of the desktop's."),
                                     Texts::tr("command"));
    const QCommandLineOption theme(u"theme"_s, Texts::tr("Use this theme, light or dark, instead of the desktop's."),
                                   Texts::tr("theme"));
    const QCommandLineOption tour(u"tour"_s,
                                  Texts::tr("Run the guided tour and save a picture of each step in this folder."),
                                  Texts::tr("folder"));
    parser.addOptions({browser, theme, tour});
    parser.addPositionalArgument(u"file"_s, Texts::tr("A connection file to add."), u"[FILE.json]"_s);
    parser.process(application);

    Options options{parser.positionalArguments(), parser.value(browser), parser.value(tour), std::nullopt};
    if (!parser.isSet(theme))
        return options;
    options.theme = style::themeFromText(parser.value(theme));
    return options.theme ? std::optional(options) : std::nullopt;
}

/// The theme that was chosen: by the command line, else by the environment, else by the settings.
std::optional<style::Theme> chosenTheme(const Options &options)
{
    if (options.theme)
        return options.theme;
    if (const auto theme = style::themeFromText(qEnvironmentVariable("BOOKDESK_THEME")))
        return theme;
    return style::themeFromText(QSettings().value(u"appearance/theme"_s).toString());
}

int runWindow(QApplication &application, const Options &options)
{
    const std::optional<style::Theme> theme = chosenTheme(options);
    style::apply(application, theme ? *theme : style::desktopTheme());
    if (!theme)
        style::onDesktopThemeChange(application,
                                    [&application](style::Theme changed) { style::apply(application, changed); });

    workspace::Surroundings surroundings;
    surroundings.open =
        options.browser.isEmpty() ? identity::desktopOpener() : identity::commandBrowser(options.browser);
    const RedactedLog log(surroundings.redactor);
    workspace::Workspace workspace(surroundings, workspace::ConnectionStore(workspace::connectionsFolder()),
                                   window::MainWindow::lastConnection());
    window::MainWindow window({workspace, surroundings.open});
    window.show();
    if (!options.files.isEmpty())
        window.offerConnection(options.files.first());
    return QApplication::exec();
}

} // namespace

int main(int count, char **arguments)
{
    keepMemoryPrivate();
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QApplication application(count, arguments);
    QApplication::setOrganizationName(u"Bookdesk"_s);
    QApplication::setApplicationName(u"bookdesk"_s);
    QApplication::setApplicationDisplayName(u"Bookdesk"_s);
    QApplication::setApplicationVersion(u"" BOOKDESK_VERSION ""_s);

    const std::optional<Options> options = readOptions(application);
    if (!options)
        return complain(Texts::tr("The theme must be light or dark."));
    if (options->files.size() > 1)
        return complain(Texts::tr("Name one connection file at most."));
    if (!options->tourFolder.isEmpty())
        return tour::run(application, {options->tourFolder, options->theme});
    return runWindow(application, *options);
}
