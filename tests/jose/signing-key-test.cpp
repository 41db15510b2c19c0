#include "jose/decoded-token.h"
#include "jose/errors.h"
#include "jose/jwk-set.h"
#include "jose/signing-key.h"

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
