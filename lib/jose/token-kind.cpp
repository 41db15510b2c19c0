#include "jose/token-kind.h"

#include "jose/decoded-token.h"
#include "jose/issuer.h"
#include "jose/known-claims.h"
#include "jose/token-policy.h"
#include "jose/type-checks.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

bool isPresent(const Json *value) { return value && !value->isNull(); }

bool hasText(const Json *value, QLatin1StringView text)
{
    return value && value->asString() && *value->asString() == text;
}

bool isForGraph(const DecodedToken &token, const KnownClaims &claims)
{
    if (const QString *only = claims.text(Claim::audience))
        return isGraph(*only);
    const QStringList audience = token.audience();
    return std::any_of(audience.begin(), audience.end(), [](const QString &one) { return isGraph(one); });
}

/// Neither ID tokens nor an app's own tokens have scopes. The claim has the provider's name or the standard's (RFC 8693
/// section 4.2).
bool hasScopes(const KnownClaims &claims, const TokenPolicy &policy)
{
    const auto isThere = [&claims](const ClaimPath &path) { return isPresent(claims.find(path)); };
    return std::ranges::any_of(policy.claims.scopes.paths, isThere) || isPresent(claims.find(u"scope"));
}

/// Some providers' tokens say it. Otherwise, nonce and hashes bind an ID token to its sign-in; no access token has them
/// among its claims. Without them the audience decides, unless client and API share one registration.
bool isIdToken(const DecodedToken &token, const KnownClaims &claims, const TokenPolicy &policy)
{
    if (const QString *use = claims.text(policy.claims.use))
        return *use == policy.claims.idUse;
    const Json *typ = token.header.find(u"typ");
    if (hasScopes(claims, policy) || (typ && typ->asString() && isTokenType(*typ->asString(), u"at+jwt")))
        return false;
    if (isPresent(claims[Claim::nonce]) || isPresent(claims[Claim::accessTokenHash]) ||
        isPresent(claims.find(u"c_hash")))
        return true;
    const bool sharesRegistration = policy.audiences.contains(policy.clientId);
    return !policy.clientId.isEmpty() && !sharesRegistration && token.audience().contains(policy.clientId);
}

/// Never for an API that expects version 1.
bool isVersion1(const KnownClaims &claims, const TokenPolicy &policy)
{
    const QString *issuer = claims.text(Claim::issuer);
    if (isVersion1Issuer(policy.issuer))
        return false;
    return hasText(claims[Claim::version], "1.0"_L1) || (issuer && isVersion1Issuer(*issuer));
}

bool isOfOtherIssuer(const KnownClaims &claims, const TokenPolicy &policy)
{
    const QString *issuer = claims.text(Claim::issuer);
    const QString *tenant = claims.text(policy.claims.tenant);
    return issuer && !policy.issuer.isEmpty() &&
           !matchesIssuer(policy.issuer, *issuer, tenant ? QStringView(*tenant) : QStringView());
}

/// By the claim that says so, or because an app is its own subject.
bool isAppOnly(const KnownClaims &claims, const TokenPolicy &policy)
{
    if (hasScopes(claims, policy))
        return false;
    const QString *subject = claims.text(Claim::subject);
    const QString *object = claims.text(policy.claims.objectId);
    return hasText(claims.find(u"idtyp"), "app"_L1) || (subject && object && *subject == *object);
}

} // namespace

TokenKind tokenKind(const DecodedToken &token, const KnownClaims &claims, const TokenPolicy &policy)
{
    if (isForGraph(token, claims))
        return TokenKind::graph;
    if (isIdToken(token, claims, policy))
        return TokenKind::idToken;
    if (isVersion1(claims, policy))
        return TokenKind::version1;
    if (isOfOtherIssuer(claims, policy))
        return TokenKind::otherIssuer;
    return isAppOnly(claims, policy) ? TokenKind::appOnly : TokenKind::accessToken;
}

bool isGraph(QStringView audience)
{
    static constexpr std::array names{
        QStringView(u"00000003-0000-0000-c000-000000000000"), QStringView(u"https://graph.microsoft.com"),
        QStringView(u"https://graph.microsoft.us"), QStringView(u"https://dod-graph.microsoft.us"),
        QStringView(u"https://microsoftgraph.chinacloudapi.cn")};
    const QStringView bare = audience.endsWith(u'/') ? audience.chopped(1) : audience;
    return std::find(names.begin(), names.end(), bare) != names.end();
}

bool isVersion1Issuer(QStringView issuer)
{
    return std::any_of(version1Issuers.begin(), version1Issuers.end(),
                       [issuer](QStringView beginning) { return issuer.startsWith(beginning); });
}

} // namespace bookdesk::jose
