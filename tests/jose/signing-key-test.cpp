#include "jose/decoded-token.h"
#include "jose/errors.h"
#include "jose/jwk-set.h"
#include "jose/signing-key.h"
#include "key-numbers.h"

#include <QCryptographicHash>
#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

QStringList names(const JsonObject &object)
{
    QStringList all;
    for (const JsonMember &member : object.members())
        all += member.first;
    return all;
}

QString text(const JsonObject &object, const QString &name)
{
    const Json *value = object.find(name);
    return value && value->asString() ? *value->asString() : QString();
}

QString keyNameFor(Algorithm algorithm)
{
    for (const Curve curve : allCurves) {
        if (algorithmOf(curve) == algorithm)
            return curveName(curve);
    }
    return {};
}

} // namespace

class SigningKeyTest : public QObject
{
    Q_OBJECT

private:
    Result<SigningKey> m_key = SigningKey::generateRsa();

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_key); }

    void publishesItsPublicHalfAsEntraDoes()
    {
        const JsonObject jwk = m_key->publicJwk();
        QCOMPARE(names(jwk), QStringList({u"kty"_s, u"use"_s, u"kid"_s, u"n"_s, u"e"_s}));
        QCOMPARE(text(jwk, u"kty"_s), u"RSA"_s);
        QCOMPARE(text(jwk, u"use"_s), u"sig"_s);
        QCOMPARE(text(jwk, u"kid"_s), m_key->keyId());
        QCOMPARE(text(jwk, u"e"_s), u"AQAB"_s);
    }

    void isNamedByItsThumbprint()
    {
        const JsonObject jwk = m_key->publicJwk();
        const QByteArray members = "{\"e\":\"AQAB\",\"kty\":\"RSA\",\"n\":\"" + text(jwk, u"n"_s).toLatin1() + "\"}";
        const QByteArray hash = QCryptographicHash::hash(members, QCryptographicHash::Sha256);
        QCOMPARE(m_key->keyId().toLatin1(),
                 hash.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    }

    void signsWhatItsPublicHalfVerifies()
    {
        const JsonObject claims{{u"sub"_s, u"Jürgen"_s}, {u"exp"_s, 1}};
        const Result<Secret> token = m_key->sign({}, claims);
        QVERIFY(token);
        const Result<DecodedToken> decoded = decode(*token);
        QVERIFY(decoded);
        QVERIFY(decoded->claims == claims);
        const Result<JwkSet> set = parseJwkSet(toCompactJson(JsonObject{{u"keys"_s, JsonArray{m_key->publicJwk()}}}));
        QVERIFY(set);
        const Jwk *jwk = set->find(decoded->keyId());
        QVERIFY(jwk);
        QVERIFY(jwk->key.verifies(Algorithm::rs256, decoded->signingInput.reveal(), decoded->signature));
        QVERIFY(!jwk->key.verifies(Algorithm::rs256, "something else", decoded->signature));
    }

    void completesTheHeaderInEntrasOrder_data()
    {
        QTest::addColumn<QByteArray>("given");
        QTest::addColumn<QByteArray>("signedHeader");
        const QByteArray keyId = m_key->keyId().toLatin1();
        QTest::newRow("an empty one") << QByteArray("{}")
                                      << "{\"typ\":\"JWT\",\"alg\":\"RS256\",\"kid\":\"" + keyId + "\"}";
        QTest::newRow("with a key ID of its own")
            << QByteArray(R"({"kid":"x"})") << QByteArray(R"({"typ":"JWT","alg":"RS256","kid":"x"})");
        QTest::newRow("with a type of its own")
            << QByteArray(R"({"kid":"x","typ":"at+jwt"})") << QByteArray(R"({"typ":"at+jwt","alg":"RS256","kid":"x"})");
        QTest::newRow("with more members") << QByteArray(R"({"x5t":"t","kid":"x"})")
                                           << QByteArray(R"({"typ":"JWT","alg":"RS256","kid":"x","x5t":"t"})");
        QTest::newRow("with an algorithm that it does not sign with")
            << QByteArray(R"({"alg":"none","kid":"x"})") << QByteArray(R"({"typ":"JWT","alg":"RS256","kid":"x"})");
    }

    void completesTheHeaderInEntrasOrder()
    {
        QFETCH(QByteArray, given);
        QFETCH(QByteArray, signedHeader);
        const Result<JsonObject> header = parseJsonObject(given);
        QVERIFY(header);
        const Result<Secret> token = m_key->sign(*header, {});
        QVERIFY(token);
        const Result<DecodedToken> decoded = decode(*token);
        QVERIFY(decoded);
        QCOMPARE(toCompactJson(decoded->header), signedHeader);
    }

    void signsWithEveryAlgorithmOfItsKind_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<Algorithm>("algorithm");
        for (const Algorithm algorithm : allAlgorithms) {
            const QString key = isEcdsa(algorithm)              ? keyNameFor(algorithm)
                                : algorithm == Algorithm::edDsa ? u"Ed25519"_s
                                                                : u"RSA"_s;
            QTest::newRow(qPrintable(algorithmName(algorithm))) << key << algorithm;
        }
    }

    void signsWithEveryAlgorithmOfItsKind()
    {
        QFETCH(QString, key);
        QFETCH(Algorithm, algorithm);
        const Result<SigningKey> signer = keyOfKind(key);
        QVERIFY(signer);
        const Result<Secret> token = signer->sign(algorithm, {}, {{u"sub"_s, u"x"_s}});
        QVERIFY(token);
        const Result<DecodedToken> decoded = decode(*token);
        QVERIFY(decoded);
        QCOMPARE(text(decoded->header, u"alg"_s), algorithmName(algorithm));
        const Result<PublicKey> publicKey = publicHalf(*signer);
        QVERIFY(publicKey);
        QVERIFY(publicKey->verifies(algorithm, decoded->signingInput.reveal(), decoded->signature));
    }

    void signsWithItsOwnAlgorithmByDefault_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("algorithm");
        QTest::newRow("RSA") << u"RSA"_s << u"RS256"_s;
        QTest::newRow("P-256") << u"P-256"_s << u"ES256"_s;
        QTest::newRow("P-384") << u"P-384"_s << u"ES384"_s;
        QTest::newRow("P-521") << u"P-521"_s << u"ES512"_s;
        QTest::newRow("Ed25519") << u"Ed25519"_s << u"EdDSA"_s;
    }

    void signsWithItsOwnAlgorithmByDefault()
    {
        QFETCH(QString, key);
        QFETCH(QString, algorithm);
        const Result<SigningKey> signer = keyOfKind(key);
        QVERIFY(signer);
        QCOMPARE(algorithmName(signer->algorithm()), algorithm);
        const Result<Secret> token = signer->sign({}, {});
        QVERIFY(token);
        QCOMPARE(text(decode(*token)->header, u"alg"_s), algorithm);
    }

    void refusesAlgorithmsOfOtherKinds()
    {
        const Result<Secret> token = m_key->sign(Algorithm::es256, {}, {});
        QVERIFY(!token);
        QCOMPARE(token.error().code, errors::signingFailed);
        const Result<SigningKey> other = SigningKey::generateEc(Curve::p384);
        QVERIFY(other);
        QVERIFY(!other->signature(Algorithm::es256, "text"));
    }

    void publishesCurvesWithNumbersOfFullLength()
    {
        // Often enough that some number begins with a zero.
        for (int i = 0; i < 300; ++i) {
            const Result<SigningKey> key = SigningKey::generateEc(Curve::p256);
            QVERIFY(key);
            const JsonObject jwk = key->publicJwk();
            QCOMPARE(names(jwk), QStringList({u"kty"_s, u"use"_s, u"kid"_s, u"crv"_s, u"x"_s, u"y"_s}));
            QCOMPARE(numberIn(jwk, u"x").size(), 32);
            QCOMPARE(numberIn(jwk, u"y").size(), 32);
        }
    }

    void namesOtherKeysByTheirThumbprintsToo()
    {
        const Result<SigningKey> key = SigningKey::generateEd25519();
        QVERIFY(key);
        const QByteArray x = textIn(key->publicJwk(), u"x").toLatin1();
        const QByteArray members = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + x + "\"}";
        const QByteArray hash = QCryptographicHash::hash(members, QCryptographicHash::Sha256);
        QCOMPARE(key->keyId().toLatin1(), toBase64Url(hash));
    }

    void makesAnotherKeyEachTime()
    {
        const Result<SigningKey> other = SigningKey::generateRsa();
        QVERIFY(other);
        QVERIFY(other->keyId() != m_key->keyId());
    }

    void refusesImpossibleSizes()
    {
        const Result<SigningKey> key = SigningKey::generateRsa(16);
        QVERIFY(!key);
        QCOMPARE(key.error().code, errors::signingFailed);
    }
};

} // namespace bookdesk::jose

QTEST_GUILESS_MAIN(bookdesk::jose::SigningKeyTest)
#include "signing-key-test.moc"
