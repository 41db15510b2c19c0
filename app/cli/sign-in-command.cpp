#include "cli/blocking-desk.h"
#include "cli/commands.h"
#include "cli/sign-in-first.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SignInCommand)
};

Report run(const Context &context, const ConnectionChoice &where)
{
    BlockingDesk desk(context);
    if (const std::optional<Report> failed = signInFirst(context, desk, where))
        return *failed;
    return signInReport(*desk.signedIn());
}

} // namespace

Command signInCommand()
{
    return makeCommand(u"sign-in"_s, Texts::tr("Sign in, and print who you are and what the token grants."),
                       addConnection, run);
}

} // namespace bookdesk::cli
