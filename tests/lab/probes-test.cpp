// The probes against the Sandbox, over real sockets: a sound API refuses them all, and each kind of carelessness is
// found by its own probes and by no others.
#include "jose/entra-names.h"
#include "lab/probe-catalogue.h"
#include "lab/probe-run.h"
#include "net/client-bench.h"
#include "sandbox/registrations.h"
#include "sandbox/sandbox-server.h"

#include <QSet>
#include <QTest>

#include <algorithm>

using namespace bookdesk;
using namespace bookdesk::lab;
using namespace Qt::StringLiterals;
using sandbox::Carelessness;
using sandbox::SandboxServer;
using test::ClientBench;

namespace {

const sandbox::Registrations registrations;

QUrl booksOf(const SandboxServer &server)
{
    QUrl url = server.baseUrl();
    url.setPath(u"/api/v1/books"_s);
    return url;
}

QString issuerOf(const SandboxServer &server)
{
    return server.baseUrl().toString() + u'/' + registrations.tenantId + u"/v2.0"_s;
}

JsonObject claimsOf(const SandboxServer &server, TimePoint expiry)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(expiry.time_since_epoch()).count();
    return {{u"aud"_s, registrations.apiId},
            {u"iss"_s, issuerOf(server)},
            {u"exp"_s, std::int64_t{seconds}},
            {u"sub"_s, u"person"_s},
            {u"preferred_username"_s, u"ada.admin@sandbox.test"_s},
            {u"roles"_s, JsonArray{u"Books.Admin"_s}},
            {u"scp"_s, u"Books.Read"_s},
            {u"tid"_s, registrations.tenantId}};
}

/// What is known to somebody who is signed in at the API, without the tenant's keys.
ProbeSetup setupFor(const SandboxServer &server, const std::shared_ptr<const jose::JwkSet> &keys)
{
    ProbeSetup setup;
    setup.target = booksOf(server);
    setup.policy = jose::accessTokenPolicy(issuerOf(server), registrations.apiId, registrations.clientId);
    setup.policy.claims = jose::entraNames();
    setup.keys = keys;
    setup.scopes = {u"Books.Read"_s};
    setup.token = *server.sign(claimsOf(server, systemNow() + std::chrono::hours{1}));
    return setup;
}

TenantSigner signerOf(const SandboxServer &server)
{
    return {server.tokenHeader(), [&server](const JsonObject &header, const JsonObject &claims) {
                return server.signAsGiven(header, claims);
            }};
}

struct Expectation
{
    Carelessness carelessness;
    QString findings; ///< The IDs of the probes that find it, in the order of the alphabet.
};

const std::vector<Expectation> &expectations()
{
    static const std::vector<Expectation> all{
        {Carelessness::tokenOptional, u"no-token"_s},
        {Carelessness::signatureMayBeEmpty, u"signature-empty signature-removed"_s},
        {Carelessness::publicKeyAsSecret, u"hs256-der hs256-jwk hs256-modulus hs256-pem hs256-pem-without-line-end"_s},
        {Carelessness::guessableSecret, u"hs256-empty hs256-one-character hs256-secret"_s},
        {Carelessness::zeroSignature, u"es256-zero es256-zero-der"_s},
        {Carelessness::embeddedKey, u"embedded-jwk embedded-x5c"_s},
        {Carelessness::keyAddressFollowed, u"jku-data x5u-data"_s},
        {Carelessness::keyIdIgnored, u"kid-missing kid-number kid-unknown"_s},
        {Carelessness::keyIdAsLookup,
         u"kid-absolute-path kid-command kid-empty kid-missing-file kid-null-byte kid-path kid-"
         "sql"_s},
        {Carelessness::expiryUnchecked, u"expired expiry-as-text expiry-missing expiry-negative"_s},
        {Carelessness::notBeforeUnchecked, u"issued-in-the-future not-yet-valid"_s},
        {Carelessness::issuerUnchecked, u"issuer-missing issuer-part other-tenant"_s},
        {Carelessness::audienceUnchecked,
         u"audience-missing audience-strangers id-token logout-token other-audience"_s},
        {Carelessness::idTokenAccepted, u"id-token logout-token"_s},
        {Carelessness::criticalIgnored, u"b64-false crit-unknown"_s},
        {Carelessness::firstDuplicateCounts, u"alg-twice audience-twice kid-twice"_s},
        {Carelessness::lenientBase64, u"base64-padding base64-plain base64-trailing-bits"_s},
        {Carelessness::jsonForm, u"json-form"_s},
        {Carelessness::nestedToken, u"nested"_s},
        {Carelessness::lastHeaderCounts, u"second-header"_s},
        {Carelessness::tokenInQuery, u"token-in-query"_s},
        {Carelessness::algorithmNone,
         u"none none-mixed-case none-mixed-case-2 none-mixed-case-2-signed none-mixed-case-3 "
         "none-mixed-case-3-signed none-mixed-case-4 none-mixed-case-4-signed none-mixed-"
         "case-5 none-mixed-case-5-signed none-mixed-case-signed none-signed none-title-case "
         "none-title-case-signed none-upper-case none-upper-case-signed"_s},
        {Carelessness::signatureUnchecked,
         u"alg-missing audience-changed b64-false crit-unknown embedded-jwk embedded-x5c "
         "es256-zero es256-zero-der expiry-huge expiry-moved hs256-der hs256-empty hs256-jwk "
         "hs256-modulus hs256-one-character hs256-pem hs256-pem-without-line-end hs256-secret "
         "jku jku-data kid-absolute-path kid-command kid-empty kid-missing kid-missing-file "
         "kid-null-byte kid-number kid-path kid-sql kid-unknown none none-mixed-case none-"
         "mixed-case-2 none-mixed-case-2-signed none-mixed-case-3 none-mixed-case-3-signed "
         "none-mixed-case-4 none-mixed-case-4-signed none-mixed-case-5 none-mixed-"
         "case-5-signed none-mixed-case-signed none-signed none-title-case none-title-case-"
         "signed none-upper-case none-upper-case-signed other-key oversize role-added scope-"
         "added signature-cut signature-empty signature-flipped signature-removed subject-"
         "changed x5u x5u-data"_s},
        {Carelessness::tokenInBody, u"token-in-body"_s},
        {Carelessness::garbageStumbles,
         u"alg-twice audience-twice base64-padding base64-plain base64-trailing-bits json-form "
         "kid-twice nested not-a-token second-header signature-removed"_s},
    };
    return all;
}

