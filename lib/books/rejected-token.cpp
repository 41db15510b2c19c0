// What a 401 about the token itself means: the API's words decide on the diagnosis, or else our own checks.
#include "books/finding.h"
#include "books/outcome-codes.h"
#include "books/refusal.h"
#include "core/durations.h"
#include "jose/explained-kind.h"
#include "jose/token-kind.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <vector>

using namespace Qt::StringLiterals;

namespace bookdesk::books {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(RejectedToken)
};

struct Hint
{
    const char *pattern;
    Finding finding;
};

// What PyJWT, pyjwt-key-fetcher, ASP.NET Core and others say; the more specific patterns come first.
constexpr std::array hints{
    Hint{"^not authenticated$", Finding::noToken},
    Hint{"[\"']algorithms[\"'] argument", Finding::apiNamesNoAlgorithm},
    Hint{"^(?:invalid token: )?invalid 'iss'", Finding::otherIssuer},
    Hint{"fail.{0,20}fetch", Finding::apiLacksKeys},
    Hint{"\\bissuer\\b.{0,20}https://", Finding::otherIssuer},
    Hint{"\\bexpired\\b|lifetime validation failed", Finding::expired},
    Hint{"not yet valid|not valid before", Finding::notYetValid},
    Hint{"key was not found|unable to find a signing key|unknown key|no matching key", Finding::unknownKey},
    Hint{"audience|\"aud\"|'aud'", Finding::otherAudience},
    Hint{"\\bissuer\\b|'iss'", Finding::otherIssuer},
    Hint{"token is missing the", Finding::claimMissing},
    Hint{"signature", Finding::wrongSignature},
    Hint{"segments|padding|decod|malformed|header", Finding::unreadable},
};

/// If there are several issuers, the token's own is named first.
bool namesVersion1Issuer(QStringView text)
{
    const qsizetype url = text.indexOf(u"https://");
    return url >= 0 && jose::isVersion1Issuer(text.sliced(url));
}

std::optional<Finding> findingIn(const QString &text)
{
    for (const Hint &hint : hints) {
        const QRegularExpression pattern(QString::fromLatin1(hint.pattern), QRegularExpression::CaseInsensitiveOption);
        if (!pattern.match(text).hasMatch())
            continue;
        const bool isVersion1 = hint.finding == Finding::otherIssuer && namesVersion1Issuer(text);
        return isVersion1 ? Finding::version1 : hint.finding;
    }
    return std::nullopt;
}

/// What our own checks find, if it can be the reason why the API refuses.
Finding ownReason(const jose::Verification &verification)
{
    const Finding finding = findingOf(verification);
    switch (finding) {
    case Finding::verified:
    case Finding::verifiedAppOnly:
    case Finding::verifiedIdToken:
    case Finding::unchecked:
    case Finding::opaque:
    case Finding::encrypted:
    case Finding::apiNotNamed:
    case Finding::otherType:
    case Finding::otherCheck:
        return Finding::noReason;
    default:
        return finding;
    }
}

/// The challenge's words first, then the body's; if neither is known, our own token decides.
Finding reasonOf(const Refusal &refusal)
{
    const jose::Verification &own = refusal.facts.verification;
    if (refusal.detail.trimmed() == "Invalid token:"_L1 && refusal.description.isEmpty())
        return sharpened(Finding::unknownKey, own.kind);
    std::vector<Finding> said;
    for (const QString &text : QStringList{refusal.description} + refusal.reasons) {
        if (const std::optional<Finding> finding = findingIn(text))
            said.push_back(*finding);
    }
    if (said.empty())
        return ownReason(own);
    // Of several reasons, expiry is the one that a fresh token helps against.
    const bool isExpired = std::find(said.begin(), said.end(), Finding::expired) != said.end();
    return sharpened(isExpired ? Finding::expired : said.front(), own.kind);
}

QString ownFinding(const Refusal &refusal)
{
    const jose::Verification &own = refusal.facts.verification;
    if (own.passed())
        return Texts::tr("However, Bookdesk's own check finds nothing wrong with the token.");
    const jose::Check *failure = own.firstFailure();
    if (!failure)
        return {};
    const QString found = jose::failureSentence(jose::explainedKind(*failure));
    return failure->got.isEmpty() ? Texts::tr("Bookdesk's own check finds this: %1").arg(found)
                                  : Texts::tr("Bookdesk's own check finds this: %1 Details: %2.")
                                        .arg(found, jose::checkSentence(*failure, own.at));
}

/// A number stays with its unit.
QString inOneLine(QString duration) { return duration.replace(u' ', QChar(QChar::Nbsp)); }

