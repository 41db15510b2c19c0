#include "jose/signature-checks.h"

#include "jose/checks.h"
#include "jose/issuer-check.h"
#include "jose/issuer.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

QString allowedNames(const TokenPolicy &policy)
{
    QStringList names;
    for (const Algorithm algorithm : policy.algorithms)
        names += algorithmName(algorithm);
    return names.join(u", "_s);
}

QString knownKeyIds(const JwkSet &keys)
{
    QStringList known;
    for (const Jwk &key : keys.keys)
        known += key.keyId;
    known.removeDuplicates();
    return known.join(u", "_s);
}

Check checkStructure(const DecodedToken &token)
{
    // An extension that must be understood and is not makes the token invalid (RFC 7515 section 4.1.11).
    if (const Json *critical = token.header.find(u"crit"))
        return failed(CheckKind::structure, CheckFault::criticalExtension, {}, rawText(critical));
    const Json *encoded = token.header.find(u"b64");
    if (encoded && *encoded != Json(true))
        return failed(CheckKind::structure, CheckFault::criticalExtension, {}, u"b64"_s);
    return passed(CheckKind::structure);
}

Check checkAlgorithm(const DecodedToken &token, const TokenPolicy &policy, std::optional<Algorithm> algorithm)
{
    if (algorithm)
        return passed(CheckKind::algorithm, algorithmName(*algorithm), algorithmName(*algorithm));
    const Json *named = token.header.find(u"alg");
    const CheckFault fault = named ? CheckFault::notAllowed : CheckFault::missing;
    return failed(CheckKind::algorithm, fault, allowedNames(policy), rawText(named));
}

/// Finds the key by the ID in the header and by the issuer that the key says it is for. Only the issuer's own keys
/// count: `jku`, `jwk`, `x5u` and `x5c` in the header are never used.
class KeyChoice
{
public:
    KeyChoice(const JwkSet &keys, QStringView keyId, std::optional<Algorithm> algorithm, const KnownClaims &claims,
              const TokenPolicy &policy)
        : m_algorithm(algorithm)
        , m_issuer(viewOf(claims.text(Claim::issuer)))
        , m_tenant(viewOf(claims.text(policy.claims.tenant)))
    {
        for (const Jwk &key : keys.keys) {
            if (key.keyId == keyId)
                consider(key);
        }
    }

    /// A key with that ID, whatever its issuer; nullptr where there is none.
    const Jwk *named() const { return m_named; }

    /// The key that may be used under @p policy; nullptr where there is none. Entra's v2 keys name the issuer that they
    /// are for: a key for consumers must not vouch for a company's token.
    const Jwk *usable(const TokenPolicy &policy) const
    {
        if (m_ofIssuer)
            return m_ofIssuer;
        if (m_ofAny)
            return m_ofAny;
        return m_count == 1 && !isVersion2Issuer(policy.issuer) ? m_named : nullptr;
    }

private:
    static QStringView viewOf(const QString *text) { return text ? QStringView(*text) : QStringView(); }

    void consider(const Jwk &key)
    {
        m_count += m_named && m_named->issuer == key.issuer ? 0 : 1;
        prefer(m_named, key);
        if (key.issuer.isEmpty())
            prefer(m_ofAny, key);
        else if (matchesIssuer(key.issuer, m_issuer, m_tenant))
            prefer(m_ofIssuer, key);
    }

    /// One key may be there for several algorithms: then the token's tells which entry it is.
    void prefer(const Jwk *&chosen, const Jwk &key) const
    {
        if (!chosen || !chosen->algorithm || *chosen->algorithm != m_algorithm)
            chosen = &key;
    }

    std::optional<Algorithm> m_algorithm;
    QStringView m_issuer;
    QStringView m_tenant;
    int m_count = 0; ///< For how many issuers.
    const Jwk *m_named = nullptr;
    const Jwk *m_ofAny = nullptr;
    const Jwk *m_ofIssuer = nullptr;
};

