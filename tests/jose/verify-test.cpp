#include "jose/verify.h"
#include "key-numbers.h"
#include "token-issuer.h"

#include <QCryptographicHash>
#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

constexpr qint64 now = testNowSeconds;

QByteArray at(const char *name, qint64 seconds)
{
    return "{\"" + QByteArray(name) + "\":" + QByteArray::number(seconds) + '}';
}

const QString everyTenant = u"https://login.example.test/{tenantid}/v2.0"_s;

/// As one of many tenants issues them.
JsonObject tenantsClaims()
{
    return patched(TokenIssuer::accessClaims(),
                   R"({"iss":"https:\/\/login.example.test/5c0e0000-0000-4000-8000-000000000001/v2.0",)"
                   R"("tid":"5c0e0000-0000-4000-8000-000000000001"})");
}

JwkSet keysOf(JsonArray keys)
{
    const Result<JwkSet> set = parseJwkSet(toCompactJson(JsonObject{{u"keys"_s, std::move(keys)}}));
    return set ? *set : JwkSet{};
}

} // namespace

class VerifyTest : public QObject
{
    Q_OBJECT

private:
    TokenIssuer m_issuer;

    Verification verifyAccess(const QByteArray &changes) const
    {
        return verify(m_issuer.sign(patched(TokenIssuer::accessClaims(), changes)), m_issuer.keys(),
                      TokenIssuer::apiPolicy(), testNow);
    }

    Verification verifyId(const QByteArray &changes) const
    {
        return verify(m_issuer.sign(patched(TokenIssuer::idClaims(), changes)), m_issuer.keys(),
                      TokenIssuer::clientPolicy(), testNow);
    }

    static QString firstFailure(const Verification &verification)
    {
        const Check *check = verification.firstFailure();
        return check ? checkCode(check->kind) : QString();
    }

