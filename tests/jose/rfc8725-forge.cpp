#include "jose/rfc8725-forge.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::jose::attacks {
namespace {

Claims claimsOf(const JsonObject &object)
{
    Claims claims;
    for (const auto &[name, value] : object.members())
        claims = claims.with(name.toUtf8(), toCompactJson(value));
    return claims;
}

} // namespace

Claims Claims::ofAccessToken() { return claimsOf(TokenIssuer::accessClaims()); }

Claims Claims::ofIdToken() { return claimsOf(TokenIssuer::idClaims()); }

Claims Claims::with(const QByteArray &name, const QByteArray &json) const
{
    Claims claims = without(name);
    claims.m_members.emplace_back(name, json);
    return claims;
}

Claims Claims::without(const QByteArray &name) const
{
    Claims claims = *this;
    std::erase_if(claims.m_members, [&name](const auto &member) { return member.first == name; });
    return claims;
}

QByteArray Claims::text() const
{
    QByteArrayList members;
    for (const auto &[name, json] : m_members)
        members += '"' + name + "\":" + json;
    return '{' + members.join(',') + '}';
}

Forge::Forge()
{
    if (!m_rsa || !m_p256 || !m_p384 || !m_p521 || !m_ed25519)
        return;
    std::vector<JsonObject> jwks;
    for (const Algorithm algorithm : ownAlgorithms())
        jwks.push_back(jwk(algorithm));
    m_keys = keySet(jwks);
}

bool Forge::isReady() const
{
    return m_keys.read.keys.size() == ownAlgorithms().size() && m_keys.read.findings.isEmpty() && m_stranger &&
           m_strangersCurveKey;
}

const SigningKey &Forge::key(Algorithm algorithm) const
{
    switch (algorithm) {
    case Algorithm::es256:
        return *m_p256;
    case Algorithm::es384:
        return *m_p384;
    case Algorithm::es512:
        return *m_p521;
    case Algorithm::edDsa:
        return *m_ed25519;
    default:
        return *m_rsa;
    }
}

std::vector<Algorithm> Forge::ownAlgorithms() const
{
    return {Algorithm::rs256, Algorithm::es256, Algorithm::es384, Algorithm::es512, Algorithm::edDsa};
}

QByteArray Forge::header(Algorithm algorithm, const QByteArray &more) const
{
    return "{\"typ\":\"JWT\",\"alg\":\"" + QString(algorithmName(algorithm)).toUtf8() + "\",\"kid\":\"" +
           keyId(algorithm) + '"' + more + '}';
}

QByteArray Forge::sign(const QByteArray &header, const QByteArray &claims, Algorithm algorithm) const
{
    const QByteArray input = signingInput(header, claims);
    const Result<QByteArray> signature = key(algorithm).signature(algorithm, input);
    if (!signature)
        qFatal("The test cannot sign: %s", qPrintable(factLines(signature.error().facts)));
    return input + '.' + toBase64Url(*signature);
}

QByteArray Forge::goodToken(Algorithm algorithm) const
{
    // One signature in 256 begins with a zero byte, and some readers do not miss that one when it is taken away.
    for (int attempt = 0;; ++attempt) {
        const Claims claims = Claims::ofAccessToken().with("uti", '"' + QByteArray::number(attempt) + '"');
        const QByteArray token = sign(header(algorithm), claims.text(), algorithm);
        if (!signatureOf(token).startsWith('\0'))
            return token;
    }
}

TokenPolicy Forge::apiPolicy(std::vector<Algorithm> algorithms)
{
    TokenPolicy policy = TokenIssuer::apiPolicy();
    policy.algorithms = std::move(algorithms);
    return policy;
}

TokenPolicy Forge::everyAlgorithm() { return apiPolicy({allAlgorithms.begin(), allAlgorithms.end()}); }

QByteArray signingInput(const QByteArray &header, const QByteArray &claims)
{
    return toBase64Url(header) + '.' + toBase64Url(claims);
}

QByteArray resigned(const QByteArray &token, const QByteArray &signature)
{
    return token.left(token.lastIndexOf('.') + 1) + toBase64Url(signature);
}

QByteArray signatureOf(const QByteArray &token)
{
    return fromBase64Url(token.mid(token.lastIndexOf('.') + 1)).value_or(QByteArray());
}

KeySet keySet(const std::vector<JsonObject> &jwks)
{
    JsonArray array;
    for (const JsonObject &jwk : jwks)
        array.push_back(Json(jwk));
    QByteArray document = toCompactJson(JsonObject{{u"keys"_s, Json(std::move(array))}});
    Result<JwkSet> keys = parseJwkSet(document);
    if (!keys)
        qFatal("The test's keys are no JWKS: %s", qPrintable(factLines(keys.error().facts)));
    return {std::move(document), std::move(*keys)};
}

JsonObject changed(JsonObject jwk, const QString &name, const Json &value)
{
    if (value.isNull())
        jwk.remove(name);
    else
        jwk.set(name, value);
    return jwk;
}

} // namespace bookdesk::jose::attacks
