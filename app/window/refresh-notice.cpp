#include "window/refresh-notice.h"

#include "identity/errors.h"
#include "window/notice-area.h"

#include <QCoreApplication>

namespace bookdesk::window {
namespace {

namespace ids = identity::errors;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(RefreshNotice)
};

bool isEndedByThePerson(const Error &error) { return error.code == ids::cancelled || error.code == ids::signedOut; }

bool needsThePerson(const Error &error)
{
    return error.code == ids::noRefreshToken || error.code == ids::grantInvalid ||
           error.code == ids::interactionRequired;
}

AfterRefresh tellOfFailure(NoticeArea &notice, const Error &error)
{
    if (isEndedByThePerson(error))
        return AfterRefresh::nothing;
    notice.report(Texts::tr("No fresh token"), error);
    return needsThePerson(error) ? AfterRefresh::signIn : AfterRefresh::nothing;
}

} // namespace

AfterRefresh tellOfRefresh(NoticeArea &notice, const Result<void> &result, bool passes)
{
    if (!result)
        return tellOfFailure(notice, result.error());
    if (passes) {
        notice.tell({widgets::Kind::ok,
                     Texts::tr("You have a fresh token"),
                     Texts::tr("It carries the roles and permissions that you have now."),
                     {},
                     {}});
        return AfterRefresh::nothing;
    }
    notice.tell({widgets::Kind::warn,
                 Texts::tr("You have a fresh token, and it does not pass the checks"),
                 Texts::tr("The API decides about it; the Token page tells what is wrong."),
                 {},
                 {}});
    return AfterRefresh::showToken;
}

} // namespace bookdesk::window
