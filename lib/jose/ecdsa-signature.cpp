#include "jose/ecdsa-signature.h"

#include "jose/evp.h"

#include <algorithm>
#include <cstring>

namespace bookdesk::jose {
namespace {

constexpr unsigned char derSequence = 0x30;
constexpr unsigned char derInteger = 0x02;
constexpr unsigned char derLongLength = 0x81;

// Source: NIST SP 800-186 section 3.2.1.
constexpr char orderOfP256[] = "\xff\xff\xff\xff\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff"
                               "\xbc\xe6\xfa\xad\xa7\x17\x9e\x84\xf3\xb9\xca\xc2\xfc\x63\x25\x51";
constexpr char orderOfP384[] = "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
                               "\xff\xff\xff\xff\xff\xff\xff\xff\xc7\x63\x4d\x81\xf4\x37\x2d\xdf"
                               "\x58\x1a\x0d\xb2\x48\xb0\xa7\x7a\xec\xec\x19\x6a\xcc\xc5\x29\x73";
constexpr char orderOfP521[] =
    "\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
    "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xfa\x51\x86\x87\x83\xbf\x2f\x96\x6b\x7f\xcc"
    "\x01\x48\xf7\x09\xa5\xd0\x3b\xb5\xc9\xb8\x89\x9c\x47\xae\xbb\x6f\xb7\x1e\x91\x38\x64\x09";

const char *orderOf(Curve curve)
{
    return curve == Curve::p256 ? orderOfP256 : curve == Curve::p384 ? orderOfP384 : orderOfP521;
}

bool isWithinOrder(Curve curve, QByteArrayView number)
{
    const bool isZero = std::all_of(number.begin(), number.end(), [](char byte) { return byte == 0; });
    return !isZero && std::memcmp(number.data(), orderOf(curve), static_cast<std::size_t>(number.size())) < 0;
}

} // namespace

void EcdsaSignature::appendNumber(QByteArrayView bigEndian)
{
    while (bigEndian.size() > 1 && bigEndian.front() == 0)
        bigEndian = bigEndian.sliced(1);
    const bool needsSign = (static_cast<unsigned char>(bigEndian.front()) & 0x80) != 0;
    append(derInteger);
    append(static_cast<unsigned char>(bigEndian.size() + (needsSign ? 1 : 0)));
    if (needsSign)
        append(0);
    std::memcpy(m_bytes.data() + m_size, bigEndian.data(), static_cast<std::size_t>(bigEndian.size()));
    m_size += bigEndian.size();
}

std::optional<EcdsaSignature> EcdsaSignature::fromRaw(Curve curve, QByteArrayView raw)
{
    const int half = coordinateSize(curve);
    if (raw.size() != 2 * half)
        return std::nullopt;
    const QByteArrayView r = raw.first(half);
    const QByteArrayView s = raw.last(half);
    if (!isWithinOrder(curve, r) || !isWithinOrder(curve, s))
        return std::nullopt;
    EcdsaSignature numbers;
    numbers.appendNumber(r);
    numbers.appendNumber(s);
    EcdsaSignature signature;
    signature.append(derSequence);
    if (numbers.m_size > 127)
        signature.append(derLongLength);
    signature.append(static_cast<unsigned char>(numbers.m_size));
    std::memcpy(signature.m_bytes.data() + signature.m_size, numbers.m_bytes.data(),
                static_cast<std::size_t>(numbers.m_size));
    signature.m_size += numbers.m_size;
    return signature;
}

QByteArray rawFromDer(Curve curve, QByteArrayView der)
{
    const unsigned char *begin = evp::bytes(der);
    const evp::EcSignature signature(d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(der.size())));
    const int half = coordinateSize(curve);
    QByteArray raw(2 * half, Qt::Uninitialized);
    if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), evp::bytes(raw), half) < 0 ||
        BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), evp::bytes(raw) + half, half) < 0)
        return {};
    return raw;
}

} // namespace bookdesk::jose
