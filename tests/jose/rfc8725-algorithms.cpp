// RFC 8725 sections 3.1 (perform algorithm verification) and 3.2 (use appropriate algorithms).
#include "jose/rfc8725-attack.h"

#include <QMessageAuthenticationCode>

using namespace Qt::StringLiterals;

namespace bookdesk::jose::attacks {
namespace {

QByteArray nameOf(Algorithm algorithm) { return QString(algorithmName(algorithm)).toUtf8(); }

/// The good claims under a header that claims another algorithm (as JSON), with the good RS256 signature over it all.
auto claimingAlgorithm(const QByteArray &json)
{
    return [json](const Forge &forge) {
        const QByteArray header = R"({"typ":"JWT","alg":)" + json + R"(,"kid":")" + forge.keyId() + "\"}";
        return Trial{forge.sign(header, Claims::ofAccessToken().text()), forge.keys(), Forge::everyAlgorithm()};
    };
}

/// As attackers do it: without the signature.
auto unsignedClaiming(const QByteArray &json)
{
    return [json](const Forge &forge) {
        Trial trial = claimingAlgorithm(json)(forge);
        trial.token = resigned(trial.token, {});
        return trial;
    };
}

QByteArray derOf(const JsonObject &jwk)
{
    const Json *modulus = jwk.find(u"n");
    return QByteArray::fromHex("30820122300d06092a864886f70d01010105000382010f003082010a0282010100") +
           fromBase64Url(modulus->asString()->toUtf8()).value_or(QByteArray()) + QByteArray::fromHex("0203010001");
}

QByteArray pemOf(const JsonObject &jwk)
{
    const QByteArray base64 = derOf(jwk).toBase64();
    QByteArray pem = "-----BEGIN PUBLIC KEY-----\n";
    for (qsizetype i = 0; i < base64.size(); i += 64)
        pem += base64.mid(i, 64) + '\n';
    return pem + "-----END PUBLIC KEY-----\n";
}

using SecretOf = QByteArray (*)(const Forge &);

/// The public key, which everyone knows, as the secret of an HMAC.
auto macWith(const QByteArray &algorithm, QCryptographicHash::Algorithm hash, SecretOf secretOf)
{
    return [algorithm, hash, secretOf](const Forge &forge) {
        const QByteArray header = R"({"typ":"JWT","alg":")" + algorithm + R"(","kid":")" + forge.keyId() + "\"}";
        const QByteArray input = signingInput(header, Claims::ofAccessToken().text());
        const QByteArray mac = QMessageAuthenticationCode::hash(input, secretOf(forge), hash);
        return Trial{input + '.' + toBase64Url(mac), forge.keys(), Forge::everyAlgorithm()};
    };
}

void addPublicKeyAsSecret(Attacks &rows)
{
    const SecretOf pem = [](const Forge &forge) { return pemOf(forge.jwk()); };
    const SecretOf trimmedPem = [](const Forge &forge) { return pemOf(forge.jwk()).trimmed(); };
    const SecretOf der = [](const Forge &forge) { return derOf(forge.jwk()); };
    const SecretOf jwk = [](const Forge &forge) { return toCompactJson(forge.jwk()); };
    const SecretOf nothing = [](const Forge &) { return QByteArray(); };
    const SecretOf point = [](const Forge &forge) {
        return fromBase64Url(forge.jwk(Algorithm::edDsa).find(u"x")->asString()->toUtf8()).value_or(QByteArray());
    };
    const auto add = [&rows](const char *name, const QByteArray &algorithm, QCryptographicHash::Algorithm hash,
                             SecretOf secretOf) {
        rows.push_back({name, Kind::algorithm, Fault::notAllowed, macWith(algorithm, hash, secretOf)});
    };
    add("HS256 with the RSA key's PEM as the secret", "HS256", QCryptographicHash::Sha256, pem);
    add("HS384 with the RSA key's PEM as the secret", "HS384", QCryptographicHash::Sha384, pem);
    add("HS512 with the RSA key's PEM as the secret", "HS512", QCryptographicHash::Sha512, pem);
    add("HS256 with the PEM without its last line feed", "HS256", QCryptographicHash::Sha256, trimmedPem);
    add("HS256 with the RSA key's DER as the secret", "HS256", QCryptographicHash::Sha256, der);
    add("HS256 with the JWK as the secret", "HS256", QCryptographicHash::Sha256, jwk);
    add("HS256 with an empty secret", "HS256", QCryptographicHash::Sha256, nothing);
    add("HS256 with the Ed25519 key's bytes as the secret", "HS256", QCryptographicHash::Sha256, point);
}

bool fits(Algorithm algorithm, Algorithm ownOfKey)
{
    const bool isCurveAlgorithm = algorithm == Algorithm::es256 || algorithm == Algorithm::es384 ||
                                  algorithm == Algorithm::es512 || algorithm == Algorithm::edDsa;
    return isCurveAlgorithm ? algorithm == ownOfKey : ownOfKey == Algorithm::rs256;
}

