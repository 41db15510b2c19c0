#include "jose/type-checks.h"

#include "jose/checks.h"
#include "jose/issuer.h"

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

bool isAllowedType(const QString &typ, TokenUse use)
{
    return isTokenType(typ, u"JWT") || (use == TokenUse::api && isTokenType(typ, u"at+jwt"));
}

Check checkTokenType(const DecodedToken &token, const KnownClaims &claims, const TokenPolicy &policy)
{
    const TokenUse use = policy.use;
    const Json *value = token.header.find(u"typ");
    const QString *typ = value ? value->asString() : nullptr;
    if (value && !typ)
        return byOwnRule(ofWrongType(CheckKind::tokenType, u"typ"_s, *value), use);
    if (typ && !isAllowedType(*typ, use))
        return byOwnRule(failed(CheckKind::tokenType, CheckFault::notAllowed, {}, *typ), use);
    if (const QString &name = policy.claims.use; !name.isEmpty()) {
        const QString &meant = policy.use == TokenUse::api ? policy.claims.accessUse : policy.claims.idUse;
        const Json *told = claims.find(name);
        if (!told || !told->asString() || *told->asString() != meant)
            return byOwnRule(failed(CheckKind::tokenType, CheckFault::otherUse, u"%1: %2"_s.arg(name, meant),
                                    told ? u"%1: %2"_s.arg(name, rawText(told)) : QString()),
                             policy.use);
    }
    // Security events and logout tokens; not all of them name their type (RFC 8417 section 2.3).
    if (claims.find(u"events"))
        return byOwnRule(failed(CheckKind::tokenType, CheckFault::mismatch, {}, u"events"_s), use);
    return passed(CheckKind::tokenType, {}, typ ? *typ : QString());
}

Check checkTenant(const KnownClaims &claims, const TokenPolicy &policy)
{
    const QString &name = policy.claims.tenant;
    const Json *value = name.isEmpty() ? nullptr : claims.find(name);
    const QStringView expected = value ? tenantOf(policy.issuer) : QStringView();
    if (!value || expected.isEmpty())
        return notApplicable(CheckKind::tenant);
    const QString *tenant = value->asString();
    if (!tenant)
        return byOwnRule(ofWrongType(CheckKind::tenant, expected.toString(), *value), policy.use);
    // Nearly always they are the same letter by letter, and that is much faster to see.
    if (expected != *tenant && expected.compare(*tenant, Qt::CaseInsensitive) != 0)
        return byOwnRule(failed(CheckKind::tenant, CheckFault::mismatch, expected.toString(), *tenant), policy.use);
    return passed(CheckKind::tenant, *tenant, *tenant);
}

} // namespace

void addTypeChecks(Checks &checks, const DecodedToken &token, const KnownClaims &claims, const TokenPolicy &policy)
{
    checks.push_back(checkTokenType(token, claims, policy));
    checks.push_back(checkTenant(claims, policy));
}

bool isTokenType(const QString &typ, QStringView type)
{
    // Nearly all tokens write it like this, which is much faster to see.
    if (typ == type)
        return true;
    constexpr QStringView prefix = u"application/";
    const bool hasPrefix = typ.size() == prefix.size() + type.size() && typ.startsWith(prefix, Qt::CaseInsensitive);
    return QStringView(typ).sliced(hasPrefix ? prefix.size() : 0).compare(type, Qt::CaseInsensitive) == 0;
}

} // namespace bookdesk::jose
