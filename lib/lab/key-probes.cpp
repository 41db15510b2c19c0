// Tokens that lead the API to another key than the tenant's, or to none.
#include "core/text.h"
#include "lab/forger.h"
#include "lab/probe-rows.h"
#include "lab/self-signed.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::lab::rows {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(KeyProbes)
};

constexpr ProbeGroup group = ProbeGroup::key;
constexpr const char *receivedClaims = "RFC 8725, section 3.10";

/// Nobody's: names below .invalid never resolve (RFC 2606), so nothing is fetched from it.
const QString nowhere = u"https://bookdesk-probe.invalid/"_s;

Possible<Forgery> made(const Possible<Secret> &token, const QString &name, const QString &sent)
{
    if (!token)
        return notPossible(token.error());
    return Forgery{.token = *token, .details = {{name, sent, {}}}};
}

Possible<Forgery> otherKey(const Forger &forger)
{
    return made(forger.byProber(forger.header(), forger.claims()), u"signature"_s, Texts::tr("of another key"));
}

Possible<Forgery> unknownKeyId(const Forger &forger)
{
    const QString id = u"bookdesk-probe"_s;
    return made(forger.byTenant(with(forger.header(), u"kid"_s, id), forger.claims()), u"kid"_s, id);
}

Possible<Forgery> missingKeyId(const Forger &forger)
{
    JsonObject header = forger.header();
    header.remove(u"kid");
    return made(forger.byTenant(header, forger.claims()), u"kid"_s, Texts::tr("missing"));
}

Possible<Forgery> numericKeyId(const Forger &forger)
{
    return made(forger.byTenant(with(forger.header(), u"kid"_s, 1), forger.claims()), u"kid"_s, u"1"_s);
}

/// HS256 with the secret to which such a key ID leads an API that uses it unchecked. All are inert: they read nothing
/// and change nothing that matters.
ProbeRow hostileKeyId(const char *id, const char *title, const QString &keyId, const QByteArray &secret)
{
    const auto forge = [keyId, secret](const Forger &forger) -> Possible<Forgery> {
        const JsonObject header = with(with(forger.header(), u"alg"_s, u"HS256"_s), u"kid"_s, keyId);
        return Forgery{.token = withSecret(header, forger.claims(), secret),
                       .details = {{u"kid"_s, keyId.isEmpty() ? Texts::tr("empty") : visible(keyId), {}},
                                   {u"alg"_s, u"HS256"_s, u"RS256"_s}}};
    };
    return {id,
            group,
            title,
            QT_TRANSLATE_NOOP("Probe", "a key that the token's key ID made up"),
            receivedClaims,
            "key-id-lookup",
            forge};
}

Possible<Forgery> embeddedKey(const Forger &forger)
{
    const Possible<jose::SigningKey> key = forger.proberKey();
    if (!key)
        return notPossible(key.error());
    const JsonObject header = with(with(forger.header(), u"kid"_s, key->keyId()), u"jwk"_s, key->publicJwk());
    return made(forger.byProber(header, forger.claims()), u"jwk"_s, Texts::tr("another key"));
}

/// Names an address where the prober's key is said to be.
Possible<Forgery> pointingTo(const Forger &forger, const QString &member, const QString &address, const QString &shown)
{
    const Possible<jose::SigningKey> key = forger.proberKey();
    if (!key)
        return notPossible(key.error());
    const JsonObject header = with(with(forger.header(), u"kid"_s, key->keyId()), member, address);
    return made(forger.byProber(header, forger.claims()), member, shown);
}

Possible<Forgery> keySetAddress(const Forger &forger)
{
    const QString address = nowhere + u"keys.json"_s;
    return pointingTo(forger, u"jku"_s, address, address);
}

Possible<Forgery> certificateAddress(const Forger &forger)
{
    const QString address = nowhere + u"key.pem"_s;
    return pointingTo(forger, u"x5u"_s, address, address);
}

/// An address that is its own document (RFC 2397): who follows it gets the prober's key, and nothing is fetched.
QString dataAddress(const QString &type, const QByteArray &document)
{
    return u"data:%1;base64,"_s.arg(type) + QString::fromLatin1(document.toBase64());
}

QString keyInData() { return Texts::tr("a data: address with another key"); }

Possible<Forgery> keySetInAddress(const Forger &forger)
{
    const Possible<jose::SigningKey> key = forger.proberKey();
    if (!key)
        return notPossible(key.error());
    const QByteArray keySet = toCompactJson(JsonObject{{u"keys"_s, JsonArray{key->publicJwk()}}});
    return pointingTo(forger, u"jku"_s, dataAddress(u"application/json"_s, keySet), keyInData());
}

Possible<QByteArray> probersCertificate(const Forger &forger)
{
    const Possible<jose::SigningKey> key = forger.proberKey();
    return key ? selfSigned(*key, forger.now()) : notPossible(key.error());
}

Possible<Forgery> certificateInAddress(const Forger &forger)
{
    const Possible<QByteArray> certificate = probersCertificate(forger);
    if (!certificate)
        return notPossible(certificate.error());
    const QByteArray pem = jose::certificatePem(certificate->toBase64());
    return pointingTo(forger, u"x5u"_s, dataAddress(u"application/x-pem-file"_s, pem), keyInData());
}

/// Leads an API that asks whatever issuer a token names to the prober's keys.
Possible<Forgery> ownIssuer(const Forger &forger)
{
    const Possible<jose::SigningKey> key = forger.proberKey();
    if (!key)
        return notPossible(key.error());
    const QString issuer = nowhere + u"v2.0"_s;
    const JsonObject header = with(forger.header(), u"kid"_s, key->keyId());
    return made(forger.byProber(header, with(forger.claims(), u"iss"_s, issuer)), u"iss"_s, issuer);
}

