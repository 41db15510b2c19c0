#include "books/claim-types.h"
#include "identity/errors.h"
#include "identity/sample-connection.h"
#include "identity/token-check.h"
#include "jose/id-token-checks.h"
#include "jose/token-issuer.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace bookdesk::identity {
namespace {

using jose::TokenIssuer;

template <class T> QString codeOf(const Result<T> &result)
{
    return result ? u"no error"_s : result.error().code.toString();
}

} // namespace

/// What a sign-in and a refresh ask of the tokens that they get.
class TokenCheckTest : public QObject
{
    Q_OBJECT

private:
    TokenIssuer m_issuer;

    Trust trust() const
    {
        Connection connection = sampleConnection(u"https://login.microsoftonline.com/contoso.com"_s);
        connection.audience = TokenIssuer::api();
        connection.clientId = TokenIssuer::client();
        Trust trust = makeTrust(connection, TokenIssuer::issuer(), {books::claimTypes()});
        trust.keys = std::make_shared<const jose::JwkSet>(m_issuer.keys());
        return trust;
    }

    Trust trustWithoutKeys() const
    {
        Trust trust = this->trust();
        trust.keys = std::make_shared<const jose::JwkSet>();
        trust.keysFailure = Error{errors::keysUnavailable, u"The keys cannot be reached."_s};
        return trust;
    }

    Secret accessToken(const QByteArray &changes = "{}") const
    {
        return m_issuer.sign(jose::patched(TokenIssuer::accessClaims(), changes));
    }
    Secret idToken(const QByteArray &changes = "{}") const
    {
        return m_issuer.sign(jose::patched(TokenIssuer::idClaims(), changes));
    }
    /// That came with @p access.
    Secret boundIdToken(const Secret &access) const
    {
        JsonObject claims = TokenIssuer::idClaims();
        claims.set(u"at_hash"_s, jose::accessTokenHash(access, jose::Algorithm::rs256));
        return m_issuer.sign(claims);
    }

    static TokenSet tokens(const Secret &access, const Secret &id, const Secret &refresh = Secret("RT-1"))
    {
        return {access, id, refresh, jose::testNow, jose::testNow + 1h, {}};
    }

    Result<SignedIn> signIn(const TokenSet &tokens) const
    {
        return checkNewTokens(trust(), tokens, TokenIssuer::nonce(), jose::testNow);
    }
    SignedIn signedIn() const { return *signIn(tokens(accessToken(), idToken())); }
    Result<SignedIn> refresh(const TokenSet &tokens) const
    {
        return checkRefreshedTokens(trust(), tokens, signedIn(), jose::testNow);
    }

