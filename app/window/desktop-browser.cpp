#include "window/desktop-browser.h"

#include "identity/errors.h"

#include <QCoreApplication>
#include <QDesktopServices>

namespace bookdesk::window {

namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(DesktopBrowser)
};

Error noBrowserFound()
{
    return {identity::errors::browserFailed, Texts::tr("The desktop found no browser to open the page with."),
            Texts::tr("Copy the link and open it yourself, or start Bookdesk with --browser COMMAND.")};
}

} // namespace

identity::OpenUrl desktopBrowser()
{
    return [](const QUrl &url) -> Result<void> {
        if (QDesktopServices::openUrl(url))
            return {};
        return failure(noBrowserFound());
    };
}

} // namespace bookdesk::window