/// How far the token's time is from the API's clock; empty unless both are known. Our own clock cannot say why the API
/// refused.
QString timeFinding(const Refusal &refusal, jose::CheckKind kind)
{
    const jose::Check *check = refusal.facts.verification.find(kind);
    if (!refusal.serverDate || !check || !check->time)
        return {};
    const std::chrono::seconds past = secondsBetween(*check->time, *refusal.serverDate);
    if (kind == jose::CheckKind::expiry)
        return past.count() >= 0 ? Texts::tr("By the API's clock it expired %1 ago.").arg(inOneLine(durationText(past)))
                                 : Texts::tr("By the time in the API's answer, it is still valid.");
    return past.count() < 0
               ? Texts::tr("By the API's clock it becomes valid in %1.").arg(inOneLine(durationText(-past)))
               : QString();
}

ErrorCode codeOf(Finding finding)
{
    switch (finding) {
    case Finding::expired:
        return outcomes::tokenExpired;
    case Finding::notYetValid:
        return outcomes::tokenNotYetValid;
    case Finding::unreadable:
    case Finding::tooLarge:
        return outcomes::tokenMalformed;
    case Finding::version1:
        return outcomes::tokenVersion;
    case Finding::unknownKey:
    case Finding::keyReplaced:
        return outcomes::keyUnknown;
    case Finding::wrongSignature:
    case Finding::unverifiable:
    case Finding::algorithm:
        return outcomes::signatureRejected;
    case Finding::otherIssuer:
        return outcomes::issuerRejected;
    case Finding::otherAudience:
    case Finding::graphToken:
    case Finding::idToken:
        return outcomes::audienceRejected;
    case Finding::claimMissing:
        return outcomes::claimMissing;
    case Finding::noToken:
        return outcomes::notAuthenticated;
    case Finding::apiNamesNoAlgorithm:
        return outcomes::apiMisconfigured;
    case Finding::apiLacksKeys:
        return outcomes::apiKeysUnreachable;
    default:
        return outcomes::tokenRejected;
    }
}

/// How far this computer's clock is off, if the reason is a time; may be empty.
QString clockSentence(Finding reason, const Refusal &refusal)
{
    const bool isOfTime = reason == Finding::expired || reason == Finding::notYetValid;
    return isOfTime && refusal.serverDate ? clockDifference(refusal.facts.verification.at, *refusal.serverDate)
                                          : QString();
}

/// What we know about our token beyond the API's reason; may be empty.
QString ownSentence(Finding reason, const Refusal &refusal)
{
    switch (reason) {
    case Finding::expired:
        return timeFinding(refusal, jose::CheckKind::expiry);
    case Finding::notYetValid:
        return timeFinding(refusal, jose::CheckKind::notBefore);
    case Finding::apiNamesNoAlgorithm:
        return refusal.facts.verification.passed() ? Texts::tr("Your token is fine.") : QString();
    default:
        return ownFinding(refusal);
    }
}

/// The API's own words, if we do not know what they mean.
QString saidSentence(Finding reason, const Refusal &refusal)
{
    const QString said = reason == Finding::noReason ? tellingReason(refusal) : QString();
    return said.isEmpty() ? QString() : Texts::tr("It says: “%1”.").arg(said);
}

QString headlineOf(Finding reason, int status)
{
    if (status == 403)
        return Texts::tr("403 Forbidden: the API does not accept this token");
    return reason == Finding::expired ? Texts::tr("401 Unauthorized: the token has expired")
                                      : Texts::tr("401 Unauthorized: the API does not accept this token");
}

} // namespace

ApiOutcome explainRejectedToken(const Refusal &refusal)
{
    const Finding reason = reasonOf(refusal);
    const Diagnosis diagnosis = describe(reason, refusal.facts.verification);
    QStringList sentences{diagnosis.why, saidSentence(reason, refusal), clockSentence(reason, refusal),
                          ownSentence(reason, refusal)};
    sentences.removeAll(QString());

    ApiOutcome outcome;
    outcome.kind = reason == Finding::expired ? OutcomeKind::expired : OutcomeKind::unauthenticated;
    outcome.code = codeOf(reason).toString();
    outcome.headline = headlineOf(reason, refusal.status);
    outcome.explanation = sentences.join(u' ');
    outcome.remedy = diagnosis.remedy;
    outcome.freshTokenMayHelp = diagnosis.freshTokenMayHelp;
    outcome.signInMayHelp = reason == Finding::noToken;
    return outcome;
}

} // namespace bookdesk::books
