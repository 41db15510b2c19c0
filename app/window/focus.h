/// Where the focus goes when another page is shown.
#pragma once

class QWidget;

namespace bookdesk::window {

/// Moves the focus to the first control in @p page that takes it by Tab. GUI thread.
void focusFirstControl(QWidget &page);

} // namespace bookdesk::window