/// Whether the key may be used with that algorithm: the token's algorithm never decides what a key is.
Check checkFit(const Jwk &key, std::optional<Algorithm> algorithm, TokenUse use)
{
    if (key.isExposed && use == TokenUse::signIn)
        return failed(CheckKind::key, CheckFault::exposedKey, {}, key.keyId);
    if (algorithm && key.algorithm && *key.algorithm != *algorithm)
        return failed(CheckKind::key, CheckFault::notAllowed, algorithmName(*key.algorithm), algorithmName(*algorithm));
    if (algorithm && !key.key.fits(*algorithm))
        return failed(CheckKind::key, CheckFault::notAllowed, key.key.description(), algorithmName(*algorithm));
    return passed(CheckKind::key, key.keyId, key.keyId);
}

/// Why there is no key to use.
Check lacksKey(const JwkSet &keys, const Json *keyId, const Jwk *named, const KnownClaims &claims, TokenUse use)
{
    if (!keyId)
        return failed(CheckKind::key, CheckFault::missing, knownKeyIds(keys));
    if (!keyId->asString())
        return ofWrongType(CheckKind::key, knownKeyIds(keys), *keyId);
    if (named)
        return byOwnRule(failed(CheckKind::key, CheckFault::otherIssuer, named->issuer, rawText(claims[Claim::issuer])),
                         use);
    const bool wasReplaced = keys.replaced.contains(*keyId->asString());
    Check unknown = failed(CheckKind::key, wasReplaced ? CheckFault::replaced : CheckFault::mismatch, knownKeyIds(keys),
                           *keyId->asString());
    return keys.leavesOut(*keyId->asString()) ? byOwnRule(std::move(unknown), use) : unknown;
}

Check checkSignature(const DecodedToken &token, const PublicKey &key, Algorithm algorithm)
{
    if (key.verifies(algorithm, token.signingInput.reveal(), token.signature))
        return passed(CheckKind::signature, {}, key.description());
    // Microsoft Graph signs a header other than the one it sends: the nonce is hashed first.
    const bool isByDesign = token.header.find(u"nonce") != nullptr;
    return failed(CheckKind::signature, isByDesign ? CheckFault::unverifiable : CheckFault::mismatch,
                  key.description());
}

} // namespace

std::optional<Algorithm> allowedAlgorithm(const DecodedToken &token, const TokenPolicy &policy)
{
    const Json *named = token.header.find(u"alg");
    const QString *name = named ? named->asString() : nullptr;
    const std::optional<Algorithm> algorithm = name ? algorithmFrom(*name) : std::nullopt;
    const auto &allowed = policy.algorithms;
    const bool isAllowed = algorithm && std::find(allowed.begin(), allowed.end(), *algorithm) != allowed.end();
    return isAllowed ? algorithm : std::nullopt;
}

void addSignatureChecks(Checks &checks, const DecodedToken &token, const KnownClaims &claims, const JwkSet &keys,
                        const TokenPolicy &policy)
{
    const std::optional<Algorithm> algorithm = allowedAlgorithm(token, policy);
    const Json *keyId = token.header.find(u"kid");
    const QString *keyIdText = keyId ? keyId->asString() : nullptr;
    const KeyChoice choice(keys, keyIdText ? QStringView(*keyIdText) : QStringView(), algorithm, claims, policy);
    const Jwk *usable = keyIdText ? choice.usable(policy) : nullptr;
    Check key =
        usable ? checkFit(*usable, algorithm, policy.use) : lacksKey(keys, keyId, choice.named(), claims, policy.use);
    const bool isCheckable = algorithm && key.result == CheckResult::passed;
    Check signature = isCheckable ? checkSignature(token, usable->key, *algorithm)
                                  : notApplicable(CheckKind::signature, algorithm ? QString() : allowedNames(policy));
    checks.push_back(checkStructure(token));
    checks.push_back(checkAlgorithm(token, policy, algorithm));
    checks.push_back(issuerCheck(claims, policy));
    checks.push_back(std::move(key));
    checks.push_back(std::move(signature));
}

} // namespace bookdesk::jose
