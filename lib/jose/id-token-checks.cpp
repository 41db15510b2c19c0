#include "jose/id-token-checks.h"

#include "jose/base64url.h"
#include "jose/checks.h"
#include "jose/hash.h"
#include "jose/signature-checks.h"

namespace bookdesk::jose {
namespace {

Check checkSentNonce(const Json *value, const QString &expected)
{
    if (!value || value->isNull())
        return failed(CheckKind::nonce, CheckFault::missing, expected);
    // An empty nonce was never sent, so nothing can answer it.
    if (!value->asString() || expected.isEmpty() || *value->asString() != expected)
        return failed(CheckKind::nonce, CheckFault::mismatch, expected, rawText(value));
    return passed(CheckKind::nonce, expected, *value->asString());
}

Check checkNoNonce(const Json *value)
{
    if (value && !value->isNull())
        return failed(CheckKind::nonce, CheckFault::mismatch, {}, rawText(value));
    return passed(CheckKind::nonce, {}, {});
}

Check checkNonce(const Json *value, const std::optional<SentNonce> &sent)
{
    if (!sent)
        return notApplicable(CheckKind::nonce);
    const QString *expected = std::get_if<QString>(&*sent);
    return expected ? checkSentNonce(value, *expected) : checkNoNonce(value);
}

/// Steps 4 and 5 of section 3.1.3.7.
Check checkAuthorizedParty(const DecodedToken &token, const Json *value, const std::optional<QString> &expected)
{
    if (!expected)
        return notApplicable(CheckKind::authorizedParty);
    if (!value)
        return token.audience().size() > 1 ? failed(CheckKind::authorizedParty, CheckFault::missing, *expected)
                                           : notApplicable(CheckKind::authorizedParty, *expected);
    if (!value->asString() || *value->asString() != *expected)
        return failed(CheckKind::authorizedParty, CheckFault::mismatch, *expected, rawText(value));
    return passed(CheckKind::authorizedParty, *expected, *expected);
}

Check checkAccessTokenHash(const DecodedToken &token, const Json *value, const TokenPolicy &policy)
{
    if (!value || !policy.accessToken)
        return notApplicable(CheckKind::accessTokenHash);
    const std::optional<Algorithm> algorithm = allowedAlgorithm(token, policy);
    if (!algorithm)
        return notApplicable(CheckKind::accessTokenHash); // Nobody knows with which hash to compare.
    QString expected = accessTokenHash(*policy.accessToken, *algorithm);
    if (!value->asString())
        return ofWrongType(CheckKind::accessTokenHash, std::move(expected), *value);
    if (*value->asString() != expected)
        return failed(CheckKind::accessTokenHash, CheckFault::mismatch, std::move(expected), *value->asString());
    return passed(CheckKind::accessTokenHash, expected, expected);
}

} // namespace

void addIdTokenChecks(Checks &checks, const DecodedToken &token, const KnownClaims &claims, const TokenPolicy &policy)
{
    checks.push_back(checkNonce(claims[Claim::nonce], policy.nonce));
    checks.push_back(checkAuthorizedParty(token, claims[Claim::authorizedParty], policy.authorizedParty));
    checks.push_back(checkAccessTokenHash(token, claims[Claim::accessTokenHash], policy));
}

QString accessTokenHash(const Secret &accessToken, Algorithm algorithm)
{
    const Digest digest = Digest::of(hashOf(algorithm), accessToken.reveal());
    const QByteArrayView whole = digest.view();
    return QString::fromLatin1(toBase64Url(whole.first(whole.size() / 2)));
}

} // namespace bookdesk::jose