QStringList idsWhere(const ProbeRun &run, bool (*matches)(const ProbeResult &))
{
    QStringList ids;
    for (const ProbeResult &result : run.results()) {
        if (matches(result))
            ids += result.probe.id;
    }
    ids.sort();
    return ids;
}

QStringList findingsOf(const ProbeRun &run)
{
    return idsWhere(run, [](const ProbeResult &result) { return isFinding(result.state); });
}

} // namespace

class ProbesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_client = std::make_unique<ClientBench>(); }
    void cleanup();
    void cleanupTestCase() { m_first.reset(); }
    void aSoundApiRefusesAll();
    void aSoundApiWithoutTheTenantsKeys();
    void needsNobodySignedIn();
    void knowsASharedRegistration();
    void keepsAnExpiredToken();
    void reportsCrashes();
    void expectsSomethingOfEachCarelessnessAndProbe();
    void findsAnIssuerOfTheProbersOwn();
    void findsEachCarelessness_data();
    void findsEachCarelessness();

private:
    ProbeSetup setup() const { return setupFor(*m_sandbox, m_keys); }
    ProbeSetup setupWithSigner() const
    {
        ProbeSetup result = setup();
        result.signer = signerOf(*m_sandbox);
        return result;
    }

    /// A run that is over.
    std::unique_ptr<ProbeRun> probed(ProbeSetup setup)
    {
        auto run = std::make_unique<ProbeRun>(*m_client->client, m_client->redactor, std::move(setup), usualPace(true));
        run->follow(*m_first);
        run->start();
        [&run] { QTRY_VERIFY_WITH_TIMEOUT(!run->isRunning(), 60'000); }();
        return run;
    }

    std::shared_ptr<SandboxServer> m_sandbox;
    std::shared_ptr<const jose::JwkSet> m_keys;
    ClientBench m_firstClient;
    /// For one test, because redaction looks for every token that was sent before.
    std::unique_ptr<ClientBench> m_client;
    std::unique_ptr<ProbeRun> m_first; ///< Its key is used by all, because making one takes longer than the probes.
};

void ProbesTest::initTestCase()
{
    const auto started = QCoro::waitFor(SandboxServer::start({}));
    QVERIFY(started);
    m_sandbox = *started;
    const QUrl url(m_sandbox->baseUrl().toString() + u'/' + registrations.tenantId + u"/discovery/v2.0/keys"_s);
    const Result<net::HttpResponse> response = m_firstClient.get(url);
    QVERIFY(response);
    const Result<jose::JwkSet> keys = jose::parseJwkSet(response->body.reveal());
    QVERIFY(keys);
    m_keys = std::make_shared<const jose::JwkSet>(*keys);
    m_first = std::make_unique<ProbeRun>(*m_firstClient.client, m_firstClient.redactor, setup(), usualPace(true));
    m_first->start();
    QTRY_VERIFY(!m_first->isRunning());
}

void ProbesTest::cleanup()
{
    for (const Carelessness each : sandbox::allCarelessness)
        m_sandbox->beCareful(each);
}

void ProbesTest::aSoundApiRefusesAll()
{
    const auto run = probed(setupWithSigner());
    for (const ProbeResult &result : run->results())
        QVERIFY2(result.state == ProbeState::refused,
                 qPrintable(result.probe.id + u": "_s + result.why + result.serverSaid));
}

/// What only the tenant could sign is left out, with a reason, and never counts as refused.
void ProbesTest::aSoundApiWithoutTheTenantsKeys()
{
    const auto run = probed(setup());
    QCOMPARE(findingsOf(*run), QStringList());
    QCOMPARE(run->totals().noAnswer, 0);
    const QString left =
        idsWhere(*run, [](const ProbeResult &result) { return result.state == ProbeState::notPossible; }).join(u' ');
    QCOMPARE(left, u"alg-twice audience-missing audience-strangers audience-twice b64-false crit-unknown expired "
                   "expiry-as-text expiry-missing expiry-negative id-token issued-in-the-future issuer-missing "
                   "issuer-part kid-missing kid-number kid-twice kid-unknown logout-token not-yet-valid other-audience "
                   "other-tenant"_s);
    for (const ProbeResult &result : run->results())
        QCOMPARE(result.why.isEmpty(), result.state != ProbeState::notPossible);
    // They are not sent at all, so even an API that believes everything is not said to accept them.
    m_sandbox->beCareless(Carelessness::audienceUnchecked);
    QCOMPARE(findingsOf(*probed(setup())), QStringList());
}

void ProbesTest::needsNobodySignedIn()
{
    ProbeSetup nobody = setup();
    nobody.token = {};
    m_sandbox->beCareless(Carelessness::algorithmNone);
    const auto run = probed(nobody);
    QCOMPARE(findingsOf(*run).size(), 16);
    QVERIFY(run->totals().notPossible > 21);
    const auto edited = std::find_if(run->results().begin(), run->results().end(),
                                     [](const ProbeResult &result) { return result.probe.id == u"role-added"_s; });
    QCOMPARE(edited->state, ProbeState::notPossible);
}

/// The ID token's audience is right there, and only its lack of a scope keeps it out.
void ProbesTest::knowsASharedRegistration()
{
    ProbeSetup shared = setupWithSigner();
    shared.policy.clientId = registrations.apiId;
    const auto run = probed(shared);
    QCOMPARE(findingsOf(*run), QStringList());
    QCOMPARE(run->totals().refused, static_cast<int>(run->results().size()));
    const QStringList with403 = idsWhere(*run, [](const ProbeResult &result) { return result.status == 403; });
    QCOMPARE(with403, QStringList({u"id-token"_s, u"logout-token"_s}));
    QCOMPARE(idsWhere(*run, [](const ProbeResult &result) { return result.probe.expected == 403; }), with403);
}

void ProbesTest::keepsAnExpiredToken()
{
    ProbeSetup kept = setup();
    kept.expiredToken = *m_sandbox->sign(claimsOf(*m_sandbox, systemNow() - std::chrono::hours{1}));
    m_sandbox->beCareless(Carelessness::expiryUnchecked);
    QCOMPARE(findingsOf(*probed(kept)), QStringList(u"expired"_s));
}

void ProbesTest::reportsCrashes()
{
    m_sandbox->beCareless(Carelessness::garbageStumbles);
    const auto run = probed(setupWithSigner());
    const auto hasCrashed = [](const ProbeResult &result) { return result.state == ProbeState::crashed; };
    QVERIFY(!findingsOf(*run).isEmpty());
    QCOMPARE(idsWhere(*run, hasCrashed), findingsOf(*run));
}

void ProbesTest::expectsSomethingOfEachCarelessnessAndProbe()
{
    QSet<QString> found;
    for (const Carelessness each : sandbox::allCarelessness) {
        const auto expected = std::ranges::find(expectations(), each, &Expectation::carelessness);
        QVERIFY2(expected != expectations().end(), qPrintable(sandbox::carelessnessCode(each)));
        for (const QString &id : expected->findings.split(u' '))
            found.insert(id);
    }
    QStringList neverFound;
    for (const ProbeRow &row : probeRows()) {
        if (!found.contains(QString::fromLatin1(row.id)))
            neverFound += QString::fromLatin1(row.id);
    }
    QCOMPARE(neverFound, QStringList(u"issuer-own"_s)); // It needs two mistakes; see the next test.
}

/// As an API that asks whatever issuer a token names for its keys.
void ProbesTest::findsAnIssuerOfTheProbersOwn()
{
    m_sandbox->beCareless(Carelessness::signatureUnchecked);
    m_sandbox->beCareless(Carelessness::issuerUnchecked);
    QVERIFY(findingsOf(*probed(setup())).contains(u"issuer-own"_s));
}

void ProbesTest::findsEachCarelessness_data()
{
    QTest::addColumn<Carelessness>("carelessness");
    QTest::addColumn<QString>("findings");
    for (const Expectation &expected : expectations())
        QTest::newRow(qPrintable(sandbox::carelessnessCode(expected.carelessness)))
            << expected.carelessness << expected.findings;
}

void ProbesTest::findsEachCarelessness()
{
    QFETCH(const Carelessness, carelessness);
    QFETCH(const QString, findings);
    m_sandbox->beCareless(carelessness);
    QCOMPARE(findingsOf(*probed(setupWithSigner())).join(u' '), findings);
}

QTEST_GUILESS_MAIN(ProbesTest)
#include "probes-test.moc"
