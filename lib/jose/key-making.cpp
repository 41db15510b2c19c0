#include "jose/key-making.h"

#include "jose/ed25519-point.h"

#include <QCoreApplication>

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(PublicKey)
};

constexpr int fewestBits = 2048;
constexpr int mostBits = 16384; // OpenSSL refuses more, too.
constexpr int mostExponentBits = 64;
constexpr BN_ULONG smallestExponent = 65537;
constexpr qsizetype largestCertificate = 64 * 1024;

tl::unexpected<QString> reason(QString why)
{
    ERR_clear_error(); // Else a later caller on this thread (Qt's TLS) would take our error for its own.
    return tl::unexpected<QString>(std::move(why));
}

tl::unexpected<QString> refusedByOpenSsl() { return reason(Texts::tr("OpenSSL does not accept it.")); }

evp::Number toNumber(QByteArrayView bigEndian)
{
    if (bigEndian.size() > 2 * mostBits / 8)
        return {};
    return evp::Number(BN_bin2bn(evp::bytes(bigEndian), static_cast<int>(bigEndian.size()), nullptr));
}

/// Whether @p remainder is a power of 65537 modulo the odd prime.
bool isPowerOfGenerator(BN_ULONG remainder, BN_ULONG prime)
{
    const BN_ULONG generator = 65537 % prime;
    BN_ULONG power = 1;
    do {
        if (power == remainder)
            return true;
        power = power * generator % prime;
    } while (power != 1);
    return false;
}

/// The fingerprint of keys made by Infineon's library: their primes, and so the modulus, are powers of 65537 modulo
/// each of many small primes. For other moduli that is as good as impossible. Source: Nemec et al., "The Return of
/// Coppersmith's Attack", section 3.
bool isOfFlawedGenerator(const BIGNUM *modulus)
{
    constexpr std::array<BN_ULONG, 38> primes{3,   5,   7,   11,  13,  17,  19,  23,  29,  31,  37,  41,  43,
                                              47,  53,  59,  61,  67,  71,  73,  79,  83,  89,  97,  101, 103,
                                              107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167};
    return std::all_of(primes.begin(), primes.end(),
                       [modulus](BN_ULONG prime) { return isPowerOfGenerator(BN_mod_word(modulus, prime), prime); });
}

/// Why these numbers make no usable key; empty where they do.
QString weakness(const BIGNUM *modulus, const BIGNUM *exponent)
{
    const int bits = BN_num_bits(modulus);
    if (bits < fewestBits)
        return Texts::tr("It has %n bits, at least %1 are needed.", nullptr, bits).arg(fewestBits);
    if (bits > mostBits)
        return Texts::tr("It has %n bits, at most %1 are accepted.", nullptr, bits).arg(mostBits);
    if (!BN_is_odd(modulus))
        return Texts::tr("Its modulus is even.");
    if (!BN_is_odd(exponent))
        return Texts::tr("Its exponent is even.");
    if (BN_num_bits(exponent) > mostExponentBits)
        return Texts::tr("Its exponent is too large.");
    if (BN_get_word(exponent) < smallestExponent)
        return Texts::tr("Its exponent is too small.");
    if (isOfFlawedGenerator(modulus))
        return Texts::tr("It was made by a flawed generator (ROCA, CVE-2017-15361), so its private part can be found.");
    return {};
}

/// @param type OpenSSL's name of it.
KeyOrReason makeKey(const char *type, const evp::ParamBuilder &builder)
{
    const evp::Params params(OSSL_PARAM_BLD_to_param(builder.get()));
    const evp::KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY *key = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
        return refusedByOpenSsl();
    return evp::Key(key);
}

evp::Certificate readCertificate(QByteArrayView pem)
{
    if (pem.size() > largestCertificate)
        return {};
    const evp::Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    // An empty password, because OpenSSL would ask for one at the terminal if the text says that it is encrypted.
    std::array<char, 1> noPassword{};
    return evp::Certificate(bio ? PEM_read_bio_X509(bio.get(), nullptr, nullptr, noPassword.data()) : nullptr);
}

KeyOrReason makeEd25519KeyFrom(const EVP_PKEY *key)
{
    QByteArray x(ed25519KeySize, '\0');
    std::size_t size = ed25519KeySize;
    if (EVP_PKEY_get_raw_public_key(key, evp::bytes(x), &size) != 1)
        return refusedByOpenSsl();
    return makeEd25519Key(x);
}

