#include "net/certificate-failure.h"
#include "net/client-bench.h"
#include "net/errors.h"
#include "net/fake-server.h"
#include "net/stapling-server.h"
#include "net/test-authority.h"
#include "net/trusted-url.h"

#include <QDateTime>
#include <QTcpServer>
#include <QTest>

#include <chrono>
#include <optional>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using test::CertificateStatus;
using test::ClientBench;
using test::FakeServer;
using test::httpAnswer;
using test::SeenRequest;
using test::ServerName;
using test::StaplingServer;
using test::TestAuthority;

class TlsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void trustsTheConnectionsAuthority();
    void trustsItForTheNamedHostsAlone();
    void trustsNobodyElse_data();
    void trustsNobodyElse();
    void trustsNobodyWithoutAuthorities();
    void aStapledStatementCounts_data();
    void aStapledStatementCounts();
    void aStatementExcusesNothing();
    void saysWhatIsRevoked();
    void noticesThatAServerSpeaksNoTls();
    void aStalledHandshakeDoesNotHoldUpTheNextRequest();

private:
    const QString m_addCa = u"add its CA to the connection"_s;
    TestAuthority m_authority{"Our CA"};
    FakeServer::Answer m_answer = [](const SeenRequest &) { return httpAnswer("200 OK", {}, "Hello"); };
};

void TlsTest::trustsTheConnectionsAuthority()
{
    FakeServer server(m_answer, m_authority.serverTls());
    const auto authorities = net::readCertificates(m_authority.certificate());
    QVERIFY(authorities.has_value());
    ClientBench bench(test::patientLimits(), {*authorities, {server.url().host(), u"localhost"_s}});
    const auto response = bench.get(server.url());
    QVERIFY2(response.has_value(), response ? "" : qPrintable(factLines(response.error().facts)));
    QCOMPARE(response->body.reveal(), "Hello"_ba);

    QUrl byName = server.url();
    byName.setHost(u"localhost"_s);
    QVERIFY(bench.get(byName).has_value());
}

void TlsTest::trustsItForTheNamedHostsAlone()
{
    FakeServer server(m_answer, m_authority.serverTls());
    const QList<QSslCertificate> own{m_authority.sslCertificate()};
    for (const QStringList &hosts : {QStringList(), QStringList{u"localhost"_s}, QStringList{u"books.example.org"_s}}) {
        ClientBench bench(test::patientLimits(), {own, hosts});
        const auto response = bench.get(server.url());
        QVERIFY(!response.has_value());
        QCOMPARE(response.error().code, net::errors::tlsFailed);
    }
}

void TlsTest::trustsNobodyElse_data()
{
    QTest::addColumn<ServerName>("name");
    QTest::addColumn<bool>("knowsAuthority");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QString>("advice");
    const QByteArray right = ServerName{}.subjectAltName;
    const QString clock = u"clock"_s;
    QTest::newRow("expired") << ServerName{right, -10, -1} << true << u"expired on "_s << u"renew it"_s;
    QTest::newRow("not yet valid") << ServerName{right, 5, 9} << true << u"is not valid before "_s << clock;
    QTest::newRow("of another host") << ServerName{"DNS:books.example.org"} << true
                                     << u"is for another host name: books.example.org."_s << u"Check the address"_s;
    QTest::newRow("of an unknown authority")
        << ServerName{} << false << u"an authority that this computer does not know: Our CA."_s << m_addCa;
    QTest::newRow("self-signed") << ServerName{right, -10, 1, true} << true
                                 << u"an authority that this computer does not know: Test server."_s << m_addCa;
    QTest::newRow("expired and of another host")
        << ServerName{"DNS:books.example.org", -10, -1} << true << u"expired on "_s << u"renew it"_s;
    QTest::newRow("of another host and an unknown authority")
        << ServerName{"DNS:books.example.org"} << false << u"another host name"_s << u"Check the address"_s;
}

void TlsTest::trustsNobodyElse()
{
    QFETCH(const ServerName, name);
    QFETCH(const bool, knowsAuthority);
    QFETCH(const QString, sentence);
    QFETCH(const QString, advice);
    FakeServer server(m_answer, m_authority.serverTls(name));
    const TestAuthority another("Another CA");
    const TestAuthority &known = knowsAuthority ? m_authority : another;
    ClientBench bench(test::patientLimits(), {{known.sslCertificate()}, {server.url().host()}});
    const auto response = bench.get(server.url());
    QVERIFY(!response);
    const Error &error = response.error();
    QCOMPARE(error.code.toString(), u"net.tls-failed"_s);
    QVERIFY2(error.message.contains(server.url().authority()), qPrintable(error.message));
    QVERIFY2(error.message.contains(sentence), qPrintable(error.message));
    QVERIFY2(error.remedy.contains(advice), qPrintable(error.remedy));
    QCOMPARE(error.remedy.contains(m_addCa), advice == m_addCa);
    QVERIFY(server.requests().empty());

    QCOMPARE(factValue(error.facts, facts::certificateSubject), u"Test server"_s);
    QCOMPARE(factValue(error.facts, facts::certificateIssuer), name.isSelfSigned ? u"Test server"_s : u"Our CA"_s);
    const auto dayAfter = [](int days) { return QDateTime::currentDateTimeUtc().addDays(days).date(); };
    const auto dayIn = [&error](FactName fact) {
        return QDateTime::fromString(factValue(error.facts, fact), Qt::ISODate).date();
    };
    QCOMPARE(dayIn(facts::certificateValidFrom), dayAfter(name.validFrom));
    QCOMPARE(dayIn(facts::certificateValidUntil), dayAfter(name.validUntil));
    QVERIFY(!factValue(error.facts, facts::certificateNames).isEmpty());
    QVERIFY(!factValue(error.facts, facts::certificateError).isEmpty());
}

