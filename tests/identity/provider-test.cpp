#include "identity/errors.h"
#include "identity/provider.h"
#include "jose/entra-names.h"

#include <QCryptographicHash>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString issuer = u"https://login.microsoftonline.com/tenant/v2.0"_s;

/// Ends the test where the data is not good.
Provider entra()
{
    const Result<Provider> provider = findProvider(u"entra"_s);
    if (!provider)
        qFatal("The provider's data is not valid: %s", qPrintable(provider.error().message));
    return *provider;
}

} // namespace

class ProviderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFileIsAProvider();
    void readsEntraFromTheData();
    void acceptsItsHostsOnly_data();
    void acceptsItsHostsOnly();
    void refusesAnUnknownId_data();
    void refusesAnUnknownId();
    void makesTheRedirectUri_data();
    void makesTheRedirectUri();
    void everyIssuerHasItsOwnRedirect_data();
    void everyIssuerHasItsOwnRedirect();
    void asksForKeysAsTheProviderWritesThem();
    void makesThePolicyOfAccessTokens();
    void makesThePolicyOfIdTokens();
};

void ProviderTest::everyFileIsAProvider()
{
    QVERIFY(providerIds().contains(u"entra"_s));
    for (const QString &id : providerIds()) {
        const Result<Provider> provider = findProvider(id);
        QVERIFY2(provider, qPrintable(provider ? QString() : provider.error().message));
        QCOMPARE(provider->id, id);
        QVERIFY(!provider->claims.name.empty());
        QVERIFY(!provider->claims.userName.empty());
        QVERIFY(!provider->algorithms.empty());
    }
}

void ProviderTest::readsEntraFromTheData()
{
    const Result<Provider> provider = findProvider(u"entra"_s);
    QVERIFY(provider);
    QCOMPARE(provider->id, u"entra"_s);
    QCOMPARE(provider->name, u"Microsoft Entra ID"_s);
    QCOMPARE(provider->discoveryPath, u"/v2.0/.well-known/openid-configuration"_s);
    QCOMPARE(provider->issuerPath, u"/v2.0"_s);
    QCOMPARE(provider->capabilities, QStringList{u"cp1"_s});
    QCOMPARE(provider->extraScopes, (QStringList{u"openid"_s, u"profile"_s, u"offline_access"_s}));
    QCOMPARE(provider->redirect.host, u"localhost"_s);
    QVERIFY(provider->claims == jose::entraNames());
}

void ProviderTest::acceptsItsHostsOnly_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("isAccepted");
    QTest::newRow("the worldwide cloud") << u"login.microsoftonline.com"_s << true;
    QTest::newRow("the worldwide cloud in capitals") << u"LOGIN.MicrosoftOnline.com"_s << true;
    QTest::newRow("the cloud of the United States' government") << u"login.microsoftonline.us"_s << true;
    QTest::newRow("the cloud in China") << u"login.partner.microsoftonline.cn"_s << true;
    QTest::newRow("the sovereign cloud in Germany") << u"login.sovcloud-identity.de"_s << true;
    QTest::newRow("the sovereign cloud in Singapore") << u"login.sovcloud-identity.sg"_s << true;
    QTest::newRow("an External ID tenant") << u"contoso.ciamlogin.com"_s << true;
    QTest::newRow("loopback by name") << u"localhost"_s << true;
    QTest::newRow("loopback by number") << u"127.0.0.1"_s << true;
    QTest::newRow("loopback by the long number") << u"::1"_s << true;
    QTest::newRow("External ID without a tenant") << u"ciamlogin.com"_s << false;
    QTest::newRow("External ID with an empty label") << u".ciamlogin.com"_s << false;
    QTest::newRow("External ID with two labels") << u"a.b.ciamlogin.com"_s << false;
    QTest::newRow("a host that ends like External ID") << u"evilciamlogin.com"_s << false;
    QTest::newRow("a host that begins like Entra") << u"login.microsoftonline.com.evil.org"_s << false;
    QTest::newRow("a host below Entra") << u"evil.login.microsoftonline.com"_s << false;
    QTest::newRow("a host that begins like loopback") << u"localhost.evil.org"_s << false;
    QTest::newRow("another host") << u"example.org"_s << false;
    QTest::newRow("no host") << QString() << false;
}

void ProviderTest::acceptsItsHostsOnly()
{
    QFETCH(const QString, host);
    QFETCH(const bool, isAccepted);
    const Result<Provider> provider = findProvider(u"entra"_s);
    QVERIFY(provider);
    QCOMPARE(provider->acceptsHost(host), isAccepted);
}

void ProviderTest::refusesAnUnknownId_data()
{
    QTest::addColumn<QString>("id");
    QTest::newRow("empty") << QString();
    QTest::newRow("not among the data") << u"nobody"_s;
    QTest::newRow("in capitals") << u"Entra"_s;
    QTest::newRow("a path") << u"../providers/entra"_s;
    QTest::newRow("with a line end") << u"entra\n"_s;
}