KeyOrReason remakeKey(const EVP_PKEY *key)
{
    if (EVP_PKEY_is_a(key, "RSA") == 1)
        return makeRsaKey(evp::numberOf(key, OSSL_PKEY_PARAM_RSA_N), evp::numberOf(key, OSSL_PKEY_PARAM_RSA_E));
    if (EVP_PKEY_is_a(key, "ED25519") == 1)
        return makeEd25519KeyFrom(key);
    const std::optional<Curve> curve = curveOf(key);
    if (!curve)
        return reason(Texts::tr("Its type is not supported."));
    const int size = coordinateSize(*curve);
    return makeEcKey(*curve, evp::numberOf(key, OSSL_PKEY_PARAM_EC_PUB_X, size),
                     evp::numberOf(key, OSSL_PKEY_PARAM_EC_PUB_Y, size));
}

} // namespace

KeyOrReason makeRsaKey(QByteArrayView modulus, QByteArrayView exponent)
{
    const evp::Number n = toNumber(modulus);
    const evp::Number e = toNumber(exponent);
    if (!n || !e)
        return reason(Texts::tr("Its numbers are too large."));
    if (QString why = weakness(n.get(), e.get()); !why.isEmpty())
        return reason(std::move(why));
    const evp::ParamBuilder builder(OSSL_PARAM_BLD_new());
    if (!builder || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
        return refusedByOpenSsl();
    return makeKey("RSA", builder);
}

KeyOrReason makeEcKey(Curve curve, QByteArrayView x, QByteArrayView y)
{
    if (x.size() != coordinateSize(curve) || y.size() != coordinateSize(curve))
        return reason(Texts::tr("Its coordinates must have %n bytes each.", nullptr, coordinateSize(curve)));
    const QByteArray point = '\x04' + x.toByteArray() + y.toByteArray(); // uncompressed, SEC 1 section 2.3.3
    const QByteArray group = curveName(curve).toLatin1();
    const evp::ParamBuilder builder(OSSL_PARAM_BLD_new());
    if (!builder || OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, group.data(), 0) != 1 ||
        OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                         static_cast<std::size_t>(point.size())) != 1)
        return refusedByOpenSsl();
    KeyOrReason key = makeKey("EC", builder);
    const evp::KeyContext context(key ? EVP_PKEY_CTX_new_from_pkey(nullptr, key->get(), nullptr) : nullptr);
    if (!context || EVP_PKEY_public_check(context.get()) != 1)
        return reason(Texts::tr("Its point is not on the curve %1.").arg(curveName(curve)));
    return key;
}

KeyOrReason makeEd25519Key(QByteArrayView x)
{
    if (x.size() != ed25519KeySize)
        return reason(Texts::tr("It must have %n bytes.", nullptr, ed25519KeySize));
    if (!isOnEd25519(x))
        return reason(Texts::tr("Its point is not on the curve Ed25519."));
    if (hasSmallOrder(x))
        return reason(Texts::tr("Its point has a small order, so anybody can sign."));
    evp::Key key(EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, evp::bytes(x), ed25519KeySize));
    if (!key)
        return refusedByOpenSsl();
    return key;
}

KeyOrReason makeKeyOfCertificate(QByteArrayView pem)
{
    const evp::Certificate certificate = readCertificate(pem);
    const EVP_PKEY *key = certificate ? X509_get0_pubkey(certificate.get()) : nullptr;
    if (!key)
        return reason(Texts::tr("It is not an X.509 certificate in PEM."));
    return remakeKey(key);
}

std::optional<Curve> curveOf(const EVP_PKEY *key)
{
    std::array<char, 32> group{};
    if (EVP_PKEY_is_a(key, "EC") != 1 ||
        EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size(), nullptr) != 1)
        return std::nullopt;
    // OpenSSL may say "prime256v1" for P-256, so the names are compared by what they mean.
    const int id = OBJ_txt2nid(group.data());
    for (const Curve curve : allCurves) {
        if (EC_curve_nist2nid(curveName(curve).toLatin1().data()) == id)
            return curve;
    }
    return std::nullopt;
}

} // namespace bookdesk::jose