/// Every algorithm with every key that is for another one; the signature is as good as that key can make it.
void addKeysOfAnotherType(Attacks &rows)
{
    const std::array keys{std::pair{Algorithm::rs256, "an RSA key"}, std::pair{Algorithm::es256, "a P-256 key"},
                          std::pair{Algorithm::es384, "a P-384 key"}, std::pair{Algorithm::es512, "a P-521 key"},
                          std::pair{Algorithm::edDsa, "an Ed25519 key"}};
    for (const Algorithm algorithm : allAlgorithms) {
        for (const auto &[own, keyName] : keys) {
            if (fits(algorithm, own))
                continue;
            const auto attempt = [algorithm, own = own](const Forge &forge) {
                const QByteArray header =
                    R"({"typ":"JWT","alg":")" + nameOf(algorithm) + R"(","kid":")" + forge.keyId(own) + "\"}";
                return Trial{forge.sign(header, Claims::ofAccessToken().text(), own), forge.keys(),
                             Forge::everyAlgorithm()};
            };
            rows.push_back({nameOf(algorithm) + " with " + keyName, Kind::key, Fault::notAllowed, attempt});
        }
    }
}

/// One key, two algorithms: the header names one, the signature is of the other.
void addSignaturesOfAnotherAlgorithm(Attacks &rows)
{
    constexpr std::array ofRsa{Algorithm::rs256, Algorithm::rs384, Algorithm::rs512,
                               Algorithm::ps256, Algorithm::ps384, Algorithm::ps512};
    for (const Algorithm named : ofRsa) {
        for (const Algorithm used : ofRsa) {
            if (named == used)
                continue;
            const auto attempt = [named, used](const Forge &forge) {
                return Trial{forge.sign(forge.header(named), Claims::ofAccessToken().text(), used), forge.keys(),
                             Forge::everyAlgorithm()};
            };
            rows.push_back({nameOf(named) + " in the header over a signature of " + nameOf(used), Kind::signature,
                            Fault::mismatch, attempt});
        }
    }
}

/// The issuer's RSA key as it would be published with one member more; the token is good.
auto publishedWith(const QString &member, const Json &value)
{
    return [member, value](const Forge &forge) {
        return Trial{forge.goodToken(), keySet({changed(forge.jwk(), member, value)}), Forge::everyAlgorithm()};
    };
}

void addContradictingKeys(Attacks &rows)
{
    const auto strings = [](std::initializer_list<QString> values) {
        JsonArray array;
        for (const QString &value : values)
            array.push_back(Json(value));
        return Json(std::move(array));
    };
    const auto add = [&rows](const char *name, Fault fault, const QString &member, const Json &value) {
        rows.push_back({name, Kind::key, fault, publishedWith(member, value)});
    };
    add("RS256 with a key that is for PS256", Fault::notAllowed, u"alg"_s, u"PS256"_s);
    add("RS256 with a key that is for RS512", Fault::notAllowed, u"alg"_s, u"RS512"_s);
    // These are no keys for such signatures at all, so the set is read as if they were not there.
    add("a key whose alg is of another key type", Fault::mismatch, u"alg"_s, u"ES256"_s);
    add("a key whose alg is for encryption", Fault::mismatch, u"alg"_s, u"RSA-OAEP"_s);
    add("a key whose alg is HS256", Fault::mismatch, u"alg"_s, u"HS256"_s);
    add("a key whose alg is none", Fault::mismatch, u"alg"_s, u"none"_s);
    add("a key whose alg is no string", Fault::mismatch, u"alg"_s, Json(256));
    add("a key for encryption", Fault::mismatch, u"use"_s, u"enc"_s);
    add("a key whose use is in capitals", Fault::mismatch, u"use"_s, u"SIG"_s);
    add("a key whose key_ops is sign only", Fault::mismatch, u"key_ops"_s, strings({u"sign"_s}));
    add("a key whose key_ops is for encryption", Fault::mismatch, u"key_ops"_s, strings({u"encrypt"_s, u"wrapKey"_s}));
    add("a key whose key_ops is no array", Fault::mismatch, u"key_ops"_s, u"verify"_s);
    add("an RSA key that says it is EC", Fault::mismatch, u"kty"_s, u"EC"_s);
    add("an RSA key that says it is a shared secret", Fault::mismatch, u"kty"_s, u"oct"_s);
    add("a key whose type is in small letters", Fault::mismatch, u"kty"_s, u"rsa"_s);
    add("a key without a type", Fault::mismatch, u"kty"_s, Json());
}

/// A good token of an algorithm that is not among those that the policy allows.
auto allowing(Algorithm algorithm, std::vector<Algorithm> allowed)
{
    return [algorithm, allowed = std::move(allowed)](const Forge &forge) {
        return Trial{forge.goodToken(algorithm), forge.keys(), Forge::apiPolicy(allowed)};
    };
}

} // namespace

