#include "core/json.h"
#include "jose/errors.h"
#include "jose/jwk-set.h"
#include "rfc7515-a2.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

const QByteArray otherModulus = "_" + rfc7515::modulus.mid(1);

/// A good key with the members of @p changes put in; null takes a member away.
Json key(const QByteArray &changes = "{}")
{
    JsonObject jwk{{u"kty"_s, u"RSA"_s},
                   {u"use"_s, u"sig"_s},
                   {u"kid"_s, u"abc"_s},
                   {u"n"_s, QString::fromLatin1(rfc7515::modulus)},
                   {u"e"_s, u"AQAB"_s}};
    const Result<JsonObject> patch = parseJsonObject(changes);
    if (!patch)
        qFatal("The test's JSON is not valid: %s", changes.constData());
    for (const auto &[name, value] : patch->members()) {
        if (value.isNull())
            jwk.remove(name);
        else
            jwk.set(name, value);
    }
    return jwk;
}

QByteArray document(JsonArray keys) { return toCompactJson(JsonObject{{u"keys"_s, std::move(keys)}}); }

} // namespace

class JwkSetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsKeysAsEntraPublishesThem()
    {
        const Result<JwkSet> set = parseJwkSet(
            document({key(R"({"x5t":"abc","x5c":["MIIC"],"issuer":"https:\/\/login.example.test/{tenantid}/v2.0"})")}));
        QVERIFY(set);
        QCOMPARE(set->keys.size(), 1);
        QCOMPARE(set->findings, QStringList());
        const Jwk *found = set->find(u"abc");
        QVERIFY(found);
        QVERIFY(!found->algorithm);
        QCOMPARE(found->issuer, u"https://login.example.test/{tenantid}/v2.0"_s);
        QCOMPARE(found->key.bits(), 2048);
    }

    void findsByTheExactKeyId()
    {
        const Result<JwkSet> set = parseJwkSet(document({key()}));
        QVERIFY(set);
        QVERIFY(set->find(u"abc"));
        QVERIFY(!set->find(u"ABC"));
        QVERIFY(!set->find(u"ab"));
        QVERIFY(!set->find(u""));
    }

    void acceptsKeys_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::newRow("with the algorithm RS256") << QByteArray(R"({"alg":"RS256"})");
        QTest::newRow("with another RSA algorithm, which the token must then name") << QByteArray(R"({"alg":"PS256"})");
        QTest::newRow("without a use") << QByteArray(R"({"use":null})");
        QTest::newRow("that allow to verify") << QByteArray(R"({"key_ops":["verify"]})");
        QTest::newRow("that allow to sign and to verify") << QByteArray(R"({"key_ops":["sign","verify"]})");
        QTest::newRow("with unknown members") << QByteArray(R"({"nbf":1,"cloud_instance_name":"x"})");
    }

    void acceptsKeys()
    {
        QFETCH(QByteArray, changes);
        const Result<JwkSet> set = parseJwkSet(document({key(changes)}));
        QVERIFY(set);
        QVERIFY(set->find(u"abc"));
        QCOMPARE(set->findings, QStringList());
    }

    void leavesOutAndReports_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<QString>("word");
        QTest::newRow("a key for encryption") << QByteArray(R"({"use":"enc"})") << u"enc"_s;
        QTest::newRow("a key whose use is no string") << QByteArray(R"({"use":1})") << u"use"_s;
        QTest::newRow("a key that only encrypts") << QByteArray(R"({"key_ops":["encrypt"]})") << u"key_ops"_s;
        QTest::newRow("a key with odd key_ops") << QByteArray(R"({"key_ops":"verify"})") << u"key_ops"_s;
        QTest::newRow("a key for RSA encryption by alg") << QByteArray(R"({"alg":"RSA-OAEP"})") << u"RSA-OAEP"_s;
        QTest::newRow("an RSA key that says ES256") << QByteArray(R"({"alg":"ES256"})") << u"ES256"_s;
        QTest::newRow("an RSA key that says HS256") << QByteArray(R"({"alg":"HS256"})") << u"HS256"_s;
        QTest::newRow("an RSA key that says none") << QByteArray(R"({"alg":"none"})") << u"none"_s;
        QTest::newRow("a key whose alg is no string") << QByteArray(R"({"alg":["RS256"]})") << u"alg"_s;
        QTest::newRow("RSA numbers that say they are EC") << QByteArray(R"({"kty":"EC"})") << u"curve"_s;
        QTest::newRow("RSA numbers that say they are OKP") << QByteArray(R"({"kty":"OKP"})") << u"curve"_s;
        QTest::newRow("a shared secret") << QByteArray(R"({"kty":"oct","k":"c2VjcmV0"})") << u"secret"_s;
        QTest::newRow("an unknown type") << QByteArray(R"({"kty":"XYZ"})") << u"XYZ"_s;
        QTest::newRow("a type in the wrong case") << QByteArray(R"({"kty":"rsa"})") << u"rsa"_s;
        QTest::newRow("no type") << QByteArray(R"({"kty":null})") << u"type"_s;
        QTest::newRow("a key without a modulus") << QByteArray(R"({"n":null})") << u"\"n\""_s;
        QTest::newRow("a key without an exponent") << QByteArray(R"({"e":null})") << u"\"e\""_s;
        QTest::newRow("a modulus that is a number") << QByteArray(R"({"n":65537})") << u"\"n\""_s;
        QTest::newRow("a modulus in plain base64") << QByteArray(R"({"n":"ab+/"})") << u"base64url"_s;
        QTest::newRow("a padded exponent") << QByteArray(R"({"e":"Aw=="})") << u"base64url"_s;
        QTest::newRow("a short key") << QByteArray(R"({"n":"_wEB"})") << u"bits"_s;
        QTest::newRow("the exponent 1") << QByteArray(R"({"e":"AQ"})") << u"exponent"_s;
        QTest::newRow("an issuer that is no string") << QByteArray(R"({"issuer":{}})") << u"issuer"_s;
    }

    void leavesOutAndReports()
    {
        QFETCH(QByteArray, changes);
        QFETCH(QString, word);
        const Result<JwkSet> set = parseJwkSet(document({key(changes), key(R"({"kid":"good"})")}));
        QVERIFY(set);
        QVERIFY(!set->find(u"abc"));
        QVERIFY2(set->find(u"good"), "One bad key must not cost the others");
        QCOMPARE(set->findings.size(), 1);
        QVERIFY2(set->findings.front().contains(u"abc"_s), qPrintable(set->findings.front()));
        QVERIFY2(set->findings.front().contains(word), qPrintable(set->findings.front()));
    }

    void leavesOutKeysThatNobodyCanName_data()
    {
        QTest::addColumn<QByteArray>("keyText");
        QTest::newRow("no key ID") << toCompactJson(key(R"({"kid":null})"));
        QTest::newRow("an empty key ID") << toCompactJson(key(R"({"kid":""})"));
        QTest::newRow("a key ID that is a number") << toCompactJson(key(R"({"kid":7})"));
        QTest::newRow("a string where a key belongs") << QByteArray(R"("abc")");
        QTest::newRow("null where a key belongs") << QByteArray("null");
    }

    void leavesOutKeysThatNobodyCanName()
    {
        QFETCH(QByteArray, keyText);
        const Result<JwkSet> set = parseJwkSet("{\"keys\":[" + keyText + "]}");
        QVERIFY(set);
        QVERIFY(set->keys.empty());
        QCOMPARE(set->findings.size(), 1);
    }

    void usesNeitherOfTwoKeysWithOneId()
    {
        const Json other = key("{\"n\":\"" + otherModulus + "\"}");
        for (const JsonArray &keys : {JsonArray{key(), other}, JsonArray{other, key(), other}}) {
            const Result<JwkSet> set = parseJwkSet(document(keys));
            QVERIFY(set);
            QVERIFY(!set->find(u"abc"));
            QCOMPARE(set->findings.size(), 1);
        }
    }

    void usesAKeyThatIsPublishedTwice()
    {
        const Result<JwkSet> set = parseJwkSet(document({key(), key()}));
        QVERIFY(set);
        QCOMPARE(set->keys.size(), 1);
        QCOMPARE(set->findings, QStringList());
    }

    void usesThePublicPartOfAPrivateKeyAndReportsIt()
    {
        const Result<JwkSet> set = parseJwkSet(document({key(R"({"d":"c2VjcmV0LWQ","p":"c2VjcmV0LXA"})")}));
        QVERIFY(set);
        QVERIFY(set->find(u"abc"));
        QCOMPARE(set->findings.size(), 1);
        QVERIFY(set->findings.front().contains(u"private"_s));
        QVERIFY(!set->findings.front().contains(u"c2VjcmV0"_s));
    }

    void showsHiddenCharactersOfKeyIds()
    {
        const Result<JwkSet> set = parseJwkSet(document({key(R"({"kid":"a\u202Eb","use":"enc"})")}));
        QVERIFY(set);
        QCOMPARE(set->findings.size(), 1);
        QVERIFY(set->findings.front().contains(u"a\\u{202E}b"_s));
    }

    void acceptsAnEmptySet()
    {
        const Result<JwkSet> set = parseJwkSet(R"({"keys":[]})");
        QVERIFY(set);
        QVERIFY(set->keys.empty());
    }

    void refusesDocuments_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("a page of HTML") << QByteArray("<html></html>");
        QTest::newRow("an array") << QByteArray("[]");
        QTest::newRow("no keys") << QByteArray(R"({"error":"nope"})");
        QTest::newRow("keys that are an object") << QByteArray(R"({"keys":{}})");
        QTest::newRow("keys that are null") << QByteArray(R"({"keys":null})");
        QTest::newRow("keys twice") << QByteArray(R"({"keys":[],"keys":[]})");
        QTest::newRow("a member of a key twice") << QByteArray(R"({"keys":[{"kid":"a","kid":"b"}]})");
        QTest::newRow("something behind") << QByteArray(R"({"keys":[]}x)");
        QTest::newRow("more than a megabyte") << "{\"keys\":[],\"x\":\"" + QByteArray(1024 * 1024, 'x') + "\"}";
    }

    void refusesDocuments()
    {
        QFETCH(QByteArray, text);
        const Result<JwkSet> set = parseJwkSet(text);
        QVERIFY(!set);
        QCOMPARE(set.error().code, errors::keySetInvalid);
        QVERIFY(!set.error().details.isEmpty());
    }
};

} // namespace bookdesk::jose

QTEST_GUILESS_MAIN(bookdesk::jose::JwkSetTest)
#include "jwk-set-test.moc"
