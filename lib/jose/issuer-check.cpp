#include "jose/issuer-check.h"

#include "jose/checks.h"
#include "jose/issuer.h"

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

/// For a pattern that stands for every tenant of Entra: a claim names the tenant, and only v2 tokens pass.
Check checkIssuerOfTenant(const QString &issuer, const KnownClaims &claims, const TokenPolicy &policy)
{
    const QString &pattern = policy.issuer;
    const QString *tenant = claims.text(policy.claims.tenant);
    if (!tenant || !isGuid(*tenant))
        return failed(CheckKind::issuer, CheckFault::tenant, pattern, rawText(claims.find(policy.claims.tenant)));
    const QString *version = claims.text(Claim::version);
    const bool isVersion2 = isVersion2Issuer(pattern) && (!claims[Claim::version] || (version && *version == "2.0"_L1));
    if (isVersion2 && matchesIssuer(pattern, issuer, *tenant))
        return passed(CheckKind::issuer, issuer, issuer);
    const QString got = isVersion2 ? issuer : u"%1 (ver %2)"_s.arg(issuer, rawText(claims[Claim::version]));
    return failed(CheckKind::issuer, CheckFault::mismatch, filledIssuer(pattern, *tenant), got);
}

} // namespace

Check issuerCheck(const KnownClaims &claims, const TokenPolicy &policy)
{
    const QString &expected = policy.issuer;
    const Json *value = claims[Claim::issuer];
    if (!value || value->isNull())
        return failed(CheckKind::issuer, CheckFault::missing, expected);
    const QString *issuer = value->asString();
    if (!issuer)
        return ofWrongType(CheckKind::issuer, expected, *value);
    if (isIssuerPattern(expected))
        return checkIssuerOfTenant(*issuer, claims, policy);
    // A policy without an issuer trusts none.
    if (expected.isEmpty() || *issuer != expected)
        return failed(CheckKind::issuer, CheckFault::mismatch, expected, *issuer);
    return passed(CheckKind::issuer, expected, *issuer);
}

} // namespace bookdesk::jose
