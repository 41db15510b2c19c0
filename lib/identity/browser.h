/// Opens the sign-in page for the person.
#pragma once

#include "core/result.h"

#include <QString>
#include <QStringList>
#include <QUrl>

#include <functional>

namespace bookdesk::identity {

/// Opens a URL in a browser and returns at once. Only called with URLs that passed net::trustedUrl.
using OpenUrl = std::function<Result<void>(const QUrl &)>;

/// Opens @p url with @p open if net::trustedUrl accepts it. The only way to open a browser. Errors: net.url-refused,
/// browser.failed.
Result<void> openInBrowser(const OpenUrl &open, const QUrl &url);

/// An opener from a command as the person wrote it: split once into program and arguments, and started without a shell,
/// with the URL as the last argument. Errors when called: browser.failed.
OpenUrl commandBrowser(const QString &command);

/// Starts @p program with @p arguments and then the URL, without a shell. Errors: browser.failed.
Result<void> startOpener(const QString &program, QStringList arguments, const QUrl &url);

/// The desktop's own opener, for programs without a QGuiApplication. Errors when called: browser.failed.
OpenUrl desktopOpener();

} // namespace bookdesk::identity
