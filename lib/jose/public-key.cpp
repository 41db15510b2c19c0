#include "jose/public-key.h"

#include "jose/ecdsa-signature.h"
#include "jose/errors.h"
#include "jose/evp.h"
#include "jose/hash.h"
#include "jose/key-making.h"
#include "jose/key-members.h"
#include "jose/prepared-context.h"

#include <QCoreApplication>

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <array>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(PublicKey)
};

constexpr std::array rsaAlgorithms{Algorithm::rs256, Algorithm::rs384, Algorithm::rs512,
                                   Algorithm::ps256, Algorithm::ps384, Algorithm::ps512};
constexpr qsizetype ed25519SignatureSize = 64;

tl::unexpected<Error> unusable(const QString &why)
{
    return failure(errors::keyUnusable, Texts::tr("This public key cannot be used."),
                   Texts::tr("Tell the issuer of the key."), {{facts::reason, why}});
}

evp::KeyContext verifyingContext(EVP_PKEY *key)
{
    evp::KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    if (!context || EVP_PKEY_verify_init(context.get()) != 1)
        return {};
    return context;
}

/// PSS with the hash for its mask as well, and a salt as long as the hash (RFC 7518 section 3.5).
evp::KeyContext rsaContext(EVP_PKEY *key, Algorithm algorithm)
{
    const EVP_MD *hash = implementationOf(hashOf(algorithm));
    evp::KeyContext context = verifyingContext(key);
    const int padding = isPss(algorithm) ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING;
    if (!context || EVP_PKEY_CTX_set_rsa_padding(context.get(), padding) != 1 ||
        EVP_PKEY_CTX_set_signature_md(context.get(), hash) != 1)
        return {};
    if (isPss(algorithm) && (EVP_PKEY_CTX_set_rsa_mgf1_md(context.get(), hash) != 1 ||
                             EVP_PKEY_CTX_set_rsa_pss_saltlen(context.get(), RSA_PSS_SALTLEN_DIGEST) != 1))
        return {};
    return context;
}

evp::DigestContext ed25519Context(EVP_PKEY *key)
{
    evp::DigestContext context(EVP_MD_CTX_new());
    if (!context || EVP_DigestVerifyInit_ex(context.get(), nullptr, nullptr, nullptr, nullptr, key, nullptr) != 1)
        return {};
    return context;
}

bool verifiesDigest(const PreparedContext &prepared, const Digest &digest, QByteArrayView signature)
{
    EVP_PKEY_CTX *context = threadsCopyOf(prepared);
    return context && digest.size() > 0 &&
           EVP_PKEY_verify(context, evp::bytes(signature), static_cast<std::size_t>(signature.size()), digest.data(),
                           digest.size()) == 1;
}

bool verifiesText(const evp::DigestContext &prepared, QByteArrayView input, QByteArrayView signature)
{
    const evp::DigestContext context(EVP_MD_CTX_new());
    return context && EVP_MD_CTX_copy_ex(context.get(), prepared.get()) == 1 &&
           EVP_DigestVerify(context.get(), evp::bytes(signature), static_cast<std::size_t>(signature.size()),
                            evp::bytes(input), static_cast<std::size_t>(input.size())) == 1;
}

} // namespace

/// The key, with a prepared context for each algorithm that fits it. Nothing of it ever changes, so checks need no
/// lock.
struct PublicKey::Prepared
{
    evp::Key key;
    QString description;
    std::optional<Curve> curve{};                                 ///< Of an EC key.
    std::array<PreparedContext, allAlgorithms.size()> contexts{}; ///< Null where the algorithm does not fit.
    evp::DigestContext ed25519{};                                 ///< Null for other keys.

    static Result<PublicKey> make(KeyOrReason key);
    bool setUp();
    bool setUpRsa();
    bool setUpEc();
    bool setUpEd25519();

    bool verifies(Algorithm algorithm, QByteArrayView input, QByteArrayView signature) const;
    bool verifiesEc(Algorithm algorithm, QByteArrayView input, QByteArrayView signature) const;
};

Result<PublicKey> PublicKey::Prepared::make(KeyOrReason key)
{
    if (!key)
        return unusable(key.error());
    auto prepared = std::make_shared<Prepared>();
    prepared->key = std::move(*key);
    if (prepared->setUp())
        return PublicKey(std::move(prepared));
    ERR_clear_error();
    return unusable(Texts::tr("OpenSSL does not accept it."));
}

