#include "jose/signing-key.h"

#include "jose/base64url.h"
#include "jose/errors.h"
#include "jose/evp.h"

#include <QCoreApplication>

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/sha.h>

#include <array>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SigningKey)
};

tl::unexpected<Error> signingFailed()
{
    std::array<char, 256> reason{};
    ERR_error_string_n(ERR_peek_last_error(), reason.data(), reason.size());
    ERR_clear_error();
    return failure(errors::signingFailed, Texts::tr("OpenSSL could not make the key or the signature. Try again."),
                   QString::fromLatin1(reason.data()));
}

/// A number of the key, as base64url of its big-endian bytes.
QString keyNumber(const EVP_PKEY *key, const char *parameter)
{
    BIGNUM *taken = nullptr;
    if (EVP_PKEY_get_bn_param(key, parameter, &taken) != 1)
        return {};
    const evp::Number number(taken);
    QByteArray bytes(BN_num_bytes(number.get()), Qt::Uninitialized);
    BN_bn2bin(number.get(), reinterpret_cast<unsigned char *>(bytes.data()));
    return QString::fromLatin1(toBase64Url(bytes));
}

QString modulusOf(const EVP_PKEY *key) { return keyNumber(key, OSSL_PKEY_PARAM_RSA_N); }

QString exponentOf(const EVP_PKEY *key) { return keyNumber(key, OSSL_PKEY_PARAM_RSA_E); }

/// RFC 7638: the hash of the required members in the order of their names.
QString thumbprint(const EVP_PKEY *key)
{
    const QByteArray json =
        toCompactJson(JsonObject{{u"e"_s, exponentOf(key)}, {u"kty"_s, u"RSA"_s}, {u"n"_s, modulusOf(key)}});
    QByteArray digest(SHA256_DIGEST_LENGTH, Qt::Uninitialized);
    unsigned int size = 0;
    if (EVP_Digest(json.data(), static_cast<std::size_t>(json.size()), reinterpret_cast<unsigned char *>(digest.data()),
                   &size, EVP_sha256(), nullptr) != 1)
        return {};
    return QString::fromLatin1(toBase64Url(digest));
}

/// Empty where OpenSSL refuses.
QByteArray rs256(EVP_PKEY *key, const QByteArray &input)
{
    const auto *data = reinterpret_cast<const unsigned char *>(input.constData());
    const auto size = static_cast<std::size_t>(input.size());
    const evp::DigestContext context(EVP_MD_CTX_new());
    std::size_t length = 0;
    // RSASSA-PKCS1-v1_5 is OpenSSL's padding for RSA unless another one is asked for.
    if (!context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key) != 1 ||
        EVP_DigestSign(context.get(), nullptr, &length, data, size) != 1)
        return {};
    QByteArray signature(static_cast<qsizetype>(length), Qt::Uninitialized);
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &length, data, size) != 1)
        return {};
    signature.truncate(static_cast<qsizetype>(length));
    return signature;
}

JsonObject completed(JsonObject header, const QString &keyId)
{
    const Json *type = header.find(u"typ");
    const Json *key = header.find(u"kid");
    JsonObject result{
        {u"typ"_s, type ? *type : Json(u"JWT"_s)}, {u"alg"_s, u"RS256"_s}, {u"kid"_s, key ? *key : Json(keyId)}};
    for (const JsonMember &member : header.members()) {
        if (!result.find(member.first))
            result.append(member.first, member.second);
    }
    return result;
}

} // namespace

Result<SigningKey> SigningKey::generateRsa(int bits)
{
    std::shared_ptr<EVP_PKEY> key(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", static_cast<std::size_t>(bits)),
                                  &EVP_PKEY_free);
    if (!key)
        return signingFailed();
    QString keyId = thumbprint(key.get());
    if (keyId.isEmpty())
        return signingFailed();
    return SigningKey(std::move(key), std::move(keyId));
}

JsonObject SigningKey::publicJwk() const
{
    return {{u"kty"_s, u"RSA"_s},
            {u"use"_s, u"sig"_s},
            {u"kid"_s, m_keyId},
            {u"n"_s, modulusOf(m_key.get())},
            {u"e"_s, exponentOf(m_key.get())}};
}

Result<Secret> SigningKey::sign(JsonObject header, const JsonObject &claims) const
{
    QByteArray token =
        toBase64Url(toCompactJson(completed(std::move(header), m_keyId))) + '.' + toBase64Url(toCompactJson(claims));
    const QByteArray signature = rs256(m_key.get(), token);
    if (signature.isEmpty())
        return signingFailed();
    token += '.' + toBase64Url(signature);
    return Secret::taking(std::move(token));
}

} // namespace bookdesk::jose
