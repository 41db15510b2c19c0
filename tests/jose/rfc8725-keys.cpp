// RFC 8725 sections 3.4 (validate cryptographic inputs) and 3.5 (ensure that keys have sufficient entropy).
#include "jose/rfc8725-attack.h"
#include "jose/rfc8725-own-rsa-key.h"

#include <QMessageAuthenticationCode>

#include <openssl/evp.h>

#include <array>
#include <memory>

using namespace Qt::StringLiterals;

namespace bookdesk::jose::attacks {
namespace {

QString base64(const QByteArray &bytes) { return QString::fromLatin1(toBase64Url(bytes)); }

QByteArray bytesOf(const JsonObject &jwk, const QString &member)
{
    const Json *value = jwk.find(member);
    return value && value->asString() ? fromBase64Url(value->asString()->toUtf8()).value_or(QByteArray())
                                      : QByteArray();
}

struct CurveFacts
{
    Algorithm algorithm;
    QByteArray name;
    QByteArray order; ///< n of the curve, big-endian, as long as a half of a signature (FIPS 186-4 appendix D.1.2).
};

std::array<CurveFacts, 3> curves()
{
    return {
        CurveFacts{Algorithm::es256, "ES256",
                   QByteArray::fromHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")},
        CurveFacts{Algorithm::es384, "ES384",
                   QByteArray::fromHex("ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0"
                                       "a77aecec196accc52973")},
        CurveFacts{Algorithm::es512, "ES512",
                   QByteArray::fromHex("01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa5186"
                                       "8783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409")}};
}

QByteArray number(qsizetype size, char value) { return QByteArray(size - 1, '\0') + value; }

/// "Psychic signatures" (CVE-2022-21449): numbers that are not a signature, but verify if nobody checks their range.
void addPsychicSignatures(Attacks &rows)
{
    for (const CurveFacts &curve : curves()) {
        const qsizetype size = curve.order.size();
        const QByteArray zero(size, '\0');
        const QByteArray one = number(size, '\1');
        const auto add = [&](const char *name, const QByteArray &r, const QByteArray &s) {
            const auto attempt = [algorithm = curve.algorithm, signature = r + s](const Forge &forge) {
                return Trial{resigned(forge.goodToken(algorithm), signature), forge.keys(), Forge::everyAlgorithm()};
            };
            rows.push_back({curve.name + ": " + name, Kind::signature, Fault::mismatch, attempt});
        };
        add("R = 0, S = 0", zero, zero);
        add("R = 0, S = 1", zero, one);
        add("R = 1, S = 0", one, zero);
        add("R = 1, S = 1", one, one);
        add("R = n, S = n", curve.order, curve.order);
        add("R = n, S = 1", curve.order, one);
        add("R = 1, S = n", one, curve.order);
        add("R = 0, S = n", zero, curve.order);
        add("R and S beyond everything", QByteArray(size, '\xff'), QByteArray(size, '\xff'));
    }
}

using JwkChange = JsonObject (*)(const JsonObject &);

/// A good token; the issuer's one key is published changed, so that it is no key any more and must be left out.
auto publishedAs(Algorithm algorithm, JwkChange change)
{
    return [algorithm, change](const Forge &forge) {
        return Trial{forge.goodToken(algorithm), keySet({change(forge.jwk(algorithm))}), Forge::everyAlgorithm()};
    };
}

JsonObject withY(const JsonObject &jwk, const QByteArray &y) { return changed(jwk, u"y"_s, base64(y)); }
JsonObject withX(const JsonObject &jwk, const QByteArray &x) { return changed(jwk, u"x"_s, base64(x)); }

JsonObject offTheCurve(const JsonObject &jwk)
{
    QByteArray y = bytesOf(jwk, u"y"_s);
    y.back() = static_cast<char>(y.back() ^ 1);
    return withY(jwk, y);
}

void addInvalidCurvePoints(Attacks &rows)
{
    const std::array<std::pair<const char *, JwkChange>, 12> changes{{
        {"a point off the curve", &offTheCurve},
        {"x and y exchanged",
         [](const JsonObject &jwk) { return withX(withY(jwk, bytesOf(jwk, u"x"_s)), bytesOf(jwk, u"y"_s)); }},
        {"the point 0, 0",
         [](const JsonObject &jwk) {
             const QByteArray zero(bytesOf(jwk, u"x"_s).size(), '\0');
             return withX(withY(jwk, zero), zero);
         }},
        {"the point at infinity, as empty coordinates",
         [](const JsonObject &jwk) { return withX(withY(jwk, {}), {}); }},
        {"the point at infinity, as one zero byte",
         [](const JsonObject &jwk) { return withX(withY(jwk, QByteArray(1, '\0')), QByteArray(1, '\0')); }},
        {"coordinates beyond the field",
         [](const JsonObject &jwk) {
             const QByteArray ones(bytesOf(jwk, u"x"_s).size(), '\xff');
             return withX(withY(jwk, ones), ones);
         }},
        {"x without its first byte", [](const JsonObject &jwk) { return withX(jwk, bytesOf(jwk, u"x"_s).mid(1)); }},
        {"x with a zero byte in front", [](const JsonObject &jwk) { return withX(jwk, '\0' + bytesOf(jwk, u"x"_s)); }},
        {"no y", [](const JsonObject &jwk) { return changed(jwk, u"y"_s, Json()); }},
        {"no curve", [](const JsonObject &jwk) { return changed(jwk, u"crv"_s, Json()); }},
        {"a curve that is not in use here",
         [](const JsonObject &jwk) { return changed(jwk, u"crv"_s, u"secp256k1"_s); }},
        {"a curve in small letters",
         [](const JsonObject &jwk) { return changed(jwk, u"crv"_s, jwk.find(u"crv")->asString()->toLower()); }},
    }};
    for (const CurveFacts &curve : curves()) {
        for (const auto &[name, change] : changes)
            rows.push_back(
                {curve.name + ": " + name, Kind::key, Fault::mismatch, publishedAs(curve.algorithm, change)});
    }
    rows.push_back(
        {"P-256 coordinates under the name P-384", Kind::key, Fault::mismatch,
         publishedAs(Algorithm::es256, [](const JsonObject &jwk) { return changed(jwk, u"crv"_s, u"P-384"_s); })});
    rows.push_back(
        {"P-256 coordinates under the name Ed25519", Kind::key, Fault::mismatch,
         publishedAs(Algorithm::es256, [](const JsonObject &jwk) { return changed(jwk, u"crv"_s, u"Ed25519"_s); })});
}

void addInvalidEd25519Keys(Attacks &rows)
{
    const std::array<std::pair<const char *, JwkChange>, 9> changes{{
        {"31 bytes", [](const JsonObject &jwk) { return withX(jwk, bytesOf(jwk, u"x"_s).chopped(1)); }},
        {"33 bytes", [](const JsonObject &jwk) { return withX(jwk, bytesOf(jwk, u"x"_s) + '\0'); }},
        {"no bytes", [](const JsonObject &jwk) { return withX(jwk, {}); }},
        {"bytes that are no point", [](const JsonObject &jwk) { return withX(jwk, '\2' + QByteArray(31, '\0')); }},
        {"a y beyond the field", [](const JsonObject &jwk) { return withX(jwk, QByteArray(32, '\xff')); }},
        {"a key for key agreement (X25519)", [](const JsonObject &jwk) { return changed(jwk, u"crv"_s, u"X25519"_s); }},
        {"the curve Ed448", [](const JsonObject &jwk) { return changed(jwk, u"crv"_s, u"Ed448"_s); }},
        {"no curve", [](const JsonObject &jwk) { return changed(jwk, u"crv"_s, Json()); }},
        {"the key type EC", [](const JsonObject &jwk) { return changed(jwk, u"kty"_s, u"EC"_s); }},
    }};
    for (const auto &[name, change] : changes)
        rows.push_back(
            {QByteArray("Ed25519: ") + name, Kind::key, Fault::mismatch, publishedAs(Algorithm::edDsa, change)});
}

/// OpenSSL itself, which takes any 32 bytes for a key.
bool opensslVerifies(const QByteArray &ed25519Key, const QByteArray &input, const QByteArray &signature)
{
    const auto bytes = [](const QByteArray &array) {
        return reinterpret_cast<const unsigned char *>(array.constData());
    };
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes(ed25519Key),
                                    static_cast<std::size_t>(ed25519Key.size())),
        &EVP_PKEY_free);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    return key && context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), bytes(signature), static_cast<std::size_t>(signature.size()), bytes(input),
                            static_cast<std::size_t>(input.size())) == 1;
}

