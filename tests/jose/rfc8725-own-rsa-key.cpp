#include "jose/rfc8725-own-rsa-key.h"

#include "jose/base64url.h"

#include <QCryptographicHash>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

using namespace Qt::StringLiterals;

namespace bookdesk::jose::attacks {
namespace {

QString number(const EVP_PKEY *key, const char *name)
{
    BIGNUM *taken = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &taken) != 1)
        qFatal("The key has no %s", name);
    const std::unique_ptr<BIGNUM, decltype(&BN_free)> owned(taken, &BN_free);
    QByteArray bytes(BN_num_bytes(taken), Qt::Uninitialized);
    BN_bn2bin(taken, reinterpret_cast<unsigned char *>(bytes.data()));
    return QString::fromLatin1(toBase64Url(bytes));
}

using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

QByteArray signWith(const Context &context, const EVP_PKEY *key, const QByteArray &input)
{
    QByteArray signature(EVP_PKEY_get_size(key), '\0');
    auto length = static_cast<std::size_t>(signature.size());
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &length,
                       reinterpret_cast<const unsigned char *>(input.constData()),
                       static_cast<std::size_t>(input.size())) != 1)
        qFatal("OpenSSL does not sign");
    return signature;
}

} // namespace

OwnRsaKey::OwnRsaKey(unsigned bits, unsigned exponent)
{
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr), &EVP_PKEY_CTX_free);
    const std::unique_ptr<BIGNUM, decltype(&BN_free)> e(BN_new(), &BN_free);
    EVP_PKEY *key = nullptr;
    if (!context || !e || BN_set_word(e.get(), exponent) != 1 || EVP_PKEY_keygen_init(context.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), static_cast<int>(bits)) != 1 ||
        EVP_PKEY_CTX_set1_rsa_keygen_pubexp(context.get(), e.get()) != 1 || EVP_PKEY_generate(context.get(), &key) != 1)
        qFatal("OpenSSL makes no RSA key of %u bits with the exponent %u", bits, exponent);
    m_key = {key, &EVP_PKEY_free};
}

JsonObject OwnRsaKey::publicJwk() const
{
    return {{u"kty"_s, u"RSA"_s},
            {u"use"_s, u"sig"_s},
            {u"kid"_s, u"own"_s},
            {u"n"_s, number(m_key.get(), OSSL_PKEY_PARAM_RSA_N)},
            {u"e"_s, number(m_key.get(), OSSL_PKEY_PARAM_RSA_E)}};
}

QByteArray OwnRsaKey::signature(const QByteArray &input) const
{
    const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    if (!context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, m_key.get()) != 1)
        qFatal("OpenSSL does not sign with the key");
    return signWith(context, m_key.get(), input);
}

QByteArray OwnRsaKey::pssSignature(const QByteArray &input, int saltLength, const char *maskHash) const
{
    const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    EVP_PKEY_CTX *padding = nullptr;
    if (!context || EVP_DigestSignInit(context.get(), &padding, EVP_sha256(), nullptr, m_key.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(padding, RSA_PKCS1_PSS_PADDING) != 1 ||
        EVP_PKEY_CTX_set_rsa_pss_saltlen(padding, saltLength) != 1 ||
        EVP_PKEY_CTX_set_rsa_mgf1_md_name(padding, maskHash, nullptr) != 1)
        qFatal("OpenSSL does not sign with such a salt");
    return signWith(context, m_key.get(), input);
}

QByteArray paddedDigest(const QByteArray &input)
{
    const QByteArray info = QByteArray::fromHex("3031300d060960864801650304020105000420") +
                            QCryptographicHash::hash(input, QCryptographicHash::Sha256);
    return QByteArray::fromHex("0001") + QByteArray(256 - 3 - info.size(), '\xff') + '\0' + info;
}

} // namespace bookdesk::jose::attacks
