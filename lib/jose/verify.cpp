#include "jose/verify.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

constexpr std::array allKinds{CheckKind::structure, CheckKind::algorithm,      CheckKind::key,
                              CheckKind::signature, CheckKind::requiredClaims, CheckKind::issuedAt,
                              CheckKind::notBefore, CheckKind::expiry,         CheckKind::issuer,
                              CheckKind::audience,  CheckKind::subject,        CheckKind::claimTypes,
                              CheckKind::nonce,     CheckKind::authorizedParty};

Check passed(CheckKind kind, QString expected = {}, QString got = {})
{
    return {kind, CheckResult::passed, std::move(expected), std::move(got)};
}

Check failed(CheckKind kind, CheckFault fault, QString expected = {}, QString got = {})
{
    return {kind, CheckResult::failed, std::move(expected), std::move(got), {}, fault};
}

Check notApplicable(CheckKind kind, QString expected = {})
{
    return {kind, CheckResult::notApplicable, std::move(expected), {}};
}

/// A string as it is, anything else as JSON.
QString rawText(const Json *value)
{
    if (!value)
        return {};
    if (const QString *text = value->asString())
        return *text;
    return QString::fromUtf8(toCompactJson(*value));
}

/// Makes the checks of one token, in the order of CheckKind.
class Verifier
{
public:
    Verifier(const DecodedToken &token, const JwkSet &keys, const TokenPolicy &policy, TimePoint now)
        : m_token(token)
        , m_keys(keys)
        , m_policy(policy)
        , m_now(now)
    {}

    Verification run() const
    {
        const Check algorithm = checkAlgorithm();
        const Check key = checkKey();
        const bool isCheckable = algorithm.result == CheckResult::passed && key.result == CheckResult::passed;
        return {{checkStructure(), algorithm, key, isCheckable ? checkSignature() : notApplicable(CheckKind::signature),
                 checkRequiredClaims(), checkBegin(CheckKind::issuedAt, u"iat"),
                 checkBegin(CheckKind::notBefore, u"nbf"), checkExpiry(), checkIssuer(), checkAudience(),
                 checkSubject(), checkClaimTypes(), checkNonce(), checkAuthorizedParty()},
                m_now};
    }

private:
    Check checkStructure() const
    {
        // An extension that must be understood and is not makes the token invalid (RFC 7515 section 4.1.11).
        if (const Json *critical = m_token.header.find(u"crit"))
            return failed(CheckKind::structure, CheckFault::criticalExtension, {}, rawText(critical));
        const Json *encoded = m_token.header.find(u"b64");
        if (encoded && *encoded != Json(true))
            return failed(CheckKind::structure, CheckFault::criticalExtension, {}, u"b64"_s);
        return passed(CheckKind::structure);
    }

    Check checkAlgorithm() const
    {
        const Json *member = m_token.header.find(u"alg");
        if (!member)
            return failed(CheckKind::algorithm, CheckFault::missing, allowed());
        if (!algorithm())
            return failed(CheckKind::algorithm, CheckFault::notAllowed, allowed(), rawText(member));
        return passed(CheckKind::algorithm, allowed(), algorithmName(*algorithm()));
    }

    /// Of the header, where the policy allows it.
    std::optional<Algorithm> algorithm() const
    {
        const std::optional<Algorithm> named = algorithmFrom(m_token.algorithm());
        const auto found = std::find(m_policy.algorithms.begin(), m_policy.algorithms.end(), named);
        return found == m_policy.algorithms.end() ? std::nullopt : named;
    }

    QString allowed() const
    {
        QStringList names;
        for (const Algorithm allowed : m_policy.algorithms)
            names += algorithmName(allowed);
        return names.join(u", "_s);
    }

    /// Only the issuer's own keys count: `jku`, `jwk`, `x5u` and `x5c` in the header are never looked at.
    Check checkKey() const
    {
        QStringList known;
        for (const Jwk &key : m_keys.keys)
            known += key.keyId;
        const Json *keyId = m_token.header.find(u"kid");
        if (!keyId || !keyId->asString())
            return failed(CheckKind::key, CheckFault::missing, known.join(u", "_s), rawText(keyId));
        const Jwk *key = m_keys.find(*keyId->asString());
        if (!key)
            return failed(CheckKind::key, CheckFault::mismatch, known.join(u", "_s), *keyId->asString());
        if (key->algorithm && key->algorithm != algorithm())
            return failed(CheckKind::key, CheckFault::notAllowed, algorithmName(*key->algorithm), m_token.algorithm());
        if (algorithm() && !key->key.fits(*algorithm()))
            return failed(CheckKind::key, CheckFault::notAllowed, key->key.description(), m_token.algorithm());
        return passed(CheckKind::key, known.join(u", "_s), key->keyId);
    }

