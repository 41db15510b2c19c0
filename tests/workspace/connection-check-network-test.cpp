// *Test connection*: what is said about certificates, proxies and the clock, over real sockets.
#include "core/json.h"
#include "identity/fake-tenant.h"
#include "net/fake-proxy.h"
#include "net/fake-server.h"
#include "net/proxy-logins.h"
#include "net/test-authority.h"
#include "sandbox/sandbox-server.h"
#include "workspace/checked.h"
#include "workspace/watched.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using namespace std::chrono_literals;
using test::checked;
using test::FakeProxy;
using test::FakeServer;
using test::FakeTenant;
using test::httpAnswer;
using test::of;
using test::TestAuthority;
using test::Watched;
using workspace::CheckFinding;
using workspace::CheckState;
using workspace::CheckSubject;
using workspace::ConnectionCheck;

namespace {

const QByteArray refusal = httpAnswer("401 Unauthorized", {{"WWW-Authenticate", "Bearer"}});

QByteArray jsonAnswer(const QByteArray &status, const QByteArray &body)
{
    return httpAnswer(status, {{"Content-Type", "application/json"}}, body);
}

/// A tenant and an API that can be reached by https alone, with certificates of @p authority.
class SecureServer
{
public:
    SecureServer(const TestAuthority &authority, const test::ServerName &name)
        : m_server([this](const test::SeenRequest &request) { return answer(request); }, authority.serverTls(name))
    {}

    identity::Connection connection(const QList<QSslCertificate> &authorities) const
    {
        identity::Connection connection = FakeTenant().connection();
        connection.authority = m_server.url(u"/11111111-2222-4333-8444-555555555555"_s);
        connection.apiBaseUrl = m_server.url(u"/books"_s);
        connection.authorities = authorities;
        return connection;
    }

private:
    QByteArray answer(const test::SeenRequest &request) const
    {
        const QByteArray base = m_server.url(u"/11111111-2222-4333-8444-555555555555"_s).toEncoded();
        if (request.target.endsWith("/.well-known/openid-configuration"))
            return jsonAnswer("200 OK", R"({"issuer":")" + base + R"(/v2.0","authorization_endpoint":")" + base +
                                            R"(/authorize","token_endpoint":")" + base + R"(/token","jwks_uri":")" +
                                            base + R"(/keys"})");
        if (request.target.endsWith("/keys"))
            return jsonAnswer("200 OK",
                              toCompactJson(JsonObject{{u"keys"_s, JsonArray{test::tenantKey(0).publicJwk()}}}));
        return refusal;
    }

    FakeServer m_server;
};

} // namespace

class ConnectionCheckNetworkTest : public QObject
{
    Q_OBJECT

private:
    FakeTenant m_tenant;

private Q_SLOTS:
    void init() { m_tenant.issuingTenant = u"11111111-2222-4333-8444-555555555555"_s; }

    void aServersCertificateIsNamed()
    {
        const TestAuthority authority("Contoso Root CA");
        const SecureServer server(authority, {.validUntil = 100});
        const auto check = checked(server.connection({authority.sslCertificate()}));
        const CheckFinding &certificate = of(*check, CheckSubject::certificate);
        QCOMPARE(certificate.state, CheckState::passed);
        QVERIFY2(certificate.detail.startsWith(u"Contoso Root CA, until "_s), qPrintable(certificate.detail));
        const QString year = QDateTime::currentDateTimeUtc().addDays(100).toString(u"yyyy"_s);
        QVERIFY2(certificate.detail.contains(year), qPrintable(certificate.detail));
        QCOMPARE(of(*check, CheckSubject::keys).detail, u"1, RSA 2048"_s);
        QCOMPARE(workspace::worstOf(check->findings()), CheckState::passed);
    }

    void aCertificateThatEndsSoonIsAWarning()
    {
        const TestAuthority authority("Contoso Root CA");
        const SecureServer server(authority, {.validUntil = 5});
        const auto check = checked(server.connection({authority.sslCertificate()}));
        QCOMPARE(of(*check, CheckSubject::certificate).state, CheckState::warning);
        QCOMPARE(of(*check, CheckSubject::certificate).code, u"connection.certificate-ends"_s);
        QVERIFY(!of(*check, CheckSubject::certificate).remedy.isEmpty());
    }

    void aCertificateThatIsNotTrustedFailsWithItsName_data()
    {
        QTest::addColumn<bool>("isKnown");
        QTest::addColumn<test::ServerName>("name");
        QTest::addColumn<QString>("said");
        QTest::newRow("of an unknown authority") << false << test::ServerName() << u"does not know"_s;
        QTest::newRow("that has expired") << true << test::ServerName{.validUntil = -1} << u"expired on"_s;
        QTest::newRow("of another host") << true << test::ServerName{.subjectAltName = "DNS:other.example"}
                                         << u"other.example"_s;
    }

