#include "window/control-page.h"

#include "window/notice-area.h"

#include <QCoreApplication>
#include <QPointer>

using namespace Qt::StringLiterals;

namespace bookdesk::window {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ControlPage)
};

} // namespace

void openControlPage(QUrl sandbox, const identity::OpenUrl &open, NoticeArea &notice)
{
    sandbox.setPath(u"/control"_s);
    const identity::Opening opening = identity::openInBrowser(open, sandbox);
    opening.failure().whenSet([notice = QPointer(&notice)](const std::optional<Error> &error) {
        if (notice && error)
            notice->report(Texts::tr("The browser did not open"), *error);
    });
}

} // namespace bookdesk::window
