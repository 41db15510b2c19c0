/// SigningKey: a private key that signs tokens; the Sandbox and the tests own some.
#pragma once

#include "core/json.h"
#include "core/result.h"
#include "core/secret.h"
#include "jose/algorithm.h"
#include "jose/curve.h"

#include <QString>

#include <memory>

struct evp_pkey_st;

namespace bookdesk::jose {

/// Any thread; making an RSA key takes up to half a second, so never on the GUI thread.
/// Source: RFC 7515 section 5.1, RFC 7518 section 3, RFC 8037 section 3.1.
class SigningKey
{
public:
    /// Makes a new key. Its key ID is the key's RFC 7638 thumbprint. Errors: signing.failed.
    static Result<SigningKey> generateRsa(int bits = 2048);
    static Result<SigningKey> generateEc(Curve curve);
    static Result<SigningKey> generateEd25519();

    const QString &keyId() const { return m_keyId; }
    /// The default algorithm: RS256, the curve's own algorithm, or EdDSA.
    Algorithm algorithm() const { return m_algorithm; }

    /// The public half as a JWK with kty, use, kid and the key's numbers, and no `alg`, as Entra publishes it.
    JsonObject publicJwk() const;

    /// A compact JWS with the key's own algorithm. @p header gets `alg`, and `kid` and `typ` where it lacks them, in
    /// Entra's order (typ, alg, kid). Errors: signing.failed.
    Result<Secret> sign(JsonObject header, const JsonObject &claims) const;
    /// With @p algorithm. Errors: signing.failed, also where it does not fit the key.
    Result<Secret> sign(Algorithm algorithm, JsonObject header, const JsonObject &claims) const;

    /// The bytes of the signature over @p input, as a JWS carries them. Errors: as above.
    Result<QByteArray> signature(Algorithm algorithm, QByteArrayView input) const;

private:
    SigningKey(std::shared_ptr<evp_pkey_st> key, Algorithm algorithm);
    static Result<SigningKey> owning(evp_pkey_st *key, Algorithm algorithm);

    std::shared_ptr<evp_pkey_st> m_key;
    Algorithm m_algorithm;
    QString m_keyId;
};

} // namespace bookdesk::jose
