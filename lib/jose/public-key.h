/// PublicKey: a parsed public key that signatures are checked with.
#pragma once

#include "core/json.h"
#include "core/result.h"
#include "jose/algorithm.h"
#include "jose/curve.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace bookdesk::jose {

/// A certificate in PEM. @param base64 its DER in plain base64, as in `x5c`.
QByteArray certificatePem(const QByteArray &base64);

/// Parsed once and shared. Any thread. Source: RFC 7518 section 6, RFC 8037 section 2.
class PublicKey
{
public:
    /// @param modulus, exponent big-endian as in the JWK's `n` and `e`. Refuses under 2048 and over 16384 bits, and
    /// exponents that are even, under 65537 (NIST SP 800-56B) or over 64 bits. Errors: keys.unusable.
    static Result<PublicKey> fromRsa(QByteArrayView modulus, QByteArrayView exponent);

    /// @param x, y big-endian, of exactly the curve's length. Refuses points off the curve. Errors: keys.unusable.
    static Result<PublicKey> fromEc(Curve curve, QByteArrayView x, QByteArrayView y);

    /// @param x the 32 bytes of RFC 8032. Refuses points off the curve and those of small order, for which anyone can
    /// forge signatures. Errors: keys.unusable.
    static Result<PublicKey> fromEd25519(QByteArrayView x);

    /// The key of one X.509 certificate in PEM, under the same rules. The certificate's own signature and dates are
    /// ignored: it comes over the same TLS connection as a JWK would. Errors: keys.unusable.
    static Result<PublicKey> fromCertificate(QByteArrayView pem);

    /// Whether signatures with @p algorithm can be made with such a key.
    bool fits(Algorithm algorithm) const;

    /// True if @p signature is a valid signature of @p input by @p algorithm; false also if the algorithm does not fit.
    bool verifies(Algorithm algorithm, QByteArrayView input, QByteArrayView signature) const;

    int bits() const;
    /// "RSA 2048", "EC P-256" or "Ed25519", for display.
    const QString &description() const;

    /// The members of a JWK that make the key what it is (RFC 7638 section 3.2), `kty` first.
    JsonObject numbers() const;
    /// The key in DER, as certificates carry it (SubjectPublicKeyInfo, RFC 5280 section 4.1); empty where OpenSSL is
    /// out of memory.
    QByteArray subjectPublicKeyInfo() const;

    friend bool operator==(const PublicKey &left, const PublicKey &right);

private:
    struct Prepared;
    explicit PublicKey(std::shared_ptr<const Prepared> prepared)
        : m_prepared(std::move(prepared))
    {}
    std::shared_ptr<const Prepared> m_prepared;
};

} // namespace bookdesk::jose
