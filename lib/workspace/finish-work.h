/// What must be done before the program ends.
#pragma once

#include <chrono>

namespace bookdesk::workspace {

class Workspace;

/// Waits, at most for @p limit, until sign-outs and what is to be stored or removed in the keychain are done: somebody
/// who signs out and closes the window at once is signed out even so. Runs the event loop. GUI thread.
void finishWork(Workspace &workspace, std::chrono::milliseconds limit);

} // namespace bookdesk::workspace