/// With a key of small order anyone can sign: R is the neutral element and S is 0, and one token in as many as the
/// order says verifies. The forger tries until it does.
Trial forgedForSmallOrder(const Forge &forge, const QByteArray &point)
{
    constexpr int mostTries = 1000;
    const QByteArray neutral = '\1' + QByteArray(63, '\0');
    QByteArray input;
    for (int i = 0; i < mostTries; ++i) {
        const Claims claims = Claims::ofAccessToken().with("x", QByteArray::number(i));
        input = signingInput(forge.header(Algorithm::edDsa), claims.text());
        if (opensslVerifies(point, input, neutral))
            break;
    }
    return {input + '.' + toBase64Url(neutral), keySet({withX(forge.jwk(Algorithm::edDsa), point)}),
            Forge::everyAlgorithm()};
}

void addSmallOrders(Attacks &rows)
{
    const std::array<std::pair<const char *, const char *>, 6> points{{
        {"order 1", "0100000000000000000000000000000000000000000000000000000000000000"},
        {"order 1, with a sign", "0100000000000000000000000000000000000000000000000000000000000080"},
        {"order 2", "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"},
        {"order 4", "0000000000000000000000000000000000000000000000000000000000000000"},
        {"order 8", "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"},
        {"order 1, y beyond the field", "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"},
    }};
    for (const auto &[name, hex] : points) {
        const auto attempt = [point = QByteArray::fromHex(hex)](const Forge &forge) {
            return forgedForSmallOrder(forge, point);
        };
        rows.push_back({QByteArray("Ed25519: a key of ") + name, Kind::key, Fault::mismatch, attempt});
    }
}

