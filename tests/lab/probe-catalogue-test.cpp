// What every row of the catalogue must have, and what no forged token may carry.
#include "jose/base64url.h"
#include "jose/entra-names.h"
#include "lab/forger.h"
#include "lab/probe-catalogue.h"
#include "lab/self-signed.h"

#include <QSet>
#include <QSslCertificate>
#include <QSslKey>
#include <QTest>

#include <algorithm>

using namespace bookdesk;
using namespace bookdesk::lab;
using namespace Qt::StringLiterals;

namespace {

const Result<jose::SigningKey> &proberKey()
{
    static const Result<jose::SigningKey> key = jose::SigningKey::generateRsa();
    return key;
}

/// The tenant's, as far as these tests go.
const jose::SigningKey &tenantKey()
{
    static const jose::SigningKey key = *jose::SigningKey::generateRsa();
    return key;
}

const TimePoint now{std::chrono::seconds{1'790'000'000}};

Secret tokenFor(const QString &audience, std::chrono::seconds life)
{
    const JsonObject claims{{u"aud"_s, audience},
                            {u"iss"_s, u"https://issuer.test"_s},
                            {u"sub"_s, u"a-person-with-a-long-subject"_s},
                            {u"scp"_s, u"Books.Read"_s},
                            {u"exp"_s, numericDate(now + life)}};
    return *tenantKey().sign({}, claims);
}

ProbeSetup setupWith(Secret token)
{
    ProbeSetup setup;
    setup.target = QUrl(u"http://localhost:1/api/v1/books"_s);
    setup.policy = jose::accessTokenPolicy(u"https://issuer.test"_s, u"api"_s, u"client"_s);
    setup.policy.claims = jose::entraNames();
    setup.token = std::move(token);
    const JsonObject keys{{u"keys"_s, JsonArray{tenantKey().publicJwk()}}};
    setup.keys = std::make_shared<const jose::JwkSet>(*jose::parseJwkSet(toCompactJson(keys)));
    return setup;
}

std::vector<std::pair<QString, Possible<Forgery>>> forged(const ProbeSetup &setup)
{
    std::vector<std::pair<QString, Possible<Forgery>>> all;
    for (const ProbeRow &row : probeRows())
        all.emplace_back(QString::fromLatin1(row.id), row.forge(Forger(setup, proberKey(), now)));
    return all;
}

QStringList idsCarrying(const ProbeSetup &setup, const QByteArray &part)
{
    QStringList ids;
    for (const auto &[id, forgery] : forged(setup)) {
        if (forgery && forgery->token.reveal().contains(part))
            ids += id;
    }
    return ids;
}

/// The genuine signature, by which a token of the person would be recognised.
QByteArray signatureOf(const Secret &token) { return token.reveal().toByteArray().split('.').at(2); }

} // namespace

class ProbeCatalogueTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void describesEveryRow();
    void namesTheSectionOfRfc8725OrACve();
    void hasRowsInEveryGroupInOrder();
    void hasRowsForEveryRemedy();
    void showsNoTokenInDetails();
    void carriesNoTokenForAnotherApi_data();
    void carriesNoTokenForAnotherApi();
    void sendsTheIdTokenOnLoopbackOnly_data();
    void sendsTheIdTokenOnLoopbackOnly();
    void changesTheTokenOfThePerson();
    void sendsAnOpaqueTokenOnlyAsItIs();
    void neverSendsTheSameTokenTwice();
    void makesCertificatesThatCanBeRead();
};

void ProbeCatalogueTest::describesEveryRow()
{
    QSet<QString> ids;
    for (const ProbeRow &row : probeRows()) {
        const Probe probe = probeOf(row);
        QVERIFY2(!ids.contains(probe.id.toLower()), row.id);
        ids.insert(probe.id.toLower());
        QVERIFY2(!probe.title.isEmpty() && !probe.title.contains(u'%'), row.id);
        QVERIFY2(!probe.accepted.isEmpty() && !probe.accepted.contains(u'%'), row.id);
        QVERIFY2(probe.source.contains(u"RFC "_s) || probe.source.startsWith(u"CVE-"_s), row.id);
        QVERIFY2(std::count(allRemedies.begin(), allRemedies.end(), probe.remedy.toStdString()) == 1, row.id);
        QVERIFY2(row.forge != nullptr, row.id);
    }
}

/// But for what neither RFC 8725 nor a CVE is about: there the norm itself is named, because a wrong source is worse
/// than another one.
void ProbeCatalogueTest::namesTheSectionOfRfc8725OrACve()
{
    // RFC 8725 says nothing about dates: RFC 7519 defines them.
    const QString dates = u"expired not-yet-valid issued-in-the-future expiry-negative expiry-missing"_s;
    // It has no word on base64url either, and its section 2.6 is about encodings of JSON.
    const QString spellings = u"base64-trailing-bits"_s;
    // It is about what a token says, and not about how a request carries one, or none.
    const QString requests = u"no-token second-header token-in-query token-in-body"_s;
    QStringList others;
    for (const ProbeRow &row : probeRows()) {
        const QString source = QString::fromLatin1(row.source);
        if (!source.contains("RFC 8725, section "_L1) && !source.contains("CVE-"_L1))
            others += QString::fromLatin1(row.id);
    }
    QCOMPARE(others, (dates + u' ' + spellings + u' ' + requests).split(u' '));
}

void ProbeCatalogueTest::hasRowsInEveryGroupInOrder()
{
    std::vector<ProbeGroup> groups;
    for (const ProbeRow &row : probeRows()) {
        if (groups.empty() || groups.back() != row.group)
            groups.push_back(row.group);
    }
    QVERIFY(std::equal(groups.begin(), groups.end(), allProbeGroups.begin(), allProbeGroups.end()));
}

void ProbeCatalogueTest::hasRowsForEveryRemedy()
{
    for (const char *remedy : allRemedies) {
        const bool isUsed = std::any_of(probeRows().begin(), probeRows().end(), [remedy](const ProbeRow &row) {
            return QLatin1StringView(row.remedy) == QLatin1StringView(remedy);
        });
        QVERIFY2(isUsed, remedy);
    }
}

void ProbeCatalogueTest::showsNoTokenInDetails()
{
    for (const auto &[id, forgery] : forged(setupWith(tokenFor(u"api"_s, std::chrono::hours{1})))) {
        for (const ProbeDetail &detail : forgery ? forgery->details : std::vector<ProbeDetail>()) {
            QVERIFY2(!detail.name.isEmpty() && !detail.sent.isEmpty(), qPrintable(id));
            QVERIFY2(!detail.sent.contains(u"eyJ"_s), qPrintable(id));
        }
    }
}

void ProbeCatalogueTest::carriesNoTokenForAnotherApi_data()
{
    QTest::addColumn<QString>("audience");
    QTest::addColumn<int>("life");
    QTest::newRow("for another API") << u"other"_s << 3600;
    QTest::newRow("expired") << u"api"_s << -1;
}

void ProbeCatalogueTest::carriesNoTokenForAnotherApi()
{
    QFETCH(const QString, audience);
    QFETCH(const int, life);
    const Secret token = tokenFor(audience, std::chrono::seconds{life});
    QCOMPARE(idsCarrying(setupWith(token), signatureOf(token).first(20)), QStringList());
    ProbeSetup withKept = setupWith({});
    withKept.expiredToken = tokenFor(u"other"_s, std::chrono::seconds{-1});
    QCOMPARE(idsCarrying(withKept, signatureOf(withKept.expiredToken).first(20)), QStringList());
}

void ProbeCatalogueTest::sendsTheIdTokenOnLoopbackOnly_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("audience");
    QTest::addColumn<int>("life");
    QTest::addColumn<QStringList>("carriers");
    const QStringList one{u"id-token"_s};
    QTest::newRow("localhost") << u"http://localhost:1/"_s << u"client"_s << 3600 << one;
    QTest::newRow("::1") << u"http://[::1]:1/"_s << u"client"_s << 3600 << one;
    QTest::newRow("elsewhere") << u"https://books.example.com/"_s << u"client"_s << 3600 << QStringList();
    QTest::newRow("a name that only looks local")
        << u"https://localhost.example.com/"_s << u"client"_s << 3600 << QStringList();
    QTest::newRow("of another client") << u"http://localhost:1/"_s << u"other"_s << 3600 << QStringList();
    QTest::newRow("expired") << u"http://localhost:1/"_s << u"client"_s << -1 << QStringList();
}

