#include "books/outcome-codes.h"
#include "books/refusal.h"
#include "core/durations.h"
#include "jose/explained-kind.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <array>
#include <chrono>

using namespace Qt::StringLiterals;

namespace bookdesk::books {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(RejectedToken)
};

enum class Trouble {
    none,
    noToken,
    expired,
    notYetValid,
    malformed,
    algorithmArgument,
    version1,
    unknownKey,
    keysUnreachable,
    signature,
    issuer,
    audience,
    claimMissing,
};

struct Hint
{
    const char *pattern;
    Trouble trouble;
};

// What PyJWT, pyjwt-key-fetcher, ASP.NET Core and others say; the more particular patterns stand first.
constexpr std::array hints{
    Hint{"^not authenticated$", Trouble::noToken},
    Hint{"[\"']algorithms[\"'] argument", Trouble::algorithmArgument},
    Hint{"(?:iss|issuer).{0,20}https://sts\\.(?:windows\\.net|chinacloudapi\\.cn)/", Trouble::version1},
    Hint{"^(?:invalid token: )?invalid 'iss'", Trouble::issuer},
    Hint{"fail.{0,20}fetch", Trouble::keysUnreachable},
    Hint{"\\bexpired\\b|lifetime validation failed", Trouble::expired},
    Hint{"not yet valid|not valid before", Trouble::notYetValid},
    Hint{"key was not found|unable to find a signing key|unknown key|no matching key", Trouble::unknownKey},
    Hint{"audience|\"aud\"|'aud'", Trouble::audience},
    Hint{"\\bissuer\\b|'iss'", Trouble::issuer},
    Hint{"token is missing the", Trouble::claimMissing},
    Hint{"signature", Trouble::signature},
    Hint{"segments|padding|decod|malformed|header", Trouble::malformed},
};

Trouble troubleIn(const QString &text)
{
    for (const Hint &hint : hints) {
        const QRegularExpression pattern(QString::fromLatin1(hint.pattern), QRegularExpression::CaseInsensitiveOption);
        if (pattern.match(text).hasMatch())
            return hint.trouble;
    }
    return Trouble::none;
}

Trouble troubleIn(const jose::Check *failure)
{
    if (!failure)
        return Trouble::none;
    switch (jose::explainedKind(*failure)) {
    case jose::CheckKind::structure:
        // An opaque or encrypted token is no trouble: only the API reads it.
        return failure->fault == jose::CheckFault::malformed ? Trouble::malformed : Trouble::none;
    case jose::CheckKind::key:
        return Trouble::unknownKey;
    case jose::CheckKind::algorithm:
    case jose::CheckKind::signature:
        return Trouble::signature;
    case jose::CheckKind::requiredClaims:
        return Trouble::claimMissing;
    case jose::CheckKind::issuedAt:
    case jose::CheckKind::notBefore:
        return Trouble::notYetValid;
    case jose::CheckKind::expiry:
        return Trouble::expired;
    case jose::CheckKind::issuer:
        return troubleIn(u"issuer "_s + failure->got);
    case jose::CheckKind::audience:
        return Trouble::audience;
    case jose::CheckKind::subject:
    case jose::CheckKind::claimTypes:
    case jose::CheckKind::nonce:
    case jose::CheckKind::authorizedParty:
    case jose::CheckKind::accessTokenHash:
        break;
    }
    return Trouble::none;
}

/// The challenge's words first, then the body's; our own token decides where neither is known.
Trouble findTrouble(const Refusal &refusal)
{
    if (refusal.detail.trimmed() == "Invalid token:"_L1 && refusal.description.isEmpty())
        return Trouble::unknownKey;
    for (const QString &text : {refusal.description, refusal.detail}) {
        if (const Trouble trouble = troubleIn(text); trouble != Trouble::none)
            return trouble;
    }
    return troubleIn(refusal.facts.verification.firstFailure());
}

