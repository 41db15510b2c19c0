#include "core/json.h"
#include "jose/certificate-map.h"
#include "jose/errors.h"

#include <QTest>

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

using OwnedKey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

OwnedKey rsaKey(std::size_t bits = 2048) { return {EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", bits), EVP_PKEY_free}; }

OwnedKey ecKey(const char *curve) { return {EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve), EVP_PKEY_free}; }

OwnedKey otherKey(const char *type) { return {EVP_PKEY_Q_keygen(nullptr, nullptr, type), EVP_PKEY_free}; }

/// A certificate for the key, as PEM, signed by an RSA key as an authority's would be.
QString certificateFor(EVP_PKEY *key)
{
    static const OwnedKey authority = rsaKey();
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), X509_free);
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key);
    X509_sign(certificate.get(), authority.get(), EVP_sha256());
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_X509(bio.get(), certificate.get());
    char *text = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &text);
    return QString::fromLatin1(text, static_cast<qsizetype>(size));
}

/// Always the same one, because making a key takes long.
QString goodCertificate()
{
    static const QString certificate = certificateFor(rsaKey().get());
    return certificate;
}

QByteArray document(JsonObject certificates) { return toCompactJson(certificates); }

} // namespace

class CertificateMapTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsCertificatesOfEveryKind()
    {
        const Result<JwkSet> set =
            parseCertificateMap(document({{u"rsa"_s, goodCertificate()},
                                          {u"p256"_s, certificateFor(ecKey("P-256").get())},
                                          {u"p521"_s, certificateFor(ecKey("P-521").get())},
                                          {u"ed"_s, certificateFor(otherKey("ED25519").get())}}));
        QVERIFY(set);
        QCOMPARE(set->findings, QStringList());
        QCOMPARE(set->find(u"rsa")->key.description(), u"RSA 2048"_s);
        QCOMPARE(set->find(u"p256")->key.description(), u"EC P-256"_s);
        QCOMPARE(set->find(u"p521")->key.description(), u"EC P-521"_s);
        QCOMPARE(set->find(u"ed")->key.description(), u"Ed25519"_s);
        QVERIFY(!set->find(u"rsa")->algorithm);
    }

    void verifiesWithACertificatesKey()
    {
        const OwnedKey key = rsaKey();
        const Result<JwkSet> set = parseCertificateMap(document({{u"abc"_s, certificateFor(key.get())}}));
        QVERIFY(set && set->find(u"abc"));
        QByteArray signature(256, Qt::Uninitialized);
        std::size_t size = 256;
        EVP_MD_CTX *context = EVP_MD_CTX_new();
        QCOMPARE(EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key.get()), 1);
        QCOMPARE(EVP_DigestSign(context, reinterpret_cast<unsigned char *>(signature.data()), &size,
                                reinterpret_cast<const unsigned char *>("text"), 4),
                 1);
        EVP_MD_CTX_free(context);
        QVERIFY(set->find(u"abc")->key.verifies(Algorithm::rs256, "text", signature));
        QVERIFY(!set->find(u"abc")->key.verifies(Algorithm::rs256, "texT", signature));
    }

    void leavesOutAndReports_data()
    {
        QTest::addColumn<Json>("value");
        QTest::addColumn<QString>("word");
        const QString good = goodCertificate();
        QTest::newRow("no certificate") << Json(u"hello"_s) << u"X.509"_s;
        QTest::newRow("nothing") << Json(QString()) << u"X.509"_s;
        QTest::newRow("a certificate cut off") << Json(good.left(400)) << u"X.509"_s;
        QTest::newRow("a certificate without its lines") << Json(good.section(u'\n', 1, -3)) << u"X.509"_s;
        QTest::newRow("a certificate that wants a password")
            << Json(QString(good).replace(u"-----\nMII"_s, u"-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: "
                                                           "AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\nMII"_s))
            << u"X.509"_s;
        QTest::newRow("a megabyte") << Json(QString(500'000, u'x')) << u"X.509"_s;
        QTest::newRow("a number") << Json(5) << u"a number"_s;
        QTest::newRow("an RSA key that is too short") << Json(certificateFor(rsaKey(1024).get())) << u"1024 bits"_s;
        QTest::newRow("an unsupported curve") << Json(certificateFor(ecKey("secp256k1").get())) << u"type"_s;
        QTest::newRow("an unsupported type") << Json(certificateFor(otherKey("ED448").get())) << u"type"_s;
    }

    void leavesOutAndReports()
    {
        QFETCH(Json, value);
        QFETCH(QString, word);
        const Result<JwkSet> set = parseCertificateMap(document({{u"bad"_s, value}, {u"good"_s, goodCertificate()}}));
        QVERIFY(set);
        QVERIFY(!set->find(u"bad"));
        QVERIFY2(set->find(u"good"), "One bad certificate must not cost the others");
        QCOMPARE(set->findings.size(), 1);
        QVERIFY2(set->findings.front().contains(u"bad"_s), qPrintable(set->findings.front()));
        QVERIFY2(set->findings.front().contains(word), qPrintable(set->findings.front()));
    }

    void leavesOutCertificatesThatNobodyCanName()
    {
        const Result<JwkSet> set = parseCertificateMap(document({{QString(), goodCertificate()}}));
        QVERIFY(set);
        QVERIFY(set->keys.empty());
        QCOMPARE(set->findings.size(), 1);
    }

    void refusesDocuments_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("a page of HTML") << QByteArray("<html></html>");
        QTest::newRow("an array") << QByteArray("[]");
        QTest::newRow("a key ID twice") << QByteArray(R"({"a":"x","a":"y"})");
    }

    void refusesDocuments()
    {
        QFETCH(QByteArray, text);
        const Result<JwkSet> set = parseCertificateMap(text);
        QVERIFY(!set);
        QCOMPARE(set.error().code, errors::keySetInvalid);
        QVERIFY(!factValue(set.error().facts, facts::reason).isEmpty());
    }
};

} // namespace bookdesk::jose

QTEST_GUILESS_MAIN(bookdesk::jose::CertificateMapTest)
#include "certificate-map-test.moc"