void ProbeCatalogueTest::sendsTheIdTokenOnLoopbackOnly()
{
    QFETCH(const QString, target);
    QFETCH(const QString, audience);
    QFETCH(const int, life);
    QFETCH(const QStringList, carriers);
    ProbeSetup setup = setupWith(tokenFor(u"api"_s, std::chrono::hours{1}));
    setup.target = QUrl(target);
    setup.idToken = tokenFor(audience, std::chrono::seconds{life});
    QCOMPARE(idsCarrying(setup, signatureOf(setup.idToken)), carriers);
    // Elsewhere it is made with the tenant's keys, where those are at hand.
    setup.signer = TenantSigner{
        {}, [](const JsonObject &header, const JsonObject &claims) { return tenantKey().sign(header, claims); }};
    QCOMPARE(idsCarrying(setup, signatureOf(setup.idToken)), carriers);
    const auto rows = forged(setup);
    QVERIFY(std::ranges::any_of(rows, [](const auto &row) { return row.first == "id-token"_L1 && row.second; }));
}

void ProbeCatalogueTest::changesTheTokenOfThePerson()
{
    const Secret token = tokenFor(u"api"_s, std::chrono::hours{1});
    QStringList ids = idsCarrying(setupWith(token), signatureOf(token).first(20));
    ids.removeOne(u"base64-plain"_s); // It may have changed one of these characters.
    QCOMPARE(ids.join(u' '),
             u"signature-cut role-added scope-added subject-changed audience-changed expiry-moved "
             "base64-padding base64-trailing-bits json-form second-header token-in-query token-in-body"_s);
}

