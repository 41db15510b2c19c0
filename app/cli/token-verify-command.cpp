#include "books/diagnosis.h"
#include "cli/blocking-desk.h"
#include "cli/commands.h"
#include "cli/input-file.h"
#include "cli/options.h"
#include "cli/sign-in-first.h"
#include "cli/stream-judge.h"
#include "cli/token-stream.h"
#include "cli/token-trust.h"
#include "core/clock.h"
#include "identity/trust.h"
#include "jose/pasted-token.h"
#include "jose/verify.h"

#include <QCoreApplication>

#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(TokenVerifyCommand)
};

struct Options
{
    QString file; ///< "-" is standard input.
    TrustChoice choice;
};

bool isOffline(const Options &options) { return !options.choice.offline.jwksFile.isEmpty(); }

void addOptions(CLI::App &command, Options &options)
{
    addText(command, "FILE", options.file, Texts::tr("The token's file; - is standard input."))->required();
    addTrustChoice(command, options.choice);
}

Result<jose::PastedToken> readToken(const QString &name, const Console &console)
{
    Result<QByteArray> content = readInputFile(name);
    if (!content)
        return failure(content.error());
    jose::PastedToken taken = jose::takenOut(*content);
    content->fill('\0');
    for (const QString &note : std::as_const(taken.notes))
        console.note(note);
    return taken;
}

/// Tokens are verified in order to call an API with them.
Report verifiedReport(const jose::InspectedToken &token, const jose::ClaimContext &explained)
{
    return tokenReport(token, books::diagnoseAccessToken(token.verification), explained);
}

/// The token's own, if it is the one that the connection trusts.
QString trustedIssuer(const jose::InspectedToken &token)
{
    const jose::Check *issuer = token.verification.find(jose::CheckKind::issuer);
    const bool isTrusted = token.decoded && issuer && issuer->result == jose::CheckResult::passed;
    return isTrusted ? token.decoded->stringClaim(u"iss").value_or(QString()) : QString();
}

Report verifyOffline(const Secret &token, const OfflineTrust &options)
{
    const Result<identity::Trust> trust = readOfflineTrust(options);
    if (!trust)
        return usageReport(trust.error());
    return withFacts(verifiedReport(trust->inspect(token, systemNow()), {options.issuer, options.audience, {}}),
                     {{facts::keysLeftOut, trust->keys->findings.join(u'\n')}});
}

Report verifyOnline(const Context &context, const Secret &token, const ConnectionChoice &where)
{
    BlockingDesk desk(context);
    if (const Result<void> opened = desk.open(where); !opened)
        return openFailureReport(opened.error());
    const Result<jose::InspectedToken> inspected = desk.inspect(token);
    if (!inspected)
        return keysFailureReport(inspected.error());
    return verifiedReport(*inspected, identity::claimContext(desk.connection(), trustedIssuer(*inspected)));
}

Report verifyStreamOffline(const Context &context, const OfflineTrust &options)
{
    const Result<identity::Trust> trust = readOfflineTrust(options);
    if (!trust)
        return usageReport(trust.error());
    for (const QString &finding : trust->keys->findings)
        context.console.note(finding);
    return judgeStandardInput(context, [&trust](const Secret &token) -> Result<jose::Verification> {
        return jose::verify(token, *trust->keys, trust->accessTokens, systemNow());
    });
}

Report verifyStreamOnline(const Context &context, const ConnectionChoice &where)
{
    BlockingDesk desk(context);
    if (const Result<void> opened = desk.open(where); !opened)
        return openFailureReport(opened.error());
    StreamJudge judge(desk);
    if (const Result<void> prepared = judge.prepare(); !prepared)
        return keysFailureReport(prepared.error());
    return judgeStandardInput(context, [&judge](const Secret &token) { return judge.judge(token); });
}

Report verifyStream(const Context &context, const Options &options)
{
    return isOffline(options) ? verifyStreamOffline(context, options.choice.offline)
                              : verifyStreamOnline(context, options.choice.where);
}

Report run(const Context &context, const Options &options)
{
    if (options.file == "-"_L1)
        return verifyStream(context, options);
    const Result<jose::PastedToken> taken = readToken(options.file, context.console);
    if (!taken)
        return usageReport(taken.error());
    const Secret &token = taken->token;
    context.redactor.learn(token);
    Report report = isOffline(options) ? verifyOffline(token, options.choice.offline)
                                       : verifyOnline(context, token, options.choice.where);
    report.json = withNotes(std::move(report.json), taken->notes);
    return report;
}

} // namespace

Command tokenVerifyCommand()
{
    return makeCommand(u"verify"_s, Texts::tr("Verify a token, with a connection's keys or a file's."), addOptions,
                       run);
}

} // namespace bookdesk::cli
