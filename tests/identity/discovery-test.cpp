#include "core/clock.h"
#include "identity/discovery.h"
#include "identity/errors.h"
#include "identity/sample-connection.h"
#include "net/errors.h"
#include "net/fake-server.h"

#include <QCoroTask>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::identity;
using bookdesk::test::FakeServer;
using bookdesk::test::httpAnswer;
using bookdesk::test::SeenRequest;
using namespace Qt::StringLiterals;

namespace {

const QString guid = u"c6b1a2d3-0f5e-4a7b-9c8d-1e2f3a4b5c6d"_s;
const QString otherGuid = u"11111111-2222-4333-8444-555555555555"_s;

/// A document as Entra gives it, for an issuer and a base of its endpoints.
JsonObject document(const QString &issuer, const QString &base)
{
    return {{u"token_endpoint"_s, base + u"/oauth2/v2.0/token"_s},
            {u"jwks_uri"_s, base + u"/discovery/v2.0/keys"_s},
            {u"response_modes_supported"_s, JsonArray{u"query"_s, u"form_post"_s}},
            {u"issuer"_s, issuer},
            {u"authorization_endpoint"_s, base + u"/oauth2/v2.0/authorize"_s},
            {u"rbac_url"_s, u"https://pas.windows.net"_s}};
}

QString codeOf(const Result<DiscoveryDocument> &read) { return read ? u"no error"_s : read.error().code.toString(); }

net::Limits sentOnce()
{
    net::Limits limits;
    limits.retries.tries = 1;
    return limits;
}

/// The parts that a request needs.
struct Network
{
    net::ExchangeLog log;
    net::AccessManager manager{log, Redactor(), systemNow, {}, sentOnce()};
    net::HttpClient http{manager};
};

} // namespace

Q_DECLARE_METATYPE(bookdesk::Json)

class DiscoveryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheEndpoints();
    void readsTheDeviceEndpointWhereThereIsOne();
    void readsTheEndpointsOfASignOut();
    void readsWhatIsPromised_data();
    void readsWhatIsPromised();
    void holdsTheIssuerAgainstTheAuthority_data();
    void holdsTheIssuerAgainstTheAuthority();
    void namesTheTenantsThatItDoesNotSupport();
    void keepsEndpointsWithTheProvider_data();
    void keepsEndpointsWithTheProvider();
    void refusesWhatIsNoDocument_data();
    void refusesWhatIsNoDocument();
    void fetchesFromTheWellKnownPlace();
    void tellsWhyThereIsNoDocument_data();
    void tellsWhyThereIsNoDocument();
    void givesTheAdviceOfARefusal();
    void tellsThatNobodyListens();
};

void DiscoveryTest::readsTheEndpoints()
{
    const QString base = u"https://login.microsoftonline.com/"_s + guid;
    const Result<DiscoveryDocument> read =
        readDiscoveryDocument(toCompactJson(document(base + u"/v2.0"_s, base)), sampleConnection(base));
    QVERIFY2(read, qPrintable(codeOf(read)));
    QCOMPARE(read->issuer, base + u"/v2.0"_s);
    QCOMPARE(read->authorizationEndpoint, QUrl(base + u"/oauth2/v2.0/authorize"_s));
    QCOMPARE(read->tokenEndpoint, QUrl(base + u"/oauth2/v2.0/token"_s));
    QCOMPARE(read->jwksUri, QUrl(base + u"/discovery/v2.0/keys"_s));
    QVERIFY(read->deviceAuthorizationEndpoint.isEmpty());
    QVERIFY(read->endSessionEndpoint.isEmpty());
    QVERIFY(read->revocationEndpoint.isEmpty());
}

void DiscoveryTest::readsTheEndpointsOfASignOut()
{
    const QString base = u"https://login.microsoftonline.com/"_s + guid;
    JsonObject written = document(base + u"/v2.0"_s, base);
    written.set(u"end_session_endpoint"_s, base + u"/oauth2/v2.0/logout"_s);
    written.set(u"revocation_endpoint"_s, base + u"/oauth2/v2.0/revoke"_s);
    const Result<DiscoveryDocument> read = readDiscoveryDocument(toCompactJson(written), sampleConnection(base));
    QCOMPARE(read->endSessionEndpoint, QUrl(base + u"/oauth2/v2.0/logout"_s));
    QCOMPARE(read->revocationEndpoint, QUrl(base + u"/oauth2/v2.0/revoke"_s));
    QVERIFY(read->deviceAuthorizationEndpoint.isEmpty());
}

