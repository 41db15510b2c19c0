// The texts that say what a token's claims mean.
#include "core/json.h"
#include "jose/claim-meanings.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using jose::ClaimMeanings;

namespace {

const jose::ClaimContext context{u"https://login.example.com/tenant/v2.0"_s, u"api-id"_s, u"client-id"_s};
const TimePoint now{std::chrono::seconds(1'795'446'480)};

ClaimMeanings english() { return ClaimMeanings::forLocale(QLocale(QLocale::English)); }

QString meaningOf(const QString &name, const QByteArray &json)
{
    const Result<Json> value = parseJson(json);
    return value ? english().claim(name, *value, context, now) : u"no JSON"_s;
}

Result<JsonObject> textsOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(path));
    return parseJsonObject(file.readAll());
}

/// What the specifications name, one line each.
const QList<QPair<const char *, const char *>> documentedClaims{
    {"RFC 7519", "iss sub aud exp nbf iat jti"},
    {"OpenID Connect Core, ID token", "auth_time nonce acr amr azp at_hash c_hash sub_jwk"},
    {"OpenID Connect Core, standard claims",
     "name given_name family_name middle_name nickname preferred_username profile picture website email email_verified "
     "gender birthdate zoneinfo locale phone_number phone_number_verified address updated_at _claim_names "
     "_claim_sources"},
    {"OAuth and its extensions",
     "scope client_id act may_act cnf events toe txn s_hash sid authorization_details groups roles entitlements "
     "username"},
    {"Entra, access tokens",
     "acrs idp aio appid appidacr azpacr scp wids hasgroups groups:src1 oid tid unique_name uti rh ver xms_cc ipaddr "
     "onprem_sid pwd_exp pwd_url in_corp upn"},
    {"Entra, optional claims",
     "acct ctry fwd idtyp login_hint tenant_ctry tenant_region_scope verified_primary_email verified_secondary_email "
     "vnet xms_edov xms_pdl xms_pl xms_tpl ztdid"},
    {"Entra, seen in tokens", "deviceid platf puid app_displayname xms_tcdt xms_ftd xms_mirid xms_st"},
    {"Amazon Cognito", "token_use cognito:groups cognito:username cognito:roles cognito:preferred_role origin_jti "
                       "event_id"},
    {"Auth0 and Keycloak", "permissions gty org_id org_name realm_access resource_access session_state"},
};

} // namespace

class ClaimMeaningsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyDocumentedClaimHasAMeaning_data()
    {
        QTest::addColumn<QString>("claims");
        for (const auto &[source, claims] : documentedClaims)
            QTest::newRow(source) << QString::fromLatin1(claims);
    }
    void everyDocumentedClaimHasAMeaning()
    {
        QFETCH(QString, claims);
        for (const QString &claim : claims.split(u' '))
            QVERIFY2(!meaningOf(claim, "null").isEmpty(), qPrintable(claim));
    }

    void everyMemberOfAnAddressHasAMeaning()
    {
        const Result<JsonObject> texts = textsOf(QStringLiteral(BOOKDESK_SOURCE_DIR "/resources/claims/en.json"));
        QVERIFY(texts.has_value());
        for (const char *member : {"formatted", "street_address", "locality", "region", "postal_code", "country"})
            QVERIFY2(texts->find(u"address."_s + QString::fromLatin1(member)), member);
    }

    void everyRegisteredHeaderMemberHasAMeaning()
    {
        // RFC 7515, 7516, 7518, 7797 and Microsoft Graph's own.
        const QString members = u"alg jku jwk kid x5u x5c x5t x5t#S256 typ cty crit enc zip epk apu apv iv tag p2s p2c "
                                "b64 nonce"_s;
        for (const QString &member : members.split(u' '))
            QVERIFY2(!english().headerMember(member).isEmpty(), qPrintable(member));
    }

    void withoutAConnectionNothingIsCompared()
    {
        const auto meaning = [](const QString &name, const QString &value) {
            return english().claim(name, Json(value), {}, now);
        };
        QCOMPARE(meaning(u"iss"_s, u"https://other.test"_s), u"Issued by somebody that no connection trusts"_s);
        QCOMPARE(meaning(u"aud"_s, u"other"_s), u"Audience: who the token is for"_s);
        QCOMPARE(meaning(u"aud"_s, {}), u"Audience: who the token is for"_s);
        QCOMPARE(meaning(u"azp"_s, {}), u"The app that asked for the token"_s);
    }

    void saysWhatAClaimMeans_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("meaning");
        QTest::newRow("the API's audience") << u"aud"_s << u"\"api-id\""_s << u"For the books API"_s;
        QTest::newRow("among several audiences") << u"aud"_s << u"[\"x\",\"api-id\"]"_s << u"For the books API"_s;
        QTest::newRow("our own audience")
            << u"aud"_s << u"\"client-id\""_s << u"For Bookdesk, the app that signs you in"_s;
        QTest::newRow("Microsoft Graph") << u"aud"_s << u"\"00000003-0000-0000-c000-000000000000\""_s
                                         << u"For Microsoft Graph, not for this API"_s;
        QTest::newRow("a v1 audience") << u"aud"_s << u"\"api://api-id\""_s
                                       << u"The API, named by its App ID URI as v1 tokens do"_s;
        QTest::newRow("somebody else's audience")
            << u"aud"_s << u"\"other\""_s << u"For somebody else: not the audience of this connection"_s;
        QTest::newRow("the tenant") << u"iss"_s << u"\"https://login.example.com/tenant/v2.0\""_s
                                    << u"Issued by the tenant of this connection, v2 token"_s;
        QTest::newRow("a v1 issuer") << u"iss"_s << u"\"https://sts.windows.net/t/\""_s
                                     << u"The v1 issuer of a tenant"_s;
        QTest::newRow("our own app") << u"azp"_s << u"\"client-id\""_s << u"The app that asked: Bookdesk"_s;
        QTest::newRow("another app") << u"azp"_s << u"\"other\""_s << u"The app that asked for the token"_s;
        QTest::newRow("version 1") << u"ver"_s << u"\"1.0\""_s << u"A v1 token: decided by the API's registration"_s;
        QTest::newRow("a version of the future") << u"ver"_s << u"\"3.0\""_s << u"Version of the token's format"_s;
        QTest::newRow("a date that is none") << u"exp"_s << u"\"soon\""_s << u"Expires"_s;
        QTest::newRow("a date beyond the clock") << u"exp"_s << u"1e300"_s << u"Expires"_s;
        QTest::newRow("nobody knows") << u"made_up"_s << u"1"_s << QString();
    }
    void saysWhatAClaimMeans()
    {
        QFETCH(QString, name);
        QFETCH(QString, json);
        QFETCH(QString, meaning);
        const Result<Json> value = parseJson(json.toUtf8());
        QVERIFY(value.has_value());
        QCOMPARE(english().claim(name, *value, context, now), meaning);
    }

    void namesTimesAsPeopleDo()
    {
        const Json exp(std::int64_t{1'795'446'480 + 52 * 60});
        const QString meaning = english().claim(u"exp"_s, exp, context, now);
        QVERIFY2(meaning.startsWith("Expires today "_L1), qPrintable(meaning));
        QVERIFY2(meaning.endsWith(", in 52 min"_L1), qPrintable(meaning));
    }

    void namesWhatAListHolds_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("meaning");
        QTest::newRow("directory roles")
            << u"wids"_s
            << QByteArray(R"(["62e90394-69f5-4237-9190-012177145e10","b79fbf4d-3ef9-4689-8143-76b194e85509"])")
            << u"Directory roles of the person in the whole tenant: Global Administrator, "
               "the default role of every user"_s;
        QTest::newRow("a role that is not known")
            << u"wids"_s << QByteArray(R"(["00000000-1111-2222-3333-444444444444"])")
            << u"Directory roles of the person in the whole tenant: 00000000-1111-2222-3333-444444444444"_s;
        QTest::newRow("no roles") << u"wids"_s << QByteArray("[]")
                                  << u"Directory roles of the person in the whole tenant"_s;
        QTest::newRow("ways to sign in") << u"amr"_s << QByteArray(R"(["pwd","mfa"])")
                                         << u"How the person signed in: password, multi-factor"_s;
        QTest::newRow("hidden characters")
            << u"amr"_s << QByteArray(R"(["a\u202eb %1"])") << u"How the person signed in: a\\u{202E}b %1"_s;
        QTest::newRow("members of an object")
            << u"address"_s << QByteArray(R"({"country":"CH","x":1})") << u"Postal address, with: country, x"_s;
        QTest::newRow("the kind of a key") << u"cnf"_s << QByteArray(R"({"jkt":"abc"})")
                                           << u"The key that the sender must prove to possess: "
                                              "jkt (fingerprint of a DPoP key)"_s;
        QTest::newRow("a number of entries")
            << u"groups"_s << QByteArray(R"(["a","b","c"])") << u"Groups the person is in, 3 in all"_s;
        QTest::newRow("no number of entries") << u"groups"_s << QByteArray("\"src1\"") << u"Groups the person is in"_s;
    }
    void namesWhatAListHolds()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, json);
        QTEST(meaningOf(name, json), "meaning");
    }

    void namesValues_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("meaning");
        QTest::newRow("a guest") << u"acct"_s << QByteArray("1") << u"The account is a guest in the tenant"_s;
        QTest::newRow("a secret") << u"azpacr"_s << QByteArray("\"1\"")
                                  << u"The app proved its identity with a secret"_s;
        QTest::newRow("a truth") << u"email_verified"_s << QByteArray("true")
                                 << u"The provider has verified the e-mail address"_s;
        QTest::newRow("personal accounts") << u"tid"_s << QByteArray("\"9188040d-6c67-4c5b-b112-36a304b66dad\"")
                                           << u"The tenant of personal Microsoft accounts"_s;
        QTest::newRow("a well-known app") << u"azp"_s << QByteArray("\"04b07795-8ddb-461a-9bbf-02ee293a1de5\"")
                                          << u"The app that asked: Microsoft Azure CLI"_s;
        QTest::newRow("an app that calls itself ours")
            << u"azp"_s << QByteArray("\"self\"") << u"The app that asked for the token"_s;
        QTest::newRow("a claim that is named like an explanation") << u"aud.api"_s << QByteArray("\"x\"") << QString();
        QTest::newRow("a password for three days")
            << u"pwd_exp"_s << QByteArray("259200")
            << u"After the token was issued, the password lasts another 3 days"_s;
    }
    void namesValues()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, json);
        QTEST(meaningOf(name, json), "meaning");
    }

    void cutsLongListsShort()
    {
        QByteArray json = "[";
        for (int i = 0; i < 150; ++i)
            json += (i == 0 ? "\"role-" : ",\"role-") + QByteArray::number(i) + '"';
        const QString meaning = meaningOf(u"wids"_s, json + ']');
        QVERIFY2(meaning.endsWith(u", …"_s) && meaning.size() < 200, qPrintable(meaning));
    }

    void showsTimesAsTimes_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"auth_time", "exp", "iat", "nbf", "pwd_exp", "updated_at", "toe", "xms_tcdt"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void showsTimesAsTimes()
    {
        QFETCH(QString, name);
        const QString meaning = meaningOf(name, "1795446420");
        QVERIFY2(meaning.endsWith(u", 1 min ago"_s), qPrintable(meaning));
    }

    void everyLanguageDescribesTheSameClaims()
    {
        const QDir folder(QStringLiteral(BOOKDESK_SOURCE_DIR "/resources/claims"));
        const Result<JsonObject> reference = textsOf(folder.filePath(u"en.json"_s));
        QVERIFY(reference.has_value());
        for (const QString &name : folder.entryList({u"*.json"_s})) {
            const Result<JsonObject> texts = textsOf(folder.filePath(name));
            QVERIFY2(texts.has_value(), qPrintable(name));
            QCOMPARE(texts->members().size(), reference->members().size());
            for (const auto &[claim, meaning] : texts->members()) {
                const Json *english = reference->find(claim);
                QVERIFY2(english && meaning.asString() && !meaning.asString()->isEmpty(), qPrintable(name + claim));
                QCOMPARE(meaning.asString()->contains("%1"_L1), english->asString()->contains("%1"_L1));
            }
        }
    }

    void unknownLanguagesGetEnglish()
    {
        const ClaimMeanings meanings = ClaimMeanings::forLocale(QLocale(QLocale::Icelandic));
        QCOMPARE(meanings.headerMember(u"alg"_s), english().headerMember(u"alg"_s));
        QVERIFY(!meanings.headerMember(u"alg"_s).isEmpty());
    }
};

QTEST_GUILESS_MAIN(ClaimMeaningsTest)
#include "claim-meanings-test.moc"
