/// Roles for screen readers that Qt does not know of.
#pragma once

namespace bookdesk::window {

/// The window is a window, and the side bar's pages are page tabs; Qt makes fillers and check boxes of them. Once per
/// program.
void installAccessibleRoles();

} // namespace bookdesk::window
