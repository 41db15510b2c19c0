// RFC 8725 section 3.3 (validate all cryptographic operations).
#include "jose/rfc8725-attack.h"
#include "jose/rfc8725-own-rsa-key.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::jose::attacks {
namespace {

using Change = QByteArray (*)(const QByteArray &);

/// A good token with its signature changed.
auto signatureChanged(Algorithm algorithm, Change change)
{
    return [algorithm, change](const Forge &forge) {
        const QByteArray token = forge.goodToken(algorithm);
        return Trial{resigned(token, change(signatureOf(token))), forge.keys(), Forge::everyAlgorithm()};
    };
}

/// An unsigned number in DER (X.690 section 8.3).
QByteArray derNumber(QByteArray bytes)
{
    while (bytes.size() > 1 && bytes.at(0) == 0)
        bytes.remove(0, 1);
    if (static_cast<unsigned char>(bytes.at(0)) >= 0x80)
        bytes.prepend('\0');
    return QByteArray(1, '\x02') + static_cast<char>(bytes.size()) + bytes;
}

/// The form that OpenSSL and X.509 know; JWS has the two numbers side by side (RFC 7518 section 3.4).
QByteArray toDer(const QByteArray &raw)
{
    const QByteArray numbers = derNumber(raw.left(raw.size() / 2)) + derNumber(raw.mid(raw.size() / 2));
    QByteArray length(1, static_cast<char>(numbers.size()));
    if (numbers.size() > 127)
        length.prepend('\x81');
    return '\x30' + length + numbers;
}

QByteArray swapped(const QByteArray &raw) { return raw.mid(raw.size() / 2) + raw.left(raw.size() / 2); }

/// Each number with a zero byte in front: the same numbers, another length.
QByteArray widened(const QByteArray &raw) { return '\0' + raw.left(raw.size() / 2) + '\0' + raw.mid(raw.size() / 2); }

/// Ed25519: the same signature with the group's order added to S (RFC 8032 section 5.1.7 demands S < L).
QByteArray orderAdded(const QByteArray &signature)
{
    const QByteArray order = QByteArray::fromHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    QByteArray sum = signature;
    int carry = 0;
    for (qsizetype i = 0; i < order.size(); ++i) {
        const qsizetype at = signature.size() - order.size() + i;
        carry += static_cast<unsigned char>(signature.at(at)) + static_cast<unsigned char>(order.at(i));
        sum[at] = static_cast<char>(carry & 0xff);
        carry >>= 8;
    }
    return sum;
}

void addChangedSignatures(Attacks &rows)
{
    const std::array algorithms{std::pair{Algorithm::rs256, "RS256: "}, std::pair{Algorithm::ps256, "PS256: "},
                                std::pair{Algorithm::es256, "ES256: "}, std::pair{Algorithm::es512, "ES512: "},
                                std::pair{Algorithm::edDsa, "EdDSA: "}};
    const std::array<std::pair<const char *, Change>, 8> changes{{
        {"no signature", [](const QByteArray &) { return QByteArray(); }},
        {"the signature without its last byte", [](const QByteArray &good) { return good.chopped(1); }},
        {"the signature without its first byte", [](const QByteArray &good) { return good.mid(1); }},
        {"the signature with a zero byte behind", [](const QByteArray &good) { return good + '\0'; }},
        {"the signature with a zero byte in front", [](const QByteArray &good) { return '\0' + good; }},
        {"the signature twice", [](const QByteArray &good) { return good + good; }},
        {"all bits zero", [](const QByteArray &good) { return QByteArray(good.size(), '\0'); }},
        {"all bits one", [](const QByteArray &good) { return QByteArray(good.size(), '\xff'); }},
    }};
    for (const auto &[algorithm, prefix] : algorithms) {
        for (const auto &[name, change] : changes)
            rows.push_back(
                {QByteArray(prefix) + name, Kind::signature, Fault::mismatch, signatureChanged(algorithm, change)});
    }
}

void addCurveEncodings(Attacks &rows)
{
    const std::array algorithms{std::pair{Algorithm::es256, "ES256: "}, std::pair{Algorithm::es384, "ES384: "},
                                std::pair{Algorithm::es512, "ES512: "}};
    const std::array<std::pair<const char *, Change>, 5> changes{{
        {"the signature as DER", &toDer},
        {"R and S exchanged", &swapped},
        {"R and S with a zero byte in front of each", &widened},
        {"R only", [](const QByteArray &good) { return good.left(good.size() / 2); }},
        {"R without its first byte", [](const QByteArray &good) { return good.mid(1, good.size() / 2 - 1); }},
    }};
    for (const auto &[algorithm, prefix] : algorithms) {
        for (const auto &[name, change] : changes)
            rows.push_back(
                {QByteArray(prefix) + name, Kind::signature, Fault::mismatch, signatureChanged(algorithm, change)});
    }
}

/// A signature of PS256, but for the salt (RFC 7518 section 3.5 demands that it is as long as the hash) or the mask.
auto saltedWith(int saltLength, const char *maskHash = "SHA256")
{
    return [saltLength, maskHash](const Forge &) {
        const OwnRsaKey key(2048, 65537);
        const QByteArray input =
            signingInput(R"({"typ":"JWT","alg":"PS256","kid":"own"})", Claims::ofAccessToken().text());
        const QByteArray signature = key.pssSignature(input, saltLength, maskHash);
        return Trial{input + '.' + toBase64Url(signature), keySet({key.publicJwk()}), Forge::everyAlgorithm()};
    };
}

/// A good token whose signed parts are changed after signing.
auto rewritten(QByteArray (*header)(const Forge &), const QByteArray &claims)
{
    return [header, claims](const Forge &forge) {
        const QByteArray signature = signatureOf(forge.goodToken());
        return Trial{signingInput(header(forge), claims) + '.' + toBase64Url(signature), forge.keys(),
                     Forge::apiPolicy()};
    };
}

QByteArray goodHeader(const Forge &forge) { return forge.header(); }

/// A token within a token (RFC 7519 section 5.2): the outer one's signature is good.
auto nested(const QByteArray &more, QByteArray (*inner)(const Forge &))
{
    return [more, inner](const Forge &forge) {
        return Trial{forge.sign(forge.header(Algorithm::rs256, more), inner(forge)), forge.keys(), Forge::apiPolicy()};
    };
}

} // namespace

