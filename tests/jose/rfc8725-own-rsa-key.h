/// OwnRsaKey: RSA keys and signatures that nobody should use and lib/jose does not make.
#pragma once

#include "core/json.h"

#include <QByteArray>

#include <memory>

struct evp_pkey_st;

namespace bookdesk::jose::attacks {

/// Made by OpenSSL itself. Any thread.
class OwnRsaKey
{
public:
    OwnRsaKey(unsigned bits, unsigned exponent);

    JsonObject publicJwk() const;
    /// RS256.
    QByteArray signature(const QByteArray &input) const;
    /// PS256, but for the salt's length and the hash within the mask.
    QByteArray pssSignature(const QByteArray &input, int saltLength, const char *maskHash = "SHA256") const;

private:
    std::shared_ptr<evp_pkey_st> m_key;
};

/// What RS256 signs, in place of the signature: with the exponent 1 it is the signature of every key of 2048 bits.
QByteArray paddedDigest(const QByteArray &input);

} // namespace bookdesk::jose::attacks
