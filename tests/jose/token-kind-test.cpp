// How kinds of tokens are distinguished, by claims that differ from those of a good access token.
#include "jose/token-issuer.h"
#include "jose/token-kind.h"
#include "jose/verify.h"

#include <QTest>

using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(bookdesk::jose::TokenKind)

namespace bookdesk::jose {
namespace {

TokenPolicy policyFor(const QString &issuer, const QString &audience, const QString &client)
{
    TokenPolicy policy = accessTokenPolicy(issuer, audience, client);
    policy.claims = entraNames();
    return policy;
}

TokenPolicy connectionPolicy() { return TokenIssuer::apiPolicy(); }

TokenPolicy sharedPolicy() { return policyFor(TokenIssuer::issuer(), TokenIssuer::client(), TokenIssuer::client()); }

/// For somebody who verifies a token and knows nothing else about the provider.
TokenPolicy policyWithoutClient() { return accessTokenPolicy(TokenIssuer::issuer(), TokenIssuer::api()); }

TokenPolicy version1Policy() { return accessTokenPolicy(u"https://sts.windows.net/5c0e/"_s, TokenIssuer::api()); }

TokenPolicy multiTenantPolicy()
{
    return policyFor(u"https://login.example.test/{tenantid}/v2.0"_s, TokenIssuer::api(), TokenIssuer::client());
}

} // namespace

class TokenKindTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_issuer.isReady()); }

    void distinguishesKinds_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<TokenPolicy>("policy");
        QTest::addColumn<TokenKind>("kind");
        addAccessTokens();
        addIdTokens();
        addForeignTokens();
    }

    void distinguishesKinds()
    {
        QFETCH(QByteArray, changes);
        QFETCH(TokenPolicy, policy);
        const Secret token = m_issuer.sign(patched(TokenIssuer::accessClaims(), changes));
        QTEST(verify(token, m_issuer.keys(), policy, testNow).kind, "kind");
    }

    void anAccessTokenMaySayWhatItIsInItsHeader()
    {
        const JsonObject claims = patched(TokenIssuer::accessClaims(), R"({"aud":"0d44-client","scp":null})");
        const Secret token = m_issuer.sign(claims, {{u"typ"_s, u"at+jwt"_s}});
        QCOMPARE(verify(token, m_issuer.keys(), connectionPolicy(), testNow).kind, TokenKind::accessToken);
    }

    void theIdTokenOfASignInIsOne()
    {
        const Secret token = m_issuer.sign(TokenIssuer::idClaims());
        QCOMPARE(verify(token, m_issuer.keys(), TokenIssuer::clientPolicy(), testNow).kind, TokenKind::idToken);
    }

    void whatCannotBeReadHasAKindToo_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<TokenKind>("kind");
        QTest::newRow("nothing") << QByteArray() << TokenKind::unreadable;
        QTest::newRow("opaque") << "2YotnFZFEjr1zCsicMWpAA"_ba << TokenKind::opaque;
        QTest::newRow("encrypted") << "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0.AA.AA.AA.AA"_ba << TokenKind::encrypted;
        QTest::newRow("damaged") << "eyJhbGciOiJSUzI1NiJ9.!!.AA"_ba << TokenKind::unreadable;
        QTest::newRow("too large") << QByteArray(2'000'000, 'a') << TokenKind::unreadable;
    }

    void whatCannotBeReadHasAKindToo()
    {
        QFETCH(QByteArray, token);
        QTEST(verify(Secret(token), m_issuer.keys(), connectionPolicy(), testNow).kind, "kind");
    }

    void knowsTheIssuersOfVersion1()
    {
        QVERIFY(isVersion1Issuer(u"https://sts.windows.net/5c0e/"));
        QVERIFY(isVersion1Issuer(u"https://sts.chinacloudapi.cn/5c0e/"));
        QVERIFY(!isVersion1Issuer(u"https://sts.windows.net.evil.test/5c0e/"));
        QVERIFY(!isVersion1Issuer(u"https://login.microsoftonline.com/5c0e/v2.0"));
    }

