#include "identity/browser.h"

using namespace Qt::StringLiterals;

namespace bookdesk::identity {

QString desktopOpenerProgram() { return u"/usr/bin/open"_s; }

OpenUrl desktopOpener()
{
    return [](const QUrl &url) { return startOpener(desktopOpenerProgram(), {}, url); };
}

/// `open` leaves the browser to the system's own launcher.
void letOutlive(QProcess &) {}

} // namespace bookdesk::identity
