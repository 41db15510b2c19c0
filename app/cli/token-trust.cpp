#include "cli/token-trust.h"

#include "cli/blocking-desk.h"
#include "cli/input-file.h"
#include "cli/options.h"
#include "cli/sign-in-first.h"
#include "core/clock.h"
#include "jose/pasted-token.h"

#include <QCoreApplication>

#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(TokenTrust)
};

Result<Secret> readToken(const QString &name, const Context &context)
{
    Result<QByteArray> content = readInputFile(name);
    if (!content)
        return failure(content.error());
    jose::PastedToken taken = jose::takenOut(*content);
    content->fill('\0');
    for (const QString &note : std::as_const(taken.notes))
        context.console.note(note);
    context.redactor.learn(taken.token);
    return std::move(taken.token);
}

void judgeWith(const identity::Trust &trust, const std::vector<Secret> &tokens, JudgedTokens &judged)
{
    judged.names = trust.accessTokens.claims;
    for (const Secret &token : tokens)
        judged.tokens.push_back(trust.inspect(token, systemNow()));
}

} // namespace

void addTrustChoice(CLI::App &command, TrustChoice &choice)
{
    addConnection(command, choice.where);
    OfflineTrust &trust = choice.offline;
    CLI::Option *jwks = addText(command, "--jwks", trust.jwksFile, Texts::tr("The issuer's keys."));
    CLI::Option *issuer = addText(command, "--issuer", trust.issuer, Texts::tr("The issuer."));
    CLI::Option *audience = addText(command, "--audience", trust.audience, Texts::tr("The API's ID."));
    CLI::Option *algorithms = addTexts(command, "--algorithms", trust.algorithms, Texts::tr("The allow-list (RS256)."));
    jwks->type_name("FILE")->needs(issuer)->needs(audience)->excludes(command.get_option("--connection"));
    issuer->type_name("URL")->needs(jwks);
    audience->type_name("ID")->needs(jwks);
    algorithms->type_name("RS256,...")->needs(jwks);
    command.final_callback([&choice] {
        if (choice.offline.jwksFile.isEmpty() && choice.where.connection.isEmpty())
            throw CLI::ValidationError(
                Texts::tr("Name a --connection, or --jwks with --issuer and --audience.").toStdString(),
                CLI::ExitCodes::RequiredError);
    });
}

std::optional<Report> judgeTokens(const Context &context, const QStringList &files, const TrustChoice &choice,
                                  JudgedTokens &judged)
{
    std::vector<Secret> tokens;
    for (const QString &file : files) {
        Result<Secret> token = readToken(file, context);
        if (!token)
            return usageReport(token.error());
        tokens.push_back(*std::move(token));
    }
    if (!choice.offline.jwksFile.isEmpty()) {
        const Result<identity::Trust> trust = readOfflineTrust(choice.offline);
        if (!trust)
            return usageReport(trust.error());
        judgeWith(*trust, tokens, judged);
        return std::nullopt;
    }
    BlockingDesk desk(context);
    if (const Result<void> opened = desk.open(choice.where); !opened)
        return openFailureReport(opened.error());
    const Result<identity::Trust> trust = desk.trustFor(tokens);
    if (!trust)
        return keysFailureReport(trust.error());
    judgeWith(*trust, tokens, judged);
    return std::nullopt;
}

} // namespace bookdesk::cli
