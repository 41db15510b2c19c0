/// What can be done while the browser is open for what a banner tells about, mostly a sign-in.
#pragma once

class QPushButton;
class QString;
class QUrl;

namespace bookdesk::workspace {
class Desk;
}

namespace bookdesk::widgets {

class Banner;

/// Adds *Cancel* and, once there is a link, *Open again* and *Link*, for the attempt of @p desk. GUI thread.
void addAttemptButtons(Banner &banner, workspace::Desk &desk);

/// *Open again* and *Link* by themselves, for whatever else has a link; the caller connects them.
QPushButton *addOpenAgainButton(Banner &banner);
QPushButton *addLinkButton(Banner &banner);
/// The name for screen readers and the tool tip of *Link*.
void describeLinkButton(QPushButton &link);
/// Puts @p link into the clipboard; returns what to tell the person.
QString copyLink(const QUrl &link);

} // namespace bookdesk::widgets
