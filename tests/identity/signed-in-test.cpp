// When the access token of somebody signed in ends.
#include "identity/signed-in.h"
#include "jose/token-issuer.h"

#include <QTest>

using namespace std::chrono_literals;

namespace bookdesk::identity {

class SignedInTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_issuer.isReady()); }

    void theAccessTokenEndsWhenTheFirstOfBothSaysSo_data()
    {
        QTest::addColumn<QByteArray>("changes"); // of the claims, whose exp is an hour ahead
        QTest::addColumn<std::chrono::seconds>("expiresIn");
        QTest::addColumn<std::chrono::seconds>("end");
        const auto row = [](const char *name, const QByteArray &changes, std::chrono::seconds in,
                            std::chrono::seconds end) { QTest::newRow(name) << changes << in << end; };
        row("both agree", "{}", 3600s, 3600s);
        row("its own exp is earlier", "{}", 7200s, 3600s);
        row("the tenant's expires_in is earlier", "{}", 600s, 600s);
        row("it names no end", R"({"exp":null})", 7200s, 7200s);
        row("it names an end that is no date", R"({"exp":"tomorrow"})", 7200s, 7200s);
    }

    void theAccessTokenEndsWhenTheFirstOfBothSaysSo()
    {
        QFETCH(QByteArray, changes);
        QFETCH(std::chrono::seconds, expiresIn);
        QFETCH(std::chrono::seconds, end);
        const Secret token = m_issuer.sign(jose::patched(jose::TokenIssuer::accessClaims(), changes));
        QCOMPARE(signedIn(token, expiresIn).accessTokenEnd(), jose::testNow + end);
    }

    void aTokenThatCannotBeReadEndsByWhatTheTenantSaid()
    {
        QCOMPARE(signedIn(Secret("opaque-reference-token"), 600s).accessTokenEnd(), jose::testNow + 600s);
    }

private:
    SignedIn signedIn(const Secret &accessToken, std::chrono::seconds expiresIn) const
    {
        const jose::InspectedToken idToken =
            jose::inspect(m_issuer.sign(jose::TokenIssuer::idClaims()), m_issuer.keys(),
                          jose::TokenIssuer::clientPolicy(), jose::testNow);
        const TokenSet tokens{accessToken, idToken.token, {}, jose::testNow, jose::testNow + expiresIn, {}};
        const jose::InspectedToken inspected =
            jose::inspect(accessToken, m_issuer.keys(), jose::TokenIssuer::apiPolicy(), jose::testNow);
        return {tokens,
                *jose::Identity::fromIdToken(*idToken.decoded, idToken.verification, jose::entraNames()),
                idToken,
                inspected,
                {}};
    }

    jose::TokenIssuer m_issuer;
};

} // namespace bookdesk::identity

QTEST_GUILESS_MAIN(bookdesk::identity::SignedInTest)
#include "signed-in-test.moc"
