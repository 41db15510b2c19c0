#include "jose/base64url.h"
#include "jose/rfc8037-vectors.h"
#include "jose/signing-key.h"
#include "jose/verify.h"

#include <QCryptographicHash>
#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

QByteArray bytes(const QByteArray &text)
{
    const std::optional<QByteArray> decoded = fromBase64Url(text);
    if (!decoded)
        qFatal("The RFC's text is not base64url: %s", text.constData());
    return *decoded;
}

JwkSet keysOf(const QByteArray &jwk)
{
    Result<JwkSet> keys = parseJwkSet("{\"keys\":[" + jwk + "]}");
    if (!keys)
        qFatal("The RFC's key cannot be read: %s", qPrintable(factLines(keys.error().facts)));
    return std::move(*keys);
}

QByteArray withKeyId(const QByteArray &jwk) { return jwk.chopped(1) + ",\"kid\":\"" + rfc8037::thumbprint + "\"}"; }

/// RFC 7638: the required members by name, hashed.
QByteArray thumbprintOf(const JsonObject &jwk, const QStringList &requiredMembers)
{
    JsonObject required;
    for (const QString &name : requiredMembers) {
        if (const Json *value = jwk.find(name))
            required.append(name, *value);
    }
    return toBase64Url(QCryptographicHash::hash(toCompactJson(required), QCryptographicHash::Sha256));
}

const QByteArray signingInput = rfc8037::header + '.' + rfc8037::payload;

} // namespace

/// The examples of RFC 8037 appendix A.
class Rfc8037Test : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTheSignatureOfA4()
    {
        const Result<PublicKey> key = PublicKey::fromEd25519(bytes(rfc8037::x));
        QVERIFY(key);
        QCOMPARE(key->description(), u"Ed25519"_s);
        for (const Algorithm algorithm : allAlgorithms)
            QCOMPARE(key->verifies(algorithm, signingInput, bytes(rfc8037::signature)), algorithm == Algorithm::edDsa);
        QVERIFY(!key->verifies(Algorithm::edDsa, signingInput.chopped(1), bytes(rfc8037::signature)));
        QVERIFY(!key->verifies(Algorithm::edDsa, signingInput, bytes(rfc8037::signature).chopped(1)));
    }

    void readsTheKeysOfA1AndA2()
    {
        const JwkSet published = keysOf(withKeyId(rfc8037::publicKey));
        QCOMPARE(published.findings, QStringList());
        const JwkSet leaked = keysOf(withKeyId(rfc8037::privateKey));
        QCOMPARE(leaked.findings.size(), 1);
        QCOMPARE(published.keys.size(), std::size_t{1});
        QCOMPARE(leaked.keys.size(), std::size_t{1});
        QVERIFY(published.keys.front().key == leaked.keys.front().key);
        QVERIFY(leaked.keys.front().key.verifies(Algorithm::edDsa, signingInput, bytes(rfc8037::signature)));
    }

    void aKeyWithoutAKeyIdIsLeftOut()
    {
        const JwkSet keys = keysOf(rfc8037::publicKey);
        QVERIFY(keys.keys.empty());
        QCOMPARE(keys.findings.size(), 1);
    }

    void keyIdsAreTheThumbprintsOfA3()
    {
        const Result<JsonObject> jwk = parseJsonObject(rfc8037::publicKey);
        QVERIFY(jwk);
        const QStringList okp{u"crv"_s, u"kty"_s, u"x"_s};
        QCOMPARE(toBase64Url(QCryptographicHash::hash(rfc8037::thumbprintInput, QCryptographicHash::Sha256)),
                 rfc8037::thumbprint);
        QCOMPARE(thumbprintOf(*jwk, okp), rfc8037::thumbprint);
        const auto hasThumbprint = [](const Result<SigningKey> &key, const QStringList &members) {
            return key && key->keyId().toUtf8() == thumbprintOf(key->publicJwk(), members);
        };
        QVERIFY(hasThumbprint(SigningKey::generateEd25519(), okp));
        for (const Curve curve : allCurves)
            QVERIFY(hasThumbprint(SigningKey::generateEc(curve), {u"crv"_s, u"kty"_s, u"x"_s, u"y"_s}));
        QVERIFY(hasThumbprint(SigningKey::generateRsa(), {u"e"_s, u"kty"_s, u"n"_s}));
    }

    void theExampleIsNoToken()
    {
        TokenPolicy policy = accessTokenPolicy(u"joe"_s, u"anybody"_s);
        policy.algorithms = {Algorithm::edDsa};
        const Verification verification = verify(Secret(signingInput + '.' + rfc8037::signature),
                                                 keysOf(withKeyId(rfc8037::publicKey)), policy, TimePoint{});
        QVERIFY(verification.firstFailure()->kind == CheckKind::structure);
        QVERIFY(verification.firstFailure()->fault == CheckFault::malformed);
    }

    void theKeyOfA6IsForKeyAgreement()
    {
        const JwkSet keys = keysOf(rfc8037::agreementKey);
        QVERIFY(keys.keys.empty());
        QCOMPARE(keys.findings.size(), 1);
        QVERIFY(keys.findings.front().contains(u"X25519"));
    }
};

} // namespace bookdesk::jose

QTEST_GUILESS_MAIN(bookdesk::jose::Rfc8037Test)
#include "rfc8037-test.moc"
