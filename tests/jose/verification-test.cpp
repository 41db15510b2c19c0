#include "jose/token-issuer.h"
#include "jose/verification.h"
#include "jose/verify.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace bookdesk::jose {
namespace {

constexpr std::chrono::seconds nowSeconds{1'800'000'000};
constexpr TimePoint now{nowSeconds};

Check check(CheckKind kind, CheckResult result, QString expected = {}, QString got = {},
            CheckFault fault = CheckFault::none, std::optional<TimePoint> time = {})
{
    return {kind, result, std::move(expected), std::move(got), time, fault};
}

} // namespace

class VerificationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_issuer.isReady()); }

    void passesOnlyWithChecksAndNoFailure()
    {
        QVERIFY(!Verification().passed());
        Verification verification{
            {check(CheckKind::structure, CheckResult::passed), check(CheckKind::nonce, CheckResult::notApplicable)},
            now};
        QVERIFY(verification.passed());
        verification.checks.push_back(check(CheckKind::audience, CheckResult::failed));
        verification.checks.push_back(check(CheckKind::subject, CheckResult::failed));
        QVERIFY(!verification.passed());
        QVERIFY(verification.firstFailure()->kind == CheckKind::audience);
    }

    void findsChecksByKind()
    {
        const Verification verification{{check(CheckKind::nonce, CheckResult::passed)}, now};
        QVERIFY(verification.find(CheckKind::nonce));
        QVERIFY(!verification.find(CheckKind::key));
    }

    void namesEveryKindInItsOwnWay()
    {
        QSet<QString> names, codes;
        for (const CheckKind kind : allCheckKinds) {
            QVERIFY(!checkName(kind).isEmpty());
            QVERIFY(!checkCode(kind).isEmpty());
            names += checkName(kind);
            codes += checkCode(kind);
        }
        QCOMPARE(names.size(), qsizetype{allCheckKinds.size()});
        QCOMPARE(codes.size(), qsizetype{allCheckKinds.size()});
    }

    void saysSomethingOfEveryCheck()
    {
        for (const CheckKind kind : allCheckKinds) {
            for (const CheckResult result : {CheckResult::passed, CheckResult::failed, CheckResult::notApplicable}) {
                const CheckFault fault = result == CheckResult::failed ? CheckFault::mismatch : CheckFault::none;
                const QString sentence = checkSentence(check(kind, result, u"this"_s, u"that"_s, fault, now + 1s), now);
                QVERIFY2(!sentence.isEmpty(), qPrintable(checkCode(kind)));
                QVERIFY2(!sentence.contains(u'%'), qPrintable(sentence));
            }
            QCOMPARE(checkSentence(check(kind, CheckResult::notApplicable, {}, {}, CheckFault::opaque), now),
                     u"the token cannot be read"_s);
        }
    }

    void speaksPlainly_data()
    {
        QTest::addColumn<Check>("subject");
        QTest::addColumn<QString>("sentence");
        constexpr CheckResult passed = CheckResult::passed;
        constexpr CheckResult failed = CheckResult::failed;
        const auto row = [](const char *name, const Check &subject, const QString &sentence) {
            QTest::newRow(name) << subject << sentence;
        };
        row("structure", check(CheckKind::structure, passed), u"three parts, header and claims are JSON"_s);
        row("a damaged token",
            check(CheckKind::structure, failed, {}, u"claims: not base64url"_s, CheckFault::malformed),
            u"damaged or incomplete: claims: not base64url"_s);
        row("algorithm", check(CheckKind::algorithm, passed, u"RS256"_s, u"RS256"_s), u"RS256, on the allow-list"_s);
        row("a forbidden algorithm", check(CheckKind::algorithm, failed, u"RS256"_s, u"none"_s, CheckFault::notAllowed),
            u"none is not allowed, only RS256 is"_s);
        row("key", check(CheckKind::key, passed, {}, u"7f3a9900112233"_s), u"kid 7f3a… found"_s);
        row("a short key ID", check(CheckKind::key, passed, {}, u"key-1"_s), u"kid key-1 found"_s);
        row("an unknown key", check(CheckKind::key, failed, u"a, b"_s, u"c"_s, CheckFault::mismatch),
            u"kid c not found among the issuer's keys"_s);
        row("signature", check(CheckKind::signature, passed, {}, u"RSA 2048"_s), u"valid, RSA 2048"_s);
        row("a signature without its key", check(CheckKind::signature, CheckResult::notApplicable),
            u"cannot be checked without the key that made it"_s);
        row("a signature of a forbidden algorithm", check(CheckKind::signature, CheckResult::notApplicable, u"RS256"_s),
            u"cannot be checked without an allowed algorithm"_s);
        row("no type", check(CheckKind::tokenType, passed), u"not named, which is allowed"_s);
        row("required claims", check(CheckKind::requiredClaims, passed, u"exp, iss, sub"_s), u"exp, iss, sub"_s);
        row("missing claims",
            check(CheckKind::requiredClaims, failed, u"exp, iss, sub"_s, u"exp, sub"_s, CheckFault::missing),
            u"missing: exp, sub"_s);
        row("a wrong audience", check(CheckKind::audience, failed, u"X"_s, u"Y"_s, CheckFault::mismatch),
            u"expected X, got Y"_s);
        row("no audience to compare with", check(CheckKind::audience, CheckResult::notApplicable),
            u"no connection says which audience to expect"_s);
        row("no issuer", check(CheckKind::issuer, failed, u"X"_s, {}, CheckFault::missing),
            u"expected X, got nothing"_s);
        row("wrong roles", check(CheckKind::claimTypes, failed, u"roles"_s, u"7"_s, CheckFault::wrongType),
            u"roles must be an array of strings, got the number 7"_s);
        row("a date as text", check(CheckKind::expiry, failed, {}, u"\"4102444800\""_s, CheckFault::wrongType),
            u"expected a number of seconds, got the text \"4102444800\""_s);
        row("a date as an object", check(CheckKind::notBefore, failed, {}, u"{\"a\":1}"_s, CheckFault::wrongType),
            u"expected a number of seconds, got the object {\"a\":1}"_s);
        row("a number as key ID", check(CheckKind::key, failed, u"1, 2"_s, u"1"_s, CheckFault::wrongType),
            u"the key ID (kid) must be a string, got the number 1"_s);
        row("an array as subject", check(CheckKind::subject, failed, u"sub"_s, u"[\"a\"]"_s, CheckFault::wrongType),
            u"sub must be a string, got the array [\"a\"]"_s);
        row("nothing as subject", check(CheckKind::subject, failed, u"sub"_s, u"null"_s, CheckFault::wrongType),
            u"sub must be a string, got null"_s);
        row("a list as issuer", check(CheckKind::issuer, failed, u"X"_s, u"[\"X\"]"_s, CheckFault::wrongType),
            u"expected X, got the array [\"X\"]"_s);
        row("no nonce asked for", check(CheckKind::nonce, CheckResult::notApplicable),
            u"compared only when a sign-in brings an ID token"_s);
        row("a hidden character", check(CheckKind::issuer, failed, u"X"_s, u"a\u202Eb\n"_s, CheckFault::mismatch),
            u"expected X, got a\\u{202E}b\\u{000A}"_s);
    }

    void speaksPlainly()
    {
        QFETCH(Check, subject);
        QFETCH(QString, sentence);
        QCOMPARE(checkSentence(subject, now), sentence);
    }

    void namesTimes_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("isPassed");
        QTest::addColumn<qint64>("offset");
        QTest::addColumn<QString>("sentence");
        const int expiry = int(CheckKind::expiry);
        const int notBefore = int(CheckKind::notBefore);
        QTest::newRow("seconds left") << expiry << true << qint64{40} << u"in 40 s"_s;
        QTest::newRow("minutes left") << expiry << true << qint64{52 * 60 + 10} << u"in 52 min"_s;
        QTest::newRow("hours left") << expiry << true << qint64{5 * 3600} << u"in 5 h"_s;
        QTest::newRow("days left") << expiry << true << qint64{90 * 86400} << u"in 90 days"_s;
        QTest::newRow("just expired") << expiry << false << qint64{0} << u"expired just now"_s;
        QTest::newRow("expired") << expiry << false << qint64{-300} << u"expired 5 min ago"_s;
        QTest::newRow("within the leeway")
            << expiry << true << qint64{-30} << u"30 s ago, within the leeway for clocks that differ"_s;
        QTest::newRow("begun") << notBefore << true << qint64{-180} << u"3 min ago"_s;
        QTest::newRow("not begun") << notBefore << false << qint64{180} << u"not yet valid: in 3 min"_s;
        QTest::newRow("issued in the future")
            << int(CheckKind::issuedAt) << false << qint64{5} << u"not yet valid: in 5 s"_s;
        // The clock knows the date, but cannot count how long ago it was.
        QTest::newRow("longer ago than the clock counts")
            << expiry << false << qint64{-125'000} * 86400 << u"expired 125000 days ago"_s;
    }

    void namesTimes()
    {
        QFETCH(int, kind);
        QFETCH(bool, isPassed);
        QFETCH(qint64, offset);
        QFETCH(QString, sentence);
        const Check subject = check(static_cast<CheckKind>(kind), isPassed ? CheckResult::passed : CheckResult::failed,
                                    {}, {}, isPassed ? CheckFault::none : CheckFault::outOfTime,
                                    TimePoint(nowSeconds + std::chrono::seconds(offset)));
        QCOMPARE(checkSentence(subject, now), sentence);
    }

    void judgesItsDatesAgain_data()
    {
        QTest::addColumn<TokenPolicy>("policy");
        QTest::addColumn<std::chrono::milliseconds>("later");
        for (const auto &[name, policy] :
             {std::pair("without leeway", TokenIssuer::apiPolicy()), std::pair("with leeway", leewayPolicy())}) {
            for (const std::chrono::milliseconds later :
                 {-181s, -180s, -61s, -60s, 0s, 3599s, 3600s, 3719s, 3720s, 3721s})
                QTest::addRow("%s, %d s later", name, int(later / 1s)) << policy << later;
            QTest::addRow("%s, within a second", name) << policy << 3599s + 999ms;
        }
    }

    void judgesItsDatesAgain()
    {
        QFETCH(TokenPolicy, policy);
        QFETCH(std::chrono::milliseconds, later);
        const Secret token = m_issuer.sign(TokenIssuer::accessClaims());
        const Verification verification = verify(token, m_issuer.keys(), policy, testNow);
        QCOMPARE(judgedAgain(verification, testNow + later), verify(token, m_issuer.keys(), policy, testNow + later));
        QCOMPARE(judgedAgain(judgedAgain(verification, testNow + later), testNow), verification);
    }

    void keepsWhatHasNothingToDoWithTheClock()
    {
        const Secret token = m_issuer.sign(
            patched(TokenIssuer::accessClaims(), R"({"aud":"x","exp":"never","nbf":1e300,"iat":-1e300})"));
        const Verification verification = verify(token, m_issuer.keys(), TokenIssuer::apiPolicy(), testNow);
        QCOMPARE(judgedAgain(verification, testNow + 9h).checks, verification.checks);
    }

private:
    static TokenPolicy leewayPolicy()
    {
        TokenPolicy policy = TokenIssuer::apiPolicy();
        policy.leeway = 120s;
        return policy;
    }

    TokenIssuer m_issuer;
};

} // namespace bookdesk::jose

QTEST_GUILESS_MAIN(bookdesk::jose::VerificationTest)
#include "verification-test.moc"
