#include "sandbox/careless-trust.h"

#include "jose/base64url.h"

#include <QMessageAuthenticationCode>
#include <QSslKey>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

using jose::DecodedToken;

QString algorithmOf(const DecodedToken &token)
{
    const Json *algorithm = token.header.find(u"alg");
    return algorithm && algorithm->asString() ? *algorithm->asString() : QString();
}

bool isSignedWith(const DecodedToken &token, const QByteArray &secret)
{
    return token.signature == QMessageAuthenticationCode::hash(token.signingInput.reveal().toByteArray(), secret,
                                                               QCryptographicHash::Sha256);
}

bool isSignedWithAny(const DecodedToken &token, const QByteArrayList &secrets)
{
    return algorithmOf(token) == "HS256"_L1 &&
           std::any_of(secrets.begin(), secrets.end(),
                       [&token](const QByteArray &secret) { return isSignedWith(token, secret); });
}

/// As libraries hand the key to a function that takes it for a secret.
QByteArrayList encodingsOf(const jose::PublicKey &key)
{
    const QByteArray der = key.subjectPublicKeyInfo();
    const QByteArray pem = QSslKey(der, QSsl::Rsa, QSsl::Der, QSsl::PublicKey).toPem();
    const JsonObject numbers = key.numbers();
    const Json *modulus = numbers.find(u"n");
    QByteArrayList encodings{der, pem, pem.trimmed(), toCompactJson(numbers)};
    if (modulus)
        encodings += jose::fromBase64Url(modulus->asString()->toLatin1()).value_or(QByteArray());
    return encodings;
}

bool verifies(const jose::PublicKey &key, const DecodedToken &token)
{
    return key.verifies(jose::Algorithm::rs256, token.signingInput.reveal(), token.signature);
}

bool isSignedWithKeyIn(const DecodedToken &token, const QByteArray &keySet)
{
    const Result<jose::JwkSet> set = jose::parseJwkSet(keySet);
    return set && !set->keys.empty() && verifies(set->keys.front().key, token);
}

bool isSignedWithCertificate(const DecodedToken &token, const QByteArray &pem)
{
    const Result<jose::PublicKey> key = jose::PublicKey::fromCertificate(pem);
    return key && verifies(*key, token);
}

bool isSignedWithEmbeddedKey(const DecodedToken &token)
{
    if (const Json *jwk = token.header.find(u"jwk"))
        return isSignedWithKeyIn(token, toCompactJson(JsonObject{{u"keys"_s, JsonArray{*jwk}}}));
    const Json *chain = token.header.find(u"x5c");
    const JsonArray *certificates = chain ? chain->asArray() : nullptr;
    if (!certificates || certificates->empty() || !certificates->front().asString())
        return false;
    return isSignedWithCertificate(token, jose::certificatePem(certificates->front().asString()->toLatin1()));
}

/// What is at the address that the header's member names. Only addresses that are their own document are read.
QByteArray documentAt(const DecodedToken &token, QStringView member)
{
    const Json *address = token.header.find(member);
    const QString text = address && address->asString() ? *address->asString() : QString();
    if (!text.startsWith("data:"_L1))
        return {};
    return QByteArray::fromBase64(text.section(u";base64,"_s, 1).toLatin1());
}

bool isSignedWithKeyAtAddress(const DecodedToken &token)
{
    return isSignedWithKeyIn(token, documentAt(token, u"jku")) ||
           isSignedWithCertificate(token, documentAt(token, u"x5u"));
}

/// The secret that the key ID leads to where it is a path, part of an SQL statement or of a command; nothing is really
/// read or run.
std::optional<QByteArray> lookedUp(const QString &keyId)
{
    constexpr QLatin1StringView statement{"UNION SELECT '"};
    constexpr QLatin1StringView command{"| echo "};
    const QString path = keyId.section(QChar::Null, 0, 0);
    if (path.isEmpty() || path.endsWith("/dev/null"_L1) || path.endsWith("/no-such-key"_L1))
        return QByteArray();
    if (const qsizetype found = keyId.indexOf(statement); found >= 0)
        return keyId.sliced(found + statement.size()).toUtf8();
    if (keyId.startsWith(command))
        return keyId.sliced(command.size()).toUtf8();
    return std::nullopt;
}

bool isSignedWithLookedUp(const DecodedToken &token)
{
    const std::optional<QByteArray> secret =
        token.header.find(u"kid") ? lookedUp(token.keyId()) : std::optional<QByteArray>();
    return secret && isSignedWithAny(token, {*secret});
}

bool isZeroSignature(const DecodedToken &token)
{
    return algorithmOf(token) == "ES256"_L1 &&
           (token.signature == QByteArray(64, '\0') || token.signature == QByteArray::fromHex("3006020100020100"));
}

bool isTrustedBy(Carelessness carelessness, const DecodedToken &token, const jose::JwkSet &keys)
{
    const jose::Jwk *named = keys.find(token.keyId());
    switch (carelessness) {
    case Carelessness::signatureUnchecked:
        return true;
    case Carelessness::signatureMayBeEmpty:
        return token.signature.isEmpty() && algorithmOf(token) == "RS256"_L1;
    case Carelessness::algorithmNone:
        return algorithmOf(token).compare("none"_L1, Qt::CaseInsensitive) == 0;
    case Carelessness::publicKeyAsSecret:
        return named && isSignedWithAny(token, encodingsOf(named->key));
    case Carelessness::guessableSecret:
        return named && isSignedWithAny(token, {QByteArray(), "a", "secret"});
    case Carelessness::zeroSignature:
        return isZeroSignature(token);
    case Carelessness::embeddedKey:
        return isSignedWithEmbeddedKey(token);
    case Carelessness::keyAddressFollowed:
        return isSignedWithKeyAtAddress(token);
    case Carelessness::keyIdAsLookup:
        return isSignedWithLookedUp(token);
    default:
        return false;
    }
}

} // namespace

bool isCarelesslyTrusted(const DecodedToken &token, const jose::JwkSet &keys, const CarelessnessSet &carelessness)
{
    return std::any_of(carelessness.begin(), carelessness.end(),
                       [&](Carelessness each) { return isTrustedBy(each, token, keys); });
}

void nameFittingKey(DecodedToken &token, const jose::JwkSet &keys)
{
    const auto fitting = std::find_if(keys.keys.begin(), keys.keys.end(),
                                      [&token](const jose::Jwk &key) { return verifies(key.key, token); });
    if (fitting != keys.keys.end())
        token.header.set(u"kid"_s, fitting->keyId);
}

} // namespace bookdesk::sandbox