    static void changeColumn() { QTest::addColumn<QByteArray>("changes"); }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_issuer.isReady()); }

    void withoutItsSecretATokenStillSaysWhatItSays()
    {
        const InspectedToken whole =
            inspect(m_issuer.sign(TokenIssuer::accessClaims()), m_issuer.keys(), TokenIssuer::apiPolicy(), testNow);
        const InspectedToken rest = withoutSecret(whole);
        QCOMPARE(rest.decoded->header, whole.decoded->header);
        QCOMPARE(rest.decoded->claims, whole.decoded->claims);
        QVERIFY(rest.verification.passed());
        QVERIFY(rest.token.isEmpty() && rest.decoded->signingInput.isEmpty() && rest.decoded->signature.isEmpty());
        const InspectedToken unreadable = withoutSecret(inspect(Secret("no token"), {}, {}, testNow));
        QVERIFY(unreadable.token.isEmpty() && !unreadable.decoded);
    }

    void acceptsAccessTokens_data()
    {
        changeColumn();
        QTest::newRow("as Entra makes them") << QByteArray("{}");
        QTest::newRow("that expire in a second") << at("exp", now + 1);
        QTest::newRow("that are issued now") << at("iat", now);
        QTest::newRow("that begin now") << at("nbf", now);
        QTest::newRow("that expire after the clock ends") << QByteArray(R"({"exp":99999999999999})");
        QTest::newRow("that were issued before the clock begins") << QByteArray(R"({"iat":-99999999999999})");
        QTest::newRow("with a date that is no whole number") << QByteArray(R"({"exp":1800000001.5})");
        QTest::newRow("for several audiences, ours among them") << QByteArray(R"({"aud":["x","6f1c2d0a-api"]})");
        QTest::newRow("for our audience alone, as an array") << QByteArray(R"({"aud":["6f1c2d0a-api"]})");
        QTest::newRow("with an empty list of roles") << QByteArray(R"({"roles":[]})");
        QTest::newRow("with an empty scope string") << QByteArray(R"({"scp":""})");
        QTest::newRow("with names that are null") << QByteArray(R"({"name":null,"preferred_username":null})");
        QTest::newRow("with a jti") << QByteArray(R"({"jti":"x"})");
        QTest::newRow("with claims nobody knows") << QByteArray(R"({"xms_tcdt":1,"acct":{"a":[null]}})");
        QTest::newRow("with a nonce nobody asked for") << QByteArray(R"({"nonce":"x"})");
        QTest::newRow("of any client") << QByteArray(R"({"azp":"somebody else"})");
    }

    void acceptsAccessTokens()
    {
        QFETCH(QByteArray, changes);
        const Verification verification = verifyAccess(changes);
        QCOMPARE(firstFailure(verification), QString());
        QVERIFY(verification.passed());
        QCOMPARE(verification.checks.size(), qsizetype{allCheckKinds.size()});
        QVERIFY(verification.at == testNow);
    }

    void acceptsTokensWithoutOptionalClaims()
    {
        JsonObject claims = TokenIssuer::accessClaims();
        for (const QString &name :
             {u"iat"_s, u"nbf"_s, u"name"_s, u"preferred_username"_s, u"roles"_s, u"scp"_s, u"azp"_s})
            claims.remove(name);
        const Verification verification =
            verify(m_issuer.sign(claims), m_issuer.keys(), TokenIssuer::apiPolicy(), testNow);
        QVERIFY(verification.passed());
        QVERIFY(verification.find(CheckKind::issuedAt)->result == CheckResult::notApplicable);
        QVERIFY(verification.find(CheckKind::notBefore)->result == CheckResult::notApplicable);
    }

    void refusesAccessTokens_data()
    {
        changeColumn();
        QTest::addColumn<QString>("check");
        const auto row = [](const char *name, const QByteArray &changes, CheckKind kind) {
            QTest::newRow(name) << changes << checkCode(kind);
        };
        row("exp is null", R"({"exp":null})", CheckKind::requiredClaims);
        row("iss is null", R"({"iss":null})", CheckKind::issuer);
        row("sub is null", R"({"sub":null})", CheckKind::requiredClaims);

        row("issued in a second", at("iat", now + 1), CheckKind::issuedAt);
        row("issued long after the clock ends", R"({"iat":1e300})", CheckKind::issuedAt);
        row("iat is a string", R"({"iat":"1700000000"})", CheckKind::issuedAt);
        row("iat is null", R"({"iat":null})", CheckKind::issuedAt);
        row("iat is an array", R"({"iat":[1]})", CheckKind::issuedAt);
        row("iat is a boolean", R"({"iat":true})", CheckKind::issuedAt);

        row("begins in a second", at("nbf", now + 1), CheckKind::notBefore);
        row("begins long after the clock ends", R"({"nbf":1e300})", CheckKind::notBefore);
        row("nbf is a string", R"({"nbf":"1700000000"})", CheckKind::notBefore);
        row("nbf is null", R"({"nbf":null})", CheckKind::notBefore);
        row("nbf is an object", R"({"nbf":{}})", CheckKind::notBefore);

        row("expires now", at("exp", now), CheckKind::expiry);
        row("expired a second ago", at("exp", now - 1), CheckKind::expiry);
        row("the fraction of a second left does not count", R"({"exp":1800000000.9})", CheckKind::expiry);
        row("expires at zero", R"({"exp":0})", CheckKind::expiry);
        row("expired before 1970", R"({"exp":-1})", CheckKind::expiry);
        row("expired before the clock begins", R"({"exp":-1e300})", CheckKind::expiry);
        row("exp is a string", R"({"exp":"1900000000"})", CheckKind::expiry);
        row("exp is a boolean", R"({"exp":true})", CheckKind::expiry);
        row("exp is an array", R"({"exp":[1900000000]})", CheckKind::expiry);
        row("exp is an object", R"({"exp":{}})", CheckKind::expiry);

        row("another issuer", R"({"iss":"https:\/\/login.evil.test/5c0e/v2.0"})", CheckKind::issuer);
        row("another tenant", R"({"iss":"https:\/\/login.example.test/5c0f/v2.0"})", CheckKind::issuer);
        row("the issuer of v1 tokens", R"({"iss":"https:\/\/sts.example.test/5c0e/"})", CheckKind::issuer);
        row("the issuer with a slash behind", R"({"iss":"https:\/\/login.example.test/5c0e/v2.0/"})",
            CheckKind::issuer);
        row("the issuer without its end", R"({"iss":"https:\/\/login.example.test/5c0e"})", CheckKind::issuer);
        row("the issuer in capitals", R"({"iss":"https:\/\/LOGIN.example.test/5c0e/v2.0"})", CheckKind::issuer);
        row("the issuer over http", R"({"iss":"http:\/\/login.example.test/5c0e/v2.0"})", CheckKind::issuer);
        row("the issuer with a zero byte behind", R"({"iss":"https:\/\/login.example.test/5c0e/v2.0\u0000"})",
            CheckKind::issuer);
        row("the issuer with a blank in front", R"({"iss":" https:\/\/login.example.test/5c0e/v2.0"})",
            CheckKind::issuer);
        row("an empty issuer", R"({"iss":""})", CheckKind::issuer);
        row("the issuer in an array", R"({"iss":["https:\/\/login.example.test/5c0e/v2.0"]})", CheckKind::issuer);
        row("iss is a number", R"({"iss":5})", CheckKind::issuer);

        row("aud is null", R"({"aud":null})", CheckKind::audience);
        row("another audience", R"({"aud":"00000003-0000-0000-c000-000000000000"})", CheckKind::audience);
        row("an ID token used as access token", R"({"aud":"0d44-client"})", CheckKind::audience);
        row("the App ID URI of a v1 token", R"({"aud":"api:\/\/6f1c2d0a-api"})", CheckKind::audience);
        row("the audience's beginning", R"({"aud":"6f1c2d0a"})", CheckKind::audience);
        row("the audience with more behind", R"({"aud":"6f1c2d0a-api-2"})", CheckKind::audience);
        row("the audience in capitals", R"({"aud":"6F1C2D0A-API"})", CheckKind::audience);
        row("the audience within a list in a string", R"({"aud":"x 6f1c2d0a-api"})", CheckKind::audience);
        row("an empty audience", R"({"aud":""})", CheckKind::audience);
        row("no audiences", R"({"aud":[]})", CheckKind::audience);
        row("several other audiences", R"({"aud":["a","b"]})", CheckKind::audience);
        row("our audience beside a number", R"({"aud":["6f1c2d0a-api",1]})", CheckKind::audience);
        row("our audience in an array in an array", R"({"aud":[["6f1c2d0a-api"]]})", CheckKind::audience);
        row("our audience as a member", R"({"aud":{"6f1c2d0a-api":"6f1c2d0a-api"}})", CheckKind::audience);

        row("sub is a number", R"({"sub":7})", CheckKind::subject);
        row("sub is an array", R"({"sub":["a"]})", CheckKind::subject);
        row("sub is false", R"({"sub":false})", CheckKind::subject);
        row("jti is a number", R"({"jti":7})", CheckKind::subject);
        row("jti is null", R"({"jti":null})", CheckKind::subject);

        row("roles is a string", R"({"roles":"Books.Admin"})", CheckKind::claimTypes);
        row("roles holds a number", R"({"roles":["Books.Admin",1]})", CheckKind::claimTypes);
        row("roles is null", R"({"roles":null})", CheckKind::claimTypes);
        row("roles is an object", R"({"roles":{"Books.Admin":true}})", CheckKind::claimTypes);
        row("scp is an array", R"({"scp":["Books.Read"]})", CheckKind::claimTypes);
        row("scp is null", R"({"scp":null})", CheckKind::claimTypes);
        row("scp is a number", R"({"scp":1})", CheckKind::claimTypes);
        row("name is a number", R"({"name":1})", CheckKind::claimTypes);
        row("name is an array", R"({"name":["Riley"]})", CheckKind::claimTypes);
        row("preferred_username is an object", R"({"preferred_username":{}})", CheckKind::claimTypes);
        row("preferred_username is a boolean", R"({"preferred_username":true})", CheckKind::claimTypes);
    }

    void refusesAccessTokens()
    {
        QFETCH(QByteArray, changes);
        QFETCH(QString, check);
        const Verification verification = verifyAccess(changes);
        QVERIFY(!verification.passed());
        QCOMPARE(firstFailure(verification), check);
        QCOMPARE(checkCode(verification.checks[4].kind), u"signature"_s);
        QVERIFY(verification.checks[4].result == CheckResult::passed);
    }

    void refusesTokensThatLackAClaim_data()
    {
        QTest::addColumn<QString>("claim");
        QTest::addColumn<QString>("check");
        QTest::newRow("exp") << u"exp"_s << checkCode(CheckKind::requiredClaims);
        QTest::newRow("iss") << u"iss"_s << checkCode(CheckKind::issuer);
        QTest::newRow("sub") << u"sub"_s << checkCode(CheckKind::requiredClaims);
        QTest::newRow("aud") << u"aud"_s << checkCode(CheckKind::audience);
    }

    void refusesTokensThatLackAClaim()
    {
        QFETCH(QString, claim);
        QFETCH(QString, check);
        JsonObject claims = TokenIssuer::accessClaims();
        claims.remove(claim);
        const Verification verification =
            verify(m_issuer.sign(claims), m_issuer.keys(), TokenIssuer::apiPolicy(), testNow);
        QCOMPARE(firstFailure(verification), check);
    }

    void ofSeveralFaultsTheContractsFirstOneCounts_data()
    {
        changeColumn();
        QTest::addColumn<QString>("check");
        const auto row = [](const char *name, const QByteArray &changes, CheckKind kind) {
            QTest::newRow(name) << changes << checkCode(kind);
        };
        row("a missing subject before an issue date to come", R"({"sub":null,"iat":1800000001})",
            CheckKind::requiredClaims);
        row("an issue date to come before a beginning to come", R"({"iat":1800000001,"nbf":1800000001})",
            CheckKind::issuedAt);
        row("a beginning to come before an expiry", R"({"nbf":1800000001,"exp":1})", CheckKind::notBefore);
        row("another issuer before an expiry", R"({"exp":1,"iss":"x"})", CheckKind::issuer);
        row("another issuer before a missing subject", R"({"sub":null,"iss":"x"})", CheckKind::issuer);
        row("an expiry before another audience", R"({"exp":1,"aud":"x"})", CheckKind::expiry);
        row("another issuer before another audience", R"({"iss":"x","aud":"x"})", CheckKind::issuer);
        row("another audience before a numeric subject", R"({"aud":"x","sub":1})", CheckKind::audience);
        row("a numeric subject before wrong roles", R"({"sub":1,"roles":"x"})", CheckKind::subject);
        row("another audience before wrong roles", R"({"aud":"x","roles":"x"})", CheckKind::audience);
        row("everything at once", R"({"sub":null,"iat":[],"nbf":[],"exp":1,"iss":1,"aud":1,"roles":1})",
            CheckKind::issuer);
    }

    void ofSeveralFaultsTheContractsFirstOneCounts()
    {
        QFETCH(QByteArray, changes);
        QFETCH(QString, check);
        QCOMPARE(firstFailure(verifyAccess(changes)), check);
    }

    void reportsEveryFault()
    {
        const Verification verification =
            verifyAccess(R"({"iat":1800000005,"exp":1,"iss":"x","aud":"y","sub":1,"roles":"z"})");
        QStringList failed;
        for (const Check &check : verification.checks) {
            if (check.result == CheckResult::failed)
                failed += checkCode(check.kind);
        }
        QCOMPARE(failed, QStringList({u"issuer"_s, u"issued-at"_s, u"expiry"_s, u"audience"_s, u"subject"_s,
                                      u"claim-types"_s}));
    }

    /// The API answers 500 to these, so they count as wrong claim types whatever else they are.
    void reportsTypesThatTheApiStumblesOver_data()
    {
        changeColumn();
        QTest::addColumn<QString>("claim");
        QTest::newRow("iss is an array") << QByteArray(R"({"iss":["x"]})") << u"iss"_s;
        QTest::newRow("iss is an object") << QByteArray(R"({"iss":{}})") << u"iss"_s;
        QTest::newRow("exp is an array") << QByteArray(R"({"exp":[1]})") << u"exp"_s;
        QTest::newRow("iat is null") << QByteArray(R"({"iat":null})") << u"iat"_s;
        QTest::newRow("nbf is an object") << QByteArray(R"({"nbf":{}})") << u"nbf"_s;
    }

    void reportsTypesThatTheApiStumblesOver()
    {
        QFETCH(QByteArray, changes);
        QFETCH(QString, claim);
        const Verification verification = verifyAccess(changes);
        const Check *types = verification.find(CheckKind::claimTypes);
        QVERIFY(types && types->result == CheckResult::failed);
        QCOMPARE(types->expected, claim);
    }

    void reportsWhatWasExpectedAndGot()
    {
        const Verification verification = verifyAccess(R"({"aud":["a","b"],"iss":["c"],"exp":1700000000})");
        const Check *audience = verification.find(CheckKind::audience);
        QCOMPARE(audience->expected, TokenIssuer::api());
        QCOMPARE(audience->got, u"a, b"_s);
        const Check *issuer = verification.find(CheckKind::issuer);
        QCOMPARE(issuer->expected, TokenIssuer::issuer());
        QCOMPARE(issuer->got, u"[\"c\"]"_s);
        const Check *expiry = verification.find(CheckKind::expiry);
        QCOMPARE(expiry->got, u"1700000000"_s);
        QVERIFY(expiry->time == TimePoint(std::chrono::seconds(1'700'000'000)));
    }

    void acceptsIdTokens_data()
    {
        changeColumn();
        QTest::newRow("as Entra makes them") << QByteArray("{}");
        QTest::newRow("expired, but within the leeway") << at("exp", now - 119);
        QTest::newRow("issued by a clock ahead, within the leeway") << at("iat", now + 120);
        QTest::newRow("that begin ahead, within the leeway") << at("nbf", now + 120);
        QTest::newRow("for one audience, with azp") << QByteArray(R"({"azp":"0d44-client"})");
        QTest::newRow("for several audiences, issued to us")
            << QByteArray(R"({"aud":["0d44-client","x"],"azp":"0d44-client"})");
    }

    void acceptsIdTokens()
    {
        QFETCH(QByteArray, changes);
        const Verification verification = verifyId(changes);
        QCOMPARE(firstFailure(verification), QString());
        QVERIFY(verification.passed());
        QVERIFY(verification.find(CheckKind::nonce)->result == CheckResult::passed);
    }

    void refusesIdTokens_data()
    {
        changeColumn();
        QTest::addColumn<QString>("check");
        const auto row = [](const char *name, const QByteArray &changes, CheckKind kind) {
            QTest::newRow(name) << changes << checkCode(kind);
        };
        row("expired as long ago as the leeway", at("exp", now - 120), CheckKind::expiry);
        row("issued beyond the leeway", at("iat", now + 121), CheckKind::issuedAt);
        row("beginning beyond the leeway", at("nbf", now + 121), CheckKind::notBefore);
        row("an access token used as ID token", R"({"aud":"6f1c2d0a-api"})", CheckKind::audience);
        row("a nonce that is null", R"({"nonce":null})", CheckKind::nonce);
        row("another nonce (replayed from another sign-in)", R"({"nonce":"other"})", CheckKind::nonce);
        row("the nonce's beginning", R"({"nonce":"n-0S6_"})", CheckKind::nonce);
        row("the nonce in capitals", R"({"nonce":"N-0S6_WZA2MJ"})", CheckKind::nonce);
        row("an empty nonce", R"({"nonce":""})", CheckKind::nonce);
        row("the nonce in an array", R"({"nonce":["n-0S6_WzA2Mj"]})", CheckKind::nonce);
        row("several audiences without azp", R"({"aud":["0d44-client","x"]})", CheckKind::authorizedParty);
        row("several audiences, issued to another", R"({"aud":["0d44-client","x"],"azp":"x"})",
            CheckKind::authorizedParty);
        row("one audience, issued to another", R"({"azp":"x"})", CheckKind::authorizedParty);
        row("azp is null", R"({"azp":null})", CheckKind::authorizedParty);
        row("azp is a number", R"({"azp":1})", CheckKind::authorizedParty);
        row("a wrong audience before a wrong nonce", R"({"aud":"x","nonce":"y"})", CheckKind::audience);
        row("a wrong name before a wrong nonce", R"({"name":1,"nonce":"y"})", CheckKind::claimTypes);
        row("a wrong nonce before a wrong azp", R"({"nonce":"y","azp":"x"})", CheckKind::nonce);
    }

    void refusesIdTokens()
    {
        QFETCH(QByteArray, changes);
        QFETCH(QString, check);
        const Verification verification = verifyId(changes);
        QVERIFY(!verification.passed());
        QCOMPARE(firstFailure(verification), check);
    }

    void refusesAnIdTokenWithoutANonce()
    {
        JsonObject claims = TokenIssuer::idClaims();
        claims.remove(u"nonce");
        QCOMPARE(firstFailure(verify(m_issuer.sign(claims), m_issuer.keys(), TokenIssuer::clientPolicy(), testNow)),
                 u"nonce"_s);
    }

    void trustsNothingWhereThePolicyNamesNothing()
    {
        TokenPolicy policy;
        const Secret token = m_issuer.sign(patched(TokenIssuer::idClaims(), R"({"iss":"","aud":"","nonce":""})"));
        policy.audiences = {QString()};
        policy.nonce = QString();
        const Verification verification = verify(token, m_issuer.keys(), policy, testNow);
        for (const CheckKind kind : {CheckKind::issuer, CheckKind::audience, CheckKind::nonce})
            QVERIFY(verification.find(kind)->result == CheckResult::failed);
        policy.algorithms.clear();
        QCOMPARE(firstFailure(verify(token, m_issuer.keys(), policy, testNow)), u"algorithm"_s);
    }

    void acceptsAnyOfSeveralAudiences()
    {
        TokenPolicy policy = TokenIssuer::apiPolicy();
        policy.audiences = {u"api://6f1c2d0a-api"_s, TokenIssuer::api()};
        QVERIFY(verify(m_issuer.sign(TokenIssuer::accessClaims()), m_issuer.keys(), policy, testNow).passed());
    }

    void requiresMoreClaimsWhereThePolicyDoes()
    {
        TokenPolicy policy = TokenIssuer::apiPolicy();
        policy.requiredClaims += u"scp"_s;
        policy.requiredClaims += u"deviceid"_s;
        const Verification verification =
            verify(m_issuer.sign(TokenIssuer::accessClaims()), m_issuer.keys(), policy, testNow);
        QCOMPARE(firstFailure(verification), u"required-claims"_s);
        QCOMPARE(verification.firstFailure()->got, u"deviceid"_s);
    }

    void verifiesEveryAlgorithm_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<Algorithm>("algorithm");
        for (const Algorithm algorithm : {Algorithm::rs256, Algorithm::rs384, Algorithm::rs512, Algorithm::ps256,
                                          Algorithm::ps384, Algorithm::ps512})
            QTest::newRow(qPrintable(algorithmName(algorithm))) << u"RSA"_s << algorithm;
        for (const Curve curve : allCurves)
            QTest::newRow(qPrintable(curveName(curve))) << curveName(curve) << algorithmOf(curve);
        QTest::newRow("Ed25519") << u"Ed25519"_s << Algorithm::edDsa;
    }

    void verifiesEveryAlgorithm()
    {
        QFETCH(QString, kind);
        QFETCH(Algorithm, algorithm);
        const Result<SigningKey> key = keyOfKind(kind);
        QVERIFY(key);
        const Result<Secret> token = key->sign(algorithm, {}, TokenIssuer::accessClaims());
        QVERIFY(token);
        const JwkSet keys = keysOf({key->publicJwk()});
        TokenPolicy policy = TokenIssuer::apiPolicy();
        policy.algorithms = {algorithm};
        const Verification verification = verify(*token, keys, policy, testNow);
        QCOMPARE(firstFailure(verification), QString());
        QCOMPARE(verification.find(CheckKind::algorithm)->got, algorithmName(algorithm));
        policy.algorithms = {algorithm == Algorithm::rs256 ? Algorithm::rs512 : Algorithm::rs256};
        QCOMPARE(firstFailure(verify(*token, keys, policy, testNow)), u"algorithm"_s);
    }

    void holdsEveryTenantsTokensAgainstTheirOwnIssuer_data()
    {
        changeColumn();
        QTest::addColumn<QString>("failure");
        QTest::addColumn<CheckFault>("fault");
        const auto row = [](const char *name, const QByteArray &changes, const QString &failure = {},
                            CheckFault fault = CheckFault::none) {
            QTest::newRow(name) << changes << failure << fault;
        };
        const QString issuer = checkCode(CheckKind::issuer);
        row("the tenant's own", "{}");
        row("of a version that is null", R"({"ver":null})", issuer, CheckFault::mismatch);
        row("of another tenant", R"({"tid":"5c0e0000-0000-4000-8000-00000000000f"})", issuer, CheckFault::mismatch);
        row("of no tenant", R"({"tid":null})", issuer, CheckFault::tenant);
        row("of a tenant that is no GUID", R"({"tid":"common"})", issuer, CheckFault::tenant);
        row("of a tenant that is a number", R"({"tid":5})", issuer, CheckFault::tenant);
        row("of a tenant with a name, in both places",
            R"({"tid":"evil","iss":"https:\/\/login.example.test/evil/v2.0"})", issuer, CheckFault::tenant);
        row("with the mark in its place", R"({"iss":"https:\/\/login.example.test/{tenantid}/v2.0"})", issuer,
            CheckFault::mismatch);
        row("v1 by its version", R"({"ver":"1.0"})", issuer, CheckFault::mismatch);
        row("v1 by its issuer", R"({"iss":"https:\/\/sts.windows.net/5c0e0000-0000-4000-8000-000000000001/"})", issuer,
            CheckFault::mismatch);
        row("of no issuer", R"({"iss":null})", checkCode(CheckKind::issuer), CheckFault::missing);
    }

    void holdsEveryTenantsTokensAgainstTheirOwnIssuer()
    {
        QFETCH(QByteArray, changes);
        QFETCH(QString, failure);
        QFETCH(CheckFault, fault);
        TokenPolicy policy = TokenIssuer::apiPolicy();
        policy.issuer = everyTenant;
        const Secret token = m_issuer.sign(patched(tenantsClaims(), changes));
        const Verification verification = verify(token, m_issuer.keys(), policy, testNow);
        QCOMPARE(firstFailure(verification), failure);
        if (!verification.passed())
            QVERIFY(verification.firstFailure()->fault == fault);
    }

    void trustsNoPatternOfVersion1()
    {
        TokenPolicy policy = TokenIssuer::apiPolicy();
        policy.issuer = u"https://sts.windows.net/{tenantid}/"_s;
        const QByteArray issuer = R"({"iss":"https:\/\/sts.windows.net/5c0e0000-0000-4000-8000-000000000001/"})";
        const Secret token = m_issuer.sign(patched(tenantsClaims(), issuer));
        QCOMPARE(firstFailure(verify(token, m_issuer.keys(), policy, testNow)), u"issuer"_s);
    }

    void usesOnlyKeysOfTheTokensIssuer_data()
    {
        QTest::addColumn<QString>("keyIssuer");
        QTest::addColumn<bool>("isUsed");
        QTest::newRow("none in particular") << QString() << true;
        QTest::newRow("every tenant's") << everyTenant << true;
        QTest::newRow("the tenant's") << u"https://login.example.test/5c0e0000-0000-4000-8000-000000000001/v2.0"_s
                                      << true;
        QTest::newRow("the consumers'") << u"https://login.example.test/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0"_s
                                        << false;
        QTest::newRow("another host's") << u"https://login.evil.test/{tenantid}/v2.0"_s << false;
    }

    void usesOnlyKeysOfTheTokensIssuer()
    {
        QFETCH(QString, keyIssuer);
        QFETCH(bool, isUsed);
        JsonObject jwk = m_issuer.key().publicJwk();
        jwk.set(u"issuer"_s, keyIssuer);
        const Secret token = m_issuer.sign(tenantsClaims());
        for (const QString &issuer : {everyTenant, *tenantsClaims().find(u"iss")->asString()}) {
            TokenPolicy policy = TokenIssuer::apiPolicy();
            policy.issuer = issuer;
            const Verification verification = verify(token, keysOf({jwk}), policy, testNow);
            QCOMPARE(firstFailure(verification), isUsed ? QString() : u"key"_s);
            if (!isUsed)
                QVERIFY(verification.firstFailure()->fault == CheckFault::otherIssuer);
        }
    }

    void findsTheIssuersKeyAmongSeveralOfOneId()
    {
        const Result<SigningKey> consumers = SigningKey::generateRsa();
        QVERIFY(consumers);
        JsonObject theirs = consumers->publicJwk();
        theirs.set(u"kid"_s, m_issuer.key().keyId());
        theirs.set(u"issuer"_s, u"https://login.example.test/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0"_s);
        JsonObject ours = m_issuer.key().publicJwk();
        ours.set(u"issuer"_s, everyTenant);
        TokenPolicy policy = TokenIssuer::apiPolicy();
        policy.issuer = everyTenant;
        const Secret token = m_issuer.sign(tenantsClaims());
        JsonObject anybodys = theirs;
        anybodys.set(u"issuer"_s, QString());
        for (const JwkSet &keys : {keysOf({ours, theirs}), keysOf({theirs, ours}), keysOf({ours, anybodys})}) {
            QCOMPARE(keys.keys.size(), 2U);
            QCOMPARE(firstFailure(verify(token, keys, policy, testNow)), QString());
        }
    }

    void findsAVersion1IssuersKeyByItsIdIfThereIsOnlyOne()
    {
        const Result<SigningKey> consumers = SigningKey::generateRsa();
        QVERIFY(consumers);
        JsonObject theirs = consumers->publicJwk();
        theirs.set(u"kid"_s, m_issuer.key().keyId());
        theirs.set(u"issuer"_s, u"https://login.example.test/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0"_s);
        JsonObject ours = m_issuer.key().publicJwk();
        ours.set(u"issuer"_s, everyTenant);
        TokenPolicy policy = TokenIssuer::apiPolicy();
        policy.issuer = u"https://sts.windows.net/5c0e0000-0000-4000-8000-000000000001/"_s;
        JsonObject claims = tenantsClaims();
        claims.set(u"iss"_s, policy.issuer);
        const Secret token = m_issuer.sign(claims);
        QCOMPARE(firstFailure(verify(token, keysOf({ours}), policy, testNow)), QString());
        QCOMPARE(firstFailure(verify(token, keysOf({theirs, ours}), policy, testNow)), u"key"_s);
    }

    void saysWhereASignatureCannotBeVerifiedByDesign()
    {
        const Secret good = m_issuer.sign(TokenIssuer::accessClaims(), {{u"nonce"_s, u"hashed by Graph"_s}});
        QVERIFY2(verify(good, m_issuer.keys(), TokenIssuer::apiPolicy(), testNow).passed(),
                 "A nonce in the header is no fault where the signature is right");
        QByteArray text = good.reveal().toByteArray();
        text[text.size() - 20] = text[text.size() - 20] == 'A' ? 'B' : 'A';
        const Verification verification = verify(Secret(text), m_issuer.keys(), TokenIssuer::apiPolicy(), testNow);
        QCOMPARE(firstFailure(verification), u"signature"_s);
        QVERIFY(verification.firstFailure()->fault == CheckFault::unverifiable);
        QVERIFY(checkSentence(*verification.firstFailure(), testNow).contains(u"by design"_s));
    }

    void bindsTheAccessToken_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<Algorithm>("algorithm");
        QTest::addColumn<QCryptographicHash::Algorithm>("hash");
        QTest::newRow("RS256") << u"RSA"_s << Algorithm::rs256 << QCryptographicHash::Sha256;
        QTest::newRow("PS384") << u"RSA"_s << Algorithm::ps384 << QCryptographicHash::Sha384;
        QTest::newRow("ES512") << u"P-521"_s << Algorithm::es512 << QCryptographicHash::Sha512;
        QTest::newRow("EdDSA") << u"Ed25519"_s << Algorithm::edDsa << QCryptographicHash::Sha512;
    }

    void bindsTheAccessToken()
    {
        QFETCH(QString, kind);
        QFETCH(Algorithm, algorithm);
        QFETCH(QCryptographicHash::Algorithm, hash);
        const Result<SigningKey> key = keyOfKind(kind);
        QVERIFY(key);
        const QByteArray digest = QCryptographicHash::hash("the access token", hash);
        JsonObject claims = TokenIssuer::idClaims();
        claims.set(u"at_hash"_s, QString::fromLatin1(toBase64Url(digest.first(digest.size() / 2))));
        const Secret token = *key->sign(algorithm, {}, claims);
        TokenPolicy policy = TokenIssuer::clientPolicy();
        policy.algorithms = {algorithm};
        const JwkSet keys = keysOf({key->publicJwk()});
        const auto result = [&] {
            return verify(token, keys, policy, testNow).find(CheckKind::accessTokenHash)->result;
        };
        QVERIFY(result() == CheckResult::notApplicable);
        policy.accessToken = Secret("the access token");
        QVERIFY(result() == CheckResult::passed);
        policy.accessToken = Secret("another access token");
        QVERIFY(result() == CheckResult::failed);
        QVERIFY(verify(m_issuer.sign(TokenIssuer::idClaims()), m_issuer.keys(), TokenIssuer::clientPolicy(), testNow)
                    .find(CheckKind::accessTokenHash)
                    ->result == CheckResult::notApplicable);
    }

    void inspectsReadableTokens()
    {
        const Secret token = m_issuer.sign(TokenIssuer::accessClaims());
        const InspectedToken inspected = inspect(token, m_issuer.keys(), TokenIssuer::apiPolicy(), testNow);
        QVERIFY(inspected.token == token);
        QVERIFY(inspected.decoded);
        QVERIFY(inspected.verification.passed());
    }

    void reportsUnreadableTokens_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("fault");
        QTest::newRow("an opaque one") << QByteArray("0b79bab50daca910b000d4f1") << int(CheckFault::opaque);
        QTest::newRow("an encrypted one")
            << toBase64Url(R"({"alg":"dir","enc":"A256GCM"})") + "..aXY.dGV4dA.dGFn" << int(CheckFault::encrypted);
        QTest::newRow("a damaged one") << QByteArray("eyJhbGciOiJSUzI1NiJ9.e30") << int(CheckFault::malformed);
        QTest::newRow("a huge one") << QByteArray(1024 * 1024 + 1, 'a') << int(CheckFault::tooLarge);
    }

    void reportsUnreadableTokens()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, fault);
        const InspectedToken inspected = inspect(Secret(text), m_issuer.keys(), TokenIssuer::apiPolicy(), testNow);
        QVERIFY(!inspected.decoded);
        const Verification &verification = inspected.verification;
        QVERIFY(!verification.passed());
        QCOMPARE(verification.checks.size(), qsizetype{allCheckKinds.size()});
        QCOMPARE(firstFailure(verification), u"structure"_s);
        QCOMPARE(int(verification.firstFailure()->fault), fault);
        for (qsizetype i = 1; i < verification.checks.size(); ++i)
            QVERIFY(verification.checks[i].result == CheckResult::notApplicable);
    }
};

} // namespace bookdesk::jose

QTEST_GUILESS_MAIN(bookdesk::jose::VerifyTest)
#include "verify-test.moc"