private:
    static void row(const char *name, const QByteArray &changes, TokenKind kind,
                    const TokenPolicy &policy = connectionPolicy())
    {
        QTest::newRow(name) << changes << policy << kind;
    }

    static void addAccessTokens()
    {
        row("a good access token", "{}", TokenKind::accessToken);
        row("an access token for another audience", R"({"aud":"somebody"})", TokenKind::accessToken);
        row("an access token for the client itself", R"({"aud":"0d44-client"})", TokenKind::accessToken);
        row("scopes by their other name", R"({"aud":"0d44-client","scp":null,"scope":"read"})", TokenKind::accessToken);
        row("an app's own", R"({"scp":null,"sub":"a2b7-object"})", TokenKind::appOnly);
        row("an app's own, which says so", R"({"scp":null,"idtyp":"app"})", TokenKind::appOnly);
        row("a person's, which says so", R"({"scp":null,"idtyp":"user"})", TokenKind::accessToken);
        row("a person's with scopes, whose subject is the object", R"({"sub":"a2b7-object"})", TokenKind::accessToken);
        row("where client and API share one registration", R"({"aud":"0d44-client"})", TokenKind::accessToken,
            sharedPolicy());
        row("where they share one, without scopes", R"({"aud":"0d44-client","scp":null})", TokenKind::accessToken,
            sharedPolicy());
        row("an app's own, where they share one", R"({"aud":"0d44-client","scp":null,"idtyp":"app"})",
            TokenKind::appOnly, sharedPolicy());
    }

    static void addIdTokens()
    {
        const QByteArray forClient = R"({"aud":"0d44-client","scp":null})";
        row("an ID token by its audience", forClient, TokenKind::idToken);
        row("an ID token for several", R"({"aud":["x","0d44-client"],"scp":null})", TokenKind::idToken);
        row("an ID token by its nonce", R"({"scp":null,"nonce":"n"})", TokenKind::idToken, policyWithoutClient());
        row("an ID token by its at_hash", R"({"scp":null,"at_hash":"n"})", TokenKind::idToken, policyWithoutClient());
        row("an ID token by its c_hash", R"({"scp":null,"c_hash":"n"})", TokenKind::idToken, policyWithoutClient());
        row("an ID token where client and API share one registration",
            R"({"aud":"0d44-client","scp":null,"nonce":"n"})", TokenKind::idToken, sharedPolicy());
        row("a null nonce is none", R"({"scp":null,"nonce":null})", TokenKind::accessToken);
        row("an audience that nobody has named", R"({"aud":"","scp":null})", TokenKind::accessToken,
            policyWithoutClient());
        row("an ID token of version 1",
            R"({"aud":"0d44-client","scp":null,"ver":"1.0","iss":"https:\/\/sts.windows.net/5c0e/"})",
            TokenKind::idToken);
    }

    static void addForeignTokens()
    {
        row("Graph's by its ID", R"({"aud":"00000003-0000-0000-c000-000000000000"})", TokenKind::graph);
        row("Graph's by its URL", R"({"aud":"https:\/\/graph.microsoft.com"})", TokenKind::graph);
        row("Graph's by its URL with a slash", R"({"aud":"https:\/\/graph.microsoft.com/"})", TokenKind::graph);
        row("Graph's in another cloud", R"({"aud":"https:\/\/microsoftgraph.chinacloudapi.cn"})", TokenKind::graph);
        row("Graph's among others", R"({"aud":["x","https:\/\/graph.microsoft.com"]})", TokenKind::graph);
        row("Graph's of version 1",
            R"({"aud":"00000003-0000-0000-c000-000000000000","ver":"1.0","iss":"https:\/\/sts.windows.net/5c0e/"})",
            TokenKind::graph);
        row("something that only begins like Graph", R"({"aud":"https:\/\/graph.microsoft.com.evil.test"})",
            TokenKind::accessToken);
        row("version 1 by its issuer", R"({"iss":"https:\/\/sts.windows.net/5c0e/"})", TokenKind::version1);
        row("version 1 by its version", R"({"ver":"1.0"})", TokenKind::version1);
        row("version 1, where that is meant", R"({"iss":"https:\/\/sts.windows.net/5c0e/","ver":"1.0"})",
            TokenKind::accessToken, version1Policy());
        row("another tenant's", R"({"iss":"https:\/\/login.example.test/other/v2.0"})", TokenKind::otherIssuer);
        row("no issuer", R"({"iss":null})", TokenKind::accessToken);
        row("any tenant's, where all are meant",
            R"({"iss":"https:\/\/login.example.test/5c0e0000-0000-4000-8000-000000000001/v2.0",
                "tid":"5c0e0000-0000-4000-8000-000000000001"})",
            TokenKind::accessToken, multiTenantPolicy());
        row("another provider's, where all tenants are meant", R"({"iss":"https:\/\/evil.test/v2.0"})",
            TokenKind::otherIssuer, multiTenantPolicy());
        row("the standard's scopes, where nobody knows the provider", R"({"scp":null,"scope":"read","nonce":"n"})",
            TokenKind::accessToken, policyWithoutClient());
        row("an issuer that nobody has named", R"({"iss":"https:\/\/evil.test"})", TokenKind::accessToken,
            TokenPolicy());
    }

    TokenIssuer m_issuer;
};

} // namespace bookdesk::jose

QTEST_GUILESS_MAIN(bookdesk::jose::TokenKindTest)
#include "token-kind-test.moc"