QString ownFinding(const Refusal &refusal)
{
    const jose::Verification &own = refusal.facts.verification;
    if (own.passed())
        return Texts::tr("Bookdesk's own check finds nothing wrong with the token.");
    if (const jose::Check *failure = own.firstFailure())
        return Texts::tr("Bookdesk's own check fails at %1: %2.")
            .arg(jose::checkName(failure->kind), jose::checkSentence(*failure, own.at));
    return {};
}

QString valueOf(const Refusal &refusal, jose::CheckKind kind)
{
    const jose::Check *check = refusal.facts.verification.find(kind);
    return check ? quotable(check->got) : QString();
}

/// How the token's time stands to the API's clock, where both are known; else empty. Our own clock says nothing of why
/// the API refused.
QString timeFinding(const Refusal &refusal, jose::CheckKind kind)
{
    const jose::Check *check = refusal.facts.verification.find(kind);
    if (!refusal.serverDate || !check || !check->time)
        return {};
    const std::chrono::seconds past = secondsBetween(*check->time, *refusal.serverDate);
    if (kind == jose::CheckKind::expiry)
        return past.count() >= 0 ? Texts::tr("By the API's clock it expired %1 ago.").arg(durationText(past))
                                 : Texts::tr("By the time that the API told with its answer, it is still valid.");
    return past.count() < 0 ? Texts::tr("By the API's clock it becomes valid in %1.").arg(durationText(-past))
                            : QString();
}

struct Explanation
{
    ErrorCode code;
    QString explanation;
    QString remedy;
    bool freshTokenMayHelp;
};

Explanation explainExpired()
{
    const QString text =
        Texts::tr("The API accepts an access token for a limited time only, and this one's time is over.");
    return {outcomes::tokenExpired, text,
            Texts::tr("Get a fresh token. If that does not help, sign in again and check this computer's clock."),
            true};
}

Explanation explainAudience(const Refusal &refusal)
{
    const QString audience = valueOf(refusal, jose::CheckKind::audience);
    const bool isForGraph =
        audience.contains("00000003-0000-0000-c000-000000000000"_L1) || audience.contains("graph.microsoft.com"_L1);
    QString text =
        audience.isEmpty()
            ? Texts::tr("The token is meant for another API than this one.")
            : Texts::tr("The token is meant for another API than this one: its audience is %1.").arg(audience);
    if (isForGraph)
        text += u' ' + Texts::tr("That is Microsoft Graph, which a scope without a prefix stands for.");
    return {outcomes::audienceRejected, text,
            Texts::tr("In the connection, check the audience and ask for the API's own scopes, such as "
                      "api://API_ID/Books.Read. Then sign in again."),
            false};
}

Explanation explainVersion1()
{
    return {outcomes::tokenVersion,
            Texts::tr("The token is of version 1 (issued by sts.windows.net), but the API accepts version 2. The "
                      "registration of the API decides this, not the app that signs in."),
            Texts::tr("Whoever manages the API's registration sets requestedAccessTokenVersion to 2: Entra ID › App "
                      "registrations › the API › Manifest. Then get a fresh token."),
            true};
}

Explanation explainAlgorithmArgument(const Refusal &refusal)
{
    QString text =
        Texts::tr("The API refuses every token: its code does not name the algorithm that it accepts, and the "
                  "provider's keys do not name one either.");
    if (refusal.facts.verification.passed())
        text += u' ' + Texts::tr("Your token is fine.");
    return {outcomes::apiMisconfigured, text,
            Texts::tr("Signing in again does not help. The API's owner names the algorithm where the token is decoded: "
                      "algorithms=[\"RS256\"]."),
            false};
}

Explanation explainUnknownKey()
{
    return {
        outcomes::keyUnknown,
        Texts::tr("The API does not know the key that the token is signed with. The tenant has probably replaced its "
                  "keys since."),
        Texts::tr("Get a fresh token, or sign in again, so that a current key signs it. An API that has just looked "
                  "for new keys may need up to five minutes more."),
        true};
}