void ProviderTest::refusesAnUnknownId()
{
    QFETCH(const QString, id);
    const Result<Provider> provider = findProvider(id);
    QVERIFY(!provider);
    QVERIFY(provider.error().code == errors::connectionMemberInvalid);
    QVERIFY(provider.error().message.contains(u"\"provider\""_s));
    QVERIFY(provider.error().remedy.contains(u"entra"_s));
}

void ProviderTest::makesTheRedirectUri_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("uri");
    QTest::newRow("without the slash alone, as Entra wants it") << u"/"_s << u"http://localhost:8400"_s;
    QTest::newRow("with a path") << u"/cb/0123"_s << u"http://localhost:8400/cb/0123"_s;
    QTest::newRow("with a slash at the path's end") << u"/cb/"_s << u"http://localhost:8400/cb/"_s;
}

void ProviderTest::makesTheRedirectUri()
{
    QFETCH(const QString, path);
    LoopbackRedirect redirect = entra().redirect;
    QCOMPARE(redirect.path, u"/"_s);
    QVERIFY2(redirect.ports.empty(), "Entra accepts any port");
    redirect.path = path;
    QTEST(redirect.uri(8400), "uri");
}

void ProviderTest::everyIssuerHasItsOwnRedirect_data()
{
    QTest::addColumn<QString>("authority");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("own");
    const auto row = [](const char *name, const QString &authority, const QByteArray &issuer) {
        const QByteArray digits = QCryptographicHash::hash(issuer, QCryptographicHash::Sha256).toHex().first(16);
        const QString own = u"/cb/"_s + QString::fromLatin1(digits);
        QTest::newRow(name) << authority << (QByteArray(name).contains("public cloud") ? u"/"_s : own) << own;
    };
    const QString guid = u"c6b1a2d3-0f5e-4a7b-9c8d-1e2f3a4b5c6d"_s;
    const QByteArray lower = guid.toLatin1();
    row("the public cloud", u"https://login.microsoftonline.com/"_s + guid,
        "https://login.microsoftonline.com/" + lower + "/v2.0");
    row("the government's cloud", u"https://login.microsoftonline.us/"_s + guid,
        "https://login.microsoftonline.us/" + lower + "/v2.0");
    row("a GUID in capitals", u"https://login.microsoftonline.us/"_s + guid.toUpper(),
        "https://login.microsoftonline.us/" + lower + "/v2.0");
    row("a domain name", u"https://login.microsoftonline.us/Contoso.com"_s,
        "https://login.microsoftonline.us/contoso.com/v2.0");
    row("External ID by GUID", u"https://contoso.ciamlogin.com/"_s + guid,
        "https://" + lower + ".ciamlogin.com/" + lower + "/v2.0");
    row("External ID by domain name", u"https://contoso.ciamlogin.com/contoso.onmicrosoft.com"_s,
        "https://contoso.ciamlogin.com/contoso.onmicrosoft.com/v2.0");
    row("loopback", u"http://localhost:8080/"_s + guid, "http://localhost:8080/" + lower + "/v2.0");
    row("loopback with TLS", u"https://localhost:8080/"_s + guid, "https://localhost:8080/" + lower + "/v2.0");
}

void ProviderTest::everyIssuerHasItsOwnRedirect()
{
    QFETCH(const QString, authority);
    const LoopbackRedirect redirect = entra().redirectOf(QUrl(authority));
    QTEST(redirect.path, "path");
    QCOMPARE(redirect.host, u"localhost"_s);
    QTEST(entra().ownRedirectPath(QUrl(authority)), "own");
}

void ProviderTest::asksForKeysAsTheProviderWritesThem()
{
    const QUrl address(u"https://login.microsoftonline.com/tenant/keys"_s);
    const KeySource expected{issuer, address, KeyFormat::jwks};
    QVERIFY(entra().keySource(issuer, address) == expected);
    Provider other = entra();
    other.keyFormat = KeyFormat::certificateMap;
    QVERIFY(other.keySource(issuer, address).format == KeyFormat::certificateMap);
}

void ProviderTest::makesThePolicyOfAccessTokens()
{
    const jose::TokenPolicy policy = entra().accessTokenPolicy(issuer, u"the-api"_s, u"the-client"_s);
    QCOMPARE(policy.clientId, u"the-client"_s);
    QCOMPARE(policy.issuer, issuer);
    QCOMPARE(policy.audiences, QStringList{u"the-api"_s});
    QCOMPARE(policy.claims.tenant, u"tid"_s);
    QVERIFY2(policy.leeway == 0s, "The API has none");
    QVERIFY(!policy.nonce);
    QVERIFY(!policy.authorizedParty);
}

void ProviderTest::makesThePolicyOfIdTokens()
{
    const jose::TokenPolicy policy = entra().idTokenPolicy(issuer, u"the-client"_s);
    QCOMPARE(policy.issuer, issuer);
    QCOMPARE(policy.audiences, QStringList{u"the-client"_s});
    QCOMPARE(policy.claims.tenant, u"tid"_s);
    QVERIFY2(policy.leeway == 120s, "A slow clock must not refuse a token that has just been issued");
    QVERIFY(!policy.nonce);
    QVERIFY(policy.authorizedParty == u"the-client"_s);
}

QTEST_GUILESS_MAIN(ProviderTest)
#include "provider-test.moc"
