#include "jose/ecdsa-signature.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

/// The curve's order, which no half may reach.
QByteArray order(Curve curve)
{
    switch (curve) {
    case Curve::p256:
        return QByteArray::fromHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    case Curve::p384:
        return QByteArray::fromHex("ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf"
                                   "581a0db248b0a77aecec196accc52973");
    case Curve::p521:
        return QByteArray::fromHex("01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa"
                                   "51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409");
    }
    return {};
}

/// The number, filled up with zeros in front.
QByteArray half(Curve curve, const QByteArray &hex)
{
    const QByteArray number = QByteArray::fromHex(hex);
    return QByteArray(coordinateSize(curve) - number.size(), '\0') + number;
}

QByteArray lessByOne(QByteArray number)
{
    number.back() = static_cast<char>(number.back() - 1);
    return number;
}

} // namespace

class EcdsaSignatureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesDer_data()
    {
        QTest::addColumn<Curve>("curve");
        QTest::addColumn<QByteArray>("r");
        QTest::addColumn<QByteArray>("s");
        QTest::addColumn<QByteArray>("der");
        QTest::newRow("small numbers") << Curve::p256 << QByteArray("01") << QByteArray("7f")
                                       << QByteArray("300602010102017f");
        QTest::newRow("numbers that need a sign byte")
            << Curve::p256 << QByteArray("80") << QByteArray("ff01") << QByteArray("3009020200800203 00ff01");
        QTest::newRow("a length of two bytes") << Curve::p521 << QByteArray("01") + QByteArray("ab").repeated(65)
                                               << QByteArray("01") + QByteArray("cd").repeated(65)
                                               << QByteArray("308188") + "024201" + QByteArray("ab").repeated(65) +
                                                      "024201" + QByteArray("cd").repeated(65);
    }

    void writesDer()
    {
        QFETCH(Curve, curve);
        QFETCH(QByteArray, r);
        QFETCH(QByteArray, s);
        QFETCH(QByteArray, der);
        const QByteArray raw = half(curve, r) + half(curve, s);
        const std::optional<EcdsaSignature> signature = EcdsaSignature::fromRaw(curve, raw);
        QVERIFY(signature);
        QCOMPARE(signature->der().toByteArray().toHex(), der.replace(' ', ""));
        QCOMPARE(rawFromDer(curve, signature->der()), raw);
    }

    void acceptsTheLargestNumbers()
    {
        for (const Curve curve : allCurves) {
            const QByteArray largest = lessByOne(order(curve));
            const std::optional<EcdsaSignature> signature = EcdsaSignature::fromRaw(curve, largest + largest);
            QVERIFY(signature);
            QCOMPARE(rawFromDer(curve, signature->der()), largest + largest);
        }
    }

    void refuses_data()
    {
        QTest::addColumn<Curve>("curve");
        QTest::addColumn<QByteArray>("raw");
        for (const Curve curve : allCurves) {
            const QByteArray name = curveName(curve).toLatin1();
            const QByteArray one = half(curve, "01");
            const QByteArray zero = half(curve, "00");
            const QByteArray all(coordinateSize(curve), '\xff');
            QTest::addRow("%s: nothing", name.data()) << curve << QByteArray();
            QTest::addRow("%s: one half", name.data()) << curve << one;
            QTest::addRow("%s: a byte too few", name.data()) << curve << (one + one).chopped(1);
            QTest::addRow("%s: a byte too many", name.data()) << curve << one + one + '\0';
            QTest::addRow("%s: R is zero", name.data()) << curve << zero + one;
            QTest::addRow("%s: S is zero", name.data()) << curve << one + zero;
            QTest::addRow("%s: both are zero", name.data()) << curve << zero + zero;
            QTest::addRow("%s: R is the order", name.data()) << curve << order(curve) + one;
            QTest::addRow("%s: S is the order", name.data()) << curve << one + order(curve);
            QTest::addRow("%s: S beyond the order", name.data()) << curve << one + all;
        }
        QTest::newRow("DER instead") << Curve::p256 << QByteArray::fromHex("300602010102017f");
    }

    void refuses()
    {
        QFETCH(Curve, curve);
        QFETCH(QByteArray, raw);
        QVERIFY(!EcdsaSignature::fromRaw(curve, raw));
    }

    void readsNoDerThatIsNone()
    {
        QCOMPARE(rawFromDer(Curve::p256, "not DER"), QByteArray());
        QCOMPARE(rawFromDer(Curve::p256, {}), QByteArray());
    }
};

} // namespace bookdesk::jose

QTEST_GUILESS_MAIN(bookdesk::jose::EcdsaSignatureTest)
#include "ecdsa-signature-test.moc"
