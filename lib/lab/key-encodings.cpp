#include "lab/key-encodings.h"

#include "jose/base64url.h"

#include <QCoreApplication>

namespace bookdesk::lab {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(KeyEncodings)
};

constexpr qsizetype lineLength = 64;

} // namespace

Possible<QByteArray> der(const jose::PublicKey &key) { return key.subjectPublicKeyInfo(); }

Possible<QByteArray> pem(const jose::PublicKey &key)
{
    return pemWithoutLineEnd(key).map([](QByteArray text) { return text + '\n'; });
}

Possible<QByteArray> pemWithoutLineEnd(const jose::PublicKey &key)
{
    const QByteArray base64 = key.subjectPublicKeyInfo().toBase64();
    QByteArray text = "-----BEGIN PUBLIC KEY-----\n";
    for (qsizetype begin = 0; begin < base64.size(); begin += lineLength)
        text += base64.mid(begin, lineLength) + '\n';
    text += "-----END PUBLIC KEY-----";
    return text;
}

Possible<QByteArray> jwk(const jose::PublicKey &key) { return toCompactJson(key.numbers()); }

Possible<QByteArray> modulus(const jose::PublicKey &key)
{
    const JsonObject numbers = key.numbers();
    const Json *encoded = numbers.find(u"n");
    if (!encoded)
        return notPossible(Texts::tr("The tenant's key is not an RSA key, so it has no modulus."));
    return jose::fromBase64Url(encoded->asString()->toLatin1()).value_or(QByteArray());
}

} // namespace bookdesk::lab
