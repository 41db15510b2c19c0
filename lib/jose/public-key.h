/// PublicKey: a parsed public key that signatures are checked with.
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace bookdesk::jose {

/// Parsed once and shared. Any thread. Source: RFC 7517, RFC 7518 section 6.3.
class PublicKey
{
public:
    /// @param modulus, exponent big-endian as in the JWK's `n` and `e`. Refuses under 2048 and over 16384 bits, and
    /// exponents that are even, under 65537 (NIST SP 800-56B) or over 64 bits. Errors: keys.unusable.
    static Result<PublicKey> fromRsa(QByteArrayView modulus, QByteArrayView exponent);

    /// True where @p signature is the RSASSA-PKCS1-v1_5 signature with SHA-256 (RS256) over @p input.
    bool verifiesRs256(QByteArrayView input, QByteArrayView signature) const;

    int bits() const;
    /// "RSA 2048", as it is shown.
    QString description() const;

    friend bool operator==(const PublicKey &left, const PublicKey &right);

private:
    struct Prepared;
    explicit PublicKey(std::shared_ptr<const Prepared> prepared)
        : m_prepared(std::move(prepared))
    {}
    std::shared_ptr<const Prepared> m_prepared;
};

} // namespace bookdesk::jose
