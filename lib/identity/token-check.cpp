#include "identity/token-check.h"

#include "core/durations.h"
#include "core/errors.h"
#include "core/text.h"
#include "identity/errors.h"

#include <QCoreApplication>

#include <optional>

namespace bookdesk::identity {
namespace {

using namespace Qt::StringLiterals;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(TokenCheck)
};

Error rejected(const QString &message, Facts facts)
{
    return {errors::idTokenRejected, message,
            Texts::tr("Sign in again; if it happens again, tell the administrator of the identity provider."),
            std::move(facts)};
}

IdTokenAdvice plainAdvice(const jose::Verification &verification)
{
    const jose::Check *check = verification.firstFailure();
    return {check ? Texts::tr("It fails the check “%1”: %2.")
                        .arg(jose::checkName(check->kind), jose::checkSentence(*check, verification.at))
                  : Texts::tr("Nothing of it could be checked."),
            {}};
}

/// Empty unless the token was refused because of the time, and the clocks differ.
QString clockSentence(const jose::Verification &verification, std::optional<TimePoint> serverDate)
{
    const jose::Check *check = verification.firstFailure();
    const bool isOfTime = check && check->fault == jose::CheckFault::outOfTime;
    return isOfTime && serverDate ? clockDifference(verification.at, *serverDate) : QString();
}

/// @p consequence what a refusal leads to, as a whole sentence.
/// @p serverDate when the token came, by the server's clock.
Error failedCheck(const Trust &trust, const jose::InspectedToken &token, const QString &consequence,
                  std::optional<TimePoint> serverDate)
{
    const IdTokenAdvice advice = trust.advise ? trust.advise(token.verification) : plainAdvice(token.verification);
    Error error = rejected(consequence + u' ' + advice.why, token.decoded ? Facts() : token.decoded.error().facts);
    if (!advice.remedy.isEmpty())
        error.remedy = advice.remedy;
    if (const QString clock = clockSentence(token.verification, serverDate); !clock.isEmpty())
        error.message += u' ' + clock;
    if (const jose::Check *check = token.verification.firstFailure())
        error.facts = merged(error.facts, jose::checkFacts(*check));
    return error;
}

/// Without keys, nothing more can be said about an ID token that has passed so far.
bool lacksKeys(const Trust &trust, const jose::InspectedToken &token)
{
    const jose::Check *check = token.verification.firstFailure();
    return trust.keysFailure && check && check->kind == jose::CheckKind::key;
}

Result<jose::InspectedToken> passedIdToken(const Trust &trust, const TokenSet &tokens, const jose::TokenPolicy &policy,
                                           TimePoint now, const QString &consequence)
{
    jose::InspectedToken inspected = jose::inspect(tokens.idToken, *trust.keys, policy, now);
    if (inspected.verification.passed())
        return inspected;
    return failure(lacksKeys(trust, inspected) ? *trust.keysFailure
                                               : failedCheck(trust, inspected, consequence, tokens.serverDate));
}

/// The claim that both tokens have and disagree on, or an empty string.
QString disagreement(const jose::ClaimNames &names, const jose::DecodedToken &left, const jose::DecodedToken &right)
{
    for (const QString &name : {names.tenant, names.objectId}) {
        const std::optional<QString> leftValue = left.stringClaim(name);
        const std::optional<QString> rightValue = right.stringClaim(name);
        if (leftValue && rightValue && *leftValue != *rightValue)
            return name;
    }
    return {};
}

std::optional<Error> differentPeople(const jose::ClaimNames &names, const jose::InspectedToken &idToken,
                                     const jose::InspectedToken &accessToken)
{
    if (!idToken.decoded || !accessToken.decoded)
        return std::nullopt;
    const QString claim = disagreement(names, *idToken.decoded, *accessToken.decoded);
    if (claim.isEmpty())
        return std::nullopt;
    return rejected(
        Texts::tr(
            "The access token names somebody else than the proof of identity (ID token), so nobody is signed in."),
        {{facts::claim, claim}});
}

Error userChanged(Facts facts)
{
    return {errors::userChanged, Texts::tr("The fresh token belongs to another person, so it was thrown away."),
            Texts::tr("Sign in again."), std::move(facts)};
}

/// The policy of a sign-in, which also binds the token to the access token that came with it.
jose::TokenPolicy newTokensPolicy(const Trust &trust, const TokenSet &tokens, const jose::SentNonce &nonce)
{
    jose::TokenPolicy policy = trust.idTokens;
    policy.nonce = nonce;
    policy.accessToken = tokens.accessToken;
    return policy;
}

/// The nonce may be missing, but if there is one, it must be that of the sign-in.
jose::TokenPolicy refreshedPolicy(const Trust &trust, const TokenSet &tokens, const std::optional<QString> &nonce)
{
    jose::TokenPolicy policy = trust.idTokens;
    policy.accessToken = tokens.accessToken;
    const Result<jose::DecodedToken> fresh = jose::decode(tokens.idToken);
    const bool hasNonce = fresh && fresh->claims.find(u"nonce");
    if (hasNonce && nonce)
        policy.nonce = *nonce;
    return policy;
}

/// Nothing where the token cannot be read.
std::optional<QString> nonceOf(const jose::InspectedToken &idToken)
{
    if (!idToken.decoded)
        return std::nullopt;
    return idToken.decoded->stringClaim(u"nonce").value_or(QString());
}

std::optional<Error> otherUser(const jose::ClaimNames &names, const jose::DecodedToken &idToken,
                               const jose::Identity &before)
{
    const auto differs = [&idToken](const QString &name, const QString &value) {
        return idToken.stringClaim(name).value_or(QString()) != value;
    };
    for (const auto &[name, value] :
         {std::pair(u"iss"_s, before.issuer()), std::pair(u"sub"_s, before.subject()),
          std::pair(names.tenant, before.tenant()), std::pair(names.objectId, before.objectId())}) {
        if (differs(name, value))
            return userChanged({{facts::claim, name}});
    }
    return std::nullopt;
}

Result<jose::InspectedToken> refreshedIdToken(const Trust &trust, const TokenSet &tokens, const SignedIn &before,
                                              TimePoint now, const std::optional<QString> &nonce)
{
    const jose::TokenPolicy policy = refreshedPolicy(trust, tokens, nonce ? nonce : nonceOf(before.idToken));
    Result<jose::InspectedToken> idToken = passedIdToken(
        trust, tokens, policy, now,
        Texts::tr("The fresh proof of identity (ID token) does not pass, so the fresh tokens were thrown away."));
    if (!idToken)
        return idToken;
    if (const std::optional<Error> error = otherUser(policy.claims, *idToken->decoded, before.identity))
        return failure(*error);
    return idToken;
}

jose::InspectedToken inspectedAccessToken(const Trust &trust, const TokenSet &tokens, TimePoint now)
{
    return jose::inspect(tokens.accessToken, *trust.keys, trust.accessTokens, now);
}

jose::Grants grantsOf(const jose::InspectedToken &accessToken, const jose::ClaimNames &names)
{
    return accessToken.decoded ? jose::readGrants(*accessToken.decoded, names) : jose::Grants{};
}

} // namespace

