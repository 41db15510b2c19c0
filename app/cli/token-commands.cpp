#include "cli/bench.h"
#include "cli/commands.h"
#include "cli/errors.h"
#include "core/clock.h"
#include "core/text.h"
#include "jose/jwk-set.h"
#include "jose/token-policy.h"
#include "jose/verify.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(TokenCommands)
};

constexpr qint64 largestFile = 2 * 1024 * 1024;

tl::unexpected<Error> unreadable(const QString &name, const QString &why)
{
    return failure(errors::fileUnreadable, Texts::tr("The file \"%1\" cannot be read.").arg(name), why);
}

Result<QByteArray> readFile(const QString &name)
{
    QFile file(name);
    const bool isOpen = name == "-"_L1 ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!isOpen)
        return unreadable(name, file.errorString());
    QByteArray content = file.read(largestFile + 1);
    if (content.size() > largestFile)
        return unreadable(name, Texts::tr("It is larger than 2 MiB."));
    if (file.error() != QFileDevice::NoError)
        return unreadable(name, file.errorString());
    return content;
}

/// With or without `Bearer` in front and white space around it.
Result<Secret> readToken(const QString &name)
{
    Result<QByteArray> content = readFile(name);
    if (!content)
        return failure(content.error());
    QByteArrayView token = QByteArrayView(*content).trimmed();
    if (token.size() > 7 && token.first(7).compare("bearer ", Qt::CaseInsensitive) == 0)
        token = token.sliced(7).trimmed();
    const Secret secret(token);
    content->fill('\0');
    return secret;
}

/// What Bookdesk cannot check is left out, so that tokens signed with it are refused.
std::vector<jose::Algorithm> allowListFrom(const QStringList &names)
{
    std::vector<jose::Algorithm> allowed;
    for (const QString &name : names) {
        if (const std::optional<jose::Algorithm> algorithm = jose::algorithmFrom(name))
            allowed.push_back(*algorithm);
    }
    return allowed;
}

Report verifyOffline(const Context &context, const Secret &token, const OfflineTrust &trust)
{
    const Result<QByteArray> document = readFile(trust.jwksFile);
    if (!document)
        return usageReport(document.error());
    const Result<jose::JwkSet> keys = jose::parseJwkSet(*document);
    if (!keys)
        return usageReport(keys.error());
    for (const QString &finding : keys->findings)
        context.console.note(finding);
    jose::TokenPolicy policy = jose::accessTokenPolicy(trust.issuer, trust.audience);
    if (!trust.algorithms.isEmpty())
        policy.algorithms = allowListFrom(trust.algorithms);
    return tokenReport(jose::inspect(token, *keys, policy, systemNow()));
}

Report verifyOnline(const Context &context, const Secret &token, const ConnectionChoice &where)
{
    Bench bench(context.interrupts, context.redactor);
    if (const Result<void> opened = bench.open(where); !opened)
        return openFailureReport(opened.error());
    const Result<jose::InspectedToken> inspected = bench.inspect(token);
    return inspected ? tokenReport(*inspected) : keysFailureReport(inspected.error());
}

} // namespace

Report run(const Context &context, const ShowTokenCommand &command)
{
    Bench bench(context.interrupts, context.redactor);
    if (const std::optional<Report> failed = signInFirst(context, bench, command.where))
        return *failed;
    const identity::SignedIn &signedIn = *bench.signedIn();
    const jose::InspectedToken &token = command.showsIdToken ? signedIn.idToken : signedIn.accessToken;
    Report report = tokenReport(token);
    if (command.revealsToken)
        report.revealed = token.token;
    return report;
}

Report run(const Context &context, const VerifyTokenCommand &command)
{
    const Result<Secret> token = readToken(command.file);
    if (!token)
        return usageReport(token.error());
    context.redactor.learn(*token);
    if (const auto *trust = std::get_if<OfflineTrust>(&command.trust))
        return verifyOffline(context, *token, *trust);
    return verifyOnline(context, *token, std::get<ConnectionChoice>(command.trust));
}

} // namespace bookdesk::cli
