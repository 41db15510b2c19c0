#include "identity/browser.h"

using namespace Qt::StringLiterals;

namespace bookdesk::identity {

OpenUrl desktopOpener()
{
    return [](const QUrl &url) { return startOpener(u"xdg-open"_s, {}, url); };
}

} // namespace bookdesk::identity
