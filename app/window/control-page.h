/// The Sandbox's control page, opened in the browser.
#pragma once

#include "identity/browser.h"

#include <QUrl>

namespace bookdesk::window {

class NoticeArea;

/// @param sandbox its address. If the browser does not open, @p notice says so. GUI thread.
void openControlPage(QUrl sandbox, const identity::OpenUrl &open, NoticeArea &notice);

} // namespace bookdesk::window