Result<SignedIn> checkNewTokens(const Trust &trust, const TokenSet &tokens, const jose::SentNonce &nonce, TimePoint now)
{
    if (tokens.idToken.isEmpty())
        return failure(rejected(Texts::tr("No proof of identity (ID token) came back, so nobody is signed in."), {}));
    const jose::TokenPolicy policy = newTokensPolicy(trust, tokens, nonce);
    const Result<jose::InspectedToken> idToken = passedIdToken(
        trust, tokens, policy, now,
        Texts::tr("The proof of identity (ID token) that came back does not pass, so nobody is signed in."));
    if (!idToken)
        return failure(idToken.error());
    const Result<jose::Identity> identity =
        jose::Identity::fromIdToken(*idToken->decoded, idToken->verification, policy.claims);
    if (!identity)
        return failure(identity.error());
    const jose::InspectedToken accessToken = inspectedAccessToken(trust, tokens, now);
    if (const std::optional<Error> error = differentPeople(policy.claims, *idToken, accessToken))
        return failure(*error);
    return SignedIn{tokens, *identity, *idToken, accessToken, grantsOf(accessToken, policy.claims)};
}

Result<SignedIn> checkRefreshedTokens(const Trust &trust, const TokenSet &tokens, const SignedIn &before, TimePoint now,
                                      const std::optional<QString> &nonce)
{
    const jose::ClaimNames &names = trust.accessTokens.claims;
    SignedIn after = before;
    after.tokens = tokens;
    if (tokens.refreshToken.isEmpty())
        after.tokens.refreshToken = before.tokens.refreshToken;
    if (tokens.idToken.isEmpty()) {
        after.tokens.idToken = before.tokens.idToken;
    } else {
        Result<jose::InspectedToken> idToken = refreshedIdToken(trust, tokens, before, now, nonce);
        if (!idToken)
            return failure(idToken.error());
        after.idToken = *std::move(idToken);
    }
    after.accessToken = inspectedAccessToken(trust, tokens, now);
    after.grants = grantsOf(after.accessToken, names);
    if (const std::optional<Error> error = differentPeople(names, after.idToken, after.accessToken))
        return failure(userChanged(error->facts));
    return after;
}

} // namespace bookdesk::identity
