#include "books/diagnosis.h"
#include "cli/blocking-desk.h"
#include "cli/commands.h"
#include "cli/input-file.h"
#include "cli/offline-trust.h"
#include "cli/sign-in-first.h"
#include "cli/stream-judge.h"
#include "cli/token-stream.h"
#include "core/clock.h"
#include "identity/trust.h"
#include "jose/verify.h"

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

Result<Secret> readToken(const QString &name)
{
    Result<QByteArray> content = readInputFile(name);
    if (!content)
        return failure(content.error());
    const Secret secret(bareToken(*content));
    content->fill('\0');
    return secret;
}

/// Tokens are verified in order to call an API with them.
Report verifiedReport(const jose::InspectedToken &token)
{
    return tokenReport(token, books::diagnoseAccessToken(token.verification));
}

Report verifyOffline(const Secret &token, const OfflineTrust &options)
{
    const Result<identity::Trust> trust = readOfflineTrust(options);
    if (!trust)
        return usageReport(trust.error());
    return withFacts(verifiedReport(trust->inspect(token, systemNow())),
                     {{facts::keysLeftOut, trust->keys->findings.join(u'\n')}});
}

Report verifyOnline(const Context &context, const Secret &token, const ConnectionChoice &where)
{
    BlockingDesk desk(context.interrupts, context.redactor);
    if (const Result<void> opened = desk.open(where); !opened)
        return openFailureReport(opened.error());
    const Result<jose::InspectedToken> inspected = desk.inspect(token);
    return inspected ? verifiedReport(*inspected) : keysFailureReport(inspected.error());
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
    BlockingDesk desk(context.interrupts, context.redactor);
    if (const Result<void> opened = desk.open(where); !opened)
        return openFailureReport(opened.error());
    StreamJudge judge(desk);
    if (const Result<void> prepared = judge.prepare(); !prepared)
        return keysFailureReport(prepared.error());
    return judgeStandardInput(context, [&judge](const Secret &token) { return judge.judge(token); });
}

Report verifyStream(const Context &context, const VerifyTokenCommand &command)
{
    if (const auto *trust = std::get_if<OfflineTrust>(&command.trust))
        return verifyStreamOffline(context, *trust);
    return verifyStreamOnline(context, std::get<ConnectionChoice>(command.trust));
}

} // namespace

Report run(const Context &context, const VerifyTokenCommand &command)
{
    if (command.file == "-"_L1)
        return verifyStream(context, command);
    const Result<Secret> token = readToken(command.file);
    if (!token)
        return usageReport(token.error());
    context.redactor.learn(*token);
    if (const auto *trust = std::get_if<OfflineTrust>(&command.trust))
        return verifyOffline(*token, *trust);
    return verifyOnline(context, *token, std::get<ConnectionChoice>(command.trust));
}

} // namespace bookdesk::cli
