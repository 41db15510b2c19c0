// The diagnosis of the specification's cases, each provoked with a running Sandbox: what is wrong with a token is found
// over real sockets, and said in the same words as everywhere else.
#include "books/diagnosis.h"
#include "e2e/sandbox-desk.h"
#include "jose/signing-key.h"
#include "jose/token-issuer.h"

#include <QTest>

#include <chrono>
#include <memory>

using namespace bookdesk;
using namespace Qt::StringLiterals;
using books::Diagnosis;
using std::chrono::hours;
using test::SandboxDesk;

class E2eDiagnosisTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_at = std::make_unique<SandboxDesk>(sandbox::SandboxOptions(), JsonObject(), [this] { return now(); });
        const Result<void> signedIn = m_at->signIn({u"riley"_s});
        QVERIFY2(signedIn, qPrintable(signedIn ? QString() : signedIn.error().message));
        m_claims = m_at->desk().session().current()->accessToken.decoded->claims;
    }
    void cleanupTestCase() { m_at.reset(); }
    void cleanup() { m_shift = {}; }

    void aTokenThatPassesHasNothingWrong() { QCOMPARE(diagnosed(signedWith("{}")).code, u"verified"_s); }

    void aChangedClaimIsFound_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<QString>("code");
        const auto row = [](const char *name, const QByteArray &changes, const QString &code) {
            QTest::newRow(name) << changes << code;
        };
        row("a v1 token", R"({"ver":"1.0","iss":"https:\/\/sts.windows.net\/5c0e\/"})", u"version-1"_s);
        row("a Graph token", R"({"aud":"00000003-0000-0000-c000-000000000000"})", u"graph"_s);
        row("another tenant", R"({"iss":"https:\/\/login.example.test\/other\/v2.0"})", u"other-issuer"_s);
        row("a wrong audience", R"({"aud":"somebody"})", u"other-audience"_s);
        row("expired", R"({"exp":1600000000})", u"expired"_s);
        row("not valid yet", R"({"nbf":4000000000,"exp":4000003600})", u"not-yet-valid"_s);
    }
    void aChangedClaimIsFound()
    {
        QFETCH(QByteArray, changes);
        const Diagnosis diagnosis = diagnosed(signedWith(changes));
        QTEST(diagnosis.code, "code");
        QVERIFY(!diagnosis.why.isEmpty() && !diagnosis.remedy.isEmpty());
    }

    void anIdTokenUsedAsAccessTokenIsFound()
    {
        // The Sandbox's client and API share one registration, so the audience is right.
        QCOMPARE(diagnosed(m_at->desk().session().current()->tokens.idToken).code, u"valid-id-token"_s);
    }

    void aTamperedTokenIsFound()
    {
        QByteArray token = signedWith("{}").reveal().toByteArray();
        char &changed = token[token.size() - 10];
        changed = changed == 'A' ? 'B' : 'A';
        QCOMPARE(diagnosed(Secret(token)).code, u"wrong-signature"_s);
    }

    void aKeyThatNobodyPublishesIsFound()
    {
        const Result<jose::SigningKey> stranger = jose::SigningKey::generateRsa();
        QVERIFY(stranger.has_value());
        QCOMPARE(diagnosed(*stranger->sign({}, m_claims)).code, u"unknown-key"_s);
    }

    void tokensThatCannotBeReadAreFound_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QString>("code");
        QTest::newRow("opaque") << QByteArray("2YotnFZFEjr1zCsicMWpAA") << u"opaque"_s;
        // {"alg":"RSA-OAEP","enc":"A256GCM"}
        QTest::newRow("encrypted") << QByteArray("eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.a.b.c.d")
                                   << u"encrypted"_s;
    }
    void tokensThatCannotBeReadAreFound()
    {
        QFETCH(QByteArray, token);
        QTEST(diagnosed(Secret(token)).code, "code");
    }

    void aClockThatIsOffIsFound_data()
    {
        QTest::addColumn<int>("shift"); // hours
        QTest::addColumn<QString>("why");
        QTest::newRow("fast") << 2 << u"2 h fast"_s;
        QTest::newRow("slow") << -2 << u"2 h slow"_s;
    }
    void aClockThatIsOffIsFound()
    {
        QFETCH(int, shift);
        QFETCH(QString, why);
        m_shift = hours(shift);
        const Secret token = signedWith("{}");
        static_cast<void>(m_at->list());
        const Diagnosis diagnosis = diagnosed(token);
        QCOMPARE(diagnosis.code, u"clock-off"_s);
        QVERIFY2(diagnosis.why.contains(why), qPrintable(diagnosis.why));
    }

    void aRightClockLeavesAnExpiredTokenExpired()
    {
        static_cast<void>(m_at->list());
        QCOMPARE(diagnosed(signedWith(R"({"exp":1600000000})")).code, u"expired"_s);
    }

    /// The last one, because it changes the keys.
    void aReplacedKeyIsFound()
    {
        const Secret old = signedWith("{}");
        QVERIFY(QCoro::waitFor(m_at->sandbox().rotateKeys()));
        m_shift = std::chrono::minutes(6); // so that another unknown key is looked for
        QVERIFY(m_at->signIn({u"riley"_s}));
        QCOMPARE(diagnosed(old).code, u"key-replaced"_s);
    }

private:
    TimePoint now() const { return systemNow() + m_shift; }

    /// The access token with other claims, signed by the tenant.
    Secret signedWith(const QByteArray &changes) const
    {
        return *m_at->sandbox().sign(jose::patched(m_claims, changes));
    }

    Diagnosis diagnosed(const Secret &token) const
    {
        const auto inspected = QCoro::waitFor(m_at->desk().inspectToken(token));
        return inspected ? books::diagnoseAccessToken(inspected->verification, m_at->desk().clockAhead())
                         : Diagnosis{.code = inspected.error().code.toString(), .headline = {}};
    }

    std::unique_ptr<SandboxDesk> m_at;
    JsonObject m_claims;
    std::chrono::seconds m_shift{0};
};

QTEST_GUILESS_MAIN(E2eDiagnosisTest)
#include "diagnosis-test.moc"
