/// Keys of every kind by name, and the public half of each, made from its JWK's numbers.
#pragma once

#include "jose/base64url.h"
#include "jose/public-key.h"
#include "jose/signing-key.h"

namespace bookdesk::jose {

/// @param name "RSA" (always the same key, because making one takes long), a curve's name, or "Ed25519".
inline Result<SigningKey> keyOfKind(const QString &name)
{
    static const Result<SigningKey> rsa = SigningKey::generateRsa();
    if (name == QStringLiteral("RSA"))
        return rsa;
    const std::optional<Curve> curve = curveFrom(name);
    return curve ? SigningKey::generateEc(*curve) : SigningKey::generateEd25519();
}

inline QString textIn(const JsonObject &jwk, QStringView name)
{
    const Json *value = jwk.find(name);
    return value && value->asString() ? *value->asString() : QString();
}

inline QByteArray numberIn(const JsonObject &jwk, QStringView name)
{
    return fromBase64Url(textIn(jwk, name).toLatin1()).value_or(QByteArray());
}

inline Result<PublicKey> publicHalf(const SigningKey &key)
{
    const JsonObject jwk = key.publicJwk();
    if (textIn(jwk, u"kty") == QStringLiteral("RSA"))
        return PublicKey::fromRsa(numberIn(jwk, u"n"), numberIn(jwk, u"e"));
    const std::optional<Curve> curve = curveFrom(textIn(jwk, u"crv"));
    return curve ? PublicKey::fromEc(*curve, numberIn(jwk, u"x"), numberIn(jwk, u"y"))
                 : PublicKey::fromEd25519(numberIn(jwk, u"x"));
}

} // namespace bookdesk::jose