    Check checkSignature() const
    {
        const Jwk *key = m_keys.find(m_token.keyId());
        if (key->key.verifies(*algorithm(), m_token.signingInput.reveal(), m_token.signature))
            return passed(CheckKind::signature, {}, key->key.description());
        return failed(CheckKind::signature, CheckFault::mismatch, key->key.description());
    }

    Check checkRequiredClaims() const
    {
        QStringList missing;
        for (const QString &name : m_policy.requiredClaims) {
            const Json *value = claim(name);
            if (!value || value->isNull())
                missing += name;
        }
        const QString required = m_policy.requiredClaims.join(u", "_s);
        if (missing.isEmpty())
            return passed(CheckKind::requiredClaims, required, required);
        return failed(CheckKind::requiredClaims, CheckFault::missing, required, missing.join(u", "_s));
    }

    /// `iat` and `nbf`: from then on the token is valid.
    Check checkBegin(CheckKind kind, QStringView name) const
    {
        const Json *value = claim(name);
        if (!value)
            return notApplicable(kind);
        if (!value->isNumber())
            return failed(kind, CheckFault::wrongType, {}, rawText(value));
        Check check = seconds(*value) > now() + leeway() ? failed(kind, CheckFault::outOfTime, {}, rawText(value))
                                                         : passed(kind, {}, rawText(value));
        check.time = m_token.dateClaim(name);
        return check;
    }

    Check checkExpiry() const
    {
        const Json *value = claim(u"exp");
        if (!value || value->isNull())
            return m_policy.requiredClaims.contains(u"exp"_s) ? failed(CheckKind::expiry, CheckFault::missing)
                                                              : notApplicable(CheckKind::expiry);
        if (!value->isNumber())
            return failed(CheckKind::expiry, CheckFault::wrongType, {}, rawText(value));
        Check check = seconds(*value) <= now() - leeway()
                          ? failed(CheckKind::expiry, CheckFault::outOfTime, {}, rawText(value))
                          : passed(CheckKind::expiry, {}, rawText(value));
        check.time = m_token.dateClaim(u"exp");
        return check;
    }

    Check checkIssuer() const
    {
        const Json *value = claim(u"iss");
        if (!value || value->isNull())
            return failed(CheckKind::issuer, CheckFault::missing, m_policy.issuer);
        if (!value->asString())
            return failed(CheckKind::issuer, CheckFault::wrongType, m_policy.issuer, rawText(value));
        // A policy without an issuer trusts none.
        if (m_policy.issuer.isEmpty() || *value->asString() != m_policy.issuer)
            return failed(CheckKind::issuer, CheckFault::mismatch, m_policy.issuer, *value->asString());
        return passed(CheckKind::issuer, m_policy.issuer, *value->asString());
    }

    Check checkAudience() const
    {
        const QString expected = m_policy.audiences.join(u", "_s);
        const Json *value = claim(u"aud");
        if (!value || value->isNull())
            return failed(CheckKind::audience, CheckFault::missing, expected);
        const QStringList audiences = m_token.audience();
        if (audiences.isEmpty())
            return failed(CheckKind::audience, CheckFault::wrongType, expected, rawText(value));
        const QString got = audiences.join(u", "_s);
        const bool isMeant = std::any_of(audiences.begin(), audiences.end(), [this](const QString &audience) {
            return !audience.isEmpty() && m_policy.audiences.contains(audience);
        });
        return isMeant ? passed(CheckKind::audience, expected, got)
                       : failed(CheckKind::audience, CheckFault::mismatch, expected, got);
    }

    Check checkSubject() const
    {
        for (const QString &name : {u"sub"_s, u"jti"_s}) {
            const Json *value = claim(name);
            if (value && !value->asString())
                return failed(CheckKind::subject, CheckFault::wrongType, name, rawText(value));
        }
        const Json *subject = claim(u"sub");
        return subject ? passed(CheckKind::subject, {}, *subject->asString()) : notApplicable(CheckKind::subject);
    }

