/// The question before forged tokens are sent to an API that is not on this computer.
#pragma once

#include "workspace/desk.h"

#include <functional>

class QWidget;

namespace bookdesk::pages {

/// Names host, number of requests and time; Cancel is the default. @p start is called if the person agrees. The
/// question ends with its person.
void askBeforeProbes(workspace::Desk &desk, std::function<void()> start, QWidget *parent);

} // namespace bookdesk::pages
