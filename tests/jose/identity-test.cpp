#include "jose/errors.h"
#include "jose/identity.h"
#include "jose/verify.h"
#include "token-issuer.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {

class IdentityTest : public QObject
{
    Q_OBJECT

private:
    TokenIssuer m_issuer;

    Result<Identity> identityOf(const JsonObject &claims, const TokenPolicy &policy) const
    {
        const InspectedToken token = inspect(m_issuer.sign(claims), m_issuer.keys(), policy, testNow);
        if (!token.decoded)
            return failure(token.decoded.error());
        return Identity::fromIdToken(*token.decoded, token.verification, entraNames());
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_issuer.isReady()); }

    void isMadeFromAVerifiedIdToken()
    {
        const Result<Identity> identity = identityOf(TokenIssuer::idClaims(), TokenIssuer::clientPolicy());
        QVERIFY(identity);
        QCOMPARE(identity->issuer(), TokenIssuer::issuer());
        QCOMPARE(identity->subject(), u"Zk3v-subject"_s);
        QCOMPARE(identity->tenant(), u"5c0e-tenant"_s);
        QCOMPARE(identity->objectId(), u"a2b7-object"_s);
        QCOMPARE(identity->name(), u"Riley Reader"_s);
        QCOMPARE(identity->userName(), u"riley.reader@example.test"_s);
    }

    void showsTheBestNameThereIs_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QString>("full");
        const QString user = u"riley.reader@example.test"_s;
        QTest::newRow("the name") << QByteArray("{}") << u"Riley Reader"_s
                                  << u"Riley Reader (riley.reader@example.test)"_s;
        QTest::newRow("else the user name") << QByteArray(R"({"name":null})") << user << user;
        QTest::newRow("an empty name is none") << QByteArray(R"({"name":""})") << user << user;
        QTest::newRow("without a user name")
            << QByteArray(R"({"preferred_username":null})") << u"Riley Reader"_s << u"Riley Reader"_s;
        QTest::newRow("else the subject")
            << QByteArray(R"({"name":null,"preferred_username":null})") << u"Zk3v-subject"_s << u"Zk3v-subject"_s;
    }

    void showsTheBestNameThereIs()
    {
        QFETCH(QByteArray, changes);
        QFETCH(QString, shown);
        const Result<Identity> identity =
            identityOf(patched(TokenIssuer::idClaims(), changes), TokenIssuer::clientPolicy());
        QVERIFY(identity);
        QCOMPARE(identity->displayName(), shown);
        QTEST(identity->fullName(), "full");
    }

    void isNotMadeFrom_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::newRow("an expired token") << QByteArray(R"({"exp":1})");
        QTest::newRow("a token for another client") << QByteArray(R"({"aud":"other"})");
        QTest::newRow("a token of another issuer") << QByteArray(R"({"iss":"https:\/\/evil.test/v2.0"})");
        QTest::newRow("a token with another nonce") << QByteArray(R"({"nonce":"other"})");
        QTest::newRow("a token without a nonce") << QByteArray(R"({"nonce":null})");
        QTest::newRow("a token without a subject") << QByteArray(R"({"sub":null})");
        QTest::newRow("a token with an empty subject") << QByteArray(R"({"sub":""})");
        QTest::newRow("a name that is no string") << QByteArray(R"({"name":{"first":"Riley"}})");
    }

    void isNotMadeFrom()
    {
        QFETCH(QByteArray, changes);
        const Result<Identity> identity =
            identityOf(patched(TokenIssuer::idClaims(), changes), TokenIssuer::clientPolicy());
        QVERIFY(!identity);
        QCOMPARE(identity.error().code, errors::tokenNotVerified);
    }

    void isNotMadeWithoutACheckOfTheNonce()
    {
        const Result<Identity> identity = identityOf(TokenIssuer::accessClaims(), TokenIssuer::apiPolicy());
        QVERIFY(!identity);
        QCOMPARE(identity.error().code, errors::tokenNotVerified);
        QCOMPARE(factValue(identity.error().facts, facts::check), u"nonce"_s);
    }

    void isMadeWithoutANonceWhereNoneWasSent_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<bool>("isMade");
        QTest::newRow("a token without one") << QByteArray(R"({"nonce":null})") << true;
        QTest::newRow("a token that answers another sign-in") << QByteArray("{}") << false;
    }

    void isMadeWithoutANonceWhereNoneWasSent()
    {
        QFETCH(QByteArray, changes);
        TokenPolicy policy = TokenIssuer::clientPolicy();
        policy.nonce = NoNonce();
        QTEST(identityOf(patched(TokenIssuer::idClaims(), changes), policy).has_value(), "isMade");
    }

    void isNotMadeFromAnEmptyVerification()
    {
        const Result<DecodedToken> token = decode(m_issuer.sign(TokenIssuer::idClaims()));
        QVERIFY(token);
        QVERIFY(!Identity::fromIdToken(*token, {}, entraNames()));
    }

    void isNotMadeFromChecksThatLeaveTheSignatureOut()
    {
        const InspectedToken token =
            inspect(m_issuer.sign(TokenIssuer::idClaims()), m_issuer.keys(), TokenIssuer::clientPolicy(), testNow);
        QVERIFY(token.decoded);
        Verification verification = token.verification;
        verification.checks.removeIf([](const Check &check) { return check.kind == CheckKind::signature; });
        QVERIFY(verification.passed());
        QVERIFY(!Identity::fromIdToken(*token.decoded, verification, entraNames()));
    }
};

} // namespace bookdesk::jose

QTEST_GUILESS_MAIN(bookdesk::jose::IdentityTest)
#include "identity-test.moc"
