/// ECDSA signatures as JOSE writes them (R and S of fixed length) and as OpenSSL wants them (DER).
#pragma once

#include "jose/curve.h"

#include <QByteArray>
#include <QByteArrayView>

#include <array>
#include <optional>

namespace bookdesk::jose {

/// A signature in DER, made without an allocation. Source: RFC 7518 section 3.4, RFC 3279 section 2.2.3.
class EcdsaSignature
{
public:
    /// Nothing where @p raw has not exactly the curve's length, or a half is zero or not below the curve's order.
    static std::optional<EcdsaSignature> fromRaw(Curve curve, QByteArrayView raw);

    QByteArrayView der() const { return {m_bytes.data(), m_size}; }

private:
    void append(unsigned char byte) { m_bytes[static_cast<std::size_t>(m_size++)] = byte; }
    void appendNumber(QByteArrayView bigEndian);

    // P-521: a header of 3 bytes and twice a header of 2, a sign byte at most, and 66 bytes.
    std::array<unsigned char, 3 + 2 * (2 + 66 + 1)> m_bytes{};
    qsizetype m_size = 0;
};

/// R and S of the curve's length from DER; empty where it is none.
QByteArray rawFromDer(Curve curve, QByteArrayView der);

} // namespace bookdesk::jose
