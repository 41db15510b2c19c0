#include "identity/browser.h"

using namespace Qt::StringLiterals;

namespace bookdesk::identity {

OpenUrl desktopOpener()
{
    return [](const QUrl &url) { return startOpener(u"/usr/bin/open"_s, {}, url); };
}

/// `open` leaves the browser to the system's own launcher.
void letOutlive(QProcess &) {}

} // namespace bookdesk::identity