Possible<Forgery> embeddedCertificate(const Forger &forger)
{
    const Possible<jose::SigningKey> key = forger.proberKey();
    const Possible<QByteArray> certificate = probersCertificate(forger);
    if (!certificate)
        return notPossible(certificate.error());
    const JsonArray chain{QString::fromLatin1(certificate->toBase64())};
    const JsonObject header = with(with(forger.header(), u"kid"_s, key->keyId()), u"x5c"_s, chain);
    return made(forger.byProber(header, forger.claims()), u"x5c"_s, Texts::tr("a certificate of another key"));
}

std::vector<ProbeRow> hostileKeyIds()
{
    return {
        hostileKeyId("kid-empty", QT_TRANSLATE_NOOP("Probe", "Key ID empty, with an empty key"), {}, {}),
        hostileKeyId("kid-path", QT_TRANSLATE_NOOP("Probe", "Key ID as a path to an empty file"),
                     u"../../../../../../dev/null"_s, {}),
        hostileKeyId("kid-absolute-path", QT_TRANSLATE_NOOP("Probe", "Key ID as an absolute path to an empty file"),
                     u"/dev/null"_s, {}),
        hostileKeyId("kid-missing-file", QT_TRANSLATE_NOOP("Probe", "Key ID as a path to a file that is missing"),
                     u"/bookdesk-probe/no-such-key"_s, {}),
        hostileKeyId("kid-null-byte", QT_TRANSLATE_NOOP("Probe", "Key ID as a path that a null byte ends"),
                     u"/dev/null\0.pem"_s, {}),
        hostileKeyId("kid-sql", QT_TRANSLATE_NOOP("Probe", "Key ID as SQL that selects a key"),
                     u"x' UNION SELECT 'key"_s, "key"),
        hostileKeyId("kid-command", QT_TRANSLATE_NOOP("Probe", "Key ID as a command that prints a key"),
                     u"| echo key"_s, "key"),
    };
}

} // namespace

std::vector<ProbeRow> key()
{
    std::vector<ProbeRow> rows{
        {"other-key", group, QT_TRANSLATE_NOOP("Probe", "Another key under the same key ID"),
         QT_TRANSLATE_NOOP("Probe", "a token that another key signed"), "RFC 8725, section 3.3", "signature", otherKey},
        {"kid-unknown", group, QT_TRANSLATE_NOOP("Probe", "Unknown key ID"),
         QT_TRANSLATE_NOOP("Probe", "a token whose key ID is unknown"),
         "RFC 8725, section 3.10, RFC 7515, section 4.1.4", "key-id", unknownKeyId},
        {"kid-missing", group, QT_TRANSLATE_NOOP("Probe", "No key ID"),
         QT_TRANSLATE_NOOP("Probe", "a token without a key ID"), "RFC 8725, section 3.10, RFC 7515, section 4.1.4",
         "key-id", missingKeyId},
        {"kid-number", group, QT_TRANSLATE_NOOP("Probe", "Key ID as a number"),
         QT_TRANSLATE_NOOP("Probe", "a token whose key ID is a number"),
         "RFC 8725, section 3.10, RFC 7515, section 4.1.4", "key-id", numericKeyId},
    };
    for (ProbeRow &row : hostileKeyIds())
        rows.push_back(std::move(row));
    rows.push_back({"embedded-jwk", group, QT_TRANSLATE_NOOP("Probe", "Own key in the header (jwk)"),
                    QT_TRANSLATE_NOOP("Probe", "a token that brings its own key"), "CVE-2018-0114", "header-key",
                    embeddedKey});
    rows.push_back({"embedded-x5c", group, QT_TRANSLATE_NOOP("Probe", "Own certificate in the header (x5c)"),
                    QT_TRANSLATE_NOOP("Probe", "a token that brings its own certificate"),
                    "RFC 8725, section 3.8, RFC 7515, section 4.1.6", "header-key", embeddedCertificate});
    rows.push_back({"jku", group, QT_TRANSLATE_NOOP("Probe", "Own key set's address (jku)"),
                    QT_TRANSLATE_NOOP("Probe", "a token that names where its key is"), receivedClaims, "header-key",
                    keySetAddress});
    rows.push_back({"x5u", group, QT_TRANSLATE_NOOP("Probe", "Own certificate's address (x5u)"),
                    QT_TRANSLATE_NOOP("Probe", "a token that names where its certificate is"), receivedClaims,
                    "header-key", certificateAddress});
    rows.push_back({"jku-data", group, QT_TRANSLATE_NOOP("Probe", "Own key set within its address (jku)"),
                    QT_TRANSLATE_NOOP("Probe", "a token whose key is in an address that it names"), receivedClaims,
                    "header-key", keySetInAddress});
    rows.push_back({"x5u-data", group, QT_TRANSLATE_NOOP("Probe", "Own certificate within its address (x5u)"),
                    QT_TRANSLATE_NOOP("Probe", "a token whose certificate is in an address that it names"),
                    receivedClaims, "header-key", certificateInAddress});
    rows.push_back({"issuer-own", group, QT_TRANSLATE_NOOP("Probe", "Own issuer with a key of its own"),
                    QT_TRANSLATE_NOOP("Probe", "a token from an issuer that it names itself"), "RFC 8725, section 3.8",
                    "issuer", ownIssuer});
    return rows;
}

} // namespace bookdesk::lab::rows
