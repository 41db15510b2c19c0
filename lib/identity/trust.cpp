#include "identity/trust.h"

#include <QStringList>

#include <algorithm>

namespace bookdesk::identity {

const jose::TokenPolicy &Trust::policyFor(const jose::DecodedToken &token) const
{
    const jose::ClaimNames &claims = accessTokens.claims;
    if (!claims.use.isEmpty() && token.stringClaim(claims.use) == claims.idUse)
        return idTokens;
    const QStringList audience = token.audience();
    const auto names = [&audience](const QString &expected) { return audience.contains(expected); };
    const auto isFor = [&names](const jose::TokenPolicy &policy) {
        return std::any_of(policy.audiences.begin(), policy.audiences.end(), names);
    };
    return isFor(idTokens) && !isFor(accessTokens) ? idTokens : accessTokens;
}

bool Trust::lacksKeyOf(const jose::DecodedToken &token) const
{
    return token.stringClaim(u"iss") == issuer() && !keys->find(token.keyId());
}

jose::Verification Trust::verify(const jose::DecodedToken &token, TimePoint now) const
{
    return jose::verify(token, *keys, policyFor(token), now);
}

jose::InspectedToken Trust::inspect(const Secret &token, TimePoint now) const
{
    const Result<jose::DecodedToken> decoded = jose::decode(token);
    return jose::inspect(token, *keys, decoded ? policyFor(*decoded) : accessTokens, now);
}

namespace {

bool allowsOther(const jose::ClaimPlaces &places, const jose::TypedClaim &claim)
{
    const bool isList = claim.type == jose::ClaimType::texts;
    const bool isUsual = places.forms.size() == 1 && places.allows(jose::ClaimForm::list) == isList;
    return places.areIn(claim.name) && !isUsual;
}

/// What the API requires of claims that this provider's tokens write otherwise is no rule for them.
jose::ClaimTypes withoutOtherForms(jose::ClaimTypes types, const jose::ClaimNames &names)
{
    std::erase_if(types, [&names](const jose::TypedClaim &claim) {
        return allowsOther(names.scopes, claim) || allowsOther(names.roles, claim);
    });
    return types;
}

} // namespace

Trust makeTrust(const Connection &connection, const QString &issuer, const ApiKnowledge &api)
{
    Trust trust;
    trust.accessTokens = connection.provider.accessTokenPolicy(issuer, connection.audience, connection.clientId);
    trust.accessTokens.claimTypes = withoutOtherForms(api.claims, connection.provider.claims);
    trust.idTokens = connection.provider.idTokenPolicy(issuer, connection.clientId);
    trust.advise = api.advise;
    return trust;
}

} // namespace bookdesk::identity
