#include "net/client-bench.h"
#include "net/errors.h"
#include "net/fake-server.h"
#include "net/test-authority.h"
#include "net/trusted-url.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using test::ClientBench;
using test::FakeServer;
using test::httpAnswer;
using test::SeenRequest;
using test::ServerName;
using test::TestAuthority;

class TlsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void trustsTheConnectionsAuthority();
    void trustsItForTheNamedHostsAlone();
    void trustsNobodyElse_data();
    void trustsNobodyElse();
    void noticesThatAServerSpeaksNoTls();

private:
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
    QTest::addColumn<QByteArray>("subjectAltName");
    QTest::addColumn<bool>("isExpired");
    QTest::addColumn<bool>("knowsAuthority");
    QTest::addColumn<QString>("problem");
    const QByteArray right = ServerName{}.subjectAltName;
    QTest::newRow("an unknown authority") << right << false << false << u"certificate"_s;
    QTest::newRow("another host's certificate") << "DNS:books.example.org"_ba << false << true << u"host name"_s;
    QTest::newRow("an expired certificate") << right << true << true << u"expired"_s;
}

void TlsTest::trustsNobodyElse()
{
    QFETCH(const QByteArray, subjectAltName);
    QFETCH(const bool, isExpired);
    QFETCH(const bool, knowsAuthority);
    QFETCH(const QString, problem);
    FakeServer server(m_answer, m_authority.serverTls({subjectAltName, isExpired}));
    const TestAuthority another("Another CA");
    const TestAuthority &known = knowsAuthority ? m_authority : another;
    for (const QList<QSslCertificate> &authorities : {QList{known.sslCertificate()}, QList<QSslCertificate>()}) {
        ClientBench bench(test::patientLimits(), {authorities, {server.url().host()}});
        const auto response = bench.get(server.url());
        QVERIFY(!response);
        QCOMPARE(response.error().code.toString(), u"net.tls-failed"_s);
        QVERIFY(response.error().message.contains(server.url().authority()));
        QVERIFY2(authorities.isEmpty() || response.error().message.contains(problem, Qt::CaseInsensitive),
                 qPrintable(response.error().message));
    }
    QVERIFY(server.requests().empty());
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

QTEST_GUILESS_MAIN(TlsTest)
#include "tls-test.moc"
