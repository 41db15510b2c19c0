/// The usual encodings of a public key, which a confused verifier takes for a shared secret.
#pragma once

#include "jose/public-key.h"
#include "lab/forgery.h"

#include <QByteArray>

namespace bookdesk::lab {

/// SubjectPublicKeyInfo (RFC 5280 section 4.1).
Possible<QByteArray> der(const jose::PublicKey &key);
/// `-----BEGIN PUBLIC KEY-----` in lines of 64 characters (RFC 7468 section 13).
Possible<QByteArray> pem(const jose::PublicKey &key);
Possible<QByteArray> pemWithoutLineEnd(const jose::PublicKey &key);
/// Compact JSON, `kty` first.
Possible<QByteArray> jwk(const jose::PublicKey &key);
/// The bytes of an RSA key's modulus.
Possible<QByteArray> modulus(const jose::PublicKey &key);

} // namespace bookdesk::lab
