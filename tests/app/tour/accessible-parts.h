/// What assistive technology finds in a window, and what is wrong with it.
#pragma once

#include <QStringList>

class QWidget;

namespace bookdesk::test {

/// Of every visible accessible object in @p window: names and descriptions with zero-width, control or bidirectional
/// formatting characters or with markup, objects that take the focus but have no name, and tool tips that are wider
/// than the screen or read text as markup. Empty where all is well.
QStringList accessibleProblems(QWidget &window);

} // namespace bookdesk::test
