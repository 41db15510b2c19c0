#include "jose/base64url.h"
#include "jose/rfc7515-a2.h"
#include "jose/rfc7515-vectors.h"
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

QString text(const QByteArray &ascii) { return QString::fromLatin1(ascii); }

JwkSet keysOf(const JsonObject &jwk)
{
    Result<JwkSet> keys = parseJwkSet(toCompactJson(JsonObject{{u"keys"_s, JsonArray{jwk}}}));
    if (!keys)
        qFatal("The RFC's keys cannot be read: %s", qPrintable(factLines(keys.error().facts)));
    return std::move(*keys);
}

JsonObject rsaJwk()
{
    return {{u"kty"_s, u"RSA"_s},
            {u"kid"_s, u"2010-12-29"_s},
            {u"n"_s, text(rfc7515::modulus)},
            {u"e"_s, text(rfc7515::exponent)}};
}

JsonObject ecJwk(const QString &curve, const QByteArray &x, const QByteArray &y)
{
    return {{u"kty"_s, u"EC"_s}, {u"crv"_s, curve}, {u"kid"_s, u"ec"_s}, {u"x"_s, text(x)}, {u"y"_s, text(y)}};
}

/// The RFC's tokens carry no key ID, so that only the signature itself can be checked.
TokenPolicy lenientPolicy()
{
    TokenPolicy policy = accessTokenPolicy(u"joe"_s, u"anybody"_s);
    policy.algorithms.assign(allAlgorithms.begin(), allAlgorithms.end());
    return policy;
}