void DiscoveryTest::readsTheDeviceEndpointWhereThereIsOne()
{
    const QString base = u"https://login.microsoftonline.com/"_s + guid;
    JsonObject written = document(base + u"/v2.0"_s, base);
    const QString member = u"device_authorization_endpoint"_s;
    const auto read = [&] { return readDiscoveryDocument(toCompactJson(written), sampleConnection(base)); };
    written.set(member, base + u"/oauth2/v2.0/devicecode"_s);
    QCOMPARE(read()->deviceAuthorizationEndpoint, QUrl(base + u"/oauth2/v2.0/devicecode"_s));
    written.set(member, nullptr);
    QVERIFY(read()->deviceAuthorizationEndpoint.isEmpty());
    written.set(member, JsonArray{});
    QCOMPARE(codeOf(read()), identity::errors::discoveryInvalid.toString());
}

void DiscoveryTest::readsWhatIsPromised_data()
{
    QTest::addColumn<Json>("promise");
    QTest::addColumn<bool>("isPromised");
    QTest::newRow("yes") << Json(true) << true;
    QTest::newRow("no") << Json(false) << false;
    QTest::newRow("yes as text") << Json(u"true"_s) << true;
    QTest::newRow("no as text") << Json(u"false"_s) << true;
    QTest::newRow("a number") << Json(0) << true;
    QTest::newRow("null") << Json() << true;
    QTest::newRow("an array") << Json(JsonArray{}) << true;
    QTest::newRow("an object") << Json(JsonObject{}) << true;
}

void DiscoveryTest::readsWhatIsPromised()
{
    QFETCH(const Json, promise);
    const QString base = u"https://login.microsoftonline.com/"_s + guid;
    JsonObject written = document(base + u"/v2.0"_s, base);
    const Connection connection = sampleConnection(base);
    QVERIFY(!readDiscoveryDocument(toCompactJson(written), connection)->promisesIssuer);
    written.set(u"authorization_response_iss_parameter_supported"_s, promise);
    QTEST(readDiscoveryDocument(toCompactJson(written), connection)->promisesIssuer, "isPromised");
}

void DiscoveryTest::holdsTheIssuerAgainstTheAuthority_data()
{
    QTest::addColumn<QString>("authority");
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<bool>("isGood");
    const QString entra = u"https://login.microsoftonline.com/"_s;
    const auto row = [](const char *name, const QString &authority, const QString &issuer, bool isGood) {
        QTest::newRow(name) << authority << issuer << isGood;
    };
    row("the tenant's own", entra + guid, entra + guid + u"/v2.0"_s, true);
    row("the tenant's own, where the file has capitals", entra + guid.toUpper(), entra + guid + u"/v2.0"_s, true);
    row("another tenant's", entra + guid, entra + otherGuid + u"/v2.0"_s, false);
    row("the old one", entra + guid, u"https://sts.windows.net/%1/"_s.arg(guid), false);
    row("with a slash at its end", entra + guid, entra + guid + u"/v2.0/"_s, false);
    row("without the version", entra + guid, entra + guid, false);
    row("of another cloud", entra + guid, u"https://login.microsoftonline.us/%1/v2.0"_s.arg(guid), false);
    row("the ID behind a domain name", entra + u"contoso.com"_s, entra + guid + u"/v2.0"_s, true);
    row("the domain name itself", entra + u"contoso.com"_s, entra + u"contoso.com/v2.0"_s, true);
    row("another domain name", entra + u"contoso.com"_s, entra + u"fabrikam.com/v2.0"_s, false);
    row("an ID on another host", entra + u"contoso.com"_s, u"https://evil.org/%1/v2.0"_s.arg(guid), false);
    row("an ID with more behind it", entra + u"contoso.com"_s, entra + guid + u"/v2.0/more"_s, false);
    row("no ID", entra + u"contoso.com"_s, entra + QString(36, u'x') + u"/v2.0"_s, false);
    row("the template", entra + u"contoso.com"_s, entra + u"{tenantid}/v2.0"_s, false);
    row("an External ID tenant's", u"https://contoso.ciamlogin.com/contoso.onmicrosoft.com"_s,
        u"https://%1.ciamlogin.com/%1/v2.0"_s.arg(guid), true);
    row("an External ID tenant's by its ID", u"https://contoso.ciamlogin.com/"_s + guid,
        u"https://%1.ciamlogin.com/%1/v2.0"_s.arg(guid), true);
    row("two External ID tenants'", u"https://contoso.ciamlogin.com/contoso.onmicrosoft.com"_s,
        u"https://%1.ciamlogin.com/%2/v2.0"_s.arg(guid, otherGuid), false);
    row("on loopback", u"http://127.0.0.1:8080/"_s + guid, u"http://127.0.0.1:8080/%1/v2.0"_s.arg(guid), true);
    row("on another port of loopback", u"http://127.0.0.1:8080/"_s + guid, u"http://127.0.0.1:8081/%1/v2.0"_s.arg(guid),
        false);
}