/// A token that a weak key signed well.
auto signedByWeakKey(unsigned bits, unsigned exponent)
{
    return [bits, exponent](const Forge &) {
        const OwnRsaKey key(bits, exponent);
        const QByteArray input =
            signingInput(R"({"typ":"JWT","alg":"RS256","kid":"own"})", Claims::ofAccessToken().text());
        return Trial{input + '.' + toBase64Url(key.signature(input)), keySet({key.publicJwk()}), Forge::apiPolicy()};
    };
}

auto withNumber(const QString &member, const QByteArray &bytes)
{
    return [member, bytes](const Forge &forge) {
        return Trial{forge.goodToken(), keySet({changed(forge.jwk(), member, base64(bytes))}), Forge::apiPolicy()};
    };
}

/// e = 1: anyone can sign.
Trial signedWithExponentOne(const Forge &forge)
{
    const QByteArray token = forge.goodToken();
    const QByteArray input = token.left(token.lastIndexOf('.'));
    return {resigned(token, paddedDigest(input)), keySet({changed(forge.jwk(), u"e"_s, base64(QByteArray(1, '\1')))}),
            Forge::apiPolicy()};
}

/// A password as the secret, published among the keys.
Trial signedWithAPassword(const Forge &forge)
{
    const QByteArray input =
        signingInput(R"({"typ":"JWT","alg":"HS256","kid":"password"})", Claims::ofAccessToken().text());
    const QByteArray mac = QMessageAuthenticationCode::hash(input, "secret", QCryptographicHash::Sha256);
    const JsonObject jwk{{u"kty"_s, u"oct"_s}, {u"kid"_s, u"password"_s}, {u"k"_s, base64("secret")}};
    return {input + '.' + toBase64Url(mac), keySet({jwk, forge.jwk()}), Forge::everyAlgorithm()};
}

} // namespace

Attacks cryptographicInputs()
{
    Attacks rows;
    addPsychicSignatures(rows);
    addInvalidCurvePoints(rows);
    addInvalidEd25519Keys(rows);
    addSmallOrders(rows);
    rows.push_back({"ES256: the point mirrored, which is another key", Kind::signature, Fault::mismatch,
                    publishedAs(Algorithm::es256, [](const JsonObject &jwk) {
                        // -y modulo p of P-256, by hand: p - y.
                        const QByteArray prime =
                            QByteArray::fromHex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
                        QByteArray y = bytesOf(jwk, u"y"_s);
                        int borrow = 0;
                        for (qsizetype i = y.size() - 1; i >= 0; --i) {
                            const int digit =
                                static_cast<unsigned char>(prime.at(i)) - static_cast<unsigned char>(y.at(i)) - borrow;
                            borrow = digit < 0 ? 1 : 0;
                            y[i] = static_cast<char>(digit & 0xff);
                        }
                        return withY(jwk, y);
                    })});
    return rows;
}

Attacks keyEntropy()
{
    const auto leftOut = [](const char *name, std::function<Trial(const Forge &)> attempt) {
        return Attack{name, Kind::key, Fault::mismatch, std::move(attempt)};
    };
    return {
        leftOut("RSA of 512 bits", signedByWeakKey(512, 65537)),
        leftOut("RSA of 1024 bits", signedByWeakKey(1024, 65537)),
        leftOut("RSA of 2047 bits", signedByWeakKey(2047, 65537)),
        leftOut("RSA of 2048 bits with the exponent 3", signedByWeakKey(2048, 3)),
        leftOut("RSA of 2048 bits with the exponent 17", signedByWeakKey(2048, 17)),
        leftOut("RSA with the exponent 1, for which everybody can sign", &signedWithExponentOne),
        leftOut("RSA with the exponent 0", withNumber(u"e"_s, QByteArray(1, '\0'))),
        leftOut("RSA with the exponent 2", withNumber(u"e"_s, QByteArray(1, '\2'))),
        leftOut("RSA with the even exponent 65536", withNumber(u"e"_s, QByteArray::fromHex("010000"))),
        leftOut("RSA with an exponent of 65 bits", withNumber(u"e"_s, QByteArray::fromHex("010000000000000001"))),
        leftOut("RSA with an empty exponent", withNumber(u"e"_s, {})),
        leftOut("RSA with an empty modulus", withNumber(u"n"_s, {})),
        leftOut("RSA with the modulus 0", withNumber(u"n"_s, QByteArray(256, '\0'))),
        leftOut("RSA with an even modulus", withNumber(u"n"_s, '\x80' + QByteArray(255, '\0'))),
        leftOut("RSA with a modulus of 16385 bits", withNumber(u"n"_s, '\1' + QByteArray(2047, '\0') + '\1')),
        leftOut("a modulus padded with zero bytes to look long", withNumber(u"n"_s, QByteArray(255, '\0') + '\x0f')),
        {"a password as the key of an HMAC", Kind::algorithm, Fault::notAllowed, &signedWithAPassword},
    };
}

} // namespace bookdesk::jose::attacks
