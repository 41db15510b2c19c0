/// The window's pages, in the order of the side bar.
#pragma once

#include "core/clock.h"

#include <vector>

class QWidget;

namespace bookdesk::widgets {
class Page;
}

namespace bookdesk::workspace {
class Workspace;
}

namespace bookdesk::window {

/// @p parent owns them; @p workspace must outlive them. GUI thread.
std::vector<widgets::Page *> makePages(workspace::Workspace &workspace, const Clock &clock, QWidget *parent);

} // namespace bookdesk::window
