#include "books/diagnosis.h"
#include "cli/blocking-desk.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/sign-in-first.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(TokenShowCommand)
};

struct Options
{
    ConnectionChoice where;
    bool showsIdToken = false;
    bool revealsToken = false;
};

void addOptions(CLI::App &command, Options &options)
{
    addFlag(command, "--id", options.showsIdToken, Texts::tr("Show the ID token instead."));
    addFlag(command, "--reveal", options.revealsToken, Texts::tr("Also print the token itself."));
    addSignIn(command, options.where);
}

Report run(const Context &context, const Options &options)
{
    BlockingDesk desk(context);
    if (const std::optional<Report> failed = signInFirst(context, desk, options.where))
        return *failed;
    const identity::SignedIn &signedIn = *desk.signedIn();
    const jose::InspectedToken &token = options.showsIdToken ? signedIn.idToken : signedIn.accessToken;
    const std::optional<std::chrono::seconds> ahead = desk.clockAhead();
    const books::Diagnosis diagnosis = options.showsIdToken ? books::diagnoseIdToken(token.verification)
                                                            : books::diagnoseAccessToken(token.verification, ahead);
    const jose::ClaimContext explained = identity::claimContext(desk.connection(), signedIn.identity.issuer());
    Report report = withClock(tokenReport(token, diagnosis, explained), ahead, token.verification.at);
    if (options.revealsToken)
        report.revealed = token.token;
    return report;
}

} // namespace

Command tokenShowCommand()
{
    return makeCommand(u"show"_s, Texts::tr("Sign in and show the access token's content and checks."), addOptions,
                       run);
}

} // namespace bookdesk::cli
