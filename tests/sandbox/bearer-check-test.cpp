// Tokens whose text no JSON writer of ours would produce, signed by a key of the test's own.
#include "jose/base64url.h"
#include "jose/jwk-set.h"
#include "sandbox/bearer-check.h"

#include <QTest>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <memory>

using namespace bookdesk;
using namespace bookdesk::sandbox;
using namespace Qt::StringLiterals;

namespace {

struct Release
{
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
    void operator()(BIGNUM *number) const { BN_free(number); }
};

/// An RSA key that signs any text.
class RawKey
{
public:
    RawKey()
        : m_key(EVP_RSA_gen(2048))
    {}

    jose::JwkSet keySet() const
    {
        const QByteArray document = R"({"keys":[{"kty":"RSA","use":"sig","kid":"raw","n":")" + member("n") +
                                    R"(","e":")" + member("e") + R"("}]})";
        return *jose::parseJwkSet(document);
    }

    QByteArray token(const QByteArray &claims) const
    {
        const QByteArray input = jose::toBase64Url(R"({"alg":"RS256","kid":"raw"})") + '.' + jose::toBase64Url(claims);
        return input + '.' + jose::toBase64Url(signatureOver(input));
    }

private:
    QByteArray member(const char *name) const
    {
        BIGNUM *number = nullptr;
        EVP_PKEY_get_bn_param(m_key.get(), name, &number);
        const std::unique_ptr<BIGNUM, Release> owner(number);
        QByteArray bytes(BN_num_bytes(number), '\0');
        BN_bn2bin(number, reinterpret_cast<unsigned char *>(bytes.data()));
        return jose::toBase64Url(bytes);
    }

    QByteArray signatureOver(const QByteArray &input) const
    {
        const std::unique_ptr<EVP_MD_CTX, Release> context(EVP_MD_CTX_new());
        EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, m_key.get());
        QByteArray signature(EVP_PKEY_get_size(m_key.get()), '\0');
        std::size_t size = static_cast<std::size_t>(signature.size());
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &size,
                       reinterpret_cast<const unsigned char *>(input.constData()),
                       static_cast<std::size_t>(input.size()));
        return signature;
    }

    std::unique_ptr<EVP_PKEY, Release> m_key;
};

} // namespace

class BearerCheckTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_keys = m_key.keySet(); }

    void numbersBeyondDoublesAreInfinite_data()
    {
        QTest::addColumn<QByteArray>("expiry");
        QTest::addColumn<int>("status");
        QTest::newRow("an ordinary one") << "2000000000"_ba << 200;
        QTest::newRow("a large one") << "1e300"_ba << 200;
        QTest::newRow("too large for a double") << "1e400"_ba << 500;
        QTest::newRow("too large, with a fraction") << "1.5E+999"_ba << 500;
        QTest::newRow("far too small") << "-1e400"_ba << 500;
        QTest::newRow("by name") << "Infinity"_ba << 500;
        QTest::newRow("in a list") << "[1e400]"_ba << 500;
        QTest::newRow("a number that is none") << "1e"_ba << 401;
    }

    void numbersBeyondDoublesAreInfinite()
    {
        QFETCH(QByteArray, expiry);
        QFETCH(int, status);
        const QByteArray token = m_key.token(claimsWith(expiry));
        QCOMPARE(statusFor(token), status);
    }

    void theSignatureIsThatOfTheTokenAsItCame()
    {
        QByteArray token = m_key.token(claimsWith("1e400"));
        token[token.lastIndexOf('.') + 20] = token.at(token.lastIndexOf('.') + 20) == 'A' ? 'B' : 'A';
        QCOMPARE(statusFor(token), 401);
        const QByteArray rewritten = m_key.token(claimsWith("1e400"));
        const QByteArray forged = rewritten.first(rewritten.indexOf('.') + 1) + jose::toBase64Url(claimsWith("1e500")) +
                                  rewritten.sliced(rewritten.lastIndexOf('.'));
        QCOMPARE(statusFor(forged), 401);
    }

    void anIssuerListStumblesBeforeTheSignature()
    {
        const QByteArray claims = R"({"iss":["x"],"exp":2000000000,"sub":"s"})";
        const QByteArray token =
            jose::toBase64Url(R"({"alg":"RS256","kid":"other"})") + '.' + jose::toBase64Url(claims) + ".eA";
        QCOMPARE(statusFor(token), 500);
    }

private:
    static QByteArray claimsWith(const QByteArray &expiry)
    {
        return R"({"aud":"api","iss":"issuer","sub":"s","exp":)" + expiry + R"(,"roles":[]})";
    }

    int statusFor(const QByteArray &token) const
    {
        const Request request{"GET", "/", {}, {{"Authorization", "Bearer " + token}}, {}};
        const auto checked =
            checkBearer(request, {u"issuer"_s, u"api"_s, m_keys, TimePoint(std::chrono::seconds(1'790'000'000))});
        const auto *refusal = std::get_if<Response>(&checked);
        return refusal ? refusal->status : 200;
    }

    RawKey m_key;
    jose::JwkSet m_keys;
};

QTEST_GUILESS_MAIN(BearerCheckTest)
#include "bearer-check-test.moc"
