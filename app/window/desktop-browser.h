/// The desktop's own way to open a browser, for programs with windows.
#pragma once

#include "identity/browser.h"

namespace bookdesk::window {

/// An opener for URLs that net::trustedUrl has accepted. GUI thread. Errors when called: browser.failed.
identity::OpenUrl desktopBrowser();

} // namespace bookdesk::window
