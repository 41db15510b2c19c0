#include "jose/base64url.h"
#include "jose/rfc7520-vectors.h"
#include "jose/verify.h"

#include <QMessageAuthenticationCode>
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

JwkSet keysOf(const QByteArrayList &jwks)
{
    Result<JwkSet> keys = parseJwkSet("{\"keys\":[" + jwks.join(',') + "]}");
    if (!keys)
        qFatal("The RFC's keys cannot be read: %s", qPrintable(factLines(keys.error().facts)));
    return std::move(*keys);
}

Verification verifyText(const QByteArray &token, const JwkSet &keys)
{
    TokenPolicy policy = accessTokenPolicy(u"joe"_s, u"anybody"_s);
    policy.algorithms.assign(allAlgorithms.begin(), allAlgorithms.end());
    return verify(Secret(token), keys, policy, TimePoint{});
}

QString textOf(const QByteArray &ascii) { return QString::fromLatin1(ascii); }

/// One signature of a JWS in JSON (RFC 7515 section 7.2); an empty header is left out.
JsonObject signatureObject(const QByteArray &protectedHeader, const QByteArray &unprotectedHeader,
                           const QByteArray &signature)
{
    JsonObject object;
    if (!protectedHeader.isEmpty())
        object.append(u"protected"_s, textOf(protectedHeader));
    if (!unprotectedHeader.isEmpty())
        object.append(u"header"_s, Json(parseJsonObject(unprotectedHeader).value_or(JsonObject{})));
    object.append(u"signature"_s, textOf(signature));
    return object;
}

QByteArray flattened(JsonObject signature)
{
    signature.append(u"payload"_s, textOf(rfc7520::payload));
    return toCompactJson(signature);
}

QByteArray general(const std::vector<JsonObject> &signatures)
{
    return toCompactJson(JsonObject{{u"payload"_s, textOf(rfc7520::payload)},
                                    {u"signatures"_s, JsonArray(signatures.begin(), signatures.end())}});
}

} // namespace

