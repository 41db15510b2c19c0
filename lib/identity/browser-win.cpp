#include "identity/browser.h"

using namespace Qt::StringLiterals;

namespace bookdesk::identity {

OpenUrl desktopOpener()
{
    return [](const QUrl &url) { return startOpener(u"rundll32.exe"_s, {u"url.dll,FileProtocolHandler"_s}, url); };
}

} // namespace bookdesk::identity