    void aCertificateThatIsNotTrustedFailsWithItsName()
    {
        QFETCH(const bool, isKnown);
        QFETCH(const test::ServerName, name);
        QFETCH(const QString, said);
        const TestAuthority authority("Contoso Root CA");
        const SecureServer server(authority, name);
        const auto check = checked(
            server.connection(isKnown ? QList<QSslCertificate>{authority.sslCertificate()} : QList<QSslCertificate>()));
        QCOMPARE(of(*check, CheckSubject::discovery).code, u"net.tls-failed"_s);
        QCOMPARE(of(*check, CheckSubject::api).code, u"net.tls-failed"_s);
        const CheckFinding &certificate = of(*check, CheckSubject::certificate);
        QCOMPARE(certificate.state, CheckState::failed);
        QCOMPARE(certificate.code, u"net.tls-failed"_s);
        QVERIFY2(certificate.detail.contains(said), qPrintable(certificate.detail));
        QVERIFY2(certificate.detail.contains(u"from “Contoso Root CA”"_s), qPrintable(certificate.detail));
        QVERIFY(!certificate.remedy.isEmpty());
    }

    void aProxyIsNamed_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<CheckState>("state");
        QTest::addColumn<QString>("code");
        QTest::addColumn<bool>("wantsLogin");
        QTest::newRow("that connects") << httpAnswer("200 OK") << CheckState::passed << QString() << false;
        QTest::newRow("that wants a log-in")
            << httpAnswer("407 Proxy Authentication Required", {{"Proxy-Authenticate", "Basic realm=\"p\""}})
            << CheckState::failed << u"net.proxy-refused"_s << true;
        QTest::newRow("that forbids the host")
            << httpAnswer("403 Forbidden") << CheckState::failed << u"net.proxy-refused"_s << false;
    }

    void aProxyIsNamed()
    {
        QFETCH(const QByteArray, answer);
        QFETCH(const CheckState, state);
        FakeProxy proxy(test::always(answer), m_tenant.server().port());
        workspace::Surroundings surroundings;
        surroundings.proxies.source = net::ProxySource::manual;
        surroundings.proxies.manual.host = u"127.0.0.1"_s;
        surroundings.proxies.manual.port = proxy.port();
        surroundings.proxies.logins = std::make_shared<net::ProxyLogins>();
        const QSignalSpy asked(surroundings.proxies.logins.get(), &net::ProxyLogins::asked);
        identity::Connection connection = m_tenant.connection();
        connection.apiBaseUrl = QUrl(u"https://books.example.org"_s);
        const auto check = checked(connection, surroundings);
        const CheckFinding &found = of(*check, CheckSubject::proxy);
        QCOMPARE(found.state, state);
        QTEST(found.code, "code");
        QTEST(found.wantsProxyLogin, "wantsLogin");
        QVERIFY2(found.detail.contains(proxy.name()), qPrintable(found.detail));
        QCOMPARE(asked.size(), 0);
        if (state == CheckState::failed)
            QCOMPARE(of(*check, CheckSubject::api).code, found.code);
        QCOMPARE(of(*check, CheckSubject::discovery).state, CheckState::passed); // loopback needs none
    }

    void aWrongClockIsAWarning_data()
    {
        QTest::addColumn<std::chrono::seconds>("shift");
        QTest::addColumn<CheckState>("state");
        QTest::addColumn<QString>("said");
        QTest::newRow("slow") << std::chrono::seconds(-4min - 30s) << CheckState::warning << u"4 min behind"_s;
        QTest::newRow("fast") << std::chrono::seconds(1h + 30s) << CheckState::warning << u"1 h ahead"_s;
        QTest::newRow("a little fast") << std::chrono::seconds(30s) << CheckState::passed << u"ahead"_s;
    }

    void aWrongClockIsAWarning()
    {
        QFETCH(const std::chrono::seconds, shift);
        QFETCH(const QString, said);
        const auto sandbox = QCoro::waitFor(sandbox::SandboxServer::start({}));
        QVERIFY(sandbox);
        const auto connection = identity::readConnection(toCompactJson((*sandbox)->connectionFile()));
        QVERIFY(connection);
        workspace::Surroundings surroundings;
        surroundings.clock = [shift] { return systemNow() + shift; };
        const auto check = checked(*connection, surroundings);
        QTEST(of(*check, CheckSubject::clock).state, "state");
        QVERIFY2(of(*check, CheckSubject::clock).detail.contains(said),
                 qPrintable(of(*check, CheckSubject::clock).detail));
    }

    void aSilentProxyHoldsUpItsRowsOnly()
    {
        FakeProxy proxy(test::always({}));
        workspace::Surroundings surroundings;
        surroundings.proxies.source = net::ProxySource::manual;
        surroundings.proxies.manual.host = u"127.0.0.1"_s;
        surroundings.proxies.manual.port = proxy.port();
        identity::Connection connection = m_tenant.connection();
        connection.apiBaseUrl = QUrl(u"https://books.example.org"_s);
        ConnectionCheck check(connection, surroundings, 200ms);
        const Watched run(check.run());
        QTRY_VERIFY_WITH_TIMEOUT(run.hasCome(), 15'000); // one wait without the row's limit is longer
        QCOMPARE(of(check, CheckSubject::discovery).state, CheckState::passed);
        for (const CheckSubject subject : {CheckSubject::api, CheckSubject::proxy}) {
            QCOMPARE(of(check, subject).state, CheckState::failed);
            QVERIFY2(of(check, subject).detail.contains(proxy.name()), qPrintable(of(check, subject).detail));
        }
    }
};

QTEST_GUILESS_MAIN(ConnectionCheckNetworkTest)
#include "connection-check-network-test.moc"