constexpr TimePoint beforeExpiry{std::chrono::seconds{1'300'819'379}};

Verification verifyText(const QByteArray &token)
{
    return verify(Secret(token), keysOf(rsaJwk()), lenientPolicy(), beforeExpiry);
}

} // namespace

/// The examples of RFC 7515 appendices A and E.
class Rfc7515Test : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTheSignatures_data()
    {
        QTest::addColumn<JsonObject>("jwk");
        QTest::addColumn<Algorithm>("algorithm");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QByteArray>("signature");
        QTest::newRow("A.2, RS256") << rsaJwk() << Algorithm::rs256 << rfc7515::signingInput << rfc7515::signature;
        QTest::newRow("A.3, ES256") << ecJwk(u"P-256"_s, rfc7515::a3::x, rfc7515::a3::y) << Algorithm::es256
                                    << rfc7515::a3::header + '.' + rfc7515::claims << rfc7515::a3::signature;
        QTest::newRow("A.4, ES512") << ecJwk(u"P-521"_s, rfc7515::a4::x, rfc7515::a4::y) << Algorithm::es512
                                    << rfc7515::a4::header + '.' + rfc7515::a4::payload << rfc7515::a4::signature;
    }

    void knowsTheSignatures()
    {
        QFETCH(JsonObject, jwk);
        QFETCH(Algorithm, algorithm);
        QFETCH(QByteArray, input);
        QFETCH(QByteArray, signature);
        const JwkSet keys = keysOf(jwk);
        QCOMPARE(keys.keys.size(), std::size_t{1});
        QCOMPARE(keys.findings, QStringList());
        const PublicKey &key = keys.keys.front().key;
        QVERIFY(key.verifies(algorithm, input, bytes(signature)));
        QVERIFY(!key.verifies(algorithm, input + 'A', bytes(signature)));
        for (const Algorithm other : allAlgorithms)
            QCOMPARE(key.verifies(other, input, bytes(signature)), other == algorithm);
    }

    void readsTheClaimsOfA2AndA3()
    {
        for (const QByteArray &token : {rfc7515::signingInput + '.' + rfc7515::signature,
                                        rfc7515::a3::header + '.' + rfc7515::claims + '.' + rfc7515::a3::signature}) {
            const Result<DecodedToken> decoded = decode(Secret(token));
            QVERIFY(decoded);
            QCOMPARE(decoded->stringClaim(u"iss"), std::optional(u"joe"_s));
            QVERIFY(decoded->dateClaim(u"exp") == TimePoint(std::chrono::seconds{1'300'819'380}));
            QVERIFY(*decoded->claims.find(u"http://example.com/is_root") == Json(true));
            QCOMPARE(decoded->signingInput.reveal().toByteArray(), token.left(token.lastIndexOf('.')));
        }
    }

    void wantsAKeyIdWhereTheRfcHasNone()
    {
        const Verification verification = verifyText(rfc7515::signingInput + '.' + rfc7515::signature);
        QVERIFY(verification.find(CheckKind::algorithm)->result == CheckResult::passed);
        QVERIFY(verification.firstFailure()->kind == CheckKind::key);
        QVERIFY(verification.firstFailure()->fault == CheckFault::missing);
        QVERIFY(verification.find(CheckKind::expiry)->result == CheckResult::passed);
        QVERIFY(verification.find(CheckKind::issuer)->result == CheckResult::passed);
    }

    void a1IsRefusedAlthoughTheMacIsRight()
    {
        const QByteArray input = rfc7515::a1::header + '.' + rfc7515::claims;
        QCOMPARE(QMessageAuthenticationCode::hash(input, bytes(rfc7515::a1::key), QCryptographicHash::Sha256),
                 bytes(rfc7515::a1::signature));
        const Verification verification = verifyText(input + '.' + rfc7515::a1::signature);
        QVERIFY(verification.firstFailure()->kind == CheckKind::algorithm);
        QVERIFY(verification.firstFailure()->fault == CheckFault::notAllowed);
        QCOMPARE(verification.firstFailure()->got, u"HS256"_s);
        QVERIFY(verification.find(CheckKind::signature)->result == CheckResult::notApplicable);
    }

    void theKeyOfA1IsNoPublicKey()
    {
        const JwkSet keys = keysOf({{u"kty"_s, u"oct"_s}, {u"kid"_s, u"a1"_s}, {u"k"_s, text(rfc7515::a1::key)}});
        QVERIFY(keys.keys.empty());
        QCOMPARE(keys.findings.size(), 1);
    }

    void a5IsRefused()
    {
        const Verification verification = verifyText(rfc7515::a5::header + '.' + rfc7515::claims + '.');
        QVERIFY(verification.firstFailure()->kind == CheckKind::algorithm);
        QVERIFY(verification.firstFailure()->fault == CheckFault::notAllowed);
        QCOMPARE(verification.firstFailure()->got, u"none"_s);
    }

    void jsonSerializationsAreNoTokens_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("A.6, general") << rfc7515::a6;
        QTest::newRow("A.7, flattened") << rfc7515::a7;
    }

    void jsonSerializationsAreNoTokens()
    {
        QFETCH(QByteArray, json);
        QVERIFY(parseJsonObject(json));
        const Verification verification = verifyText(json);
        QVERIFY(verification.firstFailure()->kind == CheckKind::structure);
        QVERIFY(verification.firstFailure()->fault == CheckFault::malformed);
    }

    void extensionsOfAppendixEAreRefused()
    {
        // The RFC's own payload is no JSON; with claims it is the extension that is refused.
        const Verification original = verifyText(rfc7515::e::header + '.' + rfc7515::e::payload + '.');
        QVERIFY(original.firstFailure()->kind == CheckKind::structure);
        QVERIFY(original.firstFailure()->fault == CheckFault::malformed);
        const Verification withClaims = verifyText(rfc7515::e::header + '.' + rfc7515::claims + '.');
        QVERIFY(withClaims.firstFailure()->kind == CheckKind::structure);
        QVERIFY(withClaims.firstFailure()->fault == CheckFault::criticalExtension);
    }

    void detachedContentOfAppendixFIsRefused()
    {
        const Verification verification = verifyText(rfc7515::a3::header + ".." + rfc7515::a3::signature);
        QVERIFY(verification.firstFailure()->kind == CheckKind::structure);
        QVERIFY(verification.firstFailure()->fault == CheckFault::malformed);
    }

    void privateMembersAreReportedAndTheKeyIsUsedAsAPublicOne()
    {
        JsonObject jwk = ecJwk(u"P-256"_s, rfc7515::a3::x, rfc7515::a3::y);
        jwk.append(u"d"_s, text(rfc7515::a3::d));
        const JwkSet keys = keysOf(jwk);
        QCOMPARE(keys.keys.size(), std::size_t{1});
        QCOMPARE(keys.findings.size(), 1);
        QVERIFY(!keys.findings.front().contains(text(rfc7515::a3::d)));
        QVERIFY(keys.keys.front().key.verifies(Algorithm::es256, rfc7515::a3::header + '.' + rfc7515::claims,
                                               bytes(rfc7515::a3::signature)));
    }
};

} // namespace bookdesk::jose

QTEST_GUILESS_MAIN(bookdesk::jose::Rfc7515Test)
#include "rfc7515-test.moc"
