#include "jose/algorithm.h"
#include "jose/curve.h"
#include "jose/hash.h"

#include <QCryptographicHash>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {

class AlgorithmTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsEachByItsOwnName()
    {
        QSet<QString> names;
        for (const Algorithm algorithm : allAlgorithms) {
            QVERIFY(algorithmFrom(algorithmName(algorithm)) == algorithm);
            names += algorithmName(algorithm);
        }
        QCOMPARE(names, QSet<QString>({u"RS256"_s, u"RS384"_s, u"RS512"_s, u"PS256"_s, u"PS384"_s, u"PS512"_s,
                                       u"ES256"_s, u"ES384"_s, u"ES512"_s, u"EdDSA"_s}));
    }

    void knowsNoOtherNames_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : {u"none"_s, u"HS256"_s, u"HS512"_s, u"rs256"_s, u"RS256 "_s, u"RS256\0"_s,
                                    u"EDDSA"_s, u"Ed25519"_s, u"ES256K"_s, u""_s})
            QTest::addRow("'%s'", qPrintable(name)) << name;
    }

    void knowsNoOtherNames()
    {
        QFETCH(QString, name);
        QVERIFY(!algorithmFrom(name));
    }

    void eachCurveHasOneAlgorithm()
    {
        QVERIFY(algorithmOf(Curve::p256) == Algorithm::es256);
        QVERIFY(algorithmOf(Curve::p384) == Algorithm::es384);
        QVERIFY(algorithmOf(Curve::p521) == Algorithm::es512);
        for (const Curve curve : allCurves)
            QVERIFY(curveFrom(curveName(curve)) == curve);
        QVERIFY(!curveFrom(u"secp256k1"));
        QVERIFY(!curveFrom(u"p-256"));
    }

    void hashesAsQtDoes_data()
    {
        QTest::addColumn<Hash>("hash");
        QTest::addColumn<QCryptographicHash::Algorithm>("same");
        QTest::newRow("SHA-256") << Hash::sha256 << QCryptographicHash::Sha256;
        QTest::newRow("SHA-384") << Hash::sha384 << QCryptographicHash::Sha384;
        QTest::newRow("SHA-512") << Hash::sha512 << QCryptographicHash::Sha512;
    }

    void hashesAsQtDoes()
    {
        QFETCH(Hash, hash);
        QFETCH(QCryptographicHash::Algorithm, same);
        // Twice and in between another one, because the context is kept.
        for (const QByteArray &text : {QByteArray(), QByteArray("abc"), QByteArray(1000, 'x')}) {
            QCOMPARE(Digest::of(hash, text).view().toByteArray(), QCryptographicHash::hash(text, same));
            Digest::of(Hash::sha256, "in between");
        }
    }
};

} // namespace bookdesk::jose

QTEST_GUILESS_MAIN(bookdesk::jose::AlgorithmTest)
#include "algorithm-test.moc"
