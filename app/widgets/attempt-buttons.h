/// What can be done while the browser is open for a sign-in that a banner tells about.
#pragma once

namespace bookdesk::workspace {
class Desk;
}

namespace bookdesk::widgets {

class Banner;

/// Adds *Cancel* and, once there is a link, *Open again* and *Link*, for the attempt of @p desk. GUI thread.
void addAttemptButtons(Banner &banner, workspace::Desk &desk);

} // namespace bookdesk::widgets
