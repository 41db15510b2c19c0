#include "cli/bench.h"
#include "cli/commands.h"
#include "cli/errors.h"
#include "cli/token-stream.h"
#include "core/clock.h"
#include "jose/algorithm.h"
#include "jose/jwk-set.h"
#include "jose/token-policy.h"
#include "jose/verify.h"

#include <QCoreApplication>
#include <QFile>

#include <chrono>
#include <cstdio>
#include <memory>
#include <mutex>

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
    return failure(errors::fileUnreadable, Texts::tr("The file \"%1\" cannot be read.").arg(name),
                   Texts::tr("Check its name and your permissions."), {{facts::file, name}, {facts::reason, why}});
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

Result<Secret> readToken(const QString &name)
{
    Result<QByteArray> content = readFile(name);
    if (!content)
        return failure(content.error());
    const Secret secret(bareToken(*content));
    content->fill('\0');
    return secret;
}

/// The keys of a file, and what they are trusted with.
struct FixedTrust
{
    jose::JwkSet keys;
    jose::TokenPolicy policy;
};

QString knownAlgorithms()
{
    QStringList names;
    for (const jose::Algorithm algorithm : jose::allAlgorithms)
        names += jose::algorithmName(algorithm);
    return names.join(u", "_s);
}

/// Empty names give the API's own.
Result<std::vector<jose::Algorithm>> allowList(const QStringList &names)
{
    if (names.isEmpty())
        return jose::TokenPolicy().algorithms;
    std::vector<jose::Algorithm> allowed;
    for (const QString &name : names) {
        const std::optional<jose::Algorithm> algorithm = jose::algorithmFrom(name);
        if (!algorithm)
            return failure(errors::usage,
                           Texts::tr("\"%1\" is no algorithm that tokens can be verified with.").arg(name),
                           Texts::tr("Choose from %1.").arg(knownAlgorithms()));
        allowed.push_back(*algorithm);
    }
    return allowed;
}

Result<FixedTrust> readTrust(const OfflineTrust &trust)
{
    Result<std::vector<jose::Algorithm>> algorithms = allowList(trust.algorithms);
    if (!algorithms)
        return failure(algorithms.error());
    const Result<QByteArray> document = readFile(trust.jwksFile);
    if (!document)
        return failure(document.error());
    Result<jose::JwkSet> keys = jose::parseJwkSet(*document);
    if (!keys)
        return failure(keys.error());
    jose::TokenPolicy policy = jose::accessTokenPolicy(trust.issuer, trust.audience);
    policy.algorithms = *std::move(algorithms);
    return FixedTrust{*std::move(keys), std::move(policy)};
}

/// What a connection's tokens are held against, for many threads: each uses what is known, and what is not is asked for
/// on the main thread, where the network is.
class SharedTrust
{
public:
    explicit SharedTrust(Bench &bench)
        : m_bench(bench)
    {}

    /// Main thread.
    Result<void> renew(const QString &keyId)
    {
        Result<workspace::TokenTrust> renewed = m_bench.trustFor(keyId);
        if (!renewed)
            return failure(renewed.error());
        const std::lock_guard lock(m_mutex);
        m_known = std::make_shared<const workspace::TokenTrust>(*std::move(renewed));
        m_askedAt = std::chrono::steady_clock::now();
        return {};
    }

    /// Any thread but the main one, whose event loop must run.
    Result<jose::Verification> verify(const Secret &token)
    {
        const Result<jose::DecodedToken> decoded = jose::decode(token);
        if (!decoded)
            return jose::verify(token, {}, {}, systemNow());
        std::shared_ptr<const workspace::TokenTrust> trust = known();
        // Only tokens of this issuer make anyone ask for a key that is not there yet.
        const bool isOfThisIssuer = decoded->stringClaim(u"iss") == trust->accessTokens.issuer;
        if (!isFresh() || (isOfThisIssuer && !trust->keys.find(decoded->keyId()))) {
            const Result<void> renewed = renewFromAfar(isOfThisIssuer ? decoded->keyId() : QString());
            if (!renewed)
                return failure(renewed.error());
            trust = known();
        }
        return jose::verify(*decoded, trust->keys, trust->policyFor(*decoded), systemNow());
    }

private:
    std::shared_ptr<const workspace::TokenTrust> known()
    {
        const std::lock_guard lock(m_mutex);
        return m_known;
    }