bool PublicKey::Prepared::setUp()
{
    if (EVP_PKEY_is_a(key.get(), "RSA") == 1)
        return setUpRsa();
    return EVP_PKEY_is_a(key.get(), "EC") == 1 ? setUpEc() : setUpEd25519();
}

bool PublicKey::Prepared::setUpRsa()
{
    description = u"RSA %1"_s.arg(EVP_PKEY_get_bits(key.get()));
    for (const Algorithm algorithm : rsaAlgorithms) {
        evp::KeyContext &context = contexts[indexOf(algorithm)].context;
        context = rsaContext(key.get(), algorithm);
        if (!context)
            return false;
    }
    return true;
}

bool PublicKey::Prepared::setUpEc()
{
    curve = curveOf(key.get());
    if (!curve)
        return false;
    description = u"EC %1"_s.arg(curveName(*curve));
    evp::KeyContext &context = contexts[indexOf(algorithmOf(*curve))].context;
    context = verifyingContext(key.get());
    return context != nullptr;
}

bool PublicKey::Prepared::setUpEd25519()
{
    description = u"Ed25519"_s;
    ed25519 = ed25519Context(key.get());
    return ed25519 != nullptr;
}

bool PublicKey::Prepared::verifies(Algorithm algorithm, QByteArrayView input, QByteArrayView signature) const
{
    if (algorithm == Algorithm::edDsa)
        return ed25519 && signature.size() == ed25519SignatureSize && verifiesText(ed25519, input, signature);
    const PreparedContext &context = contexts[indexOf(algorithm)];
    if (!context.context)
        return false;
    if (curve)
        return verifiesEc(algorithm, input, signature);
    // OpenSSL would take a PSS signature without its leading zeros.
    return signature.size() == EVP_PKEY_get_size(key.get()) &&
           verifiesDigest(context, Digest::of(hashOf(algorithm), input), signature);
}

bool PublicKey::Prepared::verifiesEc(Algorithm algorithm, QByteArrayView input, QByteArrayView signature) const
{
    const std::optional<EcdsaSignature> numbers = EcdsaSignature::fromRaw(*curve, signature);
    return numbers &&
           verifiesDigest(contexts[indexOf(algorithm)], Digest::of(hashOf(algorithm), input), numbers->der());
}

Result<PublicKey> PublicKey::fromRsa(QByteArrayView modulus, QByteArrayView exponent)
{
    return Prepared::make(makeRsaKey(modulus, exponent));
}

Result<PublicKey> PublicKey::fromEc(Curve curve, QByteArrayView x, QByteArrayView y)
{
    return Prepared::make(makeEcKey(curve, x, y));
}

Result<PublicKey> PublicKey::fromEd25519(QByteArrayView x) { return Prepared::make(makeEd25519Key(x)); }

QByteArray certificatePem(const QByteArray &base64)
{
    return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
}

Result<PublicKey> PublicKey::fromCertificate(QByteArrayView pem) { return Prepared::make(makeKeyOfCertificate(pem)); }

bool PublicKey::fits(Algorithm algorithm) const
{
    return algorithm == Algorithm::edDsa ? m_prepared->ed25519 != nullptr
                                         : m_prepared->contexts[indexOf(algorithm)].context != nullptr;
}

bool PublicKey::verifies(Algorithm algorithm, QByteArrayView input, QByteArrayView signature) const
{
    const bool isGenuine = m_prepared->verifies(algorithm, input, signature);
    if (!isGenuine)
        ERR_clear_error(); // Else a later caller on this thread (Qt's TLS) would take our error for its own.
    return isGenuine;
}

int PublicKey::bits() const { return EVP_PKEY_get_bits(m_prepared->key.get()); }

const QString &PublicKey::description() const { return m_prepared->description; }

JsonObject PublicKey::numbers() const { return numbersOf(m_prepared->key.get()); }

QByteArray PublicKey::subjectPublicKeyInfo() const
{
    const int size = i2d_PUBKEY(m_prepared->key.get(), nullptr);
    if (size <= 0)
        return {};
    QByteArray der(size, Qt::Uninitialized);
    unsigned char *end = evp::bytes(der);
    i2d_PUBKEY(m_prepared->key.get(), &end);
    return der;
}

bool operator==(const PublicKey &left, const PublicKey &right)
{
    const bool isEqual = EVP_PKEY_eq(left.m_prepared->key.get(), right.m_prepared->key.get()) == 1;
    if (!isEqual)
        ERR_clear_error();
    return isEqual;
}

} // namespace bookdesk::jose
