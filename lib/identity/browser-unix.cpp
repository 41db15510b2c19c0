#include "identity/browser.h"

#include <QProcess>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace bookdesk::identity {

QString desktopOpenerProgram() { return u"xdg-open"_s; }

OpenUrl desktopOpener()
{
    return [](const QUrl &url) { return startOpener(desktopOpenerProgram(), {}, url); };
}

void letOutlive(QProcess &process)
{
    process.setChildProcessModifier([] { ::setsid(); });
}

} // namespace bookdesk::identity