void TlsTest::trustsNobodyWithoutAuthorities()
{
    FakeServer server(m_answer, m_authority.serverTls());
    ClientBench bench;
    const auto response = bench.get(server.url());
    QVERIFY(!response);
    QCOMPARE(response.error().code, net::errors::tlsFailed);
    QVERIFY(response.error().remedy.contains(m_addCa));
    QVERIFY(server.requests().empty());
}

void TlsTest::aStapledStatementCounts_data()
{
    QTest::addColumn<std::optional<CertificateStatus>>("status");
    QTest::addColumn<bool>("isRevoked");
    using Status = std::optional<CertificateStatus>;
    QTest::newRow("none, as most servers do") << Status() << false;
    QTest::newRow("good") << Status(CertificateStatus::good) << false;
    QTest::newRow("revoked") << Status(CertificateStatus::revoked) << true;
    QTest::newRow("unknown") << Status(CertificateStatus::unknown) << false;
    QTest::newRow("of last week") << Status(CertificateStatus::outdated) << false;
}

void TlsTest::aStapledStatementCounts()
{
    QFETCH(const std::optional<CertificateStatus>, status);
    QFETCH(const bool, isRevoked);
    const QSslConfiguration tls = m_authority.serverTls();
    StaplingServer server(tls, status ? m_authority.statement(tls.localCertificate(), *status) : QByteArray());
    ClientBench bench(test::patientLimits(), {{m_authority.sslCertificate()}, {server.url().host()}});
    for (int time = 0; time < 2; ++time) {
        const auto response = bench.get(server.url());
        QCOMPARE(server.questions(), isRevoked ? time + 1 : 1);
        if (!isRevoked) {
            QVERIFY2(response.has_value(), response ? "" : qPrintable(factLines(response.error().facts)));
            continue;
        }
        QVERIFY(!response);
        QCOMPARE(response.error().code, net::errors::tlsFailed);
        QCOMPARE(response.error().message, u"The certificate of %1 has been revoked."_s.arg(server.url().authority()));
        QVERIFY(response.error().remedy.contains(u"Do not use this server"_s));
        QCOMPARE(factValue(response.error().facts, facts::certificateSubject), u"Test server"_s);
    }
    QCOMPARE(server.requests(), isRevoked ? 0 : 2);
}

void TlsTest::aStatementExcusesNothing()
{
    const TestAuthority another("Another CA");
    const QSslConfiguration tls = m_authority.serverTls({"DNS:books.example.org"});
    for (const QByteArray &statement :
         {QByteArray(), m_authority.statement(tls.localCertificate(), CertificateStatus::good)}) {
        StaplingServer server(tls, statement);
        for (const TestAuthority &known : {m_authority, another}) {
            ClientBench bench(test::patientLimits(), {{known.sslCertificate()}, {server.url().host()}});
            const auto response = bench.get(server.url());
            QVERIFY(!response);
            QVERIFY(response.error().message.contains(u"another host name"_s));
        }
        QCOMPARE(server.requests(), 0);
    }
}

/// Qt knows some certificates itself that nobody may use.
void TlsTest::saysWhatIsRevoked()
{
    const QSslCertificate certificate = m_authority.sslCertificate();
    for (const QSslError::SslError kind : {QSslError::CertificateRevoked, QSslError::CertificateBlacklisted}) {
        const Error error =
            net::certificateFailure(u"books.example.org"_s, {QSslError(QSslError::CertificateExpired, certificate),
                                                             QSslError(QSslError::SelfSignedCertificate, certificate),
                                                             QSslError(kind, certificate)});
        QCOMPARE(error.message, u"The certificate of books.example.org has been revoked."_s);
        QVERIFY(error.remedy.contains(u"Do not use this server"_s));
        QCOMPARE(factValue(error.facts, facts::certificateSubject), u"Our CA"_s);
        QCOMPARE(factValue(error.facts, facts::certificateError).count(u'\n'), 2);
    }
}

void TlsTest::noticesThatAServerSpeaksNoTls()
{
    FakeServer server(m_answer);
    QUrl url = server.url();
    url.setScheme(u"https"_s);
    net::Limits limits = test::patientLimits();
    limits.transfer = std::chrono::seconds{1};
    ClientBench bench(limits);
    const auto response = bench.get(url);
    QVERIFY(!response);
    QCOMPARE(bench.log.exchanges().back().failure, response.error().message);
    QVERIFY(server.requests().empty());
}

void TlsTest::aStalledHandshakeDoesNotHoldUpTheNextRequest()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    int connections = 0;
    connect(&silent, &QTcpServer::newConnection, this, [&connections] { ++connections; });
    const QUrl url(u"https://127.0.0.1:%1/"_s.arg(silent.serverPort()));
    ClientBench bench(test::limitsWith({1024, std::chrono::milliseconds{300}}));
    QCOMPARE(test::codeOf(bench.get(url)), u"net.timed-out"_s);
    QCOMPARE(connections, 1);
    // The server may be well again, but not this connection.
    QCOMPARE(test::codeOf(bench.get(url)), u"net.timed-out"_s);
    QCOMPARE(connections, 2);
}

QTEST_GUILESS_MAIN(TlsTest)
#include "tls-test.moc"
