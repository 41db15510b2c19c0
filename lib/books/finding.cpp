#include "books/finding.h"

#include "jose/explained-kind.h"

#include <algorithm>
#include <initializer_list>

namespace bookdesk::books {
namespace {

using jose::Check;
using jose::CheckFault;
using jose::CheckKind;
using jose::CheckResult;
using jose::TokenKind;

bool isAmong(Finding finding, std::initializer_list<Finding> findings)
{
    return std::find(findings.begin(), findings.end(), finding) != findings.end();
}

Finding passed(TokenKind kind)
{
    if (kind == TokenKind::idToken)
        return Finding::verifiedIdToken;
    return kind == TokenKind::appOnly ? Finding::verifiedAppOnly : Finding::verified;
}

Finding unreadable(CheckFault fault)
{
    switch (fault) {
    case CheckFault::opaque:
        return Finding::opaque;
    case CheckFault::encrypted:
        return Finding::encrypted;
    case CheckFault::apiNotNamed:
        return Finding::apiNotNamed;
    case CheckFault::tooLarge:
        return Finding::tooLarge;
    case CheckFault::criticalExtension:
        return Finding::otherCheck;
    default:
        return Finding::unreadable;
    }
}

Finding failed(const Check &check)
{
    if (check.fault == CheckFault::unverifiable)
        return Finding::unverifiable;
    switch (jose::explainedKind(check)) {
    case CheckKind::structure:
        return unreadable(check.fault);
    case CheckKind::algorithm:
        return Finding::algorithm;
    case CheckKind::issuer:
        return Finding::otherIssuer;
    case CheckKind::key:
        return check.fault == CheckFault::replaced ? Finding::keyReplaced : Finding::unknownKey;
    case CheckKind::signature:
        return Finding::wrongSignature;
    case CheckKind::requiredClaims:
        return Finding::claimMissing;
    case CheckKind::issuedAt:
    case CheckKind::notBefore:
        return check.fault == CheckFault::outOfTime ? Finding::notYetValid : Finding::claimType;
    case CheckKind::expiry:
        return check.fault == CheckFault::outOfTime ? Finding::expired : Finding::claimType;
    case CheckKind::audience:
        return Finding::otherAudience;
    case CheckKind::subject:
    case CheckKind::claimTypes:
        return Finding::claimType;
    case CheckKind::tokenType:
        return Finding::otherType;
    case CheckKind::tenant:
    case CheckKind::nonce:
    case CheckKind::authorizedParty:
    case CheckKind::accessTokenHash:
        break;
    }
    return Finding::otherCheck;
}

/// What another kind of token lacks is only a consequence of its kind. Without a good signature, its type says nothing.
bool isGenuineOfOtherType(const jose::Verification &verification)
{
    const Check *signature = verification.find(CheckKind::signature);
    const Check *type = verification.find(CheckKind::tokenType);
    return signature && signature->result == CheckResult::passed && type && type->result == CheckResult::failed;
}

bool saysItIsAnIdToken(const jose::Verification &verification)
{
    const Check *type = verification.find(CheckKind::tokenType);
    return verification.kind == TokenKind::idToken && type && type->fault == CheckFault::otherUse;
}

} // namespace

Finding findingOf(const jose::Verification &verification)
{
    const Check *failure = verification.firstFailure();
    if (!failure)
        return verification.passed() ? passed(verification.kind) : Finding::unchecked;
    if (isGenuineOfOtherType(verification))
        return saysItIsAnIdToken(verification) ? Finding::idToken : Finding::otherType;
    return sharpened(failed(*failure), verification.kind);
}

Finding sharpened(Finding finding, TokenKind kind)
{
    const bool isOfOrigin = isAmong(finding, {Finding::otherIssuer, Finding::unknownKey, Finding::keyReplaced,
                                              Finding::wrongSignature, Finding::unverifiable});
    const bool isOfTime = isAmong(finding, {Finding::expired, Finding::notYetValid});
    const bool isOfAudience = finding == Finding::otherAudience;
    if (kind == TokenKind::graph && (isOfOrigin || isOfTime || isOfAudience))
        return Finding::graphToken;
    if (kind == TokenKind::version1 && (isOfOrigin || isOfAudience))
        return Finding::version1;
    // A token with a wrong signature may claim to be an ID token, but is not.
    if (kind == TokenKind::idToken && (finding == Finding::otherIssuer || isOfTime || isOfAudience))
        return Finding::idToken;
    return kind == TokenKind::otherIssuer && isOfOrigin ? Finding::otherIssuer : finding;
}

} // namespace bookdesk::books
