#include "identity/browser.h"

#include <QProcess>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace bookdesk::identity {

OpenUrl desktopOpener()
{
    return [](const QUrl &url) { return startOpener(u"xdg-open"_s, {}, url); };
}

void letOutlive(QProcess &process)
{
    process.setChildProcessModifier([] { ::setsid(); });
}

} // namespace bookdesk::identity