/// The cases that need no look at the token.
Explanation explainOther(Trouble trouble)
{
    switch (trouble) {
    case Trouble::noToken:
        return {outcomes::notAuthenticated, Texts::tr("The API found no bearer token in the request."),
                Texts::tr("Sign in again. If it stays so, a proxy or gateway on the way removes the Authorization "
                          "header; tell whoever runs it."),
                false};
    case Trouble::notYetValid:
        return {outcomes::tokenNotYetValid, Texts::tr("By the API's clock the token is not valid yet."),
                Texts::tr("Wait a minute and try again. Check this computer's clock; if it is right, tell the API's "
                          "owner to check theirs."),
                false};
    case Trouble::malformed:
        return {outcomes::tokenMalformed, Texts::tr("The API could not read the token."),
                Texts::tr("Get a fresh token, or sign in again."), true};
    case Trouble::keysUnreachable:
        return {
            outcomes::apiKeysUnreachable,
            Texts::tr("The API could not fetch the tenant's keys, so it cannot check any token."),
            Texts::tr("Try again later. If it stays so, tell the API's owner that the API cannot reach its identity "
                      "provider."),
            false};
    case Trouble::signature:
        return {outcomes::signatureRejected, Texts::tr("The API found the token's signature to be wrong."),
                Texts::tr("Get a fresh token. If it happens again, check that the connection's tenant is the one that "
                          "the API trusts."),
                true};
    case Trouble::issuer:
        return {
            outcomes::issuerRejected, Texts::tr("The token was issued by a tenant that the API does not trust."),
            Texts::tr("Check the connection's authority: it must be the tenant that the API is set up for. Then sign "
                      "in again."),
            false};
    case Trouble::claimMissing:
        return {outcomes::claimMissing, Texts::tr("The token lacks a claim that the API requires."),
                Texts::tr("Tell the API's owner what the API said: its registration decides which claims a token "
                          "carries."),
                false};
    default:
        break;
    }
    return {outcomes::tokenRejected,
            Texts::tr("The API does not accept the token and gives no reason that Bookdesk knows."),
            Texts::tr("Get a fresh token, or sign in again. If it stays so, tell the API's owner what the API said."),
            true};
}

Explanation explainTrouble(Trouble trouble, const Refusal &refusal)
{
    switch (trouble) {
    case Trouble::expired:
        return explainExpired();
    case Trouble::audience:
        return explainAudience(refusal);
    case Trouble::version1:
        return explainVersion1();
    case Trouble::algorithmArgument:
        return explainAlgorithmArgument(refusal);
    case Trouble::unknownKey:
        return explainUnknownKey();
    default:
        return explainOther(trouble);
    }
}

QString headlineOf(Trouble trouble, int status)
{
    if (status == 403)
        return Texts::tr("403 Forbidden: the API does not accept this token");
    return trouble == Trouble::expired ? Texts::tr("401 Unauthorized: the token has expired")
                                       : Texts::tr("401 Unauthorized: the API does not accept this token");
}

} // namespace

ApiOutcome explainRejectedToken(const Refusal &refusal)
{
    const Trouble trouble = findTrouble(refusal);
    const Explanation found = explainTrouble(trouble, refusal);
    QStringList sentences{found.explanation};
    if (trouble == Trouble::expired)
        sentences += timeFinding(refusal, jose::CheckKind::expiry);
    else if (trouble == Trouble::notYetValid)
        sentences += timeFinding(refusal, jose::CheckKind::notBefore);
    else if (trouble != Trouble::algorithmArgument)
        sentences += ownFinding(refusal);
    sentences.removeAll(QString());

    ApiOutcome outcome;
    outcome.kind = trouble == Trouble::expired ? OutcomeKind::expired : OutcomeKind::unauthenticated;
    outcome.code = found.code.toString();
    outcome.headline = headlineOf(trouble, refusal.status);
    outcome.explanation = sentences.join(u' ');
    outcome.remedy = found.remedy;
    outcome.freshTokenMayHelp = found.freshTokenMayHelp;
    return outcome;
}

} // namespace bookdesk::books