void DiscoveryTest::holdsTheIssuerAgainstTheAuthority()
{
    QFETCH(const QString, authority);
    QFETCH(const QString, issuer);
    QFETCH(const bool, isGood);
    const Result<DiscoveryDocument> read =
        readDiscoveryDocument(toCompactJson(document(issuer, authority)), sampleConnection(authority));
    QCOMPARE(codeOf(read), isGood ? u"no error"_s : identity::errors::discoveryIssuerMismatch.toString());
    if (isGood)
        QCOMPARE(read->issuer, issuer);
    else
        QVERIFY(factValue(read.error().facts, facts::got).contains(issuer));
}

void DiscoveryTest::namesTheTenantsThatItDoesNotSupport()
{
    const QString base = u"https://login.microsoftonline.com/anyone"_s;
    const QString issuer = u"https://login.microsoftonline.com/{tenantid}/v2.0"_s;
    const Result<DiscoveryDocument> read =
        readDiscoveryDocument(toCompactJson(document(issuer, base)), sampleConnection(base));
    QCOMPARE(codeOf(read), identity::errors::discoveryIssuerMismatch.toString());
    QVERIFY2(read.error().message.contains(u"many tenants"_s), qPrintable(read.error().message));
}

void DiscoveryTest::keepsEndpointsWithTheProvider_data()
{
    QTest::addColumn<QString>("authority");
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("isGood");
    const QString entra = u"https://login.microsoftonline.com/"_s + guid;
    const QString external = u"https://contoso.ciamlogin.com/contoso.onmicrosoft.com"_s;
    const QString local = u"http://localhost:8080/"_s + guid;
    const auto row = [](const char *name, const QString &authority, const QString &address, bool isGood) {
        QTest::newRow(name) << authority << address << isGood;
    };
    row("on the same host", entra, entra + u"/x"_s, true);
    row("with a query", entra, entra + u"/x?appid=5"_s, true);
    row("on a stranger's host", entra, u"https://evil.org/x"_s, false);
    row("on another port", entra, u"https://login.microsoftonline.com:8443/x"_s, false);
    row("without TLS", entra, u"http://login.microsoftonline.com/x"_s, false);
    row("with a user", entra, u"https://a@login.microsoftonline.com/x"_s, false);
    row("with a fragment", entra, entra + u"/x#y"_s, false);
    row("on loopback for a real tenant", entra, u"http://localhost:8080/x"_s, false);
    row("on another cloud", entra, u"https://login.microsoftonline.us/x"_s, false);
    row("on the External ID tenant's other name", external, u"https://%1.ciamlogin.com/%1/x"_s.arg(guid), true);
    row("on the same port of loopback", local, local + u"/x"_s, true);
    row("on another port of loopback", local, u"http://localhost:8081/x"_s, false);
    row("at Microsoft for a loopback tenant", local, entra + u"/x"_s, false);
    row("that is a path", entra, u"/x"_s, false);
    row("that is a script", entra, u"javascript:alert(1)"_s, false);
}

void DiscoveryTest::keepsEndpointsWithTheProvider()
{
    QFETCH(const QString, authority);
    QFETCH(const QString, address);
    QFETCH(const bool, isGood);
    const Connection connection = sampleConnection(authority);
    const bool isExternal = authority.contains(u"ciamlogin"_s);
    const QString issuer = isExternal ? u"https://%1.ciamlogin.com/%1/v2.0"_s.arg(guid) : authority + u"/v2.0"_s;
    for (const QString &member :
         {u"authorization_endpoint"_s, u"token_endpoint"_s, u"jwks_uri"_s, u"device_authorization_endpoint"_s,
          u"end_session_endpoint"_s, u"revocation_endpoint"_s}) {
        JsonObject changed = document(issuer, authority);
        changed.set(member, address);
        const Result<DiscoveryDocument> read = readDiscoveryDocument(toCompactJson(changed), connection);
        QCOMPARE(codeOf(read), isGood ? u"no error"_s : identity::errors::discoveryEndpointRefused.toString());
        QVERIFY(isGood || read.error().message.contains(member));
    }
}