    /// The key store decides when keys are too old; it is asked again every minute.
    bool isFresh()
    {
        const std::lock_guard lock(m_mutex);
        return std::chrono::steady_clock::now() < m_askedAt + std::chrono::minutes{1};
    }

    Result<void> renewFromAfar(const QString &keyId)
    {
        Result<void> renewed;
        QMetaObject::invokeMethod(
            &m_bench, [this, &renewed, &keyId] { renewed = renew(keyId); }, Qt::BlockingQueuedConnection);
        return renewed;
    }

    Bench &m_bench;
    std::mutex m_mutex;
    std::shared_ptr<const workspace::TokenTrust> m_known;
    std::chrono::steady_clock::time_point m_askedAt;
};

/// Tokens are verified in order to call an API with them.
Report verifiedReport(const jose::InspectedToken &token)
{
    return tokenReport(token, books::diagnoseAccessToken(token.verification));
}

Report verifyOffline(const Secret &token, const OfflineTrust &trust)
{
    const Result<FixedTrust> fixed = readTrust(trust);
    if (!fixed)
        return usageReport(fixed.error());
    return withFacts(verifiedReport(jose::inspect(token, fixed->keys, fixed->policy, systemNow())),
                     {{facts::keysLeftOut, fixed->keys.findings.join(u'\n')}});
}

Report verifyOnline(const Context &context, const Secret &token, const ConnectionChoice &where)
{
    Bench bench(context.interrupts, context.redactor);
    if (const Result<void> opened = bench.open(where); !opened)
        return openFailureReport(opened.error());
    const Result<jose::InspectedToken> inspected = bench.inspect(token);
    return inspected ? verifiedReport(*inspected) : keysFailureReport(inspected.error());
}

Report verifyStreamOffline(const Context &context, const OfflineTrust &trust)
{
    const Result<FixedTrust> fixed = readTrust(trust);
    if (!fixed)
        return usageReport(fixed.error());
    for (const QString &finding : fixed->keys.findings)
        context.console.note(finding);
    return judgeStandardInput(context, [&fixed](const Secret &token) -> Result<jose::Verification> {
        return jose::verify(token, fixed->keys, fixed->policy, systemNow());
    });
}

/// Without keys no token is looked at: the connection has to be mended first.
Report verifyStreamOnline(const Context &context, const ConnectionChoice &where)
{
    Bench bench(context.interrupts, context.redactor);
    if (const Result<void> opened = bench.open(where); !opened)
        return openFailureReport(opened.error());
    SharedTrust trust(bench);
    if (const Result<void> renewed = trust.renew({}); !renewed)
        return keysFailureReport(renewed.error());
    return judgeStandardInput(context, [&trust](const Secret &token) { return trust.verify(token); });
}

Report verifyStream(const Context &context, const VerifyTokenCommand &command)
{
    if (const auto *trust = std::get_if<OfflineTrust>(&command.trust))
        return verifyStreamOffline(context, *trust);
    return verifyStreamOnline(context, std::get<ConnectionChoice>(command.trust));
}

} // namespace

Report run(const Context &context, const ShowTokenCommand &command)
{
    Bench bench(context.interrupts, context.redactor);
    if (const std::optional<Report> failed = signInFirst(context, bench, command.where))
        return *failed;
    const identity::SignedIn &signedIn = *bench.signedIn();
    const jose::InspectedToken &token = command.showsIdToken ? signedIn.idToken : signedIn.accessToken;
    Report report = tokenReport(token, command.showsIdToken ? books::diagnoseIdToken(token.verification)
                                                            : books::diagnoseAccessToken(token.verification));
    if (command.revealsToken)
        report.revealed = token.token;
    return report;
}

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
