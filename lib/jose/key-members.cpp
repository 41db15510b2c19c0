#include "jose/key-members.h"

#include "jose/base64url.h"
#include "jose/ed25519-point.h"
#include "jose/evp.h"
#include "jose/key-making.h"

#include <openssl/core_names.h>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

Json text(const QByteArray &bytes) { return QString::fromLatin1(toBase64Url(bytes)); }

JsonObject rsaNumbers(const EVP_PKEY *key)
{
    return {{u"kty"_s, u"RSA"_s},
            {u"n"_s, text(evp::numberOf(key, OSSL_PKEY_PARAM_RSA_N))},
            {u"e"_s, text(evp::numberOf(key, OSSL_PKEY_PARAM_RSA_E))}};
}

JsonObject ecNumbers(const EVP_PKEY *key, Curve curve)
{
    const int size = coordinateSize(curve);
    return {{u"kty"_s, u"EC"_s},
            {u"crv"_s, curveName(curve)},
            {u"x"_s, text(evp::numberOf(key, OSSL_PKEY_PARAM_EC_PUB_X, size))},
            {u"y"_s, text(evp::numberOf(key, OSSL_PKEY_PARAM_EC_PUB_Y, size))}};
}

JsonObject ed25519Numbers(const EVP_PKEY *key)
{
    QByteArray x(ed25519KeySize, '\0');
    std::size_t size = ed25519KeySize;
    EVP_PKEY_get_raw_public_key(key, evp::bytes(x), &size);
    return {{u"kty"_s, u"OKP"_s}, {u"crv"_s, u"Ed25519"_s}, {u"x"_s, text(x)}};
}

} // namespace

JsonObject numbersOf(const EVP_PKEY *key)
{
    if (EVP_PKEY_is_a(key, "RSA") == 1)
        return rsaNumbers(key);
    const std::optional<Curve> curve = curveOf(key);
    return curve ? ecNumbers(key, *curve) : ed25519Numbers(key);
}

} // namespace bookdesk::jose
