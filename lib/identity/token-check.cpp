#include "identity/token-check.h"

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

jose::TokenPolicy accessTokenPolicy(const TokenContext &context)
{
    return context.connection.provider.accessTokenPolicy(context.discovery.issuer, context.connection.audience,
                                                         context.connection.clientId);
}

jose::TokenPolicy idTokenPolicy(const TokenContext &context)
{
    return context.connection.provider.idTokenPolicy(context.discovery.issuer, context.connection.clientId);
}

/// The keys to check @p token with. Only tokens of this issuer make anyone ask for a key that is not there yet.
Task<IssuerKeys> keysForToken(KeyStore *keys, KeySource source, Secret token, std::stop_token stop)
{
    const Result<jose::DecodedToken> decoded = jose::decode(token);
    if (!decoded || decoded->stringClaim(u"iss") != source.issuer)
        co_return keys->cached(source.issuer);
    Task<IssuerKeys> asked = keys->keysFor(source, decoded->keyId(), stop);
    Result<IssuerKeys> found = co_await std::move(asked);
    co_return found;
}

Task<jose::InspectedToken> inspectToken(KeyStore *keys, TokenContext context, Secret token, jose::TokenPolicy policy,
                                        std::stop_token stop)
{
    const KeySource source = context.connection.provider.keySource(context.discovery.issuer, context.discovery.jwksUri);
    Result<IssuerKeys> found = co_await keysForToken(keys, source, token, stop);
    if (!found)
        co_return failure(found.error());
    co_return jose::inspect(token, *found->set, policy, context.clock());
}

/// The access token is inspected whatever happens: without keys its signature counts as unchecked.
Task<jose::InspectedToken> inspectAccessToken(KeyStore *keys, TokenContext context, Secret token, std::stop_token stop)
{
    const jose::TokenPolicy policy = accessTokenPolicy(context);
    Result<jose::InspectedToken> inspected = co_await inspectToken(keys, context, token, policy, stop);
    if (inspected || stop.stop_requested())
        co_return inspected;
    co_return jose::inspect(token, {}, policy, context.clock());
}

Error rejected(const QString &message, Facts facts)
{
    return {errors::idTokenRejected, message,
            Texts::tr("Sign in again; if it happens again, tell the administrator of the identity provider."),
            std::move(facts)};
}

IdTokenAdvice plainAdvice(const jose::Verification &verification)
{
    const jose::Check *check = verification.firstFailure();
    return {check ? Texts::tr("The check of %1 says: %2.")
                        .arg(jose::checkName(check->kind), jose::checkSentence(*check, verification.at))
                  : Texts::tr("Nothing of it could be checked."),
            {}};
}

/// @p consequence what its refusal leads to, a whole sentence.
std::optional<Error> failedCheck(const TokenContext &context, const jose::InspectedToken &token,
                                 const QString &consequence)
{
    if (token.verification.passed())
        return std::nullopt;
    const IdTokenAdvice advice = context.advise ? context.advise(token.verification) : plainAdvice(token.verification);
    Error error = rejected(consequence + u' ' + advice.why, token.decoded ? Facts() : token.decoded.error().facts);
    if (!advice.remedy.isEmpty())
        error.remedy = advice.remedy;
    if (const jose::Check *check = token.verification.firstFailure())
        error.facts = merged(error.facts, jose::checkFacts(*check));
    return error;
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

jose::TokenPolicy refreshedPolicy(const TokenContext &context, const jose::InspectedToken &fresh,
                                  const jose::InspectedToken &before)
{
    jose::TokenPolicy policy = idTokenPolicy(context);
    const bool hasNonce = fresh.decoded && fresh.decoded->claims.find(u"nonce");
    if (hasNonce && before.decoded)
        policy.nonce = before.decoded->stringClaim(u"nonce").value_or(QString());
    return policy;
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

jose::Grants grantsOf(const jose::ClaimNames &names, const jose::InspectedToken &accessToken)
{
    return accessToken.decoded ? jose::readGrants(*accessToken.decoded, names) : jose::Grants{};
}

} // namespace

Task<SignedIn> checkNewTokens(KeyStore *keys, TokenContext context, TokenSet tokens, QString nonce,
                              std::stop_token stop)
{
    if (tokens.idToken.isEmpty())
        co_return failure(
            rejected(Texts::tr("No proof of identity (ID token) came back, so nobody is signed in."), {}));
    jose::TokenPolicy policy = idTokenPolicy(context);
    policy.nonce = nonce;
    policy.accessToken = tokens.accessToken;
    Result<jose::InspectedToken> idToken = co_await inspectToken(keys, context, tokens.idToken, policy, stop);
    if (!idToken)
        co_return failure(idToken.error());
    if (const std::optional<Error> error = failedCheck(
            context, *idToken,
            Texts::tr("The proof of identity (ID token) that came back does not pass, so nobody is signed in.")))
        co_return failure(*error);
    const jose::ClaimNames &names = context.connection.provider.claims;
    const Result<jose::Identity> identity =
        jose::Identity::fromIdToken(*idToken->decoded, idToken->verification, names);
    if (!identity)
        co_return failure(identity.error());
    Result<jose::InspectedToken> accessToken = co_await inspectAccessToken(keys, context, tokens.accessToken, stop);
    if (!accessToken)
        co_return failure(accessToken.error());
    if (const std::optional<Error> error = differentPeople(names, *idToken, *accessToken))
        co_return failure(*error);
    const jose::Grants grants = grantsOf(names, *accessToken);
    co_return SignedIn{tokens, *identity, *idToken, *accessToken, grants, context.discovery};
}

Task<SignedIn> checkRefreshedTokens(KeyStore *keys, TokenContext context, TokenSet tokens, SignedIn before,
                                    std::stop_token stop)
{
    const jose::ClaimNames &names = context.connection.provider.claims;
    SignedIn after = before;
    after.tokens = tokens;
    if (tokens.refreshToken.isEmpty())
        after.tokens.refreshToken = before.tokens.refreshToken;
    if (!tokens.idToken.isEmpty()) {
        jose::InspectedToken unchecked;
        unchecked.decoded = jose::decode(tokens.idToken);
        jose::TokenPolicy policy = refreshedPolicy(context, unchecked, before.idToken);
        policy.accessToken = tokens.accessToken;
        Result<jose::InspectedToken> idToken = co_await inspectToken(keys, context, tokens.idToken, policy, stop);
        if (!idToken)
            co_return failure(idToken.error());
        if (const std::optional<Error> error = failedCheck(
                context, *idToken,
                Texts::tr("The fresh proof of identity (ID token) does not pass, so the fresh tokens were thrown "
                          "away.")))
            co_return failure(*error);
        if (const std::optional<Error> error = otherUser(names, *idToken->decoded, before.identity))
            co_return failure(*error);
        after.idToken = *idToken;
    } else {
        after.tokens.idToken = before.tokens.idToken;
    }
    Result<jose::InspectedToken> accessToken = co_await inspectAccessToken(keys, context, tokens.accessToken, stop);
    if (!accessToken)
        co_return failure(accessToken.error());
    if (const std::optional<Error> error = differentPeople(names, after.idToken, *accessToken))
        co_return failure(userChanged(error->facts));
    after.accessToken = *accessToken;
    after.grants = grantsOf(names, *accessToken);
    co_return after;
}

} // namespace bookdesk::identity