void ProbeCatalogueTest::sendsAnOpaqueTokenOnlyAsItIs()
{
    const QStringList ids = idsCarrying(setupWith(Secret("0.opaque-to-everybody")), "0.opaque-to-everybody");
    QCOMPARE(ids, QStringList({u"second-header"_s, u"token-in-query"_s, u"token-in-body"_s}));
}

void ProbeCatalogueTest::neverSendsTheSameTokenTwice()
{
    QSet<QByteArray> tokens;
    for (const auto &[id, forgery] : forged(setupWith(tokenFor(u"api"_s, std::chrono::hours{1})))) {
        if (!forgery || forgery->carrier != Carrier::header)
            continue;
        QVERIFY2(!tokens.contains(forgery->token.reveal().toByteArray()), qPrintable(id));
        tokens.insert(forgery->token.reveal().toByteArray());
    }
}

void ProbeCatalogueTest::makesCertificatesThatCanBeRead()
{
    const Possible<QByteArray> der = selfSigned(*proberKey(), now);
    QVERIFY(der);
    const QList<QSslCertificate> read = QSslCertificate::fromData(*der, QSsl::Der);
    QCOMPARE(read.size(), 1);
    QVERIFY(read.front().isSelfSigned());
    QCOMPARE(read.front().publicKey().length(), 2048);
    QVERIFY(read.front().effectiveDate() < QDateTime::fromSecsSinceEpoch(1'790'000'000));
    QVERIFY(read.front().expiryDate() > QDateTime::fromSecsSinceEpoch(1'790'000'000));
}

QTEST_GUILESS_MAIN(ProbeCatalogueTest)
#include "probe-catalogue-test.moc"
