#include "jose/verify.h"
#include "token-issuer.h"

#include <QMessageAuthenticationCode>
#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

QByteArray memberText(const JsonObject &object, const QString &name)
{
    const Json *value = object.find(name);
    return value && value->asString() ? value->asString()->toUtf8() : QByteArray();
}

/// The public key as everybody can make it from the JWKS: DER of its SubjectPublicKeyInfo (2048 bits, exponent 65537).
QByteArray derOf(const JsonObject &jwk)
{
    return QByteArray::fromHex("30820122300d06092a864886f70d01010105000382010f003082010a0282010100") +
           fromBase64Url(memberText(jwk, u"n"_s)).value_or(QByteArray()) + QByteArray::fromHex("0203010001");
}

QByteArray pemOf(const JsonObject &jwk)
{
    const QByteArray base64 = derOf(jwk).toBase64();
    QByteArray pem = "-----BEGIN PUBLIC KEY-----\n";
    for (qsizetype i = 0; i < base64.size(); i += 64)
        pem += base64.mid(i, 64) + '\n';
    return pem + "-----END PUBLIC KEY-----\n";
}

QByteArray flipped(QByteArray bytes, qsizetype bit)
{
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
    return bytes;
}

} // namespace

class VerifyAttacksTest : public QObject
{
    Q_OBJECT

private:
    TokenIssuer m_issuer;
    TokenIssuer m_stranger;
    QByteArrayList m_parts; // of a good token

    QByteArray keyId() const { return m_issuer.key().keyId().toUtf8(); }

    /// A header that names our key, and an algorithm given as JSON.
    QByteArray headerFor(const QByteArray &algorithm) const
    {
        return "{\"typ\":\"JWT\",\"alg\":" + algorithm + ",\"kid\":\"" + keyId() + "\"}";
    }

    QByteArray goodToken() const { return m_parts.join('.'); }

    /// A header of one's choice over the good claims, with a signature of one's choice.
    QByteArray forged(const QByteArray &header, const QByteArray &signature) const
    {
        return toBase64Url(header) + '.' + m_parts[1] + '.' + toBase64Url(signature);
    }

    /// A header of one's choice over the good claims, with the good token's signature.
    QByteArray withHeader(const QByteArray &header) const
    {
        return toBase64Url(header) + '.' + m_parts[1] + '.' + m_parts[2];
    }

    Verification verifyText(const QByteArray &token, const TokenPolicy &policy = TokenIssuer::apiPolicy()) const
    {
        return verify(Secret(token), m_issuer.keys(), policy, testNow);
    }

