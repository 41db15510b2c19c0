#include "books/claim-types.h"
#include "identity/sample-connection.h"
#include "identity/trust.h"
#include "jose/token-issuer.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk::identity {
namespace {

using jose::TokenIssuer;

Connection connectionOf(const QString &audience, const QString &clientId)
{
    Connection connection = sampleConnection(u"https://login.microsoftonline.com/contoso.com"_s);
    connection.audience = audience;
    connection.clientId = clientId;
    return connection;
}

} // namespace

class TrustTest : public QObject
{
    Q_OBJECT

private:
    TokenIssuer m_issuer;

    Trust trustOf(const Connection &connection) const
    {
        Trust trust = makeTrust(connection, TokenIssuer::issuer(), {books::claimTypes()});
        trust.keys = std::make_shared<const jose::JwkSet>(m_issuer.keys());
        return trust;
    }
    Trust trust() const { return trustOf(connectionOf(TokenIssuer::api(), TokenIssuer::client())); }

    jose::DecodedToken tokenWith(const QByteArray &changes, const JsonObject &header = {}) const
    {
        const Secret token = m_issuer.sign(jose::patched(TokenIssuer::accessClaims(), changes), header);
        return *jose::decode(token);
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_issuer.isReady()); }

    void asksOfEachKindWhatTheProviderSays()
    {
        const Connection connection = connectionOf(u"the-api"_s, u"the-client"_s);
        const Trust made = makeTrust(connection, u"the-issuer"_s, {books::claimTypes()});
        jose::TokenPolicy ofApi = connection.provider.accessTokenPolicy(u"the-issuer"_s, u"the-api"_s, u"the-client"_s);
        ofApi.claimTypes = books::claimTypes();
        QVERIFY(made.accessTokens == ofApi);
        QVERIFY(made.idTokens == connection.provider.idTokenPolicy(u"the-issuer"_s, u"the-client"_s));
        QCOMPARE(made.issuer(), u"the-issuer"_s);
        QVERIFY(made.keys && made.keys->keys.empty());
    }

    void judgesATokenByItsAudience_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<bool>("isIdToken");
        QTest::newRow("for the API") << QByteArray("{}") << false;
        QTest::newRow("for the client") << QByteArray(R"({"aud":"0d44-client"})") << true;
        QTest::newRow("for the client among others") << QByteArray(R"({"aud":["x","0d44-client"]})") << true;
        QTest::newRow("for both") << QByteArray(R"({"aud":["0d44-client","6f1c2d0a-api"]})") << false;
        QTest::newRow("for somebody else") << QByteArray(R"({"aud":"x"})") << false;
        QTest::newRow("for nobody") << QByteArray(R"({"aud":null})") << false;
    }

    void judgesATokenByItsAudience()
    {
        QFETCH(QByteArray, changes);
        QFETCH(bool, isIdToken);
        const Trust known = trust();
        QVERIFY(&known.policyFor(tokenWith(changes)) == (isIdToken ? &known.idTokens : &known.accessTokens));
    }

    /// The audience says nothing there, but the API's own rules count, which have no leeway.
    void judgesAsTheApiWhereClientAndApiShareOneRegistration()
    {
        const Trust known = trustOf(connectionOf(TokenIssuer::client(), TokenIssuer::client()));
        const jose::InspectedToken token =
            known.inspect(m_issuer.sign(TokenIssuer::idClaims()), jose::testNow + std::chrono::seconds{3601});
        QVERIFY(token.decoded);
        QVERIFY(&known.policyFor(*token.decoded) == &known.accessTokens);
        QVERIFY(!token.verification.passed());
        QCOMPARE(token.verification.firstFailure()->kind, jose::CheckKind::expiry);
        QVERIFY2(token.verification.kind == jose::TokenKind::idToken, "Its nonce says what it is");
    }

    void knowsWhichTokensNeedAnotherKey_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<QString>("keyId");
        QTest::addColumn<bool>("needs");
        const QString known = m_issuer.key().keyId();
        QTest::newRow("a known key") << QByteArray("{}") << known << false;
        QTest::newRow("another key") << QByteArray("{}") << u"another"_s << true;
        QTest::newRow("another issuer's key")
            << QByteArray(R"({"iss":"https:\/\/evil.test"})") << u"another"_s << false;
        QTest::newRow("no issuer's key") << QByteArray(R"({"iss":null})") << u"another"_s << false;
    }

    void knowsWhichTokensNeedAnotherKey()
    {
        QFETCH(QByteArray, changes);
        QFETCH(QString, keyId);
        QTEST(trust().lacksKeyOf(tokenWith(changes, {{u"kid"_s, keyId}})), "needs");
    }

    void inspectsWhatCannotBeRead()
    {
        const jose::InspectedToken token = trust().inspect(Secret("opaque-reference-token"), jose::testNow);
        QVERIFY(!token.decoded);
        QCOMPARE(token.verification.firstFailure()->kind, jose::CheckKind::structure);
    }

    void holdsAccessTokensAgainstTheTypesThatTheApiReads()
    {
        const Secret token = m_issuer.sign(jose::patched(TokenIssuer::accessClaims(), R"({"roles":"Books.Admin"})"));
        const jose::Verification verification = trust().inspect(token, jose::testNow).verification;
        QVERIFY(!verification.passed());
        QCOMPARE(verification.firstFailure()->kind, jose::CheckKind::claimTypes);
    }
};

} // namespace bookdesk::identity

QTEST_GUILESS_MAIN(bookdesk::identity::TrustTest)
#include "trust-test.moc"
