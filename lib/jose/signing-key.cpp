#include "jose/signing-key.h"

#include "jose/base64url.h"
#include "jose/ecdsa-signature.h"
#include "jose/errors.h"
#include "jose/evp.h"
#include "jose/hash.h"
#include "jose/key-making.h"
#include "jose/key-members.h"

#include <QCoreApplication>

#include <openssl/err.h>
#include <openssl/rsa.h>

#include <algorithm>
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
    return failure(errors::signingFailed, Texts::tr("OpenSSL could not make the key or the signature."),
                   Texts::tr("Try again."), {{facts::reason, QString::fromLatin1(reason.data())}});
}

tl::unexpected<Error> wrongAlgorithm(Algorithm algorithm)
{
    return failure(errors::signingFailed, Texts::tr("The key cannot sign with this algorithm."),
                   Texts::tr("Choose another key."), {{facts::got, algorithmName(algorithm)}});
}

/// RFC 7638: the hash of the required members in the order of their names.
QString thumbprint(const EVP_PKEY *key)
{
    const JsonObject numbers = numbersOf(key);
    std::vector<JsonMember> members = numbers.members();
    std::sort(members.begin(), members.end(),
              [](const JsonMember &left, const JsonMember &right) { return left.first < right.first; });
    JsonObject sorted;
    for (const auto &[name, value] : members)
        sorted.append(name, value);
    return QString::fromLatin1(toBase64Url(Digest::of(Hash::sha256, toCompactJson(sorted)).view()));
}

bool fits(const EVP_PKEY *key, Algorithm algorithm)
{
    if (algorithm == Algorithm::edDsa)
        return EVP_PKEY_is_a(key, "ED25519") == 1;
    if (!isEcdsa(algorithm))
        return EVP_PKEY_is_a(key, "RSA") == 1;
    const std::optional<Curve> curve = curveOf(key);
    return curve && algorithmOf(*curve) == algorithm;
}

bool setUp(EVP_MD_CTX *context, EVP_PKEY *key, Algorithm algorithm)
{
    const char *hash = algorithm == Algorithm::edDsa ? nullptr : hashName(hashOf(algorithm));
    EVP_PKEY_CTX *parameters = nullptr; // belongs to the context
    if (EVP_DigestSignInit_ex(context, &parameters, hash, nullptr, nullptr, key, nullptr) != 1)
        return false;
    // RSASSA-PKCS1-v1_5 is OpenSSL's padding for RSA unless another one is asked for; the mask's hash is the text's.
    return !isPss(algorithm) || (EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) == 1 &&
                                 EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) == 1);
}

/// As OpenSSL writes it; empty where it refuses.
QByteArray rawSignature(EVP_PKEY *key, Algorithm algorithm, QByteArrayView input)
{
    const auto size = static_cast<std::size_t>(input.size());
    const evp::DigestContext context(EVP_MD_CTX_new());
    std::size_t length = 0;
    if (!context || !setUp(context.get(), key, algorithm) ||
        EVP_DigestSign(context.get(), nullptr, &length, evp::bytes(input), size) != 1)
        return {};
    QByteArray signature(static_cast<qsizetype>(length), Qt::Uninitialized);
    if (EVP_DigestSign(context.get(), evp::bytes(signature), &length, evp::bytes(input), size) != 1)
        return {};
    signature.truncate(static_cast<qsizetype>(length));
    return signature;
}

JsonObject completed(JsonObject header, Algorithm algorithm, const QString &keyId)
{
    const Json *type = header.find(u"typ");
    const Json *key = header.find(u"kid");
    JsonObject result{{u"typ"_s, type ? *type : Json(u"JWT"_s)},
                      {u"alg"_s, algorithmName(algorithm)},
                      {u"kid"_s, key ? *key : Json(keyId)}};
    for (const JsonMember &member : header.members()) {
        if (!result.find(member.first))
            result.append(member.first, member.second);
    }
    return result;
}

} // namespace

SigningKey::SigningKey(std::shared_ptr<EVP_PKEY> key, Algorithm algorithm)
    : m_key(std::move(key))
    , m_algorithm(algorithm)
    , m_keyId(thumbprint(m_key.get()))
{}

Result<SigningKey> SigningKey::owning(EVP_PKEY *key, Algorithm algorithm)
{
    if (!key)
        return signingFailed();
    return SigningKey(std::shared_ptr<EVP_PKEY>(key, &EVP_PKEY_free), algorithm);
}

Result<SigningKey> SigningKey::generateRsa(int bits)
{
    return owning(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", static_cast<std::size_t>(bits)), Algorithm::rs256);
}

Result<SigningKey> SigningKey::generateEc(Curve curve)
{
    return owning(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curveName(curve).toLatin1().data()), algorithmOf(curve));
}

Result<SigningKey> SigningKey::generateEd25519()
{
    return owning(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), Algorithm::edDsa);
}

JsonObject SigningKey::publicJwk() const
{
    JsonObject jwk{{u"kty"_s, nullptr}, {u"use"_s, u"sig"_s}, {u"kid"_s, m_keyId}};
    const JsonObject numbers = numbersOf(m_key.get());
    for (const auto &[name, value] : numbers.members())
        jwk.set(name, value);
    return jwk;
}

Result<QByteArray> SigningKey::signature(Algorithm algorithm, QByteArrayView input) const
{
    if (!fits(m_key.get(), algorithm))
        return wrongAlgorithm(algorithm);
    QByteArray signature = rawSignature(m_key.get(), algorithm, input);
    if (const std::optional<Curve> curve = curveOf(m_key.get()); curve && !signature.isEmpty())
        signature = rawFromDer(*curve, signature);
    if (signature.isEmpty())
        return signingFailed();
    return signature;
}

Result<Secret> SigningKey::sign(JsonObject header, const JsonObject &claims) const
{
    return sign(m_algorithm, std::move(header), claims);
}

Result<Secret> SigningKey::sign(Algorithm algorithm, JsonObject header, const JsonObject &claims) const
{
    QByteArray token = toBase64Url(toCompactJson(completed(std::move(header), algorithm, m_keyId))) + '.' +
                       toBase64Url(toCompactJson(claims));
    const Result<QByteArray> made = signature(algorithm, token);
    if (!made)
        return failure(made.error());
    token += '.' + toBase64Url(*made);
    return Secret::taking(std::move(token));
}

} // namespace bookdesk::jose
