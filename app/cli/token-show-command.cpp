#include "books/diagnosis.h"
#include "cli/blocking-desk.h"
#include "cli/commands.h"
#include "cli/sign-in-first.h"

namespace bookdesk::cli {

Report run(const Context &context, const ShowTokenCommand &command)
{
    BlockingDesk desk(context.interrupts, context.redactor);
    if (const std::optional<Report> failed = signInFirst(context, desk, command.where))
        return *failed;
    const identity::SignedIn &signedIn = *desk.signedIn();
    const jose::InspectedToken &token = command.showsIdToken ? signedIn.idToken : signedIn.accessToken;
    Report report = tokenReport(token, command.showsIdToken ? books::diagnoseIdToken(token.verification)
                                                            : books::diagnoseAccessToken(token.verification));
    if (command.revealsToken)
        report.revealed = token.token;
    return report;
}

} // namespace bookdesk::cli