    static QString failedCheckOf(const Result<SignedIn> &result)
    {
        return result ? QString() : factValue(result.error().facts, facts::check);
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_issuer.isReady()); }

    void goodTokensSignIn()
    {
        const TokenSet good = tokens(accessToken(), idToken());
        const Result<SignedIn> outcome = signIn(good);
        QCOMPARE(codeOf(outcome), u"no error"_s);
        QVERIFY(outcome->tokens.accessToken == good.accessToken);
        QVERIFY(outcome->idToken.verification.passed());
        QVERIFY(outcome->accessToken.verification.passed());
        QCOMPARE(outcome->identity.subject(), u"Zk3v-subject"_s);
        QCOMPARE(outcome->identity.objectId(), u"a2b7-object"_s);
        QCOMPARE(outcome->grants.scopes, (QStringList{u"Books.Read"_s, u"Books.Write"_s}));
        QCOMPARE(outcome->grants.roles, QStringList{u"Books.Reader"_s});
    }

    void anIdTokenOfAnotherSignInIsRejected_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<QString>("check");
        QTest::newRow("another nonce") << QByteArray(R"({"nonce":"another"})") << u"nonce"_s;
        QTest::newRow("no nonce") << QByteArray(R"({"nonce":null})") << u"nonce"_s;
        QTest::newRow("for another client") << QByteArray(R"({"aud":"another"})") << u"audience"_s;
        QTest::newRow("from another tenant") << QByteArray(R"({"iss":"https:\/\/evil.test/v2.0"})") << u"issuer"_s;
        QTest::newRow("expired beyond the leeway") << QByteArray(R"({"exp":1799999880})") << u"expiry"_s;
        QTest::newRow("with a name that is no text") << QByteArray(R"({"name":["Riley"]})") << u"claim-types"_s;
        QTest::newRow("that reports events") << QByteArray(R"({"events":{}})") << u"type"_s;
        QTest::newRow("that does not say when it was issued") << QByteArray(R"({"iat":null})") << u"required-claims"_s;
        QTest::newRow("with roles that are no list") << QByteArray(R"({"roles":"Books.Admin"})") << u"claim-types"_s;
    }

    void anIdTokenOfAnotherSignInIsRejected()
    {
        QFETCH(QByteArray, changes);
        const Result<SignedIn> outcome = signIn(tokens(accessToken(), idToken(changes)));
        QCOMPARE(codeOf(outcome), u"sign-in.id-token-rejected"_s);
        QTEST(failedCheckOf(outcome), "check");
    }

    void withoutANonceATokenHasNone_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<QString>("code");
        QTest::newRow("none") << QByteArray(R"({"nonce":null})") << u"no error"_s;
        QTest::newRow("that of another sign-in") << QByteArray("{}") << u"sign-in.id-token-rejected"_s;
        QTest::newRow("an empty one") << QByteArray(R"({"nonce":""})") << u"sign-in.id-token-rejected"_s;
        QTest::newRow("none, but for another client")
            << QByteArray(R"({"nonce":null,"aud":"another"})") << u"sign-in.id-token-rejected"_s;
    }

    void withoutANonceATokenHasNone()
    {
        QFETCH(QByteArray, changes);
        const TokenSet given = tokens(accessToken(), idToken(changes));
        QTEST(codeOf(checkNewTokens(trust(), given, jose::NoNonce(), jose::testNow)), "code");
    }

    void aSlowClockForgivesAnIdToken()
    {
        QCOMPARE(codeOf(signIn(tokens(accessToken(), idToken(R"({"exp":1799999881})")))), u"no error"_s);
    }

    void aRefusalBecauseOfTheTimeTellsHowFarThisClockIsOff_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<int>("serverAhead");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("expired, and this clock is fast")
            << R"({"exp":1799990000})"_ba << -10'800 << u"This computer's clock is 3 h fast"_s;
        QTest::newRow("issued in the future, and this clock is slow")
            << R"({"iat":1800010000})"_ba << 10'800 << u"This computer's clock is 3 h slow"_s;
        QTest::newRow("not valid yet, and this clock is slow")
            << R"({"nbf":1800010000})"_ba << 600 << u"This computer's clock is 10 min slow"_s;
        QTest::newRow("expired, and the clocks agree") << R"({"exp":1799990000})"_ba << 10 << QString();
        QTest::newRow("for another client") << R"({"aud":"another"})"_ba << 10'800 << QString();
    }

    void aRefusalBecauseOfTheTimeTellsHowFarThisClockIsOff()
    {
        QFETCH(QByteArray, changes);
        QFETCH(int, serverAhead);
        QFETCH(QString, sentence);
        TokenSet late = tokens(accessToken(), idToken(changes));
        late.serverDate = jose::testNow + std::chrono::seconds{serverAhead};
        const Result<SignedIn> outcome = signIn(late);
        QCOMPARE(codeOf(outcome), u"sign-in.id-token-rejected"_s);
        const QString message = outcome.error().message;
        QVERIFY2(sentence.isEmpty() ? !message.contains(u"This computer's clock is"_s) : message.contains(sentence),
                 qPrintable(message));
    }

    void withoutAnIdTokenNobodyIsSignedIn()
    {
        QCOMPARE(codeOf(signIn(tokens(accessToken(), {}))), u"sign-in.id-token-rejected"_s);
        QCOMPARE(codeOf(signIn(tokens(accessToken(), Secret("opaque")))), u"sign-in.id-token-rejected"_s);
    }

    /// OpenID Connect Core section 3.1.3.8.
    void theIdTokenIsBoundToItsAccessToken()
    {
        const Secret mine = accessToken();
        QCOMPARE(codeOf(signIn(tokens(mine, boundIdToken(mine)))), u"no error"_s);
        const Result<SignedIn> swapped = signIn(tokens(accessToken(R"({"jti":"another"})"), boundIdToken(mine)));
        QCOMPARE(codeOf(swapped), u"sign-in.id-token-rejected"_s);
        QCOMPARE(failedCheckOf(swapped), u"access-token-hash"_s);
    }

    void theAccessTokenIsAFinding_data()
    {
        QTest::addColumn<Secret>("access");
        QTest::addColumn<QString>("check");
        QTest::newRow("for another API") << accessToken(R"({"aud":"another"})") << u"audience"_s;
        QTest::newRow("expired") << accessToken(R"({"exp":1})") << u"expiry"_s;
        QTest::newRow("with a claim of a wrong type") << accessToken(R"({"scp":[]})") << u"claim-types"_s;
        QTest::newRow("opaque") << Secret("opaque-reference-token") << u"structure"_s;
        QTest::newRow("signed with another key")
            << m_issuer.sign(TokenIssuer::accessClaims(), {{u"kid"_s, u"another"_s}}) << u"key"_s;
    }

    void theAccessTokenIsAFinding()
    {
        QFETCH(Secret, access);
        const Result<SignedIn> outcome = signIn(tokens(access, idToken()));
        QCOMPARE(codeOf(outcome), u"no error"_s);
        QVERIFY(!outcome->accessToken.verification.passed());
        QTEST(jose::checkCode(outcome->accessToken.verification.firstFailure()->kind), "check");
        QCOMPARE(outcome->grants.isKnown, outcome->accessToken.decoded.has_value());
    }

    void tokensOfTwoPeopleSignNobodyIn_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<QString>("claim");
        QTest::newRow("another tenant") << QByteArray(R"({"tid":"another"})") << u"tid"_s;
        QTest::newRow("another object ID") << QByteArray(R"({"oid":"another"})") << u"oid"_s;
        QTest::newRow("neither, in a token that names nobody") << QByteArray(R"({"tid":null,"oid":null})") << QString();
    }

    void tokensOfTwoPeopleSignNobodyIn()
    {
        QFETCH(QByteArray, changes);
        QFETCH(QString, claim);
        const Result<SignedIn> outcome = signIn(tokens(accessToken(changes), idToken()));
        QCOMPARE(codeOf(outcome), claim.isEmpty() ? u"no error"_s : u"sign-in.id-token-rejected"_s);
        if (!claim.isEmpty())
            QCOMPARE(factValue(outcome.error().facts, facts::claim), claim);
    }

    void withoutKeysNobodyIsSignedIn()
    {
        const auto codeWith = [this](const QByteArray &changes) {
            return codeOf(checkNewTokens(trustWithoutKeys(), tokens(accessToken(), idToken(changes)),
                                         TokenIssuer::nonce(), jose::testNow));
        };
        QCOMPARE(codeWith("{}"), u"keys.unavailable"_s);
        QVERIFY2(codeWith(R"({"iss":"https:\/\/evil.test/v2.0"})") == u"sign-in.id-token-rejected"_s,
                 "No key would help");
    }

    void aRefreshMayComeWithoutAnIdToken()
    {
        const SignedIn before = signedIn();
        const Secret fresh = accessToken(R"({"jti":"fresh","roles":["Books.Admin"]})");
        const Result<SignedIn> after = refresh(tokens(fresh, {}, {}));
        QCOMPARE(codeOf(after), u"no error"_s);
        QVERIFY(after->identity == before.identity);
        QVERIFY(after->tokens.accessToken == fresh);
        QVERIFY(after->tokens.idToken == before.tokens.idToken);
        QVERIFY2(after->tokens.refreshToken == before.tokens.refreshToken, "The old one is kept where none comes");
        QCOMPARE(after->grants.roles, QStringList{u"Books.Admin"_s});
    }

    void aRefreshedTokenReplacesTheOldOne()
    {
        const Secret freshId = idToken(R"({"jti":"fresh"})");
        const Result<SignedIn> after = refresh(tokens(accessToken(), freshId, Secret("RT-2")));
        QCOMPARE(codeOf(after), u"no error"_s);
        QVERIFY(after->tokens.refreshToken == Secret("RT-2"));
        QVERIFY(after->tokens.idToken == freshId);
        QVERIFY(after->idToken.token == freshId);
    }

    void aRefreshedIdTokenMustPass_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<QString>("code");
        const QString rejected = u"sign-in.id-token-rejected"_s;
        const QString changed = u"session.user-changed"_s;
        QTest::newRow("the nonce of the sign-in") << QByteArray("{}") << u"no error"_s;
        QTest::newRow("another nonce") << QByteArray(R"({"nonce":"another"})") << rejected;
        QTest::newRow("a nonce that is null") << QByteArray(R"({"nonce":null})") << rejected;
        QTest::newRow("expired") << QByteArray(R"({"exp":1})") << rejected;
        QTest::newRow("for another client") << QByteArray(R"({"aud":"another"})") << rejected;
        QTest::newRow("issued to another client") << QByteArray(R"({"azp":"another"})") << rejected;
        QTest::newRow("of another issuer") << QByteArray(R"({"iss":"https:\/\/evil.test/v2.0"})") << rejected;
        QTest::newRow("another subject") << QByteArray(R"({"sub":"another"})") << changed;
        QTest::newRow("another tenant") << QByteArray(R"({"tid":"another"})") << changed;
        QTest::newRow("another object ID") << QByteArray(R"({"oid":"another"})") << changed;
        QTest::newRow("no object ID any more") << QByteArray(R"({"oid":null})") << changed;
    }

    void aRefreshedIdTokenMustPass()
    {
        QFETCH(QByteArray, changes);
        QTEST(codeOf(refresh(tokens(accessToken(), idToken(changes)))), "code");
    }

    void aRefreshedIdTokenNeedsNoNonce()
    {
        JsonObject claims = TokenIssuer::idClaims();
        claims.remove(u"nonce");
        QCOMPARE(codeOf(refresh(tokens(accessToken(), m_issuer.sign(claims)))), u"no error"_s);
    }

    void aRefreshedIdTokenIsBoundToItsAccessToken()
    {
        const Secret mine = accessToken();
        QCOMPARE(codeOf(refresh(tokens(mine, boundIdToken(mine)))), u"no error"_s);
        const Result<SignedIn> swapped = refresh(tokens(accessToken(R"({"jti":"another"})"), boundIdToken(mine)));
        QCOMPARE(codeOf(swapped), u"sign-in.id-token-rejected"_s);
        QCOMPARE(failedCheckOf(swapped), u"access-token-hash"_s);
    }

    void aRefreshedAccessTokenOfSomebodyElseIsThrownAway()
    {
        for (const Secret &id : {Secret(), idToken()}) {
            const Result<SignedIn> after = refresh(tokens(accessToken(R"({"oid":"another"})"), id));
            QCOMPARE(codeOf(after), u"session.user-changed"_s);
            QCOMPARE(factValue(after.error().facts, facts::claim), u"oid"_s);
        }
    }

    void aRefreshWithoutKeysKeepsThePerson()
    {
        const Trust known = trustWithoutKeys();
        const auto refreshWithoutKeys = [&](const Secret &id) {
            return checkRefreshedTokens(known, tokens(accessToken(), id), signedIn(), jose::testNow);
        };
        const Result<SignedIn> after = refreshWithoutKeys({});
        QCOMPARE(codeOf(after), u"no error"_s);
        QCOMPARE(after->accessToken.verification.firstFailure()->kind, jose::CheckKind::key);
        QCOMPARE(codeOf(refreshWithoutKeys(idToken())), u"keys.unavailable"_s);
    }
};

} // namespace bookdesk::identity

QTEST_GUILESS_MAIN(bookdesk::identity::TokenCheckTest)
#include "token-check-test.moc"
