#include "core/json.h"
#include "jose/errors.h"
#include "jose/jwk-set.h"
#include "key-numbers.h"
#include "rfc7515-a2.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

const QByteArray otherModulus = "_" + rfc7515::modulus.mid(1);

/// The key with the members of @p changes put in; null takes a member away.
JsonObject patchedKey(JsonObject jwk, const QByteArray &changes)
{
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

/// A good key with the members of @p changes put in; null takes a member away.
Json key(const QByteArray &changes = "{}")
{
    return patchedKey({{u"kty"_s, u"RSA"_s},
                       {u"use"_s, u"sig"_s},
                       {u"kid"_s, u"abc"_s},
                       {u"n"_s, QString::fromLatin1(rfc7515::modulus)},
                       {u"e"_s, u"AQAB"_s}},
                      changes);
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

    void saysWhatIsKnownOfKeysThatAreLeftOut()
    {
        const Json secret = JsonObject{{u"kty"_s, u"oct"_s}, {u"kid"_s, u"s"_s}};
        const Json nameless = JsonObject{{u"kty"_s, u"EC"_s}, {u"crv"_s, u"P-256"_s}};
        const Result<JwkSet> set =
            parseJwkSet(document({key(R"({"use":"enc","alg":"RSA-OAEP"})"), secret, nameless, u"no key"_s}));
        QVERIFY(set);
        QCOMPARE(set->leftOut.size(), 4);
        QCOMPARE(set->leftOut[0],
                 (LeftOutKey{u"abc"_s, u"RSA 2048, alg RSA-OAEP"_s, u"Its use is enc, not signatures."_s}));
        QCOMPARE(set->leftOut[1].description, u"oct"_s);
        QCOMPARE(set->leftOut[2].description, u"EC P-256"_s);
        QVERIFY(set->leavesOut(u"s"));
        QVERIFY(!set->leavesOut(u""));
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
        QVERIFY(set->leavesOut(u"abc"));
        QCOMPARE(set->leftOut.size(), 1);
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

    void saysThatAKeyIdIsNoText()
    {
        const Result<JwkSet> set = parseJwkSet(document({key(R"({"kid":42})")}));
        QVERIFY(set && set->keys.empty());
        QCOMPARE(set->findings,
                 QStringList{u"A key was left out, because its key ID (kid) must be a string. Found: a number, 42."_s});
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

    void findsKeysOfOneIdByTheirIssuers()
    {
        const Result<JwkSet> set =
            parseJwkSet(document({key(R"({"issuer":"https:\/\/a.test"})"),
                                  key("{\"issuer\":\"https://b.test\",\"n\":\"" + otherModulus + "\"}")}));
        QVERIFY(set);
        QCOMPARE(set->findings, QStringList());
        QCOMPARE(set->keys.size(), 2);
        const Jwk *first = set->find(u"abc", u"https://a.test");
        const Jwk *second = set->find(u"abc", u"https://b.test");
        QVERIFY(first && second);
        QVERIFY(!(first->key == second->key));
        QVERIFY(!set->find(u"abc", u""));
        QVERIFY(!set->find(u"abc", u"https://c.test"));
    }

    void doubtsKeysOfOneIdForOneIssuerOnly()
    {
        const QByteArray other = "\"n\":\"" + otherModulus + "\"";
        const Result<JwkSet> set =
            parseJwkSet(document({key(R"({"issuer":"https:\/\/a.test"})"), key(R"({"issuer":"https:\/\/b.test"})"),
                                  key(R"({"issuer":"https:\/\/a.test",)" + other + '}')}));
        QVERIFY(set);
        QCOMPARE(set->findings.size(), 1);
        QVERIFY(!set->find(u"abc", u"https://a.test"));
        QVERIFY(set->find(u"abc", u"https://b.test"));
    }

    void readsEveryKindOfKey_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<Algorithm>("algorithm");
        QTest::newRow("P-256") << u"P-256"_s << Algorithm::es256;
        QTest::newRow("P-384") << u"P-384"_s << Algorithm::es384;
        QTest::newRow("P-521") << u"P-521"_s << Algorithm::es512;
        QTest::newRow("Ed25519") << u"Ed25519"_s << Algorithm::edDsa;
    }

    void readsEveryKindOfKey()
    {
        QFETCH(QString, kind);
        QFETCH(Algorithm, algorithm);
        const Result<SigningKey> signer = keyOfKind(kind);
        QVERIFY(signer);
        JsonObject jwk = signer->publicJwk();
        jwk.set(u"alg"_s, algorithmName(algorithm));
        const Result<JwkSet> set = parseJwkSet(document({jwk}));
        QVERIFY(set);
        QCOMPARE(set->findings, QStringList());
        const Jwk *found = set->find(signer->keyId());
        QVERIFY(found);
        QVERIFY(found->algorithm == algorithm);
        QVERIFY(found->key == *publicHalf(*signer));
    }

    void leavesOutOtherKeysAndSaysWhy_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<QString>("word");
        const auto row = [](const char *name, const QString &kind, const QByteArray &changes, const QString &word) {
            QTest::newRow(name) << kind << changes << word;
        };
        row("a curve without a name", u"P-256"_s, R"({"crv":null})", u"curve"_s);
        row("a curve of Bitcoin's", u"P-256"_s, R"({"crv":"secp256k1"})", u"secp256k1"_s);
        row("a curve whose name is no string", u"P-256"_s, R"({"crv":256})", u"crv"_s);
        row("numbers of another curve", u"P-256"_s, R"({"crv":"P-384"})", u"48 bytes"_s);
        row("a point off the curve", u"P-256"_s, R"({"y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"})",
            u"not on the curve"_s);
        row("half a point", u"P-256"_s, R"({"y":null})", u"\"y\""_s);
        row("a short number", u"P-256"_s, R"({"x":"AQ"})", u"32 bytes"_s);
        row("an algorithm of another curve", u"P-256"_s, R"({"alg":"ES384"})", u"ES384"_s);
        row("an algorithm for RSA", u"P-521"_s, R"({"alg":"RS256"})", u"RS256"_s);
        row("for key agreement", u"P-256"_s, R"({"use":"enc"})", u"enc"_s);
        row("for key agreement, by its operations", u"P-256"_s, R"({"key_ops":["deriveKey"]})", u"key_ops"_s);
        row("with operations beyond signatures", u"P-256"_s, R"({"key_ops":["verify","deriveKey"]})", u"key_ops"_s);
        row("an X25519 key", u"Ed25519"_s, R"({"crv":"X25519"})", u"X25519"_s);
        row("an Ed448 key", u"Ed25519"_s, R"({"crv":"Ed448"})", u"Ed448"_s);
        row("an Ed25519 key that says it is EC", u"Ed25519"_s, R"({"kty":"EC"})", u"Ed25519"_s);
        row("an Edwards point of small order", u"Ed25519"_s, R"({"x":"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})",
            u"small order"_s);
    }

    void leavesOutOtherKeysAndSaysWhy()
    {
        QFETCH(QString, kind);
        QFETCH(QByteArray, changes);
        QFETCH(QString, word);
        const Result<SigningKey> signer = keyOfKind(kind);
        QVERIFY(signer);
        const Result<JwkSet> set = parseJwkSet(document({patchedKey(signer->publicJwk(), changes)}));
        QVERIFY(set);
        QVERIFY(set->keys.empty());
        QCOMPARE(set->findings.size(), 1);
        QVERIFY2(set->findings.front().contains(word), qPrintable(set->findings.front()));
    }

    void usesThePublicPartOfOtherPrivateKeysToo()
    {
        const Result<SigningKey> signer = SigningKey::generateEd25519();
        QVERIFY(signer);
        JsonObject jwk = signer->publicJwk();
        jwk.set(u"d"_s, u"c2VjcmV0"_s);
        const Result<JwkSet> set = parseJwkSet(document({jwk}));
        QVERIFY(set);
        QVERIFY(set->find(signer->keyId()));
        QCOMPARE(set->findings.size(), 1);
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
        QVERIFY(set->find(u"abc")->isExposed);
        QCOMPARE(set->findings.size(), 1);
        QVERIFY(set->findings.front().contains(u"private"_s));
        QVERIFY(!set->findings.front().contains(u"c2VjcmV0"_s));
    }

    void readsKeySetsAsIssuersWriteThem_data()
    {
        QTest::addColumn<QByteArray>("changes");
        const auto row = [](const char *name, const QByteArray &changes) { QTest::newRow(name) << changes; };
        row("null members", R"({"use":null,"alg":null,"key_ops":null,"issuer":null,"x5c":null,"x5t":null,"x5u":null})");
        row("empty members", R"({"use":"","alg":"","key_ops":[],"issuer":"","x5c":[],"x5t":""})");
        row("a private part of nulls", R"({"d":null,"p":null,"q":null,"dp":null,"dq":null,"qi":null,"oth":null})");
        row("an empty private part", R"({"d":"","p":"","q":"","dp":"","dq":"","qi":"","oth":[]})");
        row("members that nobody knows", R"({"x":{"y":[1]},"exp":1,"nbf":null})");
    }

    void readsKeySetsAsIssuersWriteThem()
    {
        QFETCH(QByteArray, changes);
        const Result<JsonObject> added = parseJsonObject(changes);
        JsonObject jwk = *parseJsonObject(toCompactJson(key()));
        for (const auto &[name, value] : added->members())
            jwk.set(name, value);
        const Result<JwkSet> set = parseJwkSet(document({jwk}));
        QVERIFY(set);
        QCOMPARE(set->findings, QStringList());
        QVERIFY(set->find(u"abc"));
        QVERIFY(!set->find(u"abc")->isExposed);
    }

    void oneKeyMayBeThereForSeveralAlgorithms()
    {
        const Result<JwkSet> set = parseJwkSet(document(
            {key(R"({"alg":"RS256"})"), key(R"({"alg":"PS256","d":"c2VjcmV0LWQ"})"), key(R"({"alg":"RS256"})")}));
        QVERIFY(set);
        QCOMPARE(set->keys.size(), 2);
        QVERIFY(set->keys[0].isExposed && set->keys[1].isExposed);
        QCOMPARE(set->findings.size(), 1);
    }

    void aKeyIsExposedByAnyOfItsCopies()
    {
        const Result<JwkSet> set = parseJwkSet(document({key(), key(R"({"d":"c2VjcmV0LWQ"})")}));
        QVERIFY(set);
        QCOMPARE(set->keys.size(), 1);
        QVERIFY(set->keys.front().isExposed);
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
        QVERIFY(!factValue(set.error().facts, facts::reason).isEmpty());
    }
};

} // namespace bookdesk::jose

QTEST_GUILESS_MAIN(bookdesk::jose::JwkSetTest)
#include "jwk-set-test.moc"
