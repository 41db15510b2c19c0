#include "sandbox/tenant-keys.h"

#include "jose/base64url.h"

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {

TenantKeys::TenantKeys(std::vector<jose::SigningKey> keys)
    : m_keys(std::move(keys))
{
    refreshCurrent();
}

JsonObject TenantKeys::published(const QString &issuer, bool carryAlgorithm) const
{
    JsonArray keys;
    for (const jose::SigningKey &key : m_keys) {
        JsonObject jwk = key.publicJwk();
        jwk.set(u"issuer"_s, issuer);
        if (carryAlgorithm)
            jwk.set(u"alg"_s, u"RS256"_s);
        keys.emplace_back(std::move(jwk));
    }
    return {{u"keys"_s, std::move(keys)}};
}

Result<Secret> TenantKeys::sign(const JsonObject &claims) const { return m_keys.front().sign({}, claims); }

Result<Secret> TenantKeys::signAsGiven(const JsonObject &header, const JsonObject &claims) const
{
    QByteArray token = jose::toBase64Url(toCompactJson(header)) + '.' + jose::toBase64Url(toCompactJson(claims));
    const Result<QByteArray> signature = m_keys.front().signature(jose::Algorithm::rs256, token);
    if (!signature)
        return failure(signature.error());
    token += '.' + jose::toBase64Url(*signature);
    return Secret::taking(std::move(token));
}

JsonObject TenantKeys::header() const
{
    return {{u"typ"_s, u"JWT"_s}, {u"alg"_s, u"RS256"_s}, {u"kid"_s, signingKeyId()}};
}

void TenantKeys::rotate(jose::SigningKey next)
{
    m_keys.front() = std::move(next);
    refreshCurrent();
}

void TenantKeys::refreshCurrent()
{
    // Through the published document, so that the API sees what any other verifier sees.
    Result<jose::JwkSet> keys = jose::parseJwkSet(toCompactJson(published({}, false)));
    m_current = keys ? std::move(*keys) : jose::JwkSet{};
}

} // namespace bookdesk::sandbox
