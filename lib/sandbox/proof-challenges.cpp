#include "sandbox/proof-challenges.h"

#include "sandbox/asked-proof.h"

#include <array>
#include <chrono>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

constexpr std::chrono::minutes oldestSignIn{10};

/// As Entra's own APIs ask.
Response claimsChallenge(const QString &context)
{
    const JsonObject asked{{u"essential"_s, true}, {u"value"_s, context}};
    const QByteArray claims = toCompactJson(JsonObject{{u"access_token"_s, JsonObject{{u"acrs"_s, asked}}}}).toBase64();
    return jsonResponse(
        401, {{u"detail"_s, u"Additional claims are required"_s}},
        {{"www-authenticate", "Bearer realm=\"\", error=\"insufficient_claims\", claims=\"" + claims + '"'}});
}

/// As RFC 9470 has it.
Response recentSignInChallenge()
{
    const QByteArray age = QByteArray::number(qint64{std::chrono::seconds(oldestSignIn).count()});
    return jsonResponse(
        401, {{u"detail"_s, u"A more recent authentication is required"_s}},
        {{"www-authenticate", "Bearer error=\"insufficient_user_authentication\", error_description=\"A more recent "
                              "authentication is required\", acr_values=\"" +
                                  strictContext.toLatin1() + "\", max_age=\"" + age + '"'}});
}

Response scopeChallenge(const Registrations &registrations)
{
    const QByteArray scope = "api://" + registrations.apiId.toLatin1() + "/Books.Write";
    return jsonResponse(403, {{u"detail"_s, u"Missing scopes: Books.Write"_s}},
                        {{"www-authenticate", "Bearer error=\"insufficient_scope\", scope=\"" + scope + '"'}});
}

constexpr std::array challenges{Fault::apiAsksForClaims, Fault::apiAsksForPerson, Fault::apiAsksForRecentSignIn,
                                Fault::apiAsksForScope};

bool isMet(Fault challenge, const BearerClaims &claims, TimePoint now)
{
    switch (challenge) {
    case Fault::apiAsksForClaims:
        return claims.contexts.contains(easyContext);
    case Fault::apiAsksForPerson:
        return claims.contexts.contains(strictContext);
    case Fault::apiAsksForRecentSignIn:
        return claims.contexts.contains(strictContext) && claims.signedIn && now - *claims.signedIn <= oldestSignIn;
    default:
        return claims.scopes.contains(u"Books.Write"_s);
    }
}

Response challengeOf(Fault challenge, const Registrations &registrations)
{
    switch (challenge) {
    case Fault::apiAsksForClaims:
        return claimsChallenge(easyContext);
    case Fault::apiAsksForPerson:
        return claimsChallenge(strictContext);
    case Fault::apiAsksForRecentSignIn:
        return recentSignInChallenge();
    default:
        return scopeChallenge(registrations);
    }
}

} // namespace

std::optional<Response> challengeTo(SandboxState &state, const BearerClaims &claims, TimePoint now)
{
    for (const Fault challenge : challenges) {
        if (!isMet(challenge, claims, now) && state.take(challenge))
            return challengeOf(challenge, state.registrations());
    }
    return std::nullopt;
}

} // namespace bookdesk::sandbox
