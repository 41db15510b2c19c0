/// Forge: an issuer with a key of every kind, and the means to make tokens that are wrong in one thing only.
#pragma once

#include "core/clock.h"
#include "jose/algorithm.h"
#include "jose/base64url.h"
#include "jose/jwk-set.h"
#include "jose/signing-key.h"
#include "jose/token-issuer.h"
#include "jose/token-policy.h"

#include <QByteArray>
#include <QByteArrayList>

#include <utility>
#include <vector>

namespace bookdesk::jose::attacks {

/// Claims whose values are JSON texts, so that they can be what no JSON writer would write.
class Claims
{
public:
    static Claims ofAccessToken();
    static Claims ofIdToken();

    Claims with(const QByteArray &name, const QByteArray &json) const;
    Claims without(const QByteArray &name) const;
    QByteArray text() const;

private:
    std::vector<std::pair<QByteArray, QByteArray>> m_members;
};

/// A JWKS as it is published, and as it is read.
struct KeySet
{
    QByteArray document;
    JwkSet read;
};

/// Makes real keys, once; then everything is const. Any thread.
class Forge
{
public:
    Forge();
    bool isReady() const;

    /// The issuer's key that @p algorithm is for.
    const SigningKey &key(Algorithm algorithm) const;
    /// Everything that the issuer publishes.
    const KeySet &keys() const { return m_keys; }
    /// RSA, EC P-256, EC P-384, EC P-521, Ed25519.
    std::vector<Algorithm> ownAlgorithms() const;
    /// An RSA key that the issuer does not publish.
    const SigningKey &stranger() const { return *m_stranger; }
    const SigningKey &strangersCurveKey() const { return *m_strangersCurveKey; }

    QByteArray keyId(Algorithm algorithm = Algorithm::rs256) const { return key(algorithm).keyId().toUtf8(); }
    /// The JWK as published.
    JsonObject jwk(Algorithm algorithm = Algorithm::rs256) const { return key(algorithm).publicJwk(); }

    /// {"typ":"JWT","alg":…,"kid":…} and then @p more, which are members with a comma in front.
    QByteArray header(Algorithm algorithm = Algorithm::rs256, const QByteArray &more = {}) const;
    /// The compact token over any two texts, signed by the issuer's key.
    QByteArray sign(const QByteArray &header, const QByteArray &claims, Algorithm algorithm = Algorithm::rs256) const;
    /// Its signature does not begin with a zero byte.
    QByteArray goodToken(Algorithm algorithm = Algorithm::rs256) const;

    static TokenPolicy apiPolicy() { return TokenIssuer::apiPolicy(); }
    static TokenPolicy apiPolicy(std::vector<Algorithm> algorithms);
    static TokenPolicy everyAlgorithm();
    static TokenPolicy clientPolicy() { return TokenIssuer::clientPolicy(); }

private:
    Result<SigningKey> m_rsa = SigningKey::generateRsa();
    Result<SigningKey> m_p256 = SigningKey::generateEc(Curve::p256);
    Result<SigningKey> m_p384 = SigningKey::generateEc(Curve::p384);
    Result<SigningKey> m_p521 = SigningKey::generateEc(Curve::p521);
    Result<SigningKey> m_ed25519 = SigningKey::generateEd25519();
    Result<SigningKey> m_stranger = SigningKey::generateRsa();
    Result<SigningKey> m_strangersCurveKey = SigningKey::generateEc(Curve::p256);
    KeySet m_keys;
};

/// base64url(header).base64url(claims): what is signed.
QByteArray signingInput(const QByteArray &header, const QByteArray &claims);
/// The token with another signature.
QByteArray resigned(const QByteArray &token, const QByteArray &signature);
QByteArray signatureOf(const QByteArray &token);
/// The JWKS with these entries.
KeySet keySet(const std::vector<JsonObject> &jwks);
/// The JWK with a member put in; a null value takes it out.
JsonObject changed(JsonObject jwk, const QString &name, const Json &value);

} // namespace bookdesk::jose::attacks
