#include "identity/claims-request.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray c1 = R"({"access_token":{"acrs":{"essential":true,"value":"c1"}}})";

net::AuthChallenge challengeWith(const QString &name, const QString &value)
{
    return {u"Bearer"_s, {}, {{u"realm"_s, u"r"_s}, {name, value}}};
}

Result<ClaimsRequest> readClaimsText(const QByteArray &claims)
{
    return readClaimsRequest(challengeWith(u"claims"_s, QString::fromUtf8(claims)));
}

/// A JSON object of so many bytes.
QByteArray objectOf(int bytes) { return R"({"a":")" + QByteArray(bytes - 8, 'x') + R"("})"; }

/// Its short form of times depends on the version of Qt.
QLocale american() { return {QLocale::English, QLocale::UnitedStates}; }

} // namespace

class ClaimsRequestTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsClaims_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<QByteArray>("read");
        const QByteArray other = R"({"access_token":{"x":{"value":"~~~???>>>"}}})"; // has both special characters
        QTest::newRow("base64") << c1.toBase64() << c1;
        QTest::newRow("base64 without padding") << c1.toBase64(QByteArray::OmitTrailingEquals) << c1;
        QTest::newRow("base64 with + and /") << other.toBase64() << other;
        QTest::newRow("base64url") << other.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
                                   << other;
        QTest::newRow("base64url with padding") << other.toBase64(QByteArray::Base64UrlEncoding) << other;
        QTest::newRow("plain JSON") << c1 << c1;
        QTest::newRow("plain JSON with spaces around it") << " " + c1 + " " << c1;
        QTest::newRow("just under 8 KiB") << objectOf(8191).toBase64() << objectOf(8191);
    }

    void readsClaims()
    {
        QFETCH(const QByteArray, sent);
        QFETCH(const QByteArray, read);
        const Result<ClaimsRequest> request = readClaimsText(sent);
        QVERIFY2(request, request ? "" : qPrintable(factLines(request.error().facts)));
        QCOMPARE(toCompactJson(request->claims), read);
    }

    void refusesWhatCannotBeUsed_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        const auto claims = [](const char *row, const QByteArray &json) {
            QTest::newRow(row) << u"claims"_s << QString::fromLatin1(json.toBase64());
        };
        claims("8 KiB", objectOf(8192));
        claims("an array", "[1]");
        claims("a string", R"("c1")");
        claims("two objects", "{}{}");
        claims("an object that asks for nothing", "{}");
        claims("an access token that is no object", R"({"access_token":"c1"})");
        claims("a member twice", R"({"access_token":{},"access_token":{}})");
        claims("bad UTF-8", "{\"a\":\"\xff\"}");
        claims("deeper than anybody writes", R"({"a":)" + QByteArray(40, '[') + QByteArray(40, ']') + "}");
        QTest::newRow("no base64") << u"claims"_s << u"eyJ$"_s;
        QTest::newRow("broken JSON") << u"claims"_s << u"{\"a\""_s;
        QTest::newRow("nothing asked for") << u"error"_s << u"insufficient_claims"_s;
        QTest::newRow("an age below nothing") << u"max_age"_s << u"-1"_s;
        QTest::newRow("an age with a sign") << u"max_age"_s << u"+5"_s;
        QTest::newRow("an age in words") << u"max_age"_s << u"ten"_s;
        QTest::newRow("an age of millennia") << u"max_age"_s << u"999999999"_s;
    }

    void refusesWhatCannotBeUsed()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, value);
        const Result<ClaimsRequest> request = readClaimsRequest(challengeWith(name, value));
        QVERIFY(!request);
        QCOMPARE(request.error().code.toString(), u"session.challenge-unusable"_s);
    }

    void readsRfc9470()
    {
        const net::AuthChallenge challenge{
            u"Bearer"_s, {}, {{u"acr_values"_s, u" c1  c2 "_s}, {u"max_age"_s, u"600"_s}}};
        const Result<ClaimsRequest> request = readClaimsRequest(challenge);
        QVERIFY(request);
        QCOMPARE(request->acrValues, u"c1 c2"_s);
        QCOMPARE(request->maxAge, std::optional(600s));
        QVERIFY(request->claims.isEmpty());
        const Result<ClaimsRequest> atOnce = readClaimsRequest(challengeWith(u"max_age"_s, u"0"_s));
        QVERIFY(atOnce);
        QCOMPARE(atOnce->maxAge, std::optional(0s));
    }

    void aChallengeNamesNothingElse()
    {
        net::AuthChallenge challenge = challengeWith(u"claims"_s, QString::fromLatin1(c1.toBase64()));
        const Result<ClaimsRequest> plain = readClaimsRequest(challenge);
        challenge.parameters.insert(challenge.parameters.end(),
                                    {{u"scope"_s, u"https://graph.microsoft.com/.default"_s},
                                     {u"authorization_uri"_s, u"https://evil.example/authorize"_s},
                                     {u"resource_id"_s, u"00000003-0000-0000-c000-000000000000"_s}});
        QCOMPARE(*readClaimsRequest(challenge), *plain);
    }

    void mergesTheClientsCapability_data()
    {
        QTest::addColumn<QByteArray>("asked");
        QTest::addColumn<QByteArray>("sent");
        QTest::newRow("nothing asked for") << "{}"_ba
                                           << R"({"access_token":{"xms_cc":{"values":["cp1"]}}})"_ba;
        QTest::newRow("a context")
            << c1 << R"({"access_token":{"acrs":{"essential":true,"value":"c1"},"xms_cc":{"values":["cp1"]}}})"_ba;
        QTest::newRow("the ID token too")
            << R"({"id_token":{"acr":null}})"_ba
            << R"({"id_token":{"acr":null},"access_token":{"xms_cc":{"values":["cp1"]}}})"_ba;
        QTest::newRow("a capability that we do not have") << R"({"access_token":{"xms_cc":{"values":["cp9"]}}})"_ba
                                                          << R"({"access_token":{"xms_cc":{"values":["cp1"]}}})"_ba;
    }

    void mergesTheClientsCapability()
    {
        QFETCH(const QByteArray, asked);
        QFETCH(const QByteArray, sent);
        const ClaimsRequest request{*parseJsonObject(asked), {}, {}};
        QCOMPARE(claimsParameter(request, {u"cp1"_s}), sent);
        const QByteArray without = asked == "{}" ? QByteArray() : asked;
        QCOMPARE(claimsParameter(request, {}), without);
    }

    void saysWhatIsWanted_data()
    {
        QTest::addColumn<QByteArray>("claims");
        QTest::addColumn<QStringList>("texts");
        QTest::newRow("an essential context") << c1 << QStringList{u"authentication context c1, essential (acrs)"_s};
        QTest::newRow("one of two contexts") << R"({"access_token":{"acrs":{"values":["c1","c2"]}}})"_ba
                                             << QStringList{u"authentication context c1, c2 (acrs)"_s};
        QTest::newRow("a newer token") << R"({"access_token":{"nbf":{"essential":true,"value":"1604106651"}}})"_ba
                                       << QStringList{u"a token from after %1 (nbf)"_s.arg(american().toString(
                                              QDateTime({2020, 10, 31}, {1, 10, 51}), QLocale::ShortFormat))};
        QTest::newRow("a newer token, no number")
            << R"({"access_token":{"nbf":null}})"_ba << QStringList{u"a newer token (nbf)"_s};
        QTest::newRow("another claim") << R"({"access_token":{"deviceid":null,"x":{"value":7}}})"_ba
                                       << QStringList{u"the claim deviceid"_s, u"the claim x with the value 7"_s};
        QTest::newRow("hostile text") << R"({"access_token":{"\u202ex":{"value":"a\nb"}}})"_ba
                                      << QStringList{u"the claim \\u{202E}x with the value a\\u{000A}b"_s};
        QTest::newRow("not for the access token") << R"({"id_token":{}})"_ba << QStringList{u"other claims"_s};
    }

    void saysWhatIsWanted()
    {
        QFETCH(const QByteArray, claims);
        QFETCH(const QStringList, texts);
        QLocale::setDefault(american());
        QCOMPARE(wantedProofs({*parseJsonObject(claims), {}, {}}), texts);
    }

    void saysWhatRfc9470Wants()
    {
        const ClaimsRequest request{{}, u"c1 c2"_s, 600s};
        QCOMPARE(wantedProofs(request), (QStringList{u"authentication context c1 c2 (acr_values)"_s,
                                                     u"a sign-in not older than 10 min (max_age)"_s}));
    }
};

QTEST_GUILESS_MAIN(ClaimsRequestTest)
#include "claims-request-test.moc"
