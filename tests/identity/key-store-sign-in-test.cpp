#include "identity/sign-in-bench.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::identity;
using bookdesk::test::FakeServer;
using bookdesk::test::Form;
using bookdesk::test::SeenRequest;
using bookdesk::test::SignInBench;
using bookdesk::test::tenantKey;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(bookdesk::identity::ResponseMode)

namespace {

std::size_t requestsSeen(SignInBench &bench) { return bench.tenant.server().requests().size(); }

} // namespace

/// When a sign-in asks an issuer for its keys.
class KeyStoreSignInTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksForNoKeysAfterTheRedirect_data();
    void asksForNoKeysAfterTheRedirect();
    void aTokenOfAnotherIssuerMakesNobodyFetch_data();
    void aTokenOfAnotherIssuerMakesNobodyFetch();
};

void KeyStoreSignInTest::asksForNoKeysAfterTheRedirect_data()
{
    QTest::addColumn<ResponseMode>("mode");
    QTest::newRow("posted back") << ResponseMode::formPost;
    QTest::newRow("sent back by an address") << ResponseMode::query;
}

void KeyStoreSignInTest::asksForNoKeysAfterTheRedirect()
{
    QFETCH(const ResponseMode, mode);
    SignInBench bench(mode);
    QVERIFY(bench.start());
    // Nobody has come back yet: the person is at the sign-in page.
    QTRY_VERIFY(bench.trust.keys().cached(bench.tenant.issuer()).find(tenantKey(0).keyId()));
    QCOMPARE(bench.tenant.fetchesOfKeys(), 1);
    QVERIFY(bench.isRunning());
    const std::size_t before = requestsSeen(bench);

    bench.arrive(bench.goodValues());
    const Result<SignedIn> signedIn = bench.finish();
    QVERIFY2(signedIn, signedIn ? "" : qPrintable(signedIn.error().message));
    QVERIFY(signedIn->idToken.verification.passed() && signedIn->accessToken.verification.passed());
    QCOMPARE(bench.tenant.fetchesOfKeys(), 1);
    QCOMPARE(requestsSeen(bench), before + 1);
    QCOMPARE(bench.tenant.tokenRequests().size(), std::size_t{1});
}

void KeyStoreSignInTest::aTokenOfAnotherIssuerMakesNobodyFetch_data()
{
    QTest::addColumn<bool>("isOfAnother");
    QTest::addColumn<int>("fetches");
    QTest::newRow("the tenant's, with an unknown key ID") << false << 2;
    QTest::newRow("another's, with an unknown key ID") << true << 1;
}

void KeyStoreSignInTest::aTokenOfAnotherIssuerMakesNobodyFetch()
{
    QFETCH(const bool, isOfAnother);
    const FakeServer another([](const SeenRequest &) { return test::httpAnswer("404 Not Found"); });
    SignInBench bench;
    bench.tenant.signingKey = 1;
    bench.tenant.onToken = [&](const Form &) {
        JsonObject idClaims = bench.tenant.idClaims();
        JsonObject accessClaims = bench.tenant.accessClaims();
        const QString issuer = isOfAnother ? another.url().toString() : bench.tenant.issuer();
        idClaims.set(u"iss"_s, issuer);
        accessClaims.set(u"iss"_s, issuer);
        return bench.tenant.tokenAnswer(idClaims, accessClaims);
    };
    QVERIFY(bench.start());
    QTRY_COMPARE(bench.tenant.fetchesOfKeys(), 1);
    bench.arrive(bench.goodValues());
    QVERIFY(!bench.finish());
    QTEST(bench.tenant.fetchesOfKeys(), "fetches");
    QCOMPARE(another.connections(), 0);
}

QTEST_GUILESS_MAIN(KeyStoreSignInTest)
#include "key-store-sign-in-test.moc"
