#include "jose/base64url.h"
#include "jose/errors.h"
#include "jose/public-key.h"
#include "rfc7515-a2.h"

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
        QVERIFY(!key.error().details.isEmpty());
    }

    void acceptsLongKeys()
    {
        const Result<PublicKey> key = PublicKey::fromRsa(numberOf(4096), bytes(rfc7515::exponent));
        QVERIFY(key);
        QCOMPARE(key->description(), u"RSA 4096"_s);
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
