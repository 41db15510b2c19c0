#include "jose/verify.h"

#include "jose/checks.h"
#include "jose/claim-checks.h"
#include "jose/id-token-checks.h"
#include "jose/known-claims.h"
#include "jose/signature-checks.h"
#include "jose/type-checks.h"

namespace bookdesk::jose {
namespace {

CheckFault faultOf(ErrorCode code)
{
    if (code == errors::tokenOpaque)
        return CheckFault::opaque;
    if (code == errors::tokenEncrypted)
        return CheckFault::encrypted;
    return code == errors::tokenTooLarge ? CheckFault::tooLarge : CheckFault::malformed;
}

TokenKind kindOf(CheckFault fault)
{
    if (fault == CheckFault::opaque)
        return TokenKind::opaque;
    return fault == CheckFault::encrypted ? TokenKind::encrypted : TokenKind::unreadable;
}

CheckFault faultOf(CheckFault fault, const TokenPolicy &policy)
{
    const bool isClosed = fault == CheckFault::opaque || fault == CheckFault::encrypted;
    return isClosed && policy.use == TokenUse::api && !policy.apiParameter.isEmpty() ? CheckFault::apiNotNamed : fault;
}

Verification unreadable(const Error &error, const TokenPolicy &policy, TimePoint now)
{
    const CheckFault own = faultOf(error.code);
    const CheckFault fault = faultOf(own, policy);
    Verification verification;
    verification.at = now;
    verification.kind = kindOf(own);
    for (const CheckKind kind : allCheckKinds) {
        Check check = notApplicable(kind);
        check.fault = fault;
        verification.checks.push_back(std::move(check));
    }
    const bool isTooLarge = fault == CheckFault::tooLarge;
    verification.checks.front() = failed(CheckKind::structure, fault, factValue(error.facts, facts::mostBytes),
                                         factValue(error.facts, isTooLarge ? facts::bytes : facts::reason));
    return verification;
}

Verification verifyDecoded(const Result<DecodedToken> &token, const JwkSet &keys, const TokenPolicy &policy,
                           TimePoint now)
{
    return token ? verify(*token, keys, policy, now) : unreadable(token.error(), policy, now);
}

} // namespace

Verification verify(const DecodedToken &token, const JwkSet &keys, const TokenPolicy &policy, TimePoint now)
{
    const KnownClaims claims(token.claims);
    Verification verification{{}, now, policy.leeway, tokenKind(token, claims, policy)};
    addSignatureChecks(verification.checks, token, claims, keys, policy);
    addClaimChecks(verification.checks, token, claims, policy, now);
    addTypeChecks(verification.checks, token, claims, policy);
    addIdTokenChecks(verification.checks, token, claims, policy);
    return verification;
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

InspectedToken withoutSecret(InspectedToken token)
{
    token.token = {};
    if (token.decoded) {
        token.decoded->signingInput = {};
        token.decoded->signature.clear();
    }
    return token;
}

} // namespace bookdesk::jose
