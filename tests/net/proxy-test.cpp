#include "net/proxy.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using net::Proxy;
using net::ProxyKind;
using net::ProxyRules;
using net::ProxySource;

namespace {

/// "NAME=VALUE" for each.
QProcessEnvironment environmentOf(const QStringList &lines)
{
    QProcessEnvironment environment;
    for (const QString &line : lines)
        environment.insert(line.section(u'=', 0, 0), line.section(u'=', 1));
    return environment;
}

ProxyRules rulesWith(const QStringList &lines, const QNetworkProxy &system = QNetworkProxy::NoProxy)
{
    ProxyRules rules;
    rules.environment = environmentOf(lines);
    rules.system = [system](const QUrl &) { return system; };
    return rules;
}

/// "http user:password@host:port" or "direct".
QString shown(const std::optional<Proxy> &proxy)
{
    if (!proxy)
        return u"direct"_s;
    const QString kind = proxy->kind == ProxyKind::http     ? u"http"_s
                         : proxy->kind == ProxyKind::socks5 ? u"socks5"_s
                                                            : u"unusable"_s;
    const QString user = proxy->user + u':' + QString::fromUtf8(proxy->password.reveal());
    return kind + u' ' + (user == u":"_s ? QString() : user + u'@') + net::proxyName(*proxy);
}

} // namespace

class ProxyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theEnvironmentDecides_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QStringList>("environment");
        QTest::addColumn<QString>("proxy");
        const QString url = u"https://books.contoso.com/api"_s;
        const auto row = [&](const char *name, const QStringList &environment, const QString &proxy) {
            QTest::newRow(name) << url << environment << proxy;
        };
        row("no variable", {}, u"direct"_s);
        row("an empty variable", {u"https_proxy="_s}, u"direct"_s);
        row("a URL", {u"https_proxy=http://proxy.contoso.com:8080"_s}, u"http proxy.contoso.com:8080"_s);
        row("a URL that ends with a slash", {u"https_proxy=http://proxy.contoso.com:8080/"_s},
            u"http proxy.contoso.com:8080"_s);
        row("no scheme", {u"https_proxy=proxy.contoso.com:8080"_s}, u"http proxy.contoso.com:8080"_s);
        row("an address without a scheme", {u"https_proxy=10.1.2.3:3128"_s}, u"http 10.1.2.3:3128"_s);
        row("an IPv6 address", {u"https_proxy=[fd00::1]:3128"_s}, u"http [fd00::1]:3128"_s);
        row("neither scheme nor port", {u"https_proxy=proxy"_s}, u"http proxy:80"_s);
        row("a user without a scheme", {u"https_proxy=ann:s%40crt@proxy:8080"_s}, u"http ann:s@crt@proxy:8080"_s);
        row("capital letters", {u"HTTPS_PROXY=proxy:1"_s}, u"http proxy:1"_s);
        row("both", {u"HTTPS_PROXY=large:1"_s, u"https_proxy=small:2"_s}, u"http small:2"_s);
        row("all_proxy", {u"all_proxy=proxy:1"_s}, u"http proxy:1"_s);
        row("all_proxy and https_proxy", {u"all_proxy=one:1"_s, u"https_proxy=two:2"_s}, u"http two:2"_s);
        row("http_proxy is for http alone", {u"http_proxy=proxy:1"_s}, u"direct"_s);
        row("SOCKS", {u"all_proxy=socks5://proxy"_s}, u"socks5 proxy:1080"_s);
        row("a proxy over TLS", {u"https_proxy=https://ann:secret@proxy:443"_s}, u"unusable https://proxy:443"_s);
        row("nonsense", {u"https_proxy=http://:8080"_s}, u"unusable http://:8080"_s);
        row("a port that is none", {u"https_proxy=proxy:80800"_s}, u"unusable "_s);

        const auto except = [&](const char *name, const QString &list, bool isExcepted) {
            row(name, {u"https_proxy=proxy:1"_s, u"no_proxy="_s + list}, isExcepted ? u"direct"_s : u"http proxy:1"_s);
        };
        except("no_proxy is the host", u"a.example, BOOKS.contoso.com"_s, true);
        except("no_proxy is its domain", u"contoso.com"_s, true);
        except("no_proxy is its domain with a dot", u".contoso.com"_s, true);
        except("no_proxy is its domain with a star", u"*.contoso.com"_s, true);
        except("no_proxy is everything", u"*"_s, true);
        except("no_proxy is the host and its port", u"books.contoso.com:443"_s, true);
        except("no_proxy is the host and another port", u"books.contoso.com:8443"_s, false);
        except("no_proxy is the end of a label", u"so.com"_s, false);
        except("no_proxy is empty", u","_s, false);
        QTest::newRow("no_proxy is a network")
            << u"https://10.1.2.3/"_s << QStringList{u"https_proxy=proxy:1"_s, u"no_proxy=10.0.0.0/8"_s} << u"direct"_s;
        for (const QString &loopback : {u"http://localhost:8000/"_s, u"http://127.0.0.1:8000/"_s, u"https://[::1]/"_s})
            QTest::newRow(qPrintable(loopback)) << loopback << QStringList{u"https_proxy=proxy:1"_s} << u"direct"_s;
    }

    void theEnvironmentDecides()
    {
        QFETCH(const QString, url);
        QFETCH(const QStringList, environment);
        QFETCH(const QString, proxy);
        const std::optional<Proxy> found = net::proxyFor(QUrl(url), rulesWith(environment));
        QCOMPARE(shown(found), proxy);
        if (found)
            QVERIFY(environment.join(u' ').contains(found->variable + u'='));
    }

    void theSystemIsAskedWhereTheEnvironmentIsSilent()
    {
        const QUrl url(u"https://books.contoso.com/"_s);
        const QNetworkProxy http(QNetworkProxy::HttpProxy, u"system"_s, 8080, u"ann"_s, u"secret"_s);
        const QNetworkProxy socks(QNetworkProxy::Socks5Proxy, u"system"_s, 1080);
        QCOMPARE(shown(net::proxyFor(url, rulesWith({}, http))), u"http ann:secret@system:8080"_s);
        QCOMPARE(shown(net::proxyFor(url, rulesWith({}, socks))), u"socks5 system:1080"_s);
        QCOMPARE(shown(net::proxyFor(url, rulesWith({u"https_proxy=proxy:1"_s}, http))), u"http proxy:1"_s);
        QCOMPARE(shown(net::proxyFor(url, rulesWith({u"no_proxy=contoso.com"_s}, http))), u"direct"_s);
        QCOMPARE(shown(net::proxyFor(QUrl(u"https://localhost/"_s), rulesWith({}, http))), u"direct"_s);
    }

    void thePersonDecidesFirst()
    {
        const QUrl url(u"https://books.contoso.com/"_s);
        ProxyRules rules = rulesWith({u"https_proxy=proxy:1"_s, u"no_proxy=*"_s});
        rules.source = ProxySource::manual;
        rules.manual = {ProxyKind::http, u"mine"_s, 8080, u"ann"_s, Secret("secret"), {}};
        QCOMPARE(shown(net::proxyFor(url, rules)), u"http ann:secret@mine:8080"_s);
        QCOMPARE(shown(net::proxyFor(QUrl(u"http://127.0.0.1/"_s), rules)), u"direct"_s);
        rules.source = ProxySource::none;
        QCOMPARE(shown(net::proxyFor(url, rules)), u"direct"_s);
    }

    void qtGetsNoPasswordForOtherLogInsThanBasic()
    {
        const Proxy proxy{ProxyKind::http, u"proxy"_s, 8080, u"ann"_s, Secret("secret"), {}};
        const QNetworkProxy given = net::qtProxy(proxy);
        QCOMPARE(given.rawHeader("Proxy-Authorization"), "Basic "_ba + "ann:secret"_ba.toBase64());
        QVERIFY(given.user().isEmpty() && given.password().isEmpty());
    }
};

QTEST_GUILESS_MAIN(ProxyTest)
#include "proxy-test.moc"
