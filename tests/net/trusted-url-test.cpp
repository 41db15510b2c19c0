#include "net/errors.h"
#include "net/test-authority.h"
#include "net/trusted-url.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;

class TrustedUrlTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsOnlyWhatMayBeOpened_data();
    void acceptsOnlyWhatMayBeOpened();
    void namesTheReasonButNoSecret();
    void knowsLoopbackHosts_data();
    void knowsLoopbackHosts();
    void readsCertificates();
    void refusesWhatIsNotOnlyCertificates_data();
    void refusesWhatIsNotOnlyCertificates();
};

void TrustedUrlTest::acceptsOnlyWhatMayBeOpened_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("isTrusted");
    const auto row = [](const char *name, const QString &url, bool isTrusted) {
        QTest::newRow(name) << url << isTrusted;
    };
    row("https to any host", u"https://login.microsoftonline.com/tenant?x=1"_s, true);
    row("https with a port", u"https://books.example.org:8443/"_s, true);
    row("http to localhost", u"http://localhost:49152/"_s, true);
    row("http to localhost in capitals", u"HTTP://LOCALHOST:49152/"_s, true);
    row("http to 127.0.0.1", u"http://127.0.0.1:8000"_s, true);
    row("http to another address of 127/8", u"http://127.0.0.2/"_s, true);
    row("http to ::1", u"http://[::1]:8000/"_s, true);
    row("http to another host", u"http://books.example.org/"_s, false);
    row("http to localhost with a dot at the end", u"http://localhost./"_s, false);
    row("http to a host that begins like loopback", u"http://127.0.0.1.example.org/"_s, false);
    row("http to a host that ends in localhost", u"http://evil-localhost/"_s, false);
    row("http to a subdomain of localhost", u"http://evil.localhost/"_s, false);
    row("http to every interface", u"http://0.0.0.0/"_s, false);
    row("http to loopback mapped into IPv6", u"http://[::ffff:127.0.0.1]/"_s, false);
    row("a user name", u"https://user@books.example.org/"_s, false);
    row("a user name and a password", u"https://user:word@books.example.org/"_s, false);
    row("an empty user name", u"https://@books.example.org/"_s, false);
    row("a host in the user name's place", u"https://login.microsoftonline.com@evil.example.org/"_s, false);
    row("a relative path", u"/api/v1/books"_s, false);
    row("no scheme", u"//books.example.org/"_s, false);
    row("only a name", u"books.example.org"_s, false);
    row("javascript", u"javascript:alert(1)"_s, false);
    row("a file", u"file:///etc/passwd"_s, false);
    row("a file on another machine", u"file://server/share/run.exe"_s, false);
    row("data", u"data:text/html,hello"_s, false);
    row("a program's own scheme", u"ms-msdt:/id"_s, false);
    row("no host", u"https:///path"_s, false);
    row("only a scheme", u"https:"_s, false);
    row("nothing", QString(), false);
}

void TrustedUrlTest::acceptsOnlyWhatMayBeOpened()
{
    QFETCH(const QString, url);
    QFETCH(const bool, isTrusted);
    const Result<QUrl> result = net::trustedUrl(QUrl(url));
    QCOMPARE(result.has_value(), isTrusted);
    if (isTrusted)
        QCOMPARE(*result, QUrl(url));
    else
        QCOMPARE(result.error().code.toString(), net::errors::urlRefused.toString());
}

void TrustedUrlTest::namesTheReasonButNoSecret()
{
    const Result<QUrl> result =
        net::trustedUrl(QUrl(u"http://me:word@books.example.org/list?code=0.AVerySecretCode"_s));
    QVERIFY(!result);
    QVERIFY(result.error().message.contains("books.example.org"_L1));
    QVERIFY(result.error().message.contains("user name"_L1));
    QVERIFY(!result.error().message.contains("word@"_L1));
    QVERIFY(!result.error().message.contains("AVerySecretCode"_L1));
}

void TrustedUrlTest::knowsLoopbackHosts_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("isLoopback");
    QTest::newRow("localhost") << u"localhost"_s << true;
    QTest::newRow("localhost in capitals") << u"LocalHost"_s << true;
    QTest::newRow("127.0.0.1") << u"127.0.0.1"_s << true;
    QTest::newRow("127.255.255.254") << u"127.255.255.254"_s << true;
    QTest::newRow("::1") << u"::1"_s << true;
    QTest::newRow("::1 written out") << u"0:0:0:0:0:0:0:1"_s << true;
    QTest::newRow("::1 with a scope") << u"::1%lo"_s << false;
    QTest::newRow("another IPv6 address") << u"::2"_s << false;
    QTest::newRow("a private network") << u"192.168.0.1"_s << false;
    QTest::newRow("128.0.0.1") << u"128.0.0.1"_s << false;
    QTest::newRow("a short form of 127.0.0.1") << u"127.1"_s << false;
    QTest::newRow("an octal form of 127.0.0.1") << u"0177.0.0.1"_s << false;
    QTest::newRow("a number") << u"2130706433"_s << false;
    QTest::newRow("a name") << u"localhost.example.org"_s << false;
    QTest::newRow("nothing") << QString() << false;
}

void TrustedUrlTest::knowsLoopbackHosts()
{
    QFETCH(const QString, host);
    QTEST(net::isLoopbackHost(host), "isLoopback");
}

void TrustedUrlTest::readsCertificates()
{
    const test::TestAuthority first("First CA");
    const test::TestAuthority second("Second CA");
    const auto one = net::readCertificates(first.certificate());
    QVERIFY(one.has_value());
    QCOMPARE(*one, QList{first.sslCertificate()});

    const QByteArray bundle = "# Our own\n" + first.certificate() + "\n# Another\n" + second.certificate();
    const auto both = net::readCertificates(bundle);
    QVERIFY(both.has_value());
    QCOMPARE(*both, (QList{first.sslCertificate(), second.sslCertificate()}));

    const auto windows = net::readCertificates(first.certificate().replace("\n", "\r\n"));
    QVERIFY(windows.has_value());
    QCOMPARE(*windows, QList{first.sslCertificate()});
}

void TrustedUrlTest::refusesWhatIsNotOnlyCertificates_data()
{
    const test::TestAuthority authority("Some CA");
    const QByteArray good = authority.certificate();
    QTest::addColumn<QByteArray>("pem");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("some text") << QByteArray("hello");
    QTest::newRow("a private key") << authority.privateKey();
    QTest::newRow("a private key behind a certificate") << good + authority.privateKey();
    QTest::newRow("an empty certificate") << "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"_ba;
    QTest::newRow("a damaged certificate") << "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"_ba;
    QTest::newRow("a damaged one behind a good one")
        << good + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    QTest::newRow("one that is cut off") << good.first(good.size() / 2);
    QTest::newRow("a request for one")
        << good + "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n";
    QTest::newRow("more than 1 MiB") << good + QByteArray(1024 * 1024, '\n');
}

void TrustedUrlTest::refusesWhatIsNotOnlyCertificates()
{
    QFETCH(const QByteArray, pem);
    const auto result = net::readCertificates(pem);
    QVERIFY(!result);
    QCOMPARE(result.error().code.toString(), net::errors::certificateInvalid.toString());
}

QTEST_GUILESS_MAIN(TrustedUrlTest)
#include "trusted-url-test.moc"
