/// Opens the sign-in page for the person.
#pragma once

#include "core/one-shot.h"
#include "core/result.h"

#include <QString>
#include <QStringList>
#include <QUrl>

#include <functional>
#include <optional>

class QProcess;

namespace bookdesk::identity {

/// What becomes of opening a browser: known at once, or a little later. A plain value. One thread.
class Opening
{
public:
    Opening(const Result<void> &result); // NOLINT(google-explicit-constructor): most openers know at once.
    explicit Opening(OneShot<std::optional<Error>> later)
        : m_failure(std::move(later))
    {}

    /// Arrives once: why it failed, or nothing where it did not.
    const OneShot<std::optional<Error>> &failure() const { return m_failure; }

private:
    OneShot<std::optional<Error>> m_failure;
};

/// Opens a URL in a browser and returns at once. Only called with URLs that passed net::trustedUrl.
using OpenUrl = std::function<Opening(const QUrl &)>;

/// Opens @p url with @p open if net::trustedUrl accepts it. The only way to open a browser. Errors: net.url-refused,
/// browser.failed.
Opening openInBrowser(const OpenUrl &open, const QUrl &url);

/// An opener from a command as the person wrote it: split once into program and arguments, as a POSIX shell splits it
/// but without a shell and without expanding anything, with the URL as the last argument. Errors when called:
/// browser.failed.
OpenUrl commandBrowser(const QString &command);

/// As commandBrowser, but with the URL in place of each `%u` in the arguments.
OpenUrl templateBrowser(const QString &command);

/// The words of @p command, with quotes and backslashes as POSIX says; nothing where a quote is not closed. Source:
/// POSIX.1-2017, Shell Command Language, section 2.2.
std::optional<QStringList> splitCommand(const QString &command);

/// Whether the command names a place for the URL (`%u`) and a program that exists. Errors: browser.command-invalid.
Result<void> checkBrowserCommand(const QString &command);

/// The program that opens the desktop's browser: its name, or its path.
QString desktopOpenerProgram();

/// Starts @p program with @p arguments and then the URL, without a shell. It has failed if
/// it cannot be started, or ends with a failure within two seconds, as xdg-open does without a browser. Errors:
/// browser.failed.
Opening startOpener(const QString &program, QStringList arguments, const QUrl &url);

/// The desktop's own opener. Errors when called: browser.failed.
OpenUrl desktopOpener();

/// Lets a program that is about to start outlive this one, even if this one is interrupted on its terminal.
void letOutlive(QProcess &process);

} // namespace bookdesk::identity