void DiscoveryTest::refusesWhatIsNoDocument_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a page") << "<html></html>"_ba;
    QTest::newRow("a list") << "[]"_ba;
    QTest::newRow("no members") << "{}"_ba;
    QTest::newRow("an issuer that is a number")
        << R"({"issuer":1,"authorization_endpoint":"a","token_endpoint":"b","jwks_uri":"c"})"_ba;
    QTest::newRow("an issuer twice") << R"({"issuer":"a","issuer":"b"})"_ba;
    QTest::newRow("far too much") << '"' + QByteArray(300 * 1024, 'a') + '"';
}

void DiscoveryTest::refusesWhatIsNoDocument()
{
    QFETCH(const QByteArray, text);
    const Connection connection = sampleConnection(u"https://login.microsoftonline.com/"_s + guid);
    QCOMPARE(codeOf(readDiscoveryDocument(text, connection)), identity::errors::discoveryInvalid.toString());
}

void DiscoveryTest::fetchesFromTheWellKnownPlace()
{
    QString base;
    FakeServer server([&base](const SeenRequest &) {
        return httpAnswer("200 OK", {}, toCompactJson(document(base + u"/v2.0"_s, base)));
    });
    base = server.url(u'/' + guid).toString();
    Network network;
    const Result<DiscoveryDocument> read =
        QCoro::waitFor(discover(network.http, sampleConnection(base), std::stop_token()));
    QVERIFY2(read, qPrintable(codeOf(read)));
    QCOMPARE(read->jwksUri, QUrl(base + u"/discovery/v2.0/keys"_s));
    QCOMPARE(server.requests().size(), std::size_t{1});
    QCOMPARE(server.requests().front().method, "GET"_ba);
    QCOMPARE(server.requests().front().target, "/" + guid.toLatin1() + "/v2.0/.well-known/openid-configuration");
}

void DiscoveryTest::tellsWhyThereIsNoDocument_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("code");
    QTest::newRow("not there") << httpAnswer("404 Not Found") << identity::errors::discoveryUnavailable.toString();
    QTest::newRow("a server in trouble") << httpAnswer("503 Service Unavailable", {}, "<html></html>")
                                         << identity::errors::discoveryUnavailable.toString();
    QTest::newRow("moved") << httpAnswer("302 Found", {{"Location", "https://evil.org/"}})
                           << identity::errors::discoveryUnavailable.toString();
    QTest::newRow("far too much") << httpAnswer("200 OK", {}, QByteArray(300 * 1024, ' '))
                                  << net::errors::tooLarge.toString();
    QTest::newRow("a page") << httpAnswer("200 OK", {}, "<html></html>")
                            << identity::errors::discoveryInvalid.toString();
}

void DiscoveryTest::tellsWhyThereIsNoDocument()
{
    QFETCH(const QByteArray, answer);
    QFETCH(const QString, code);
    const FakeServer server([answer](const SeenRequest &) { return answer; });
    Network network;
    const Connection connection = sampleConnection(server.url(u'/' + guid).toString());
    QCOMPARE(codeOf(QCoro::waitFor(discover(network.http, connection, std::stop_token()))), code);
    QCOMPARE(server.requests().size(), std::size_t{1});
}

void DiscoveryTest::givesTheAdviceOfARefusal()
{
    const FakeServer server([](const SeenRequest &) {
        return httpAnswer("400 Bad Request", {},
                          R"({"error":"invalid_tenant","error_description":"AADSTS90002: Tenant not found."})");
    });
    Network network;
    const Connection connection = sampleConnection(server.url(u'/' + guid).toString());
    const Result<DiscoveryDocument> read = QCoro::waitFor(discover(network.http, connection, std::stop_token()));
    QCOMPARE(codeOf(read), identity::errors::discoveryUnavailable.toString());
    QVERIFY2(read.error().message.contains(u"tenant was not found"_s), qPrintable(read.error().message));
    QCOMPARE(factValue(read.error().facts, facts::aadsts), u"90002"_s);
}

void DiscoveryTest::tellsThatNobodyListens()
{
    QString base;
    {
        const FakeServer gone([](const SeenRequest &) { return QByteArray(); });
        base = gone.url(u'/' + guid).toString();
    }
    Network network;
    const Result<DiscoveryDocument> read =
        QCoro::waitFor(discover(network.http, sampleConnection(base), std::stop_token()));
    QCOMPARE(codeOf(read), net::errors::connectionFailed.toString());
}

QTEST_GUILESS_MAIN(DiscoveryTest)
#include "discovery-test.moc"
