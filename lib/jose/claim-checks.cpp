#include "jose/claim-checks.h"

#include "jose/checks.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

bool isAbsentOrNull(const Json *value) { return !value || value->isNull(); }

Check checkRequiredClaims(const KnownClaims &claims, const TokenPolicy &policy)
{
    QStringList missing;
    for (const QString &name : policy.requiredClaims) {
        if (isAbsentOrNull(claims.find(name)))
            missing += name;
    }
    QString required = policy.requiredClaims.join(u", "_s);
    if (missing.isEmpty())
        return passed(CheckKind::requiredClaims, required, required);
    return failed(CheckKind::requiredClaims, CheckFault::missing, std::move(required), missing.join(u", "_s));
}

/// The current time as the API counts it: in seconds, and as a double, whose range covers every date.
class Present
{
public:
    Present(TimePoint now, std::chrono::seconds leeway)
        : m_now(seconds(now.time_since_epoch()))
        , m_leeway(seconds(leeway))
    {}

    bool isBefore(const Json &date) const { return isBefore(whole(date)); }
    bool isAtOrAfter(const Json &date) const { return isAtOrAfter(whole(date)); }
    bool isBefore(double date) const { return date > m_now + m_leeway; }
    bool isAtOrAfter(double date) const { return date <= m_now - m_leeway; }

private:
    static double seconds(std::chrono::duration<double> span) { return span.count(); }
    static double whole(const Json &date) { return std::trunc(date.toDouble()); }

    double m_now;
    double m_leeway;
};

Check dated(CheckKind kind, const Json &date, bool isInTime)
{
    Check check = isInTime ? passed(kind) : failed(kind, CheckFault::outOfTime, {}, rawText(&date));
    check.time = numericDate(date);
    return check;
}

/// What Python's int(), and so the API, makes of a date that is no number; nothing where it refuses it, too.
std::optional<double> asPythonReads(const Json &date)
{
    if (const bool *truth = date.asBool())
        return *truth ? 1 : 0;
    const QString *text = date.asString();
    bool isNumber = false;
    const qlonglong seconds = text ? text->toLongLong(&isNumber) : 0;
    return isNumber ? std::optional(static_cast<double>(seconds)) : std::nullopt;
}

/// @param isInTime whether the API takes the date all the same.
Check notADate(CheckKind kind, const Json &date, bool isInTime, const TokenPolicy &policy)
{
    Check check = ofWrongType(kind, {}, date);
    return isInTime ? byOwnRule(std::move(check), policy.use) : check;
}

/// `iat` and `nbf`: from then on the token is valid.
Check checkBegin(CheckKind kind, const Json *value, const TokenPolicy &policy, const Present &present)
{
    if (!value)
        return notApplicable(kind);
    if (!value->isNumber()) {
        const std::optional<double> read = asPythonReads(*value);
        return notADate(kind, *value, read && !present.isBefore(*read), policy);
    }
    return dated(kind, *value, !present.isBefore(*value));
}

/// `iat`, and after it what the policy adds: the first that fails is the check's result.
Check checkIssuedAt(const KnownClaims &claims, const TokenPolicy &policy, const Present &present)
{
    Check check = checkBegin(CheckKind::issuedAt, claims[Claim::issuedAt], policy, present);
    for (const QString &name : policy.pastClaims) {
        if (check.result == CheckResult::failed)
            break;
        Check added = checkBegin(CheckKind::issuedAt, claims.find(name), policy, present);
        added.expected = name;
        if (added.result == CheckResult::failed)
            check = std::move(added);
    }
    return check;
}

Check checkExpiry(const Json *value, const TokenPolicy &policy, const Present &present)
{
    if (isAbsentOrNull(value))
        return policy.requiredClaims.contains(u"exp"_s) ? failed(CheckKind::expiry, CheckFault::missing)
                                                        : notApplicable(CheckKind::expiry);
    if (!value->isNumber()) {
        const std::optional<double> read = asPythonReads(*value);
        return notADate(CheckKind::expiry, *value, read && !present.isAtOrAfter(*read), policy);
    }
    return dated(CheckKind::expiry, *value, !present.isAtOrAfter(*value));
}

bool isMeant(const QString &audience, const TokenPolicy &policy)
{
    return !audience.isEmpty() && policy.audiences.contains(audience);
}

