/// SigningKey: a private RSA key that signs tokens; the Sandbox and the tests own some.
#pragma once

#include "core/json.h"
#include "core/result.h"
#include "core/secret.h"

#include <QString>

#include <memory>

struct evp_pkey_st;

namespace bookdesk::jose {

/// Any thread; making one takes up to half a second, so never on the GUI thread. Source: RFC 7515 section 5.1.
class SigningKey
{
public:
    /// Makes a new RSA key. Its key ID is the key's RFC 7638 thumbprint. Errors: signing.failed.
    static Result<SigningKey> generateRsa(int bits = 2048);

    const QString &keyId() const { return m_keyId; }

    /// The public half as a JWK with kty, use, kid, n, e, and no `alg`, as Entra publishes it.
    JsonObject publicJwk() const;

    /// A compact RS256 JWS. @p header gets `alg`, and `kid` and `typ` where it lacks them, in Entra's order
    /// (typ, alg, kid). Errors: signing.failed.
    Result<Secret> sign(JsonObject header, const JsonObject &claims) const;

private:
    SigningKey(std::shared_ptr<evp_pkey_st> key, QString keyId)
        : m_key(std::move(key))
        , m_keyId(std::move(keyId))
    {}
    std::shared_ptr<evp_pkey_st> m_key;
    QString m_keyId;
};

} // namespace bookdesk::jose