/// The examples of RFC 7520 section 4; their payload is prose, so a token is made of none of them.
class Rfc7520Test : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTheSignatures_data()
    {
        QTest::addColumn<QByteArray>("jwk");
        QTest::addColumn<Algorithm>("algorithm");
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("signature");
        QTest::newRow("4.1, RS256") << rfc7520::rsaPublicKey << Algorithm::rs256 << rfc7520::s1::header
                                    << rfc7520::s1::signature;
        QTest::newRow("4.2, PS384") << rfc7520::rsaPublicKey << Algorithm::ps384 << rfc7520::s2::header
                                    << rfc7520::s2::signature;
        QTest::newRow("4.3, ES512") << rfc7520::ecPublicKey << Algorithm::es512 << rfc7520::s3::header
                                    << rfc7520::s3::signature;
        QTest::newRow("4.8, the first of three signatures")
            << rfc7520::rsaPublicKey << Algorithm::rs256 << rfc7520::s8::rsaHeader << rfc7520::s8::rsaSignature;
        QTest::newRow("4.8, the second of three signatures")
            << rfc7520::ecPublicKey << Algorithm::es512 << QByteArray() << rfc7520::s8::ecSignature;
    }

    void knowsTheSignatures()
    {
        QFETCH(QByteArray, jwk);
        QFETCH(Algorithm, algorithm);
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, signature);
        const JwkSet keys = keysOf({jwk});
        QCOMPARE(keys.findings, QStringList());
        const Jwk *key = keys.find(u"bilbo.baggins@hobbiton.example");
        QVERIFY(key);
        const QByteArray input = header + '.' + rfc7520::payload;
        for (const Algorithm other : allAlgorithms)
            QCOMPARE(key->key.verifies(other, input, bytes(signature)), other == algorithm);
        QVERIFY(!key->key.verifies(algorithm, input.chopped(1), bytes(signature)));
        QVERIFY(!key->key.verifies(algorithm, input, bytes(signature).chopped(1)));
    }

    void thePayloadIsProseAndNoClaims_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("signature");
        QTest::newRow("4.1, RS256") << rfc7520::s1::header << rfc7520::s1::signature;
        QTest::newRow("4.2, PS384") << rfc7520::s2::header << rfc7520::s2::signature;
        QTest::newRow("4.3, ES512") << rfc7520::s3::header << rfc7520::s3::signature;
        QTest::newRow("4.4, HS256") << rfc7520::s4::header << rfc7520::s4::signature;
    }

    void thePayloadIsProseAndNoClaims()
    {
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, signature);
        QVERIFY(bytes(rfc7520::payload).startsWith("It\xe2\x80\x99s a dangerous business, Frodo,"));
        const Verification verification =
            verifyText(header + '.' + rfc7520::payload + '.' + signature, keysOf({rfc7520::rsaPublicKey}));
        QVERIFY(verification.firstFailure()->kind == CheckKind::structure);
        QVERIFY(verification.firstFailure()->fault == CheckFault::malformed);
    }

    void theMacOf44IsRightAndRefused()
    {
        const JwkSet keys = keysOf({rfc7520::rsaPublicKey, rfc7520::symmetricKey});
        QCOMPARE(keys.keys.size(), std::size_t{1});
        QCOMPARE(keys.findings.size(), 1);
        const QByteArray secret = bytes("hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg");
        const auto mac = [&secret](const QByteArray &input) {
            return QMessageAuthenticationCode::hash(input, secret, QCryptographicHash::Sha256);
        };
        QCOMPARE(mac(rfc7520::s4::header + '.' + rfc7520::payload), bytes(rfc7520::s4::signature));
        // With claims for a payload, so that nothing but the algorithm is wrong.
        const QByteArray input = rfc7520::s4::header + '.' + toBase64Url("{\"iss\":\"joe\",\"aud\":\"anybody\"}");
        const Verification verification = verifyText(input + '.' + toBase64Url(mac(input)), keys);
        QVERIFY(verification.firstFailure()->kind == CheckKind::algorithm);
        QVERIFY(verification.firstFailure()->fault == CheckFault::notAllowed);
        QCOMPARE(verification.firstFailure()->got, u"HS256"_s);
        QVERIFY(verification.find(CheckKind::signature)->result == CheckResult::notApplicable);
    }

    void whatIsNoCompactTokenIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<CheckFault>("fault");
        QTest::newRow("4.5, detached content")
            << rfc7520::s4::header + ".." + rfc7520::s4::signature << CheckFault::malformed;
        QTest::newRow("4.6, a protected and an unprotected header")
            << flattened(signatureObject(rfc7520::s6::header, rfc7520::s6::unprotectedHeader, rfc7520::s6::signature))
            << CheckFault::malformed;
        QTest::newRow("4.7, an unprotected header only")
            << flattened(signatureObject({}, rfc7520::s7::unprotectedHeader, rfc7520::s7::signature))
            << CheckFault::malformed;
        QTest::newRow("4.7, written compactly all the same")
            << '.' + rfc7520::payload + '.' + rfc7520::s7::signature << CheckFault::malformed;
        QTest::newRow("4.8, multiple signatures")
            << general({signatureObject(rfc7520::s8::rsaHeader, rfc7520::s8::rsaUnprotectedHeader,
                                        rfc7520::s8::rsaSignature),
                        signatureObject({}, rfc7520::s8::ecUnprotectedHeader, rfc7520::s8::ecSignature),
                        signatureObject(rfc7520::s4::header, {}, rfc7520::s4::signature)})
            << CheckFault::malformed;
    }

    void whatIsNoCompactTokenIsRefused()
    {
        QFETCH(QByteArray, text);
        QFETCH(CheckFault, fault);
        const Verification verification = verifyText(text, keysOf({rfc7520::rsaPublicKey}));
        QVERIFY(verification.firstFailure()->kind == CheckKind::structure);
        QVERIFY(verification.firstFailure()->fault == fault);
    }

    void bilboHasTwoKeysOfOneNameSoNeitherIsUsed()
    {
        const JwkSet keys = keysOf({rfc7520::ecPublicKey, rfc7520::rsaPublicKey});
        QVERIFY(keys.keys.empty());
        QCOMPARE(keys.findings.size(), 1);
        QVERIFY(keys.findings.front().contains(u"bilbo.baggins@hobbiton.example"));
    }
};

} // namespace bookdesk::jose

QTEST_GUILESS_MAIN(bookdesk::jose::Rfc7520Test)
#include "rfc7520-test.moc"
