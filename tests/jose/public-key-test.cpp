#include "jose/base64url.h"
#include "jose/errors.h"
#include "jose/public-key.h"
#include "jose/signing-key.h"
#include "key-numbers.h"
#include "rfc7515-a2.h"

#include <QSslKey>
#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

QByteArray bytes(const QByteArray &text) { return fromBase64Url(text).value_or(QByteArray()); }

Result<PublicKey> rfcKey() { return PublicKey::fromRsa(bytes(rfc7515::modulus), bytes(rfc7515::exponent)); }

/// A number of that many bits, odd unless asked otherwise.
QByteArray numberOf(int bits, char lastByte = '\x01')
{
    QByteArray number(bits / 8, '\xff');
    number.back() = lastByte;
    return number;
}

/// A power of 65537, as the moduli of Infineon's flawed library are, modulo every small prime.
QByteArray powerOfGenerator(int exponent)
{
    QByteArray power(1, '\x01');
    for (int i = 0; i < exponent; ++i) { // times 65537 is: shifted by two bytes, plus itself
        QByteArray next = power + QByteArray(2, '\0');
        unsigned carry = 0;
        for (qsizetype at = 1; at <= next.size(); ++at) {
            const unsigned own = at <= power.size() ? static_cast<unsigned char>(power[power.size() - at]) : 0;
            const unsigned sum = static_cast<unsigned char>(next[next.size() - at]) + own + carry;
            next[next.size() - at] = static_cast<char>(sum & 0xff);
            carry = sum >> 8;
        }
        power = carry > 0 ? QByteArray(1, static_cast<char>(carry)) + next : next;
    }
    return power;
}

} // namespace

class PublicKeyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void verifiesTheSignatureOfRfc7515()
    {
        const Result<PublicKey> key = rfcKey();
        QVERIFY(key);
        QVERIFY(key->verifies(Algorithm::rs256, rfc7515::signingInput, bytes(rfc7515::signature)));
        QCOMPARE(key->bits(), 2048);
        QCOMPARE(key->description(), u"RSA 2048"_s);
    }

    void givesItsNumbers()
    {
        const Result<PublicKey> key = rfcKey();
        QVERIFY(key);
        const JsonObject numbers = key->numbers();
        QCOMPARE(numbers.members().size(), std::size_t{3});
        QCOMPARE(*numbers.find(u"kty"), Json(u"RSA"_s));
        QCOMPARE(*numbers.find(u"n"), Json(QString::fromLatin1(toBase64Url(bytes(rfc7515::modulus)))));
        QCOMPARE(*numbers.find(u"e"), Json(u"AQAB"_s));
    }

    void givesItselfAsDer()
    {
        const Result<PublicKey> key = rfcKey();
        QVERIFY(key);
        const QSslKey read(key->subjectPublicKeyInfo(), QSsl::Rsa, QSsl::Der, QSsl::PublicKey);
        QCOMPARE(read.length(), 2048);
        QVERIFY(key->subjectPublicKeyInfo().contains(bytes(rfc7515::modulus)));
    }

    void refusesSignatures_data()
    {
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QByteArray>("signature");
        const QByteArray good = bytes(rfc7515::signature);
        QTest::newRow("for another text") << rfc7515::signingInput + 'x' << good;
        QTest::newRow("for no text") << QByteArray() << good;
        QTest::newRow("cut off") << rfc7515::signingInput << good.chopped(1);
        QTest::newRow("with a byte in front") << rfc7515::signingInput << '\0' + good;
        QTest::newRow("with a byte behind") << rfc7515::signingInput << good + '\0';
        QTest::newRow("empty") << rfc7515::signingInput << QByteArray();
        QTest::newRow("zero") << rfc7515::signingInput << QByteArray(256, '\0');
        QTest::newRow("one") << rfc7515::signingInput << QByteArray(255, '\0') + '\1';
        QTest::newRow("larger than the modulus") << rfc7515::signingInput << QByteArray(256, '\xff');
        QTest::newRow("equal to the modulus") << rfc7515::signingInput << bytes(rfc7515::modulus);
    }

    void refusesSignatures()
    {
        QFETCH(QByteArray, input);
        QFETCH(QByteArray, signature);
        const Result<PublicKey> key = rfcKey();
        QVERIFY(key);
        QVERIFY(!key->verifies(Algorithm::rs256, input, signature));
        QVERIFY2(key->verifies(Algorithm::rs256, rfc7515::signingInput, bytes(rfc7515::signature)),
                 "A refusal leaves no trace");
    }

    void refusesKeys_data()
    {
        QTest::addColumn<QByteArray>("modulus");
        QTest::addColumn<QByteArray>("exponent");
        const QByteArray usual = bytes(rfc7515::exponent);
        const QByteArray modulus = bytes(rfc7515::modulus);
        QTest::newRow("no modulus") << QByteArray() << usual;
        QTest::newRow("no exponent") << modulus << QByteArray();
        QTest::newRow("1024 bits") << numberOf(1024) << usual;
        QTest::newRow("2040 bits") << numberOf(2040) << usual;
        QTest::newRow("2040 bits behind zeros") << QByteArray(8, '\0') + numberOf(2040) << usual;
        QTest::newRow("more bits than can be checked quickly") << numberOf(16392) << usual;
        QTest::newRow("a megabyte") << QByteArray(1024 * 1024, '\xff') << usual;
        QTest::newRow("an even modulus") << numberOf(2048, '\x02') << usual;
        QTest::newRow("an even exponent") << modulus << QByteArray::fromHex("010000");
        QTest::newRow("the exponent 1") << modulus << QByteArray::fromHex("01");
        QTest::newRow("the exponent 3") << modulus << QByteArray::fromHex("03");
        QTest::newRow("the exponent 0") << modulus << QByteArray::fromHex("00");
        QTest::newRow("an exponent as long as the modulus") << modulus << modulus;
    }

    void refusesKeys()
    {
        QFETCH(QByteArray, modulus);
        QFETCH(QByteArray, exponent);
        const Result<PublicKey> key = PublicKey::fromRsa(modulus, exponent);
        QVERIFY(!key);
        QCOMPARE(key.error().code, errors::keyUnusable);
        QVERIFY(!key.error().message.isEmpty());
        QVERIFY(!factValue(key.error().facts, facts::reason).isEmpty());
    }

    void refusesKeysOfTheFlawedGenerator()
    {
        const QByteArray modulus = powerOfGenerator(130);
        const Result<PublicKey> key = PublicKey::fromRsa(modulus, bytes(rfc7515::exponent));
        QVERIFY(!key);
        const QString reason = factValue(key.error().facts, facts::reason);
        QVERIFY2(reason.contains(u"CVE-2017-15361"_s), qPrintable(reason));
        QByteArray other = modulus;
        other.back() = static_cast<char>(other.back() ^ 2); // odd still
        QVERIFY2(PublicKey::fromRsa(other, bytes(rfc7515::exponent)), "One digit off, it is no power any more");
    }

    void acceptsLongKeys()
    {
        const Result<PublicKey> key = PublicKey::fromRsa(numberOf(4096), bytes(rfc7515::exponent));
        QVERIFY(key);
        QCOMPARE(key->description(), u"RSA 4096"_s);
    }

    void fitsItsOwnAlgorithmsOnly_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QStringList>("algorithms");
        QTest::newRow("RSA") << u"RSA"_s
                             << QStringList{u"RS256"_s, u"RS384"_s, u"RS512"_s, u"PS256"_s, u"PS384"_s, u"PS512"_s};
        QTest::newRow("P-256") << u"P-256"_s << QStringList{u"ES256"_s};
        QTest::newRow("P-384") << u"P-384"_s << QStringList{u"ES384"_s};
        QTest::newRow("P-521") << u"P-521"_s << QStringList{u"ES512"_s};
        QTest::newRow("Ed25519") << u"Ed25519"_s << QStringList{u"EdDSA"_s};
    }

    void fitsItsOwnAlgorithmsOnly()
    {
        QFETCH(QString, key);
        QFETCH(QStringList, algorithms);
        const Result<SigningKey> signer = keyOfKind(key);
        QVERIFY(signer);
        const Result<PublicKey> publicKey = publicHalf(*signer);
        QVERIFY(publicKey);
        for (const Algorithm algorithm : allAlgorithms) {
            const bool fits = algorithms.contains(algorithmName(algorithm));
            QCOMPARE(publicKey->fits(algorithm), fits);
            const Result<QByteArray> signature = signer->signature(algorithm, "text");
            QCOMPARE(signature.has_value(), fits);
            QCOMPARE(publicKey->verifies(algorithm, "text", signature.value_or(QByteArray(64, '\1'))), fits);
        }
    }

    /// What was signed with one algorithm of a key passes with no other one of it.
    void distinguishesTheAlgorithmsOfOneKey()
    {
        const Result<SigningKey> signer = SigningKey::generateRsa();
        QVERIFY(signer);
        const Result<PublicKey> key = publicHalf(*signer);
        QVERIFY(key);
        for (const Algorithm made : allAlgorithms) {
            if (!key->fits(made))
                continue;
            const Result<QByteArray> signature = signer->signature(made, "text");
            QVERIFY(signature);
            for (const Algorithm asked : allAlgorithms)
                QCOMPARE(key->verifies(asked, "text", *signature), asked == made);
        }
    }

    void refusesPointsOffTheCurve_data()
    {
        QTest::addColumn<Curve>("curve");
        for (const Curve curve : allCurves)
            QTest::newRow(qPrintable(curveName(curve))) << curve;
    }

    void refusesPointsOffTheCurve()
    {
        QFETCH(Curve, curve);
        const Result<SigningKey> signer = SigningKey::generateEc(curve);
        QVERIFY(signer);
        const QByteArray x = numberIn(signer->publicJwk(), u"x");
        const QByteArray y = numberIn(signer->publicJwk(), u"y");
        const Result<PublicKey> good = PublicKey::fromEc(curve, x, y);
        QVERIFY(good);
        QCOMPARE(good->description(), u"EC "_s + curveName(curve));
        QByteArray flipped = y;
        flipped.back() = static_cast<char>(flipped.back() ^ 1);
        const QByteArray zero(x.size(), '\0');
        for (const auto &[badX, badY] :
             {std::pair(x, flipped), std::pair(y, x), std::pair(zero, zero), std::pair(x, QByteArray(x.size(), '\xff')),
              std::pair(x.chopped(1), y), std::pair(x, y.mid(1)), std::pair('\0' + x, y), std::pair(x, QByteArray())}) {
            const Result<PublicKey> bad = PublicKey::fromEc(curve, badX, badY);
            QVERIFY(!bad);
            QCOMPARE(bad.error().code, errors::keyUnusable);
        }
    }

    void refusesAPointOfAnotherCurve()
    {
        const Result<SigningKey> signer = SigningKey::generateEc(Curve::p256);
        QVERIFY(signer);
        const QByteArray filling(16, '\0');
        QVERIFY(!PublicKey::fromEc(Curve::p384, filling + numberIn(signer->publicJwk(), u"x"),
                                   filling + numberIn(signer->publicJwk(), u"y")));
    }

    void refusesEd25519Points_data()
    {
        QTest::addColumn<QByteArray>("x");
        const auto row = [](const char *name, const char *hex) {
            QTest::newRow(name) << QByteArray::fromHex(QByteArray(hex).replace(' ', ""));
        };
        row("nothing", "");
        row("a byte too few", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f70751");
        row("a byte too many", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a00");
        row("off the curve", "0200000000000000000000000000000000000000000000000000000000000000");
        row("beyond the prime", "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
        row("the neutral element", "0100000000000000000000000000000000000000000000000000000000000000");
        row("the neutral element with a sign", "0100000000000000000000000000000000000000000000000000000000000080");
        row("of order 2", "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
        row("of order 4", "0000000000000000000000000000000000000000000000000000000000000000");
        row("of order 4, the other one", "0000000000000000000000000000000000000000000000000000000000000080");
        row("of order 8", "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
        row("of order 8, another one", "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa");
    }

    void refusesEd25519Points()
    {
        QFETCH(QByteArray, x);
        const Result<PublicKey> key = PublicKey::fromEd25519(x);
        QVERIFY(!key);
        QCOMPARE(key.error().code, errors::keyUnusable);
    }

    void acceptsManyEd25519Points()
    {
        for (int i = 0; i < 50; ++i) {
            const Result<SigningKey> signer = SigningKey::generateEd25519();
            QVERIFY(signer);
            const Result<PublicKey> key = publicHalf(*signer);
            QVERIFY(key);
            QCOMPARE(key->description(), u"Ed25519"_s);
        }
    }

    void comparesByValue()
    {
        const Result<PublicKey> key = rfcKey();
        const Result<PublicKey> same = PublicKey::fromRsa('\0' + bytes(rfc7515::modulus), bytes(rfc7515::exponent));
        const Result<PublicKey> other = PublicKey::fromRsa(numberOf(2048), bytes(rfc7515::exponent));
        QVERIFY(key && same && other);
        QVERIFY(*key == *same);
        QVERIFY(!(*key == *other));
    }

    void servesSeveralThreadsAtOnce()
    {
        const Result<PublicKey> key = rfcKey();
        QVERIFY(key);
        const QByteArray signature = bytes(rfc7515::signature);
        std::atomic<int> wrong = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                for (int round = 0; round < 200; ++round) {
                    if (!key->verifies(Algorithm::rs256, rfc7515::signingInput, signature) ||
                        key->verifies(Algorithm::rs256, "x", signature))
                        ++wrong;
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(wrong.load(), 0);
    }
};

} // namespace bookdesk::jose

QTEST_GUILESS_MAIN(bookdesk::jose::PublicKeyTest)
#include "public-key-test.moc"