Attacks cryptographicOperations()
{
    const QByteArray claims = Claims::ofAccessToken().text();
    Attacks rows{
        {"Ed25519: S with the group's order added", Kind::signature, Fault::mismatch,
         signatureChanged(Algorithm::edDsa, &orderAdded)},
        {"PS256: no salt", Kind::signature, Fault::mismatch, saltedWith(0)},
        {"PS256: a salt of 20 bytes", Kind::signature, Fault::mismatch, saltedWith(20)},
        {"PS256: a salt of 222 bytes, the longest there is", Kind::signature, Fault::mismatch, saltedWith(222)},
        {"PS256: SHA-1 within the mask", Kind::signature, Fault::mismatch, saltedWith(32, "SHA1")},
        {"the signature backwards", Kind::signature, Fault::mismatch,
         signatureChanged(Algorithm::rs256,
                          [](const QByteArray &good) {
                              return QByteArray::fromStdString({good.crbegin(), good.crend()});
                          })},
        {"the claims gain a role after signing", Kind::signature, Fault::mismatch,
         rewritten(&goodHeader, Claims::ofAccessToken().with("roles", "[\"Books.Admin\"]").text())},
        {"the expiry is put off after signing", Kind::signature, Fault::mismatch,
         rewritten(&goodHeader, Claims::ofAccessToken().with("exp", "4102444800").text())},
        {"the claims gain a blank after signing", Kind::signature, Fault::mismatch,
         rewritten(&goodHeader, claims + ' ')},
        {"the header gains a member after signing", Kind::signature, Fault::mismatch,
         rewritten([](const Forge &forge) { return forge.header(Algorithm::rs256, R"(,"x":1)"); }, claims)},
        {"a forged token that has expired, too, is forged first", Kind::signature, Fault::mismatch,
         rewritten(&goodHeader, Claims::ofAccessToken().with("exp", "1").text())},
        {"a forged token for another audience is forged first", Kind::signature, Fault::mismatch,
         rewritten(&goodHeader, Claims::ofAccessToken().with("aud", "\"another\"").text())},
        {"the signature of another token of the same key", Kind::signature, Fault::mismatch,
         [](const Forge &forge) {
             const QByteArray other = forge.sign(forge.header(), Claims::ofIdToken().text());
             return Trial{resigned(forge.goodToken(), signatureOf(other)), forge.keys(), Forge::apiPolicy()};
         }},
        {"a stranger's RSA signature under our key ID", Kind::signature, Fault::mismatch,
         [](const Forge &forge) {
             const QByteArray input = signingInput(forge.header(), Claims::ofAccessToken().text());
             const QByteArray signature = *forge.stranger().signature(Algorithm::rs256, input);
             return Trial{input + '.' + toBase64Url(signature), forge.keys(), Forge::apiPolicy()};
         }},
        {"a stranger's P-256 signature under our key ID", Kind::signature, Fault::mismatch,
         [](const Forge &forge) {
             const QByteArray input = signingInput(forge.header(Algorithm::es256), Claims::ofAccessToken().text());
             const QByteArray signature = *forge.strangersCurveKey().signature(Algorithm::es256, input);
             return Trial{input + '.' + toBase64Url(signature), forge.keys(), Forge::everyAlgorithm()};
         }},
        {"a signature over the decoded texts instead of the encoded ones", Kind::signature, Fault::mismatch,
         [](const Forge &forge) {
             const QByteArray text = forge.header() + '.' + Claims::ofAccessToken().text();
             const QByteArray signature = *forge.key(Algorithm::rs256).signature(Algorithm::rs256, text);
             return Trial{resigned(forge.goodToken(), signature), forge.keys(), Forge::apiPolicy()};
         }},
        {"a signature over the claims only", Kind::signature, Fault::mismatch,
         [](const Forge &forge) {
             const QByteArray text = toBase64Url(Claims::ofAccessToken().text());
             const QByteArray signature = *forge.key(Algorithm::rs256).signature(Algorithm::rs256, text);
             return Trial{resigned(forge.goodToken(), signature), forge.keys(), Forge::apiPolicy()};
         }},
        {"a nested token, cty JWT", Kind::structure, Fault::malformed,
         nested(R"(,"cty":"JWT")", [](const Forge &forge) { return forge.goodToken(); })},
        {"a nested token that does not say so", Kind::structure, Fault::malformed,
         nested({}, [](const Forge &forge) { return forge.goodToken(); })},
        {"a nested token as a JSON string", Kind::structure, Fault::malformed,
         nested(R"(,"cty":"JWT")", [](const Forge &forge) { return '"' + forge.goodToken() + '"'; })},
    };
    addChangedSignatures(rows);
    addCurveEncodings(rows);
    return rows;
}

} // namespace bookdesk::jose::attacks
