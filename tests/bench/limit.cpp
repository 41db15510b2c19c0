#include "bench/limit.h"

#include "jose/base64url.h"

#include <QString>

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>

#include <array>
#include <stdexcept>

using namespace Qt::StringLiterals;

namespace bookdesk::bench {
namespace {

const unsigned char *bytes(QByteArrayView view) { return reinterpret_cast<const unsigned char *>(view.data()); }

std::size_t sizeOf(QByteArrayView view) { return static_cast<std::size_t>(view.size()); }

void require(bool holds, const char *what)
{
    if (!holds)
        throw std::runtime_error(what);
}

QByteArray member(const JsonObject &jwk, QStringView name)
{
    const Json *value = jwk.find(name);
    require(value && value->asString(), "a member of the key is missing");
    return jose::fromBase64Url(value->asString()->toLatin1()).value_or(QByteArray());
}

bool isOfType(const JsonObject &jwk, const QString &type)
{
    const Json *value = jwk.find(u"kty");
    return value && *value == Json(type);
}

std::shared_ptr<EVP_PKEY> keyFrom(const char *type, OSSL_PARAM_BLD *builder)
{
    const std::unique_ptr<OSSL_PARAM, decltype(&OSSL_PARAM_free)> parameters(OSSL_PARAM_BLD_to_param(builder),
                                                                             &OSSL_PARAM_free);
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr), &EVP_PKEY_CTX_free);
    EVP_PKEY *key = nullptr;
    require(EVP_PKEY_fromdata_init(context.get()) == 1 &&
                EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) == 1,
            "OpenSSL does not take the key");
    return {key, &EVP_PKEY_free};
}

using Number = std::unique_ptr<BIGNUM, decltype(&BN_free)>;

Number number(const QByteArray &value)
{
    return {BN_bin2bn(bytes(value), static_cast<int>(value.size()), nullptr), &BN_free};
}

std::shared_ptr<EVP_PKEY> keyOf(const JsonObject &jwk)
{
    const std::unique_ptr<OSSL_PARAM_BLD, decltype(&OSSL_PARAM_BLD_free)> builder(OSSL_PARAM_BLD_new(),
                                                                                  &OSSL_PARAM_BLD_free);
    if (isOfType(jwk, u"RSA"_s)) {
        const Number modulus = number(member(jwk, u"n"));
        const Number exponent = number(member(jwk, u"e"));
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
        return keyFrom("RSA", builder.get());
    }
    const bool isEc = isOfType(jwk, u"EC"_s);
    const QByteArray point = isEc ? '\x04' + member(jwk, u"x") + member(jwk, u"y") : member(jwk, u"x");
    if (isEc)
        OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), sizeOf(point));
    return keyFrom(isEc ? "EC" : "ED25519", builder.get());
}

QByteArray der(const QByteArray &raw)
{
    const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> numbers(ECDSA_SIG_new(), &ECDSA_SIG_free);
    const qsizetype half = raw.size() / 2;
    ECDSA_SIG_set0(numbers.get(), number(raw.first(half)).release(), number(raw.sliced(half)).release());
    QByteArray encoded(i2d_ECDSA_SIG(numbers.get(), nullptr), Qt::Uninitialized);
    auto *out = reinterpret_cast<unsigned char *>(encoded.data());
    i2d_ECDSA_SIG(numbers.get(), &out);
    return encoded;
}

std::shared_ptr<EVP_PKEY_CTX> preparedContext(EVP_PKEY *key, bool isRsa)
{
    std::shared_ptr<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr), &EVP_PKEY_CTX_free);
    require(EVP_PKEY_verify_init(context.get()) == 1, "a verification cannot be prepared");
    if (isRsa)
        require(EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
                    EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256()) == 1,
                "the padding cannot be set");
    return context;
}

std::shared_ptr<EVP_MD_CTX> textContext(EVP_PKEY *key)
{
    std::shared_ptr<EVP_MD_CTX> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    require(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key) == 1, "Ed25519 cannot be prepared");
    return context;
}

} // namespace

Limit::Limit(const JsonObject &publicJwk, const QByteArray &token)
    : m_input(token.first(token.lastIndexOf('.')))
    , m_signature(jose::fromBase64Url(token.sliced(m_input.size() + 1)).value_or(QByteArray()))
    , m_hash(EVP_MD_fetch(nullptr, "SHA256", nullptr), &EVP_MD_free)
    , m_hashing(EVP_MD_CTX_new(), &EVP_MD_CTX_free)
    , m_key(keyOf(publicJwk))
{
    if (isOfType(publicJwk, u"OKP"_s))
        m_textContext = textContext(m_key.get());
    else
        m_context = preparedContext(m_key.get(), isOfType(publicJwk, u"RSA"_s));
    if (isOfType(publicJwk, u"EC"_s))
        m_signature = der(m_signature);
}

bool Limit::verify() const
{
    if (m_textContext)
        return verifyText();
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    if (EVP_DigestInit_ex2(m_hashing.get(), m_hash.get(), nullptr) != 1 ||
        EVP_DigestUpdate(m_hashing.get(), m_input.constData(), sizeOf(m_input)) != 1 ||
        EVP_DigestFinal_ex(m_hashing.get(), digest.data(), nullptr) != 1)
        return false;
    return EVP_PKEY_verify(m_context.get(), bytes(m_signature), sizeOf(m_signature), digest.data(), digest.size()) == 1;
}

bool Limit::verifyText() const
{
#if OPENSSL_VERSION_PREREQ(3, 4)
    // From then on a context is for one verification.
    if (EVP_DigestVerifyInit(m_textContext.get(), nullptr, nullptr, nullptr, nullptr) != 1)
        return false;
#endif
    return EVP_DigestVerify(m_textContext.get(), bytes(m_signature), sizeOf(m_signature), bytes(m_input),
                            sizeOf(m_input)) == 1;
}

} // namespace bookdesk::bench