Attacks algorithmVerification()
{
    const auto is = [](const char *name, Fault fault, const QByteArray &json) {
        return Attack{name, Kind::algorithm, fault, claimingAlgorithm(json)};
    };
    const auto isUnsigned = [](const char *name, const QByteArray &json) {
        return Attack{name, Kind::algorithm, Fault::notAllowed, unsignedClaiming(json)};
    };
    Attacks rows{
        isUnsigned("alg is none", "\"none\""),
        isUnsigned("alg is None", "\"None\""),
        isUnsigned("alg is NONE", "\"NONE\""),
        isUnsigned("alg is nOnE", "\"nOnE\""),
        isUnsigned("alg is none with a blank behind", "\"none \""),
        isUnsigned("alg is none with a blank in front", "\" none\""),
        isUnsigned("alg is none with a zero byte behind", "\"none\\u0000\""),
        isUnsigned("alg is n\\u006fne", "\"n\\u006fne\""),
        isUnsigned("alg is empty and the signature, too", "\"\""),
        isUnsigned("RS256,none", "\"RS256,none\""),
        is("alg is none over a good signature", Fault::notAllowed, "\"none\""),
        is("alg in small letters", Fault::notAllowed, "\"rs256\""),
        is("alg with a blank behind", Fault::notAllowed, "\"RS256 \""),
        is("alg with a blank in front", Fault::notAllowed, "\" RS256\""),
        is("alg with a zero byte behind", Fault::notAllowed, "\"RS256\\u0000\""),
        is("alg with a Cyrillic letter", Fault::notAllowed, "\"R\\u0405256\""),
        is("alg with a full-width digit", Fault::notAllowed, "\"RS25\\uff16\""),
        is("alg is null", Fault::notAllowed, "null"),
        is("alg is a number", Fault::notAllowed, "256"),
        is("alg is true", Fault::notAllowed, "true"),
        is("alg is an array", Fault::notAllowed, "[\"RS256\"]"),
        is("alg is an object", Fault::notAllowed, "{\"RS256\":\"RS256\"}"),
        {"alg is missing", Kind::algorithm, Fault::missing,
         [](const Forge &forge) {
             return Trial{forge.sign("{\"kid\":\"" + forge.keyId() + "\"}", Claims::ofAccessToken().text()),
                          forge.keys(), Forge::everyAlgorithm()};
         }},
        {"alg is Alg", Kind::algorithm, Fault::missing,
         [](const Forge &forge) {
             return Trial{
                 forge.sign(R"({"Alg":"RS256","kid":")" + forge.keyId() + "\"}", Claims::ofAccessToken().text()),
                 forge.keys(), Forge::everyAlgorithm()};
         }},
    };
    addPublicKeyAsSecret(rows);
    addKeysOfAnotherType(rows);
    addSignaturesOfAnotherAlgorithm(rows);
    addContradictingKeys(rows);
    return rows;
}

Attacks appropriateAlgorithms()
{
    const auto is = [](const char *name, const QByteArray &json) {
        return Attack{name, Kind::algorithm, Fault::notAllowed, claimingAlgorithm(json)};
    };
    Attacks rows{
        is("RS1, which hashes with SHA-1", "\"RS1\""),
        is("HS256 over an RSA signature", "\"HS256\""),
        is("ES256K, a curve that is not in use here", "\"ES256K\""),
        is("RSA1_5, which encrypts", "\"RSA1_5\""),
        is("RSA-OAEP, which encrypts", "\"RSA-OAEP\""),
        is("dir, which encrypts", "\"dir\""),
        is("A128KW, which wraps keys", "\"A128KW\""),
        is("Ed448, a curve that is not in use here", "\"Ed448\""),
        is("SHA256withRSA, the name of another standard", "\"SHA256withRSA\""),
        is("an algorithm's identifier in XML", "\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\""),
        {"RS256 where the policy allows no algorithm", Kind::algorithm, Fault::notAllowed,
         allowing(Algorithm::rs256, {})},
        {"RS256 where the policy allows ES256 only", Kind::algorithm, Fault::notAllowed,
         allowing(Algorithm::rs256, {Algorithm::es256})},
        {"RS256 where the policy allows PS256 only", Kind::algorithm, Fault::notAllowed,
         allowing(Algorithm::rs256, {Algorithm::ps256})},
        {"ES256 where the policy allows ES384 and ES512", Kind::algorithm, Fault::notAllowed,
         allowing(Algorithm::es256, {Algorithm::es384, Algorithm::es512})},
    };
    for (const Algorithm algorithm : allAlgorithms) {
        if (algorithm != Algorithm::rs256)
            rows.push_back({"a good " + nameOf(algorithm) + " token where the policy is the default one, RS256 only",
                            Kind::algorithm, Fault::notAllowed, allowing(algorithm, TokenPolicy().algorithms)});
    }
    return rows;
}

} // namespace bookdesk::jose::attacks
