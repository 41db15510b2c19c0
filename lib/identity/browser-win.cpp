#include "identity/browser.h"

#include <QProcess>

#include <windows.h>

using namespace Qt::StringLiterals;

namespace bookdesk::identity {

QString desktopOpenerProgram() { return u"rundll32.exe"_s; }

OpenUrl desktopOpener()
{
    return [](const QUrl &url) { return startOpener(desktopOpenerProgram(), {u"url.dll,FileProtocolHandler"_s}, url); };
}

void letOutlive(QProcess &process)
{
    process.setCreateProcessArgumentsModifier(
        [](QProcess::CreateProcessArguments *arguments) { arguments->flags |= CREATE_NEW_PROCESS_GROUP; });
}

} // namespace bookdesk::identity
