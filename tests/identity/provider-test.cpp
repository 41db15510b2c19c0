#include "identity/errors.h"
#include "identity/provider.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace Qt::StringLiterals;

class ProviderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEntraFromTheData();
    void acceptsItsHostsOnly_data();
    void acceptsItsHostsOnly();
    void refusesAnUnknownId_data();
    void refusesAnUnknownId();
};

void ProviderTest::readsEntraFromTheData()
{
    const Result<Provider> provider = findProvider(u"entra"_s);
    QVERIFY(provider);
    QCOMPARE(provider->id, u"entra"_s);
    QCOMPARE(provider->name, u"Microsoft Entra ID"_s);
    QCOMPARE(provider->discoveryPath, u"/v2.0/.well-known/openid-configuration"_s);
    QCOMPARE(provider->issuerPath, u"/v2.0"_s);
    QCOMPARE(provider->extraScopes, (QStringList{u"openid"_s, u"profile"_s, u"offline_access"_s}));
    QCOMPARE(provider->redirectHost, u"localhost"_s);
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
    QTest::newRow("not among the data") << u"auth0"_s;
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
}

QTEST_GUILESS_MAIN(ProviderTest)
#include "provider-test.moc"