    static QString firstFailure(const Verification &verification)
    {
        const Check *check = verification.firstFailure();
        return check ? checkCode(check->kind) : QString();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_issuer.isReady());
        QVERIFY(m_stranger.isReady());
        m_parts = m_issuer.sign(TokenIssuer::accessClaims()).reveal().toByteArray().split('.');
        QCOMPARE(m_parts.size(), 3);
        QVERIFY(verifyText(goodToken()).passed());
    }

    void refusesAlgorithms_data()
    {
        QTest::addColumn<QByteArray>("algorithm");
        for (const char *algorithm : {"\"none\"",
                                      "\"None\"",
                                      "\"NONE\"",
                                      "\"nOnE\"",
                                      "\"\"",
                                      "\"HS256\"",
                                      "\"HS384\"",
                                      "\"HS512\"",
                                      "\"RS384\"",
                                      "\"RS512\"",
                                      "\"PS256\"",
                                      "\"ES256\"",
                                      "\"EdDSA\"",
                                      "\"rs256\"",
                                      "\"RS256 \"",
                                      "\" RS256\"",
                                      "\"RS256\\u0000\"",
                                      "\"RS256,none\"",
                                      "\"RSA\"",
                                      "\"dir\"",
                                      "\"RSA-OAEP\"",
                                      "null",
                                      "7",
                                      "true",
                                      "[\"RS256\"]",
                                      "{\"RS256\":\"RS256\"}"})
            QTest::newRow(algorithm) << QByteArray(algorithm);
    }

    void refusesAlgorithms()
    {
        QFETCH(QByteArray, algorithm);
        const QByteArray header = headerFor(algorithm);
        const QByteArray good = fromBase64Url(m_parts[2]).value_or(QByteArray());
        for (const QByteArray &signature : {QByteArray(), good, QByteArray(256, '\0')}) {
            const Verification verification = verifyText(forged(header, signature));
            QVERIFY(!verification.passed());
            QCOMPARE(firstFailure(verification), u"algorithm"_s);
            QVERIFY2(verification.find(CheckKind::signature)->result == CheckResult::notApplicable,
                     "No crypto for an algorithm that is not allowed");
        }
    }

    void refusesATokenWithoutAnAlgorithm()
    {
        const Verification verification = verifyText(withHeader("{\"kid\":\"" + keyId() + "\"}"));
        QCOMPARE(firstFailure(verification), u"algorithm"_s);
        QVERIFY(verification.firstFailure()->fault == CheckFault::missing);
    }

    void refusesThePublicKeyAsHmacSecret_data()
    {
        QTest::addColumn<QByteArray>("secret");
        const JsonObject jwk = m_issuer.key().publicJwk();
        QTest::newRow("PEM") << pemOf(jwk);
        QTest::newRow("PEM without its last line feed") << pemOf(jwk).trimmed();
        QTest::newRow("DER") << derOf(jwk);
        QTest::newRow("the modulus") << fromBase64Url(memberText(jwk, u"n"_s)).value_or(QByteArray());
        QTest::newRow("the JWK") << toCompactJson(jwk);
        QTest::newRow("an empty secret") << QByteArray();
    }

    void refusesThePublicKeyAsHmacSecret()
    {
        QFETCH(QByteArray, secret);
        const QByteArray header = headerFor("\"HS256\"");
        const QByteArray input = toBase64Url(header) + '.' + m_parts[1];
        const QByteArray mac = QMessageAuthenticationCode::hash(input, secret, QCryptographicHash::Sha256);
        const QByteArray token = input + '.' + toBase64Url(mac);
        QCOMPARE(firstFailure(verifyText(token)), u"algorithm"_s);
    }

    /// Even where the policy allows the algorithm: a key of another type cannot be used with it.
    void refusesAlgorithmsThatDoNotFitTheKey_data()
    {
        QTest::addColumn<Algorithm>("algorithm");
        for (const Algorithm algorithm : {Algorithm::es256, Algorithm::es384, Algorithm::es512, Algorithm::edDsa})
            QTest::newRow(qPrintable(algorithmName(algorithm))) << algorithm;
    }

    void refusesAlgorithmsThatDoNotFitTheKey()
    {
        QFETCH(Algorithm, algorithm);
        TokenPolicy policy = TokenIssuer::apiPolicy();
        policy.algorithms = {Algorithm::rs256, algorithm};
        const QByteArray header = headerFor('"' + algorithmName(algorithm).toUtf8() + '"');
        const Verification verification = verifyText(withHeader(header), policy);
        QCOMPARE(firstFailure(verification), u"key"_s);
        QVERIFY(verification.firstFailure()->fault == CheckFault::notAllowed);
        QVERIFY(verifyText(goodToken(), policy).passed());
    }

    void refusesKeyIds_data()
    {
        QTest::addColumn<QByteArray>("keyIdText");
        QTest::newRow("unknown") << QByteArray("\"unknown\"");
        QTest::newRow("empty") << QByteArray("\"\"");
        QTest::newRow("null") << QByteArray("null");
        QTest::newRow("a number") << QByteArray("1");
        QTest::newRow("an array") << "[\"" + keyId() + "\"]";
        QTest::newRow("in capitals") << '"' + keyId().toUpper() + '"';
        QTest::newRow("cut off") << '"' + keyId().chopped(1) + '"';
        QTest::newRow("with a blank behind") << '"' + keyId() + " \"";
        QTest::newRow("with a zero byte behind") << '"' + keyId() + "\\u0000\"";
        QTest::newRow("a file") << QByteArray("\"../../../../dev/null\"");
        QTest::newRow("a database query") << QByteArray("\"x' UNION SELECT 'secret\"");
        QTest::newRow("an address") << QByteArray("\"https://evil.test/key\"");
    }

    void refusesKeyIds()
    {
        QFETCH(QByteArray, keyIdText);
        // Signed by the right key, so that nothing but the key ID is wrong.
        const Secret token = m_issuer.sign(TokenIssuer::accessClaims(), patched({}, "{\"kid\":" + keyIdText + '}'));
        const Verification verification = verify(token, m_issuer.keys(), TokenIssuer::apiPolicy(), testNow);
        QCOMPARE(firstFailure(verification), u"key"_s);
        QVERIFY(verification.find(CheckKind::signature)->result == CheckResult::notApplicable);
        QVERIFY2(verification.find(CheckKind::issuer)->result == CheckResult::passed, "The rest is told all the same");
    }

    void refusesATokenWithoutAKeyId()
    {
        QCOMPARE(firstFailure(verifyText(withHeader(R"({"typ":"JWT","alg":"RS256"})"))), u"key"_s);
    }

    void refusesEveryTokenWithoutKeys()
    {
        const Verification verification = verify(Secret(goodToken()), JwkSet{}, TokenIssuer::apiPolicy(), testNow);
        QCOMPARE(firstFailure(verification), u"key"_s);
    }

    void refusesKeysOfAStrangerThatTheHeaderBringsAlong_data()
    {
        QTest::addColumn<QByteArray>("member");
        QTest::newRow("jwk") << "{\"jwk\":" + toCompactJson(m_stranger.key().publicJwk()) + '}';
        QTest::newRow("jku") << QByteArray(R"({"jku":"https:\/\/evil.test/keys"})");
        QTest::newRow("x5u") << QByteArray(R"({"x5u":"https:\/\/evil.test/cert"})");
        QTest::newRow("x5c") << QByteArray(R"({"x5c":["MIIC"]})");
        QTest::newRow("none of them") << QByteArray("{}");
    }

    void refusesKeysOfAStrangerThatTheHeaderBringsAlong()
    {
        QFETCH(QByteArray, member);
        const JsonObject ownName = patched({}, member);
        QCOMPARE(firstFailure(verify(m_stranger.sign(TokenIssuer::accessClaims(), ownName), m_issuer.keys(),
                                     TokenIssuer::apiPolicy(), testNow)),
                 u"key"_s);
        JsonObject ourName = ownName;
        ourName.set(u"kid"_s, m_issuer.key().keyId());
        const Verification verification = verify(m_stranger.sign(TokenIssuer::accessClaims(), ourName), m_issuer.keys(),
                                                 TokenIssuer::apiPolicy(), testNow);
        QCOMPARE(firstFailure(verification), u"signature"_s);
    }

    void ignoresKeysInTheHeaderOfAGoodToken()
    {
        const JsonObject header = patched({}, R"({"jku":"https:\/\/evil.test/keys","jwk":{},"x5u":1,"x5c":null})");
        QVERIFY(verify(m_issuer.sign(TokenIssuer::accessClaims(), header), m_issuer.keys(), TokenIssuer::apiPolicy(),
                       testNow)
                    .passed());
    }

    void refusesExtensionsThatMustBeUnderstood_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::newRow("crit with an unknown name") << QByteArray(R"({"crit":["exp"],"exp":1})");
        QTest::newRow("crit with b64") << QByteArray(R"({"crit":["b64"],"b64":true})");
        QTest::newRow("an empty crit") << QByteArray(R"({"crit":[]})");
        QTest::newRow("crit that is null") << QByteArray(R"({"crit":null})");
        QTest::newRow("unencoded claims") << QByteArray(R"({"b64":false})");
        QTest::newRow("unencoded claims, as a string") << QByteArray(R"({"b64":"false"})");
    }

    void refusesExtensionsThatMustBeUnderstood()
    {
        QFETCH(QByteArray, header);
        const Verification verification = verify(m_issuer.sign(TokenIssuer::accessClaims(), patched({}, header)),
                                                 m_issuer.keys(), TokenIssuer::apiPolicy(), testNow);
        QCOMPARE(firstFailure(verification), u"structure"_s);
        QVERIFY(verification.firstFailure()->fault == CheckFault::criticalExtension);
    }

    void refusesAKeyThatIsForAnotherAlgorithm()
    {
        JsonObject jwk = m_issuer.key().publicJwk();
        jwk.set(u"alg"_s, u"PS256"_s);
        const Result<JwkSet> keys = parseJwkSet(toCompactJson(JsonObject{{u"keys"_s, JsonArray{jwk}}}));
        QVERIFY(keys);
        const Verification verification = verify(Secret(goodToken()), *keys, TokenIssuer::apiPolicy(), testNow);
        QCOMPARE(firstFailure(verification), u"key"_s);
        QCOMPARE(verification.firstFailure()->expected, u"PS256"_s);
        QCOMPARE(verification.firstFailure()->got, u"RS256"_s);
    }

    void acceptsAKeyThatStatesItsAlgorithm()
    {
        JsonObject jwk = m_issuer.key().publicJwk();
        jwk.set(u"alg"_s, u"RS256"_s);
        const Result<JwkSet> keys = parseJwkSet(toCompactJson(JsonObject{{u"keys"_s, JsonArray{jwk}}}));
        QVERIFY(keys);
        QVERIFY(verify(Secret(goodToken()), *keys, TokenIssuer::apiPolicy(), testNow).passed());
    }

    void refusesSignatures_data()
    {
        QTest::addColumn<QByteArray>("signature");
        const QByteArray good = fromBase64Url(m_parts[2]).value_or(QByteArray());
        const Secret other = m_issuer.sign(patched(TokenIssuer::accessClaims(), R"({"roles":[]})"));
        QTest::newRow("none") << QByteArray();
        QTest::newRow("cut off") << good.chopped(1);
        QTest::newRow("without its first byte") << good.mid(1);
        QTest::newRow("with a zero byte in front") << '\0' + good;
        QTest::newRow("with a zero byte behind") << good + '\0';
        QTest::newRow("twice") << good + good;
        QTest::newRow("zero") << QByteArray(256, '\0');
        QTest::newRow("one") << QByteArray(255, '\0') + '\1';
        QTest::newRow("all ones") << QByteArray(256, '\xff');
        QTest::newRow("backwards") << QByteArray::fromStdString({good.crbegin(), good.crend()});
        QTest::newRow("of another token of the same issuer")
            << fromBase64Url(other.reveal().toByteArray().split('.').value(2)).value_or(QByteArray());
    }

    void refusesSignatures()
    {
        QFETCH(QByteArray, signature);
        const Verification verification = verifyText(m_parts[0] + '.' + m_parts[1] + '.' + toBase64Url(signature));
        QCOMPARE(firstFailure(verification), u"signature"_s);
    }

    void refusesClaimsThatWereChanged()
    {
        const JsonObject claims = patched(TokenIssuer::accessClaims(), R"({"roles":["Books.Reader","Books.Admin"]})");
        const QByteArray token = m_parts[0] + '.' + toBase64Url(toCompactJson(claims)) + '.' + m_parts[2];
        QCOMPARE(firstFailure(verifyText(token)), u"signature"_s);
    }

    void aForgedAndExpiredTokenIsForgedFirst()
    {
        const JsonObject claims = patched(TokenIssuer::accessClaims(), R"({"exp":1})");
        const QByteArray token = m_parts[0] + '.' + toBase64Url(toCompactJson(claims)) + '.' + m_parts[2];
        const Verification verification = verifyText(token);
        QCOMPARE(firstFailure(verification), u"signature"_s);
        QVERIFY(verification.find(CheckKind::expiry)->result == CheckResult::failed);
    }

    void anUnknownKeyComesBeforeEverythingInTheClaims()
    {
        const Verification verification =
            verify(m_stranger.sign(patched(TokenIssuer::accessClaims(), R"({"exp":1,"aud":"x","sub":null})")),
                   m_issuer.keys(), TokenIssuer::apiPolicy(), testNow);
        QCOMPARE(firstFailure(verification), u"key"_s);
    }

    void refusesEveryFlippedBit_data()
    {
        QTest::addColumn<int>("part");
        QTest::newRow("in the header") << 0;
        QTest::newRow("in the claims") << 1;
        QTest::newRow("in the signature") << 2;
    }

    void refusesEveryFlippedBit()
    {
        QFETCH(int, part);
        const QByteArray bytes = fromBase64Url(m_parts[part]).value_or(QByteArray());
        for (qsizetype bit = 0; bit < bytes.size() * 8; ++bit) {
            QByteArrayList parts = m_parts;
            parts[part] = toBase64Url(flipped(bytes, bit));
            QVERIFY2(!verifyText(parts.join('.')).passed(), qPrintable(u"bit %1"_s.arg(bit)));
        }
    }

    void refusesEveryFlippedBitOfTheText()
    {
        const QByteArray token = goodToken();
        for (qsizetype bit = 0; bit < token.size() * 8; ++bit)
            QVERIFY2(!verifyText(flipped(token, bit)).passed(), qPrintable(u"bit %1"_s.arg(bit)));
    }

    void refusesEveryBeginningOfAToken()
    {
        const QByteArray token = goodToken();
        for (qsizetype length = 0; length < token.size(); ++length)
            QVERIFY2(!verifyText(token.left(length)).passed(), qPrintable(QString::number(length)));
    }
};

} // namespace bookdesk::jose

QTEST_GUILESS_MAIN(bookdesk::jose::VerifyAttacksTest)
#include "verify-attacks-test.moc"
