#include "jose/ed25519-point.h"

#include "jose/evp.h"

#include <algorithm>
#include <array>

namespace bookdesk::jose {
namespace {

constexpr char primeText[] = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed";
constexpr char curveConstantText[] = "52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3"; // d

// The y of all points whose order divides 8.
constexpr std::array smallOrders{"0000000000000000000000000000000000000000000000000000000000000000",
                                 "0000000000000000000000000000000000000000000000000000000000000001",
                                 "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec",
                                 "05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826",
                                 "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7"};

evp::Number fromHex(const char *text)
{
    BIGNUM *number = nullptr;
    BN_hex2bn(&number, text);
    return evp::Number(number);
}

/// The y coordinate: little-endian, without the sign bit of x.
evp::Number yOf(QByteArrayView point)
{
    std::array<unsigned char, ed25519KeySize> bytes{};
    std::copy_n(evp::bytes(point), bytes.size(), bytes.begin());
    bytes.back() &= 0x7f;
    return evp::Number(BN_lebin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}

bool signBitOf(QByteArrayView point) { return (static_cast<unsigned char>(point.back()) & 0x80) != 0; }

} // namespace

bool isOnEd25519(QByteArrayView point)
{
    if (point.size() != ed25519KeySize)
        return false;
    const evp::NumberContext context(BN_CTX_new());
    const evp::Number prime = fromHex(primeText);
    const evp::Number curveConstant = fromHex(curveConstantText);
    const evp::Number y = yOf(point);
    const evp::Number square(BN_new());
    const evp::Number numerator(BN_new());
    const evp::Number denominator(BN_new());
    if (!context || !prime || !curveConstant || !y || !square || !numerator || !denominator ||
        BN_cmp(y.get(), prime.get()) >= 0)
        return false;
    // x² = (y² - 1) / (d y² + 1) has a root where numerator times denominator is a square.
    if (BN_mod_sqr(square.get(), y.get(), prime.get(), context.get()) != 1 ||
        BN_mod_sub(numerator.get(), square.get(), BN_value_one(), prime.get(), context.get()) != 1 ||
        BN_mod_mul(denominator.get(), square.get(), curveConstant.get(), prime.get(), context.get()) != 1 ||
        BN_mod_add(denominator.get(), denominator.get(), BN_value_one(), prime.get(), context.get()) != 1 ||
        BN_mod_mul(numerator.get(), numerator.get(), denominator.get(), prime.get(), context.get()) != 1)
        return false;
    const int symbol = BN_kronecker(numerator.get(), prime.get(), context.get());
    return symbol == 1 || (symbol == 0 && !signBitOf(point)); // x = 0 has no sign
}

bool hasSmallOrder(QByteArrayView point)
{
    const evp::Number y = yOf(point);
    return std::any_of(smallOrders.begin(), smallOrders.end(), [&y](const char *small) {
        const evp::Number other = fromHex(small);
        return y && other && BN_cmp(y.get(), other.get()) == 0;
    });
}

} // namespace bookdesk::jose
