#include "cli/sign-in-first.h"

#include "cli/blocking-desk.h"
#include "cli/errors.h"
#include "jose/errors.h"
#include "sandbox/errors.h"

#include <QCoreApplication>

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SignInFirst)
};

bool isSandboxTrouble(ErrorCode code)
{
    for (const ErrorCode one : sandbox::errors::sandboxCodes) {
        if (one == code)
            return true;
    }
    return code == jose::errors::signingFailed;
}

} // namespace

Report openFailureReport(const Error &error)
{
    if (isSandboxTrouble(error.code))
        return refusalReport(error);
    return error.code.kind() == ErrorKind::stopped ? signInFailureReport(error) : usageReport(error);
}

std::optional<Report> signInFirst(const Context &context, BlockingDesk &desk, const ConnectionChoice &where)
{
    const Result<void> opened = desk.open(where);
    return opened ? signInAt(context, desk, where) : openFailureReport(opened.error());
}

std::optional<Report> signInAt(const Context &context, BlockingDesk &desk, const ConnectionChoice &where)
{
    if (where.persona.isEmpty())
        context.console.note(Texts::tr("Sign in to \"%1\" in the browser that opens. Press Ctrl+C to cancel.")
                                 .arg(desk.connection().name));
    const Result<void> signedIn = desk.signIn();
    if (!signedIn)
        return signInFailureReport(signedIn.error());
    return std::nullopt;
}

} // namespace bookdesk::cli
