// Discovery documents of other providers than Entra: what they must have, where their endpoints may be, and where there
// is another document.
#include "identity/discovery.h"
#include "identity/errors.h"
#include "identity/fake-issuer.h"
#include "net/errors.h"
#include "net/http-client.h"

#include <QCoroTask>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;

namespace {

QString codeOf(const Result<DiscoveryDocument> &read) { return read ? u"no error"_s : read.error().code.toString(); }

const QString authority = u"https://id.contoso.com/a"_s;

Connection connectionTo(const QString &at)
{
    const JsonObject file{{u"name"_s, u"Contoso"_s},      {u"provider"_s, u"generic"_s},
                          {u"authority"_s, at},           {u"clientId"_s, u"the-client"_s},
                          {u"scopes"_s, JsonArray{}},     {u"apiBaseUrl"_s, u"https://books.contoso.com"_s},
                          {u"audience"_s, u"books-api"_s}};
    return readConnection(toCompactJson(file)).value();
}

JsonObject document()
{
    return {{u"issuer"_s, authority},
            {u"authorization_endpoint"_s, QString(authority + u"/authorize"_s)},
            {u"token_endpoint"_s, QString(authority + u"/token"_s)},
            {u"jwks_uri"_s, QString(authority + u"/keys"_s)},
            {u"response_types_supported"_s, JsonArray{u"code"_s}},
            {u"subject_types_supported"_s, JsonArray{u"public"_s}},
            {u"id_token_signing_alg_values_supported"_s, JsonArray{u"RS256"_s}}};
}

Result<DiscoveryDocument> readWithout(const QString &member, DocumentKind kind = DocumentKind::openId)
{
    JsonObject changed = document();
    changed.remove(member);
    return readDiscoveryDocument(toCompactJson(changed), connectionTo(authority), kind);
}

struct Network
{
    net::ExchangeLog log;
    net::AccessManager manager{log, Redactor(), systemNow, {}, {}};
    net::HttpClient http{manager};

    Result<DiscoveryDocument> fetch(const Connection &connection)
    {
        return QCoro::waitFor(discover(http, connection, std::stop_token()));
    }
};

} // namespace

class ProviderDiscoveryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void demandsTheMembers_data()
    {
        QTest::addColumn<QString>("member");
        const JsonObject all = document();
        for (const auto &[name, value] : all.members())
            QTest::newRow(qPrintable(name)) << name;
    }

    void demandsTheMembers()
    {
        QFETCH(const QString, member);
        QVERIFY(readWithout({}));
        const Result<DiscoveryDocument> read = readWithout(member);
        QCOMPARE(codeOf(read), identity::errors::discoveryInvalid.toString());
        QVERIFY(read.error().message.contains(member));
    }

    void demandsLessOfTheOtherDocument()
    {
        for (const QString &member : {u"subject_types_supported"_s, u"id_token_signing_alg_values_supported"_s})
            QVERIFY(readWithout(member, DocumentKind::oauth));
        for (const QString &member : {u"response_types_supported"_s, u"token_endpoint"_s, u"jwks_uri"_s})
            QVERIFY(!readWithout(member, DocumentKind::oauth));
    }

    void needsTheCodeFlow()
    {
        JsonObject changed = document();
        changed.set(u"response_types_supported"_s, JsonArray{u"id_token"_s, u"code id_token"_s});
        const Result<DiscoveryDocument> read = readDiscoveryDocument(toCompactJson(changed), connectionTo(authority));
        QCOMPARE(codeOf(read), identity::errors::discoveryInvalid.toString());
        QVERIFY(read.error().message.contains(u"code flow"_s));
    }

    void needsAPlaceForPushedRequests()
    {
        JsonObject changed = document();
        const auto read = [&] { return readDiscoveryDocument(toCompactJson(changed), connectionTo(authority)); };
        const QString member = u"pushed_authorization_request_endpoint"_s;
        changed.set(member, QString(authority + u"/push"_s));
        QVERIFY2(read()->pushedRequestEndpoint.isEmpty(), "nobody demands it");
        changed.set(u"require_pushed_authorization_requests"_s, true);
        QCOMPARE(read()->pushedRequestEndpoint, QUrl(authority + u"/push"_s));
        changed.remove(member);
        QCOMPARE(codeOf(read()), identity::errors::discoveryInvalid.toString());
    }

    void theIssuerIsTheAuthority_data()
    {
        QTest::addColumn<QString>("issuer");
        QTest::addColumn<QString>("message");
        QTest::newRow("with a slash") << QString(authority + u'/') << u"slash"_s;
        QTest::newRow("the host alone") << u"https://id.contoso.com"_s << u"differs"_s;
        QTest::newRow("more path") << QString(authority + u"/b"_s) << u"differs"_s;
        QTest::newRow("the host in capitals") << u"https://ID.contoso.com/a"_s << u"differs"_s;
        QTest::newRow("with its port") << u"https://id.contoso.com:443/a"_s << u"differs"_s;
        QTest::newRow("without TLS") << u"http://id.contoso.com/a"_s << u"differs"_s;
        QTest::newRow("an honest one") << u"https://login.microsoftonline.com/contoso.com/v2.0"_s << u"differs"_s;
    }

    void theIssuerIsTheAuthority()
    {
        QFETCH(const QString, issuer);
        QFETCH(const QString, message);
        JsonObject changed = document();
        changed.set(u"issuer"_s, issuer);
        const Result<DiscoveryDocument> read = readDiscoveryDocument(toCompactJson(changed), connectionTo(authority));
        QCOMPARE(codeOf(read), identity::errors::discoveryIssuerMismatch.toString());
        QVERIFY2(read.error().message.contains(message), qPrintable(read.error().message));
    }

    void endpointsMayBeElsewhereButNotAnywhere_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("isGood");
        const auto row = [](const char *name, const QString &address, bool isGood) {
            QTest::newRow(name) << address << isGood;
        };
        row("on another host", u"https://oauth2.contoso.net/x"_s, true);
        row("on another port", u"https://id.contoso.com:8443/x"_s, true);
        row("without TLS", u"http://id.contoso.com/x"_s, false);
        row("at Microsoft", u"https://login.microsoftonline.com/contoso.com/oauth2/v2.0/authorize"_s, false);
        row("at Microsoft in capitals", u"https://LOGIN.MICROSOFTONLINE.COM/x"_s, false);
        row("at Microsoft Graph", u"https://graph.microsoft.com/x"_s, false);
        row("on this computer", u"http://localhost:8080/x"_s, false);
        row("on this computer by number", u"https://127.0.0.1/x"_s, false);
        row("with a user", u"https://a@id.contoso.com/x"_s, false);
        row("with a fragment", u"https://id.contoso.com/x#y"_s, false);
        row("a script", u"javascript:alert(1)"_s, false);
    }

    void endpointsMayBeElsewhereButNotAnywhere()
    {
        QFETCH(const QString, address);
        QFETCH(const bool, isGood);
        for (const QString &member :
             {u"authorization_endpoint"_s, u"token_endpoint"_s, u"jwks_uri"_s, u"end_session_endpoint"_s,
              u"device_authorization_endpoint"_s, u"revocation_endpoint"_s}) {
            JsonObject changed = document();
            changed.set(member, address);
            const Result<DiscoveryDocument> read =
                readDiscoveryDocument(toCompactJson(changed), connectionTo(authority));
            QCOMPARE(codeOf(read), isGood ? u"no error"_s : identity::errors::discoveryEndpointRefused.toString());
        }
    }

    void looksForTheOtherDocument_data()
    {
        QTest::addColumn<bool>("hasOpenId");
        QTest::addColumn<bool>("hasOAuth");
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("requests");
        QTest::newRow("both") << true << true << u"no error"_s << 1;
        QTest::newRow("the other alone") << false << true << u"no error"_s << 2;
        QTest::newRow("none") << false << false << identity::errors::discoveryUnavailable.toString() << 2;
    }

    void looksForTheOtherDocument()
    {
        QFETCH(const bool, hasOpenId);
        QFETCH(const bool, hasOAuth);
        FakeIssuer issuer(u"generic"_s, u"/tenant"_s);
        issuer.hasOpenIdDocument = hasOpenId;
        issuer.hasOAuthDocument = hasOAuth;
        Network network;
        QTEST(codeOf(network.fetch(issuer.connection())), "code");
        QTEST(static_cast<int>(issuer.server().requests().size()), "requests");
    }

    void aStopBetweenTheDocumentsEndsIt()
    {
        FakeIssuer issuer(u"generic"_s, u"/tenant"_s);
        issuer.hasOpenIdDocument = false;
        issuer.hasOAuthDocument = true;
        Network network;
        auto http = std::make_unique<net::HttpClient>(network.manager);
        std::stop_source stop;
        // It was out of reach, so its answer is news, and whoever hears it may end everything.
        network.manager.reachability().note(issuer.url({}).authority(), Error{net::errors::connectionFailed, {}, {}});
        connect(&network.manager.reachability(), &net::Reachability::changed, this, [&] {
            stop.request_stop();
            http.reset();
        });
        const Result<DiscoveryDocument> read = QCoro::waitFor(discover(*http, issuer.connection(), stop.get_token()));
        QVERIFY(!http);
        QCOMPARE(codeOf(read), identity::errors::discoveryUnavailable.toString());
        QCOMPARE(issuer.server().requests().size(), std::size_t{1});
    }

    void onlyWhatIsMissingIsLookedForElsewhere()
    {
        FakeIssuer issuer(u"generic"_s, u"/tenant"_s);
        issuer.changes = {{u"issuer"_s, u"https://id.fabrikam.com"_s}};
        issuer.hasOAuthDocument = true;
        Network network;
        QCOMPARE(codeOf(network.fetch(issuer.connection())), identity::errors::discoveryIssuerMismatch.toString());
        QCOMPARE(issuer.server().requests().size(), std::size_t{1});
    }

    void firebaseIsKnownFromTheData()
    {
        JsonObject file{{u"name"_s, u"Contoso"_s},
                        {u"provider"_s, u"firebase"_s},
                        {u"authority"_s, u"https://securetoken.google.com/contoso-books"_s},
                        {u"apiBaseUrl"_s, u"https://books.contoso.com"_s}};
        Network network;
        const Result<DiscoveryDocument> read = network.fetch(readConnection(toCompactJson(file)).value());
        QVERIFY(read);
        QCOMPARE(read->issuer, u"https://securetoken.google.com/contoso-books"_s);
        QCOMPARE(read->jwksUri.host(), u"www.googleapis.com"_s);
        QVERIFY(network.log.exchanges().empty());
    }
};

QTEST_GUILESS_MAIN(ProviderDiscoveryTest)
#include "provider-discovery-test.moc"
