// The diagnosis of failing tokens, tried on really signed tokens.
#include "books/diagnosis.h"
#include "books/finding.h"
#include "jose/token-issuer.h"
#include "jose/verify.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using books::Actor;
using books::Diagnosis;
using books::Finding;
using books::Verdict;
using jose::TokenIssuer;
using std::chrono::hours;

namespace {

jose::TokenPolicy sharedPolicy()
{
    jose::TokenPolicy policy = TokenIssuer::apiPolicy();
    policy.audiences = {TokenIssuer::client()};
    return policy;
}

} // namespace

class DiagnosisTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_issuer.isReady() && m_stranger.isReady()); }

    void namesTheKnownCases_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<QString>("headline");
        QTest::addColumn<bool>("isForApiOwner");
        QTest::newRow("a good token") << QByteArray("{}") << u"Verified on this computer"_s << false;
        QTest::newRow("a v1 token, by its issuer")
            << QByteArray("{\"ver\":\"1.0\",\"iss\":\"https://sts.windows.net/5c0e/\",\"aud\":\"api://6f1c2d0a-api\"}")
            << u"it is a v1 token"_s << true;
        QTest::newRow("a v1 token that has the API's ID as its audience")
            << QByteArray("{\"ver\":\"1.0\",\"iss\":\"https://sts.windows.net/5c0e/\"}") << u"it is a v1 token"_s
            << true;
        QTest::newRow("a Graph token") << QByteArray(R"({"aud":"00000003-0000-0000-c000-000000000000"})")
                                       << u"a token for Microsoft Graph"_s << false;
        QTest::newRow("an ID token used as access token")
            << QByteArray(R"({"aud":"0d44-client","scp":null})") << u"it is an ID token"_s << false;
        QTest::newRow("an expired ID token used as access token")
            << QByteArray(R"({"aud":"0d44-client","scp":null,"exp":1799999999})") << u"it is an ID token"_s << false;
        QTest::newRow("an ID token of another tenant")
            << QByteArray(R"({"aud":"0d44-client","scp":null,"iss":"https:\/\/login.example.test/other/v2.0"})")
            << u"it is an ID token"_s << false;
        QTest::newRow("an access token for the client")
            << QByteArray(R"({"aud":"0d44-client"})") << u"another audience"_s << false;
        QTest::newRow("an expired Graph token")
            << QByteArray(R"({"aud":"00000003-0000-0000-c000-000000000000","exp":1799999999})")
            << u"a token for Microsoft Graph"_s << false;
        QTest::newRow("another tenant") << QByteArray("{\"iss\":\"https://login.example.test/other/v2.0\"}")
                                        << u"it comes from another tenant"_s << false;
        QTest::newRow("another audience") << QByteArray(R"({"aud":"somebody"})") << u"another audience"_s << false;
        QTest::newRow("no audience") << QByteArray(R"({"aud":null})") << u"another audience"_s << false;
        QTest::newRow("no issuer") << QByteArray(R"({"iss":null})") << u"lacks a claim"_s << true;
        QTest::newRow("expired") << QByteArray(R"({"exp":1799999999})") << u"has expired"_s << false;
        QTest::newRow("not valid yet") << QByteArray(R"({"nbf":1800000900})") << u"not valid yet"_s << false;
        QTest::newRow("issued in the future") << QByteArray(R"({"iat":1800000900})") << u"not valid yet"_s << false;
        QTest::newRow("an end that is a text")
            << QByteArray(R"({"exp":"never"})") << u"a type that the API cannot read"_s << true;
        QTest::newRow("a beginning that is a text")
            << QByteArray(R"({"nbf":"now"})") << u"a type that the API cannot read"_s << true;
        QTest::newRow("a report of events") << QByteArray(R"({"events":{}})") << u"a token of another kind"_s << false;
        QTest::newRow("a report of events without a subject")
            << QByteArray(R"({"events":{},"sub":null})") << u"a token of another kind"_s << false;
        QTest::newRow("roles that are no list")
            << QByteArray(R"({"roles":"Books.Admin"})") << u"a type that the API cannot read"_s << true;
        QTest::newRow("a subject that is a number")
            << QByteArray(R"({"sub":7})") << u"a type that the API cannot read"_s << true;
    }
    void namesTheKnownCases()
    {
        QFETCH(QByteArray, changes);
        QFETCH(QString, headline);
        const Diagnosis diagnosis = diagnose(m_issuer.sign(jose::patched(TokenIssuer::accessClaims(), changes)));
        QVERIFY2(diagnosis.headline.contains(headline), qPrintable(diagnosis.headline));
        QFETCH(bool, isForApiOwner);
        QCOMPARE(diagnosis.actor == Actor::apiOwner, isForApiOwner);
        QCOMPARE(diagnosis.actor == Actor::nobody, diagnosis.remedy.isEmpty());
        QVERIFY(!diagnosis.why.isEmpty());
    }

    void showsADateAsTextAsWhatItIs()
    {
        const jose::Verification verification =
            inspect(m_issuer.sign(jose::patched(TokenIssuer::accessClaims(), R"({"exp":"4102444800"})"))).verification;
        const jose::Check *failure = verification.firstFailure();
        QVERIFY(failure);
        const QString sentence = jose::checkSentence(*failure, jose::testNow);
        QVERIFY2(sentence.contains(u"got the text \"4102444800\""_s), qPrintable(sentence));
    }

    void distinguishesGoodTokens_data()
    {
        QTest::addColumn<QByteArray>("changes"); // of claims without scopes
        QTest::addColumn<QString>("code");
        QTest::newRow("an access token") << QByteArray(R"({"scp":"Books.Read"})") << u"verified"_s;
        QTest::newRow("an access token without scopes") << QByteArray("{}") << u"verified"_s;
        QTest::newRow("an app's own token") << QByteArray(R"({"idtyp":"app"})") << u"app-only"_s;
        QTest::newRow("an ID token") << QByteArray(R"({"nonce":"n"})") << u"valid-id-token"_s;
        QTest::newRow("an expired access token") << QByteArray(R"({"exp":1799999999})") << u"expired"_s;
        QTest::newRow("an expired ID token") << QByteArray(R"({"nonce":"n","exp":1799999999})") << u"id-token"_s;
    }
    void distinguishesGoodTokens()
    {
        QFETCH(QByteArray, changes);
        JsonObject claims = TokenIssuer::accessClaims();
        claims.remove(u"scp"_s);
        const Diagnosis diagnosis = diagnose(m_issuer.sign(jose::patched(claims, changes)));
        QTEST(diagnosis.code, "code");
    }

    void distinguishesThemWhereClientAndApiShareOneRegistration_data() { distinguishesGoodTokens_data(); }
    void distinguishesThemWhereClientAndApiShareOneRegistration()
    {
        QFETCH(QByteArray, changes);
        JsonObject claims = TokenIssuer::accessClaims();
        claims.remove(u"scp"_s);
        claims.set(u"aud"_s, TokenIssuer::client());
        const jose::Verification verification =
            jose::verify(m_issuer.sign(jose::patched(claims, changes)), m_issuer.keys(), sharedPolicy(), jose::testNow);
        QTEST(books::diagnoseAccessToken(verification).code, "code");
    }

    void namesWhatWasExpectedAndGot_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<QString>("why");
        QTest::newRow("the issuer") << QByteArray("{\"iss\":\"https://login.example.test/other/v2.0\"}")
                                    << u"issued by https://login.example.test/other/v2.0, and this connection trusts "
                                       "https://login.example.test/5c0e/v2.0"_s;
        QTest::newRow("the audience") << QByteArray(R"({"aud":"somebody"})")
                                      << u"made for somebody, and this API is 6f1c2d0a-api"_s;
        QTest::newRow("no audience") << QByteArray(R"({"aud":null})") << u"names no audience"_s;
        QTest::newRow("a missing claim") << QByteArray(R"({"sub":null})") << u"not in the token: sub."_s;
        QTest::newRow("no issuer") << QByteArray(R"({"iss":null})") << u"the claim iss"_s;
        QTest::newRow("a claim's type") << QByteArray(R"({"roles":7})") << u"roles"_s;
        QTest::newRow("a date's type") << QByteArray(R"({"exp":"never"})") << u"exp"_s;
        QTest::newRow("hidden characters") << QByteArray(R"({"aud":"a\u202eb"})") << u"a\\u{202E}b"_s;
    }
    void namesWhatWasExpectedAndGot()
    {
        QFETCH(QByteArray, changes);
        QFETCH(QString, why);
        const Diagnosis diagnosis = diagnose(m_issuer.sign(jose::patched(TokenIssuer::accessClaims(), changes)));
        QVERIFY2(diagnosis.why.contains(why), qPrintable(diagnosis.why));
    }

    void doesNotCallVerifiedWhatNobodyChecked()
    {
        const Diagnosis diagnosis = books::diagnoseAccessToken({});
        QCOMPARE(diagnosis.code, u"unchecked"_s);
        QVERIFY(diagnosis.verdict != Verdict::verified);
        QVERIFY(books::diagnoseIdToken({}).verdict != Verdict::verified);
    }

    void describesEveryFindingInItsOwnWay()
    {
        QSet<QString> codes;
        QSet<QString> headlines;
        const int count = int(Finding::noReason) + 1;
        for (int i = 0; i < count; ++i) {
            const Diagnosis diagnosis = books::describe(static_cast<Finding>(i), {});
            codes += diagnosis.code;
            headlines += diagnosis.headline;
            QVERIFY(!diagnosis.code.isEmpty() && !diagnosis.headline.isEmpty());
            QVERIFY2(!(diagnosis.headline + diagnosis.why + diagnosis.remedy).contains(u'%'),
                     qPrintable(diagnosis.code));
            QCOMPARE(diagnosis.actor == Actor::nobody, diagnosis.remedy.isEmpty());
        }
        QCOMPARE(codes.size(), count);
        QCOMPARE(headlines.size(), count - 1); // what is damaged and what is too large cannot be read, both
    }

    void callsATokenForgedOnlyWhereItCouldBeVerified()
    {
        const Secret token =
            m_issuer.sign(TokenIssuer::accessClaims(), {{u"nonce"_s, u"hashed before it is signed"_s}});
        const Diagnosis diagnosis = diagnose(changed(token));
        QVERIFY2(diagnosis.headline.contains(u"cannot be verified, by design"_s), qPrintable(diagnosis.headline));
        QVERIFY(diagnosis.verdict != Verdict::verified);
    }

    void knowsWhyATokenFails_data()
    {
        QTest::addColumn<Secret>("token");
        QTest::addColumn<QString>("headline");
        QTest::newRow("an ID token") << m_issuer.sign(TokenIssuer::idClaims()) << u"it is an ID token"_s;
        QTest::newRow("a key that is not published")
            << m_stranger.sign(TokenIssuer::accessClaims()) << u"an unknown key"_s;
        QTest::newRow("changed") << changed(m_issuer.sign(TokenIssuer::accessClaims())) << u"changed, or forged"_s;
        // {"alg":"none"} and the claims {"iss":"x"}
        QTest::newRow("unsigned") << Secret("eyJhbGciOiJub25lIn0.eyJpc3MiOiJ4In0.") << u"not allowed"_s;
    }
    void knowsWhyATokenFails()
    {
        QFETCH(Secret, token);
        QFETCH(QString, headline);
        const Diagnosis diagnosis = diagnose(token);
        QVERIFY2(diagnosis.headline.contains(headline), qPrintable(diagnosis.headline));
    }

    void callsUnreadableTokensNeitherGoodNorBad_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<Verdict>("verdict");
        QTest::addColumn<QString>("headline");
        // {"alg":"RSA-OAEP","enc":"A256GCM"}
        QTest::newRow("encrypted") << QByteArray("eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.a.b.c.d")
                                   << Verdict::unreadable << u"Encrypted token"_s;
        QTest::newRow("opaque") << QByteArray("2YotnFZFEjr1zCsicMWpAA") << Verdict::unreadable << u"Opaque token"_s;
        QTest::newRow("damaged") << QByteArray("eyJhbGciOiJSUzI1NiJ9.!!!.AAAA") << Verdict::failed
                                 << u"cannot be read"_s;
    }
    void callsUnreadableTokensNeitherGoodNorBad()
    {
        QFETCH(QByteArray, token);
        QFETCH(QString, headline);
        const Diagnosis diagnosis = diagnose(Secret(token));
        QTEST(diagnosis.verdict, "verdict");
        QVERIFY2(diagnosis.headline.contains(headline), qPrintable(diagnosis.headline));
    }

    void theClockChangesTheDiagnosis()
    {
        const jose::Verification verification = inspect(m_issuer.sign(TokenIssuer::accessClaims())).verification;
        QCOMPARE(books::diagnoseAccessToken(verification).code, u"verified"_s);
        const jose::Verification later = jose::judgedAgain(verification, jose::testNow + hours(1));
        QCOMPARE(later.firstFailure()->kind, jose::CheckKind::expiry); // it has expired at its last second
        QVERIFY(books::diagnoseAccessToken(later).headline.contains(u"has expired"_s));
    }

    void aClockThatIsOffIsTheDiagnosisWhereItDecides_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<std::chrono::seconds>("ahead");
        QTest::addColumn<QString>("code");
        const QByteArray expired = R"({"exp":1799999000,"iat":1799990000,"nbf":1799990000})";
        const auto row = [](const char *name, const QByteArray &changes, std::chrono::seconds ahead,
                            const QString &code) { QTest::newRow(name) << changes << ahead << code; };
        row("expired by our clock alone", expired, hours(1), u"clock-off"_s);
        row("expired by the server's clock alone", "{}", -hours(2), u"clock-off"_s);
        row("not valid yet by our clock alone", R"({"nbf":1800000900,"iat":1800000900})", -std::chrono::minutes(30),
            u"clock-off"_s);
        row("expired by both", expired, std::chrono::minutes(5), u"expired"_s);
        row("valid by both", "{}", -std::chrono::minutes(20), u"verified"_s);
        row("a right clock", R"({"exp":1799999980,"iat":1799990000,"nbf":1799990000})", std::chrono::seconds(59),
            u"expired"_s);
        row("another failure", R"({"aud":"somebody","exp":1799999000})", hours(1), u"expired"_s);
    }
    void aClockThatIsOffIsTheDiagnosisWhereItDecides()
    {
        QFETCH(QByteArray, changes);
        QFETCH(std::chrono::seconds, ahead);
        const Secret token = m_issuer.sign(jose::patched(TokenIssuer::accessClaims(), changes));
        QTEST(books::diagnoseAccessToken(inspect(token).verification, ahead).code, "code");
    }

    void knowsAKeyThatWasReplaced()
    {
        jose::JwkSet keys = m_issuer.keys();
        const Secret token = m_stranger.sign(TokenIssuer::accessClaims());
        keys.replaced = {jose::decode(token)->keyId()};
        const jose::InspectedToken inspected = jose::inspect(token, keys, TokenIssuer::apiPolicy(), jose::testNow);
        const Diagnosis diagnosis = books::diagnoseAccessToken(inspected.verification);
        QCOMPARE(diagnosis.code, u"key-replaced"_s);
        QVERIFY(diagnosis.freshTokenMayHelp);
        QVERIFY(jose::checkSentence(*inspected.verification.firstFailure(), jose::testNow).contains(u"replaced"_s));
    }

    void writesToTheOwnerWithoutSecrets()
    {
        const Secret secret = m_issuer.sign(
            jose::patched(TokenIssuer::accessClaims(), "{\"ver\":\"1.0\",\"iss\":\"https://sts.windows.net/5c0e/\"}"));
        const jose::InspectedToken token = inspect(secret);
        const Diagnosis diagnosis = books::diagnoseAccessToken(token.verification);
        const QString text = books::ownerRequest(diagnosis, token.verification, u"https://api.test"_s);
        QVERIFY(text.contains(u"requestedAccessTokenVersion"_s));
        QVERIFY(text.contains(u"https://sts.windows.net/5c0e/"_s));
        for (const QByteArray &part : secret.reveal().toByteArray().split('.'))
            QVERIFY(!text.contains(QString::fromLatin1(part)));
    }

    void anIdTokenIsJudgedAsWhenItCame()
    {
        const jose::InspectedToken token = jose::inspect(m_issuer.sign(TokenIssuer::idClaims()), m_issuer.keys(),
                                                         TokenIssuer::clientPolicy(), jose::testNow);
        QCOMPARE(books::diagnoseIdToken(token.verification).verdict, Verdict::verified);
    }

    void saysWhyAnIdTokenSignsNobodyIn_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("remedy");
        QTest::addColumn<bool>("isForAdministrator");
        const auto row = [](const char *name, const QByteArray &changes, const QString &code, const QString &remedy,
                            bool isForAdministrator) {
            QTest::newRow(name) << changes << code << remedy << isForAdministrator;
        };
        row("another tenant", "{\"iss\":\"https://login.example.test/other/v2.0\"}", u"other-issuer"_s, u"authority"_s,
            false);
        row("version 1", "{\"iss\":\"https://sts.windows.net/5c0e/\"}", u"other-issuer"_s, u"authority"_s, false);
        row("no issuer", R"({"iss":null})", u"claim"_s, u"administrator"_s, true);
        row("expired", R"({"exp":1799999000})", u"wrong-time"_s, u"time zone"_s, false);
        row("not valid yet", R"({"nbf":1800001000})", u"wrong-time"_s, u"time zone"_s, false);
        row("issued in the future", R"({"iat":1800001000})", u"wrong-time"_s, u"time zone"_s, false);
        row("an end that is a text", R"({"exp":"never"})", u"claim"_s, u"administrator"_s, true);
        row("another client's", R"({"aud":"other-client"})", u"other-app"_s, u"client ID"_s, false);
        row("for nobody", R"({"aud":null})", u"other-app"_s, u"client ID"_s, false);
        row("given to another client", R"({"azp":"other-client"})", u"other-app"_s, u"client ID"_s, false);
        row("of another sign-in", R"({"nonce":"other"})", u"other-sign-in"_s, u"Sign in again"_s, false);
        row("without a nonce", R"({"nonce":null})", u"other-sign-in"_s, u"Sign in again"_s, false);
        row("with another access token", R"({"at_hash":"other"})", u"other-sign-in"_s, u"Sign in again"_s, false);
        row("without a subject", R"({"sub":null})", u"claim"_s, u"administrator"_s, true);
    }
    void saysWhyAnIdTokenSignsNobodyIn()
    {
        QFETCH(QByteArray, changes);
        QFETCH(QString, remedy);
        QFETCH(bool, isForAdministrator);
        const Diagnosis diagnosis = diagnoseIdToken(m_issuer.sign(jose::patched(TokenIssuer::idClaims(), changes)));
        QTEST(diagnosis.code, "code");
        QCOMPARE(diagnosis.verdict, Verdict::failed);
        QVERIFY2(diagnosis.remedy.contains(remedy), qPrintable(diagnosis.remedy));
        QCOMPARE(diagnosis.actor, isForAdministrator ? Actor::administrator : Actor::user);
        QVERIFY(!diagnosis.headline.isEmpty() && !diagnosis.why.isEmpty());
    }

    void saysWhyAnIdTokenIsNotTrusted_data()
    {
        QTest::addColumn<Secret>("token");
        QTest::addColumn<QString>("code");
        QTest::newRow("an unknown key") << m_stranger.sign(TokenIssuer::idClaims()) << u"unknown-key"_s;
        QTest::newRow("changed") << changed(m_issuer.sign(TokenIssuer::idClaims())) << u"wrong-signature"_s;
        QTest::newRow("unsigned") << Secret("eyJhbGciOiJub25lIn0.eyJpc3MiOiJ4In0.") << u"algorithm"_s;
        QTest::newRow("encrypted") << Secret("eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.a.b.c.d")
                                   << u"encrypted"_s;
        QTest::newRow("opaque") << Secret("2YotnFZFEjr1zCsicMWpAA") << u"unreadable"_s;
    }
    void saysWhyAnIdTokenIsNotTrusted()
    {
        QFETCH(Secret, token);
        QTEST(diagnoseIdToken(token).code, "code");
    }

private:
    static Secret changed(const Secret &secret)
    {
        QByteArray token = secret.reveal().toByteArray();
        token[token.size() - 10] = token[token.size() - 10] == 'A' ? 'B' : 'A';
        return Secret(token);
    }

    jose::InspectedToken inspect(const Secret &token) const
    {
        return jose::inspect(token, m_issuer.keys(), TokenIssuer::apiPolicy(), jose::testNow);
    }

    Diagnosis diagnose(const Secret &token) const { return books::diagnoseAccessToken(inspect(token).verification); }

    Diagnosis diagnoseIdToken(const Secret &token) const
    {
        jose::TokenPolicy policy = TokenIssuer::clientPolicy();
        policy.accessToken = Secret("the access token");
        return books::diagnoseIdToken(jose::verify(token, m_issuer.keys(), policy, jose::testNow));
    }

    TokenIssuer m_issuer;
    TokenIssuer m_stranger;
};

QTEST_GUILESS_MAIN(DiagnosisTest)
#include "diagnosis-test.moc"
