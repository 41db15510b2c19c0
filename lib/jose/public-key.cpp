#include "jose/public-key.h"

#include "jose/errors.h"
#include "jose/evp.h"

#include <QCoreApplication>

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>

#include <array>

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

const unsigned char *bytes(QByteArrayView view) { return reinterpret_cast<const unsigned char *>(view.data()); }

evp::Number toNumber(QByteArrayView bigEndian)
{
    if (bigEndian.size() > 2 * mostBits / 8)
        return {};
    return evp::Number(BN_bin2bn(bytes(bigEndian), static_cast<int>(bigEndian.size()), nullptr));
}

tl::unexpected<Error> unusable(const QString &why)
{
    return failure(errors::keyUnusable, Texts::tr("This public key cannot be used. Tell the issuer of the key."), why);
}

/// Why these numbers make no key that is fit for use; empty where they do.
QString weakness(const BIGNUM *modulus, const BIGNUM *exponent)
{
    const int bits = BN_num_bits(modulus);
    if (bits < fewestBits)
        return Texts::tr("it has %1 bits, at least %2 are needed").arg(bits).arg(fewestBits);
    if (bits > mostBits)
        return Texts::tr("it has %1 bits, at most %2 are accepted").arg(bits).arg(mostBits);
    if (!BN_is_odd(modulus))
        return Texts::tr("its modulus is even");
    if (!BN_is_odd(exponent))
        return Texts::tr("its exponent is even");
    const evp::Number smallest(BN_new());
    if (!smallest || BN_set_word(smallest.get(), smallestExponent) != 1 || BN_cmp(exponent, smallest.get()) < 0)
        return Texts::tr("its exponent is too small");
    if (BN_num_bits(exponent) > mostExponentBits)
        return Texts::tr("its exponent is too large");
    return {};
}

evp::Key makeRsa(const BIGNUM *modulus, const BIGNUM *exponent)
{
    const evp::ParamBuilder builder(OSSL_PARAM_BLD_new());
    if (!builder || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent) != 1)
        return {};
    const evp::Params params(OSSL_PARAM_BLD_to_param(builder.get()));
    const evp::KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY *key = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
        return {};
    return evp::Key(key);
}

evp::KeyContext prepareRs256(EVP_PKEY *key)
{
    evp::KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    if (!context || EVP_PKEY_verify_init(context.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1 ||
        EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256()) != 1)
        return {};
    return context;
}

} // namespace

/// The key and a context that is set up for it; a check duplicates the context, which costs next to nothing.
struct PublicKey::Prepared
{
    evp::Key key;
    evp::KeyContext rs256;
};

Result<PublicKey> PublicKey::fromRsa(QByteArrayView modulus, QByteArrayView exponent)
{
    const evp::Number n = toNumber(modulus);
    const evp::Number e = toNumber(exponent);
    if (!n || !e)
        return unusable(Texts::tr("its numbers are too large"));
    if (const QString why = weakness(n.get(), e.get()); !why.isEmpty())
        return unusable(why);
    auto prepared = std::make_shared<Prepared>();
    prepared->key = makeRsa(n.get(), e.get());
    if (prepared->key)
        prepared->rs256 = prepareRs256(prepared->key.get());
    if (!prepared->rs256) {
        ERR_clear_error();
        return unusable(Texts::tr("OpenSSL does not accept it"));
    }
    return PublicKey(std::move(prepared));
}

bool PublicKey::verifiesRs256(QByteArrayView input, QByteArrayView signature) const
{
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    unsigned int digestSize = 0;
    const evp::KeyContext context(EVP_PKEY_CTX_dup(m_prepared->rs256.get()));
    const bool verifies = context &&
                          EVP_Digest(input.data(), static_cast<std::size_t>(input.size()), digest.data(), &digestSize,
                                     EVP_sha256(), nullptr) == 1 &&
                          EVP_PKEY_verify(context.get(), bytes(signature), static_cast<std::size_t>(signature.size()),
                                          digest.data(), digestSize) == 1;
    if (!verifies)
        ERR_clear_error(); // Else a later caller on this thread (Qt's TLS) would take our error for its own.
    return verifies;
}

int PublicKey::bits() const { return EVP_PKEY_get_bits(m_prepared->key.get()); }

QString PublicKey::description() const { return u"RSA %1"_s.arg(bits()); }

bool operator==(const PublicKey &left, const PublicKey &right)
{
    return EVP_PKEY_eq(left.m_prepared->key.get(), right.m_prepared->key.get()) == 1;
}

} // namespace bookdesk::jose
