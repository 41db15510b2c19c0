/// The window's pages, in the order of the side bar.
#pragma once

#include "core/clock.h"

#include <vector>

class QWidget;

namespace bookdesk::widgets {
class Page;
}

namespace bookdesk::window {

/// @p parent owns them. GUI thread.
std::vector<widgets::Page *> makePages(const Clock &clock, QWidget *parent);

} // namespace bookdesk::window
