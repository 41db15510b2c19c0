#include "workspace/finish-work.h"

#include "workspace/workspace.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEventLoop>
#include <QTimer>

#include <algorithm>

namespace bookdesk::workspace {
namespace {

bool isAtWork(Workspace &workspace)
{
    return workspace.vault().isAtWork() ||
           std::ranges::any_of(workspace.desks().opened(), [](Desk *desk) { return desk->signOuts().isForgetting(); });
}

} // namespace

void finishWork(Workspace &workspace, std::chrono::milliseconds limit)
{
    const QDeadlineTimer deadline(limit);
    QTimer tooLate; // Ends the wait for events.
    tooLate.setSingleShot(true);
    tooLate.start(limit);
    while (isAtWork(workspace) && !deadline.hasExpired())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
}

} // namespace bookdesk::workspace