Check audienceCheck(bool hasPassed, QString got, const TokenPolicy &policy)
{
    QString expected = policy.audiences.size() == 1 ? policy.audiences.front() : policy.audiences.join(u", "_s);
    return hasPassed ? passed(CheckKind::audience, std::move(expected), std::move(got))
                     : failed(CheckKind::audience, CheckFault::mismatch, std::move(expected), std::move(got));
}

/// For providers whose access tokens name the client where there is no audience, and connections that ask for no other.
std::optional<Check> checkClientAsAudience(const KnownClaims &claims, const TokenPolicy &policy)
{
    const QString *client = policy.use == TokenUse::api ? claims.text(policy.claims.client) : nullptr;
    if (!client || !policy.audiences.contains(policy.clientId))
        return std::nullopt;
    const bool isMeant = !policy.clientId.isEmpty() && *client == policy.clientId;
    return isMeant ? passed(CheckKind::audience, policy.clientId, *client)
                   : failed(CheckKind::audience, CheckFault::mismatch, policy.clientId, *client);
}

Check checkAudience(const DecodedToken &token, const KnownClaims &claims, const TokenPolicy &policy)
{
    const Json *value = claims[Claim::audience];
    if (isAbsentOrNull(value)) {
        if (std::optional<Check> check = checkClientAsAudience(claims, policy))
            return *std::move(check);
        return failed(CheckKind::audience, CheckFault::missing, policy.audiences.join(u", "_s));
    }
    if (const QString *audience = value->asString())
        return audienceCheck(isMeant(*audience, policy), *audience, policy);
    const QStringList audiences = token.audience();
    if (audiences.isEmpty())
        return ofWrongType(CheckKind::audience, policy.audiences.join(u", "_s), *value);
    const bool isOneMeant = std::any_of(audiences.begin(), audiences.end(),
                                        [&policy](const QString &audience) { return isMeant(audience, policy); });
    return audienceCheck(isOneMeant, audiences.join(u", "_s), policy);
}

Check checkSubject(const KnownClaims &claims)
{
    const Json *subject = claims[Claim::subject];
    if (subject && !subject->asString())
        return ofWrongType(CheckKind::subject, u"sub"_s, *subject);
    const Json *tokenId = claims[Claim::tokenId];
    if (tokenId && !tokenId->asString())
        return ofWrongType(CheckKind::subject, u"jti"_s, *tokenId);
    return subject ? passed(CheckKind::subject, {}, *subject->asString()) : notApplicable(CheckKind::subject);
}

bool isString(const Json &value) { return value.asString() != nullptr; }

bool isArrayOfStrings(const Json &value)
{
    const JsonArray *array = value.asArray();
    return array && std::all_of(array->begin(), array->end(), isString);
}

bool isSingle(const Json &value) { return !value.asArray() && !value.asObject(); }

bool isOfType(const Json &value, ClaimType type)
{
    switch (type) {
    case ClaimType::text:
        return isString(value);
    case ClaimType::textOrNull:
        return isString(value) || value.isNull();
    case ClaimType::texts:
        return isArrayOfStrings(value);
    case ClaimType::single:
        return isSingle(value);
    case ClaimType::singleNotNull:
        return isSingle(value) && !value.isNull();
    }
    return false;
}

Check checkClaimTypes(const KnownClaims &claims, const TokenPolicy &policy)
{
    if (policy.claimTypes.empty())
        return notApplicable(CheckKind::claimTypes);
    for (const TypedClaim &claim : policy.claimTypes) {
        const Json *value = claims.find(claim.name);
        if (value && !isOfType(*value, claim.type))
            return ofWrongType(CheckKind::claimTypes, claim.name, *value);
    }
    return passed(CheckKind::claimTypes);
}

} // namespace

void addClaimChecks(Checks &checks, const DecodedToken &token, const KnownClaims &claims, const TokenPolicy &policy,
                    TimePoint now)
{
    const Present present(now, policy.leeway);
    checks.push_back(checkRequiredClaims(claims, policy));
    checks.push_back(checkIssuedAt(claims, policy, present));
    checks.push_back(checkBegin(CheckKind::notBefore, claims[Claim::notBefore], policy, present));
    checks.push_back(checkExpiry(claims[Claim::expiry], policy, present));
    checks.push_back(checkAudience(token, claims, policy));
    checks.push_back(checkSubject(claims));
    checks.push_back(checkClaimTypes(claims, policy));
}

} // namespace bookdesk::jose
