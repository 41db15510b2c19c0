/// What the window says of a sign-in that failed where the sign-in page does not show it.
#pragma once

namespace bookdesk {
struct Error;
}
namespace bookdesk::workspace {
class Workspace;
}

namespace bookdesk::window {

class NoticeArea;

/// The page is hidden where the person who was signed in before still is, and cleared where the desk before another
/// account's is about to come back. GUI thread.
void reportFailedSignIn(workspace::Workspace &workspace, NoticeArea &notice, const Error &error);

} // namespace bookdesk::window
