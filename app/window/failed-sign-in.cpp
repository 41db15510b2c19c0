#include "window/failed-sign-in.h"

#include "core/isolation.h"
#include "window/notice-area.h"
#include "workspace/workspace.h"

#include <QCoreApplication>

namespace bookdesk::window {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(FailedSignIn)
};

} // namespace

void reportFailedSignIn(workspace::Workspace &workspace, NoticeArea &notice, const Error &error)
{
    workspace::Desk *shown = workspace.shownDesk();
    if (!shown || error.code.kind() == ErrorKind::stopped)
        return;
    const std::optional<identity::SignedIn> &person = shown->session().current();
    if (person)
        notice.report(Texts::tr("You are still signed in as %1").arg(isolated(person->identity.displayName())), error);
    else if (shown != workspace.desk())
        notice.report(Texts::tr("The other account was not signed in"), error);
}

} // namespace bookdesk::window
