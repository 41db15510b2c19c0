#include "identity/browser.h"

#include "core/text.h"
#include "identity/errors.h"
#include "net/trusted-url.h"

#include <QCoreApplication>
#include <QProcess>

using namespace Qt::StringLiterals;

namespace bookdesk::identity {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Browser)
};

constexpr qsizetype longestShownCommand = 200;

} // namespace

Result<void> openInBrowser(const OpenUrl &open, const QUrl &url)
{
    const Result<QUrl> trusted = net::trustedUrl(url);
    if (!trusted)
        return failure(trusted.error());
    if (!open)
        return failure(errors::browserFailed, Texts::tr("There is no way to open a browser here."),
                       Texts::tr("Copy the link and open it yourself."));
    return open(*trusted);
}

Result<void> startOpener(const QString &program, QStringList arguments, const QUrl &url)
{
    arguments += QString::fromLatin1(url.toEncoded(QUrl::FullyEncoded));
    QProcess process;
    process.setProgram(program);
    process.setArguments(arguments);
    // The browser does not share this program's input and output.
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(QProcess::nullDevice());
    if (process.startDetached())
        return {};
    return failure(errors::browserFailed,
                   Texts::tr("The browser could not be started with \"%1\".")
                       .arg(visible(shortened(program, longestShownCommand))),
                   Texts::tr("Copy the link and open it yourself, or name another browser with --browser."),
                   {{facts::reason, process.errorString()}});
}

OpenUrl commandBrowser(const QString &command)
{
    return [parts = QProcess::splitCommand(command)](const QUrl &url) -> Result<void> {
        if (parts.isEmpty() || parts.first().isEmpty())
            return failure(errors::browserFailed, Texts::tr("The browser's command is empty."),
                           Texts::tr("Name a program, such as --browser firefox."));
        return startOpener(parts.first(), parts.sliced(1), url);
    };
}

} // namespace bookdesk::identity
