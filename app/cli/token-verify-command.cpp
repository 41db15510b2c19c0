#include "books/diagnosis.h"
#include "cli/blocking-desk.h"
#include "cli/commands.h"
#include "cli/input-file.h"
#include "cli/offline-trust.h"
#include "cli/options.h"
#include "cli/sign-in-first.h"
#include "cli/stream-judge.h"
#include "cli/token-stream.h"
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
    ConnectionChoice where;
    OfflineTrust trust;
};

/// After addConnection: `--jwks` excludes `--connection`.
void addOfflineTrust(CLI::App &command, OfflineTrust &trust)
{
    CLI::Option *jwks = addText(command, "--jwks", trust.jwksFile, Texts::tr("The issuer's keys."));
    CLI::Option *issuer = addText(command, "--issuer", trust.issuer, Texts::tr("The issuer."));
    CLI::Option *audience = addText(command, "--audience", trust.audience, Texts::tr("The API's ID."));
    CLI::Option *algorithms = addTexts(command, "--algorithms", trust.algorithms, Texts::tr("The allow-list (RS256)."));
    jwks->type_name("FILE")->needs(issuer)->needs(audience)->excludes(command.get_option("--connection"));
    issuer->type_name("URL")->needs(jwks);
    audience->type_name("ID")->needs(jwks);
    algorithms->type_name("RS256,...")->needs(jwks);
}

bool isOffline(const Options &options) { return !options.trust.jwksFile.isEmpty(); }

void addOptions(CLI::App &command, Options &options)
{
    addText(command, "FILE", options.file, Texts::tr("The token's file; - is standard input."))->required();
    addConnection(command, options.where);
    addOfflineTrust(command, options.trust);
    command.final_callback([&options] {
        if (!isOffline(options) && options.where.connection.isEmpty())
            throw CLI::ValidationError(
                Texts::tr("Name a --connection, or --jwks with --issuer and --audience.").toStdString(),
                CLI::ExitCodes::RequiredError);
    });
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
    BlockingDesk desk(context);
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
    return isOffline(options) ? verifyStreamOffline(context, options.trust)
                              : verifyStreamOnline(context, options.where);
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
    Report report =
        isOffline(options) ? verifyOffline(token, options.trust) : verifyOnline(context, token, options.where);
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
