// What is said of tokens that fail, held against really signed tokens.
#include "core/clock.h"
#include "jose/token-issuer.h"
#include "pages/token/diagnosis.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using jose::TokenIssuer;
using pages::Diagnosis;
using pages::Verdict;
using std::chrono::hours;

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
            << QByteArray(R"({"aud":"0d44-client","scp":null})") << u"another audience"_s << false;
        QTest::newRow("another tenant") << QByteArray("{\"iss\":\"https://login.example.test/other/v2.0\"}")
                                        << u"it comes from another tenant"_s << false;
        QTest::newRow("another audience") << QByteArray(R"({"aud":"somebody"})") << u"another audience"_s << false;
        QTest::newRow("no audience") << QByteArray(R"({"aud":null})") << u"another audience"_s << false;
        QTest::newRow("no issuer") << QByteArray(R"({"iss":null})") << u"lacks a claim"_s << true;
        QTest::newRow("expired") << QByteArray(R"({"exp":1799999999})") << u"has expired"_s << false;
        QTest::newRow("not valid yet") << QByteArray(R"({"nbf":1800000900})") << u"not valid yet"_s << false;
        QTest::newRow("issued in the future") << QByteArray(R"({"iat":1800000900})") << u"not valid yet"_s << false;
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
        QTEST(diagnosis.isForApiOwner, "isForApiOwner");
        QCOMPARE(diagnosis.verdict == Verdict::verified, diagnosis.remedy.isEmpty());
    }

    void knowsAnIdTokenByItsAudience()
    {
        const Diagnosis diagnosis = diagnose(m_issuer.sign(TokenIssuer::idClaims()));
        QVERIFY2(diagnosis.headline.contains(u"it is an ID token"_s), qPrintable(diagnosis.headline));
    }

    void knowsAKeyThatIsNotPublished()
    {
        const Diagnosis diagnosis = diagnose(m_stranger.sign(TokenIssuer::accessClaims()));
        QVERIFY2(diagnosis.headline.contains(u"does not publish"_s), qPrintable(diagnosis.headline));
    }

    void knowsAChangedToken()
    {
        QByteArray token = m_issuer.sign(TokenIssuer::accessClaims()).reveal().toByteArray();
        token[token.size() - 10] = token[token.size() - 10] == 'A' ? 'B' : 'A';
        const Diagnosis diagnosis = diagnose(Secret(token));
        QVERIFY2(diagnosis.headline.contains(u"changed, or forged"_s), qPrintable(diagnosis.headline));
    }

    void callsATokenForgedOnlyWhereItCouldBeVerified()
    {
        const Secret token =
            m_issuer.sign(TokenIssuer::accessClaims(), {{u"nonce"_s, u"hashed before it is signed"_s}});
        QByteArray text = token.reveal().toByteArray();
        text[text.size() - 10] = text[text.size() - 10] == 'A' ? 'B' : 'A';
        const Diagnosis diagnosis = diagnose(Secret(text));
        QVERIFY2(diagnosis.headline.contains(u"cannot be verified, by design"_s), qPrintable(diagnosis.headline));
        QVERIFY(diagnosis.verdict != Verdict::verified);
    }

    void knowsAnUnsignedToken()
    {
        // {"alg":"none"} and the claims {"iss":"x"}
        const Diagnosis diagnosis = diagnose(Secret("eyJhbGciOiJub25lIn0.eyJpc3MiOiJ4In0."));
        QVERIFY2(diagnosis.headline.contains(u"not allowed"_s), qPrintable(diagnosis.headline));
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

    void looksAtTheClockAgain()
    {
        jose::InspectedToken token = inspect(m_issuer.sign(TokenIssuer::accessClaims()));
        QVERIFY(token.verification.passed());
        token.verification = pages::verificationAt(token.verification, jose::testNow + hours(1));
        const jose::Check *failure = token.verification.firstFailure();
        QVERIFY(failure);
        QCOMPARE(failure->kind, jose::CheckKind::expiry); // the second at which it expires counts as expired
        QVERIFY(pages::diagnoseAccessToken(token, context()).headline.contains(u"has expired"_s));
        token.verification = pages::verificationAt(token.verification, jose::testNow);
        QVERIFY(token.verification.passed());
    }

    void keepsWhatHasNothingToDoWithTheClock()
    {
        const jose::InspectedToken token =
            inspect(m_issuer.sign(jose::patched(TokenIssuer::accessClaims(), R"({"aud":"x","exp":"never"})")));
        const jose::Verification later = pages::verificationAt(token.verification, jose::testNow + hours(9));
        QCOMPARE(later.checks, token.verification.checks);
    }

    void writesToTheOwnerWithoutSecrets()
    {
        const Secret secret = m_issuer.sign(
            jose::patched(TokenIssuer::accessClaims(), "{\"ver\":\"1.0\",\"iss\":\"https://sts.windows.net/5c0e/\"}"));
        const jose::InspectedToken token = inspect(secret);
        const QString text = pages::ownerRequest(pages::diagnoseAccessToken(token, context()), token.verification,
                                                 u"https://api.test"_s);
        QVERIFY(text.contains(u"requestedAccessTokenVersion"_s));
        QVERIFY(text.contains(u"https://sts.windows.net/5c0e/"_s));
        for (const QByteArray &part : secret.reveal().toByteArray().split('.'))
            QVERIFY(!text.contains(QString::fromLatin1(part)));
    }

    void anIdTokenIsJudgedAsWhenItCame()
    {
        const jose::InspectedToken token = jose::inspect(m_issuer.sign(TokenIssuer::idClaims()), m_issuer.keys(),
                                                         TokenIssuer::clientPolicy(), jose::testNow);
        QCOMPARE(pages::diagnoseIdToken(token).verdict, Verdict::verified);
    }

private:
    static pages::ClaimContext context() { return {TokenIssuer::issuer(), TokenIssuer::api(), TokenIssuer::client()}; }

    jose::InspectedToken inspect(const Secret &token) const
    {
        return jose::inspect(token, m_issuer.keys(), TokenIssuer::apiPolicy(), jose::testNow);
    }

    Diagnosis diagnose(const Secret &token) const { return pages::diagnoseAccessToken(inspect(token), context()); }

    TokenIssuer m_issuer;
    TokenIssuer m_stranger;
};

QTEST_MAIN(DiagnosisTest)
#include "diagnosis-test.moc"