    /// The types over which the API stumbles (it answers 500), by its own declarations.
    Check checkClaimTypes() const
    {
        const auto isString = [](const Json &value) { return value.asString() != nullptr; };
        const auto isStringOrNull = [](const Json &value) { return value.asString() || value.isNull(); };
        const auto isStrings = [&isString](const Json &value) {
            return value.asArray() && std::all_of(value.asArray()->begin(), value.asArray()->end(), isString);
        };
        const auto isScalar = [](const Json &value) { return !value.asArray() && !value.asObject(); };
        const auto isScalarNotNull = [&isScalar](const Json &value) { return isScalar(value) && !value.isNull(); };
        struct Rule
        {
            QString name;
            std::function<bool(const Json &)> isFine;
        };
        // A string where a date is expected is an invalid token and not a stumble, so `exp` and the like are laxer
        // here.
        const std::array rules{Rule{u"iss"_s, isScalar},        Rule{u"iat"_s, isScalarNotNull},
                               Rule{u"nbf"_s, isScalarNotNull}, Rule{u"exp"_s, isScalar},
                               Rule{u"name"_s, isStringOrNull}, Rule{u"preferred_username"_s, isStringOrNull},
                               Rule{u"roles"_s, isStrings},     Rule{u"scp"_s, isString}};
        for (const Rule &rule : rules) {
            const Json *value = claim(rule.name);
            if (value && !rule.isFine(*value))
                return failed(CheckKind::claimTypes, CheckFault::wrongType, rule.name, rawText(value));
        }
        return passed(CheckKind::claimTypes);
    }

    Check checkNonce() const
    {
        if (!m_policy.nonce)
            return notApplicable(CheckKind::nonce);
        const Json *value = claim(u"nonce");
        if (!value || value->isNull())
            return failed(CheckKind::nonce, CheckFault::missing, *m_policy.nonce);
        // An empty nonce was never sent, so nothing can answer it.
        if (!value->asString() || m_policy.nonce->isEmpty() || *value->asString() != *m_policy.nonce)
            return failed(CheckKind::nonce, CheckFault::mismatch, *m_policy.nonce, rawText(value));
        return passed(CheckKind::nonce, *m_policy.nonce, *value->asString());
    }

    /// OpenID Connect Core section 3.1.3.7, steps 4 and 5.
    Check checkAuthorizedParty() const
    {
        if (!m_policy.authorizedParty)
            return notApplicable(CheckKind::authorizedParty);
        const QString &expected = *m_policy.authorizedParty;
        const Json *value = claim(u"azp");
        if (!value)
            return m_token.audience().size() > 1 ? failed(CheckKind::authorizedParty, CheckFault::missing, expected)
                                                 : notApplicable(CheckKind::authorizedParty, expected);
        if (!value->asString() || *value->asString() != expected)
            return failed(CheckKind::authorizedParty, CheckFault::mismatch, expected, rawText(value));
        return passed(CheckKind::authorizedParty, expected, expected);
    }

    const Json *claim(QStringView name) const { return m_token.claims.find(name); }

    // Seconds as the API counts them. As doubles, so that no date is beyond the clock.
    static double seconds(const Json &value) { return std::trunc(value.toDouble()); }
    double now() const { return std::chrono::duration<double>(m_now.time_since_epoch()).count(); }
    double leeway() const { return std::chrono::duration<double>(m_policy.leeway).count(); }

    const DecodedToken &m_token;
    const JwkSet &m_keys;
    const TokenPolicy &m_policy;
    TimePoint m_now;
};

CheckFault faultOf(ErrorCode code)
{
    if (code == errors::tokenOpaque)
        return CheckFault::opaque;
    if (code == errors::tokenEncrypted)
        return CheckFault::encrypted;
    return code == errors::tokenTooLarge ? CheckFault::tooLarge : CheckFault::malformed;
}

Verification unreadable(const Error &error, TimePoint now)
{
    const CheckFault fault = faultOf(error.code);
    Verification verification{{}, now};
    for (const CheckKind kind : allKinds) {
        Check check = notApplicable(kind);
        check.fault = fault;
        verification.checks.push_back(std::move(check));
    }
    verification.checks.front() = failed(CheckKind::structure, fault, {}, error.details);
    return verification;
}

Verification verifyDecoded(const Result<DecodedToken> &token, const JwkSet &keys, const TokenPolicy &policy,
                           TimePoint now)
{
    return token ? verify(*token, keys, policy, now) : unreadable(token.error(), now);
}

} // namespace

Verification verify(const DecodedToken &token, const JwkSet &keys, const TokenPolicy &policy, TimePoint now)
{
    return Verifier(token, keys, policy, now).run();
}

Verification verify(const Secret &token, const JwkSet &keys, const TokenPolicy &policy, TimePoint now)
{
    return verifyDecoded(decode(token), keys, policy, now);
}

InspectedToken inspect(Secret token, const JwkSet &keys, const TokenPolicy &policy, TimePoint now)
{
    InspectedToken inspected;
    inspected.decoded = decode(token);
    inspected.token = std::move(token);
    inspected.verification = verifyDecoded(inspected.decoded, keys, policy, now);
    return inspected;
}

} // namespace bookdesk::jose
