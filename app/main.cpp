#include "core/core-dumps.h"
#include "core/redacted-log.h"
#include "core/translation.h"
#include "style/style.h"
#include "tour/tour.h"
#include "window/accessible-roles.h"
#include "window/main-window.h"
#include "workspace/accepted-connections.h"
#include "workspace/finish-work.h"
#include "workspace/keychain-vault.h"
#include "workspace/settings-use.h"
#include "workspace/workspace.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QSettings>

#include <chrono>
#include <cstdio>
#include <optional>

using namespace Qt::StringLiterals;
using namespace bookdesk;

namespace {

constexpr int usageStatus = 2;
/// Nobody sees that the program still runs.
constexpr std::chrono::seconds timeToFinish{10};

struct Options
{
    QStringList files;
    QString browser;
    QString tourFolder;
    std::optional<style::Theme> theme;
};

void nameProgram()
{
    QCoreApplication::setOrganizationName(u"Bookdesk"_s);
    QCoreApplication::setApplicationName(u"bookdesk"_s);
    QCoreApplication::setApplicationVersion(u"" BOOKDESK_VERSION ""_s);
}

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Main)
};

int complain(const QString &message)
{
    std::fprintf(stderr, "bookdesk: %s\n", message.toLocal8Bit().constData());
    return usageStatus;
}

/// The program's options, which can be read without a display.
class CommandLine
{
public:
    CommandLine()
    {
        m_parser.setApplicationDescription(Texts::tr("Desktop client for a books API behind Microsoft Entra ID"));
        m_parser.addOptions({m_help, m_version, m_browser, m_theme, m_tour});
        m_parser.addPositionalArgument(u"file"_s, Texts::tr("A connection file to add."), u"[FILE.json]"_s);
    }

    /// Prints the help or the version if it is asked for. @return whether it was.
    bool answers(int &count, char **arguments)
    {
        QStringList words;
        for (int i = 0; i < count; ++i)
            words += QString::fromLocal8Bit(arguments[i]);
        // What Qt itself understands, such as -platform, is unknown here.
        m_parser.parse(words);
        const bool isHelp = m_parser.isSet(m_help);
        if (!isHelp && !m_parser.isSet(m_version))
            return false;
        const QCoreApplication application(count, arguments);
        nameProgram();
        const QString text = isHelp ? m_parser.helpText() : u"bookdesk " BOOKDESK_VERSION "\n"_s;
        std::fputs(text.toLocal8Bit().constData(), stdout);
        return true;
    }

    /// @return nothing if the theme's name is wrong.
    std::optional<Options> read(const QApplication &application)
    {
        m_parser.process(application);
        Options options{m_parser.positionalArguments(), m_parser.value(m_browser), m_parser.value(m_tour),
                        std::nullopt};
        if (!m_parser.isSet(m_theme))
            return options;
        options.theme = style::themeFromText(m_parser.value(m_theme));
        return options.theme ? std::optional(options) : std::nullopt;
    }

private:
    QCommandLineParser m_parser;
    const QCommandLineOption m_help{{u"h"_s, u"help"_s}, Texts::tr("Show this help.")};
    const QCommandLineOption m_version{{u"v"_s, u"version"_s}, Texts::tr("Show the version.")};
    const QCommandLineOption m_browser{u"browser"_s, Texts::tr("Sign in with this browser instead of the desktop's."),
                                       Texts::tr("command")};
    const QCommandLineOption m_theme{u"theme"_s, Texts::tr("Use this theme, light or dark, instead of the desktop's."),
                                     Texts::tr("theme")};
    const QCommandLineOption m_tour{u"tour"_s,
                                    Texts::tr("Run the guided tour and save a picture of each step in this folder."),
                                    Texts::tr("folder")};
};

/// The theme that was chosen: by the command line, else by the environment, else by the settings.
std::optional<style::Theme> chosenTheme(const Options &options)
{
    if (options.theme)
        return options.theme;
    if (const auto theme = style::themeFromText(qEnvironmentVariable("BOOKDESK_THEME")))
        return theme;
    return style::themeFromText(workspace::Settings().text(workspace::Setting::appearance));
}

int runWindow(QApplication &application, const Options &options)
{
    style::apply(application, chosenTheme(options).value_or(style::desktopTheme()));
    style::onDesktopThemeChange(application, [&application, options](style::Theme changed) {
        style::apply(application, chosenTheme(options).value_or(changed));
    });

    workspace::Surroundings surroundings;
    surroundings.open =
        options.browser.isEmpty() ? workspace::chosenBrowser() : identity::commandBrowser(options.browser);
    surroundings.vault = workspace::keychainVault(surroundings.redactor);
    const RedactedLog log(surroundings.redactor);
    workspace::Workspace workspace(surroundings, workspace::ConnectionStore(workspace::connectionsFolder()),
                                   window::MainWindow::lastConnection());
    window::MainWindow window({workspace, surroundings.open});
    window.show();
    if (!options.files.isEmpty())
        window.offerConnection(options.files.first());
    const int status = QApplication::exec();
    workspace::finishWork(workspace, timeToFinish);
    return status;
}

} // namespace

int main(int count, char **arguments)
{
    keepMemoryPrivate();
    QSettings::setDefaultFormat(QSettings::IniFormat);
    CommandLine commandLine;
    if (commandLine.answers(count, arguments))
        return 0;
    QApplication application(count, arguments);
    nameProgram();
    const Translation translation;
    QApplication::setApplicationDisplayName(u"Bookdesk"_s);
    window::installAccessibleRoles();

    const std::optional<Options> options = commandLine.read(application);
    if (!options)
        return complain(Texts::tr("The theme must be light or dark."));
    if (options->files.size() > 1)
        return complain(Texts::tr("Name one connection file at most."));
    if (!options->tourFolder.isEmpty())
        return tour::run(application, {options->tourFolder, options->theme});
    return runWindow(application, *options);
}
