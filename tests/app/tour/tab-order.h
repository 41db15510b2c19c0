/// What Tab reaches in a window, and the order in which it is read on screen.
#pragma once

#include <QStringList>

class QWidget;

namespace bookdesk::test {

/// Empty if Tab goes through everything in @p window that can get the focus, in the order in which it is read, and
/// comes around, Shift+Tab goes the same way back, and lists and tables that were reached have a selected row. The
/// window is active; the focus is where it was afterwards.
QStringList tabOrderProblems(QWidget &window);

} // namespace bookdesk::test
