#include "sandbox/careless-check.h"

#include "sandbox/bearer-steps.h"
#include "sandbox/careless-reading.h"
#include "sandbox/careless-trust.h"

#include <chrono>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

/// Makes what the API does not look at what it would have to be.
void overlook(jose::DecodedToken &token, const BearerTrust &trust, const Registrations &registrations,
              const CarelessnessSet &carelessness)
{
    JsonObject &claims = token.claims;
    const auto later = std::chrono::floor<std::chrono::seconds>((trust.now + std::chrono::hours{1}).time_since_epoch());
    if (carelessness.contains(Carelessness::expiryUnchecked))
        claims.set(u"exp"_s, std::int64_t{later.count()});
    if (carelessness.contains(Carelessness::notBeforeUnchecked)) {
        claims.remove(u"nbf");
        claims.remove(u"iat");
    }
    if (carelessness.contains(Carelessness::issuerUnchecked))
        claims.set(u"iss"_s, trust.issuer);
    const bool isForTheClient =
        carelessness.contains(Carelessness::idTokenAccepted) && token.audience().contains(registrations.clientId);
    if (carelessness.contains(Carelessness::audienceUnchecked) || isForTheClient)
        claims.set(u"aud"_s, trust.audience);
    if (carelessness.contains(Carelessness::criticalIgnored)) {
        token.header.remove(u"crit");
        token.header.remove(u"b64");
    }
    if (carelessness.contains(Carelessness::keyIdIgnored))
        nameFittingKey(token, trust.keys);
}

std::optional<TokenTrouble> trouble(const jose::DecodedToken &token, const BearerTrust &trust,
                                    const CarelessnessSet &carelessness)
{
    if (!isCarelesslyTrusted(token, trust.keys, carelessness)) {
        if (auto found = unverifiedTrouble(token, trust))
            return found;
        if (auto found = signatureTrouble(token, trust))
            return found;
    }
    return claimsTrouble(token.claims, trust.issuer, trust.audience, trust.now);
}

} // namespace

std::variant<BearerClaims, Response> checkCarelessly(const Request &request, const BearerTrust &trust,
                                                     const Registrations &registrations,
                                                     const CarelessnessSet &carelessness)
{
    const std::optional<Secret> text = carelesslyFound(request, carelessness);
    if (!text && carelessness.contains(Carelessness::tokenOptional))
        return BearerClaims{std::nullopt, registrations.apiScopes, registrations.apiRoles};
    if (!text)
        return notAuthenticated();
    Result<jose::DecodedToken> token = carelesslyDecoded(*text, carelessness);
    if (!token)
        return answerTo(carelessness.contains(Carelessness::garbageStumbles) ? stumble() : undecodable(*text));
    overlook(*token, trust, registrations, carelessness);
    if (const auto found = trouble(*token, trust, carelessness))
        return answerTo(*found);
    return believedClaims(token->claims);
}

} // namespace bookdesk::sandbox
