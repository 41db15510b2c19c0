// What people and programs read about all checks of a kind: names, codes and what it means if one fails.
#include "jose/verification.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Verification)
};

} // namespace

QString checkName(CheckKind kind)
{
    switch (kind) {
    case CheckKind::structure:
        return Texts::tr("Structure");
    case CheckKind::algorithm:
        return Texts::tr("Algorithm");
    case CheckKind::key:
        return Texts::tr("Key");
    case CheckKind::signature:
        return Texts::tr("Signature");
    case CheckKind::requiredClaims:
        return Texts::tr("Required claims");
    case CheckKind::issuedAt:
        return Texts::tr("Issued");
    case CheckKind::notBefore:
        return Texts::tr("Not before");
    case CheckKind::expiry:
        return Texts::tr("Expiry");
    case CheckKind::issuer:
        return Texts::tr("Issuer");
    case CheckKind::audience:
        return Texts::tr("Audience");
    case CheckKind::subject:
        return Texts::tr("Subject");
    case CheckKind::claimTypes:
        return Texts::tr("Claim types");
    case CheckKind::tokenType:
        return Texts::tr("Type");
    case CheckKind::tenant:
        return Texts::tr("Tenant");
    case CheckKind::nonce:
        return Texts::tr("Nonce");
    case CheckKind::authorizedParty:
        return Texts::tr("Authorized party");
    case CheckKind::accessTokenHash:
        return Texts::tr("Access token hash");
    }
    return {};
}

QString checkCode(CheckKind kind)
{
    switch (kind) {
    case CheckKind::structure:
        return u"structure"_s;
    case CheckKind::algorithm:
        return u"algorithm"_s;
    case CheckKind::key:
        return u"key"_s;
    case CheckKind::signature:
        return u"signature"_s;
    case CheckKind::requiredClaims:
        return u"required-claims"_s;
    case CheckKind::issuedAt:
        return u"issued-at"_s;
    case CheckKind::notBefore:
        return u"not-before"_s;
    case CheckKind::expiry:
        return u"expiry"_s;
    case CheckKind::issuer:
        return u"issuer"_s;
    case CheckKind::audience:
        return u"audience"_s;
    case CheckKind::subject:
        return u"subject"_s;
    case CheckKind::claimTypes:
        return u"claim-types"_s;
    case CheckKind::tokenType:
        return u"type"_s;
    case CheckKind::tenant:
        return u"tenant"_s;
    case CheckKind::nonce:
        return u"nonce"_s;
    case CheckKind::authorizedParty:
        return u"authorized-party"_s;
    case CheckKind::accessTokenHash:
        return u"access-token-hash"_s;
    }
    return {};
}

QString checkResultName(CheckResult result)
{
    switch (result) {
    case CheckResult::passed:
        return Texts::tr("passed");
    case CheckResult::failed:
        return Texts::tr("failed");
    case CheckResult::notApplicable:
        return Texts::tr("not applicable");
    }
    return {};
}

Facts checkFacts(const Check &check)
{
    return merged({}, {{facts::check, checkCode(check.kind)},
                       foreignFact(facts::expected, check.expected),
                       foreignFact(facts::got, check.got)});
}

QString checkResultCode(CheckResult result)
{
    switch (result) {
    case CheckResult::passed:
        return u"passed"_s;
    case CheckResult::failed:
        return u"failed"_s;
    case CheckResult::notApplicable:
        return u"not applicable"_s;
    }
    return {};
}

QString failureSentence(CheckKind kind)
{
    switch (kind) {
    case CheckKind::structure:
        return Texts::tr("The token cannot be read.");
    case CheckKind::algorithm:
        return Texts::tr("The token is signed with an algorithm that is not allowed.");
    case CheckKind::key:
        return Texts::tr("The key that signed the token is unknown.");
    case CheckKind::signature:
        return Texts::tr("The token's signature is wrong.");
    case CheckKind::requiredClaims:
        return Texts::tr("A required claim is not in your token.");
    case CheckKind::issuedAt:
        return Texts::tr("The token is dated in the future.");
    case CheckKind::notBefore:
        return Texts::tr("The token is not valid yet.");
    case CheckKind::expiry:
        return Texts::tr("The token has expired.");
    case CheckKind::issuer:
        return Texts::tr("The token comes from another issuer.");
    case CheckKind::audience:
        return Texts::tr("The token is meant for another audience.");
    case CheckKind::subject:
        return Texts::tr("The token's subject is no text.");
    case CheckKind::claimTypes:
        return Texts::tr("A claim has the wrong type.");
    case CheckKind::tokenType:
        return Texts::tr("The token is of another kind.");
    case CheckKind::tenant:
        return Texts::tr("The token names another tenant than its issuer's.");
    case CheckKind::nonce:
        return Texts::tr("The token's nonce is wrong.");
    case CheckKind::authorizedParty:
        return Texts::tr("The token was issued to another app.");
    case CheckKind::accessTokenHash:
        return Texts::tr("The ID token belongs to another access token.");
    }
    return {};
}

} // namespace bookdesk::jose
