// Signing out in the browser: how it is opened, waited for and given up.
#include "core/results.h"
#include "identity/browser-sign-out.h"
#include "identity/errors.h"
#include "identity/fake-tenant.h"
#include "identity/raw-browser.h"
#include "net/exchange-log.h"

#include <QSignalSpy>
#include <QTest>
#include <QUrlQuery>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace ids = identity::errors;

namespace {

template <class T> QString codeOf(const Result<T> &result)
{
    return result ? u"no error"_s : result.error().code.toString();
}

const QString hint = u"O.CiQ+/="_s;

/// One attempt at a tenant, with the test in the place of the browser.
class Bench
{
public:
    explicit Bench(const QString &endpoint = u"/oauth2/v2.0/logout"_s) { tenant.moreDiscovery = named(endpoint); }

    JsonObject named(const QString &endpoint) const
    {
        const bool isPath = endpoint.startsWith(u'/');
        return {{u"end_session_endpoint"_s, isPath ? tenant.address(endpoint) : endpoint}};
    }

    void start(const SignOutLimits &limits = {})
    {
        const OpenUrl open = [this](const QUrl &url) -> Result<void> {
            opened.push_back(url);
            return browserAnswer;
        };
        trust = std::make_unique<TrustStore>(http, changed(tenant.connection()), ApiKnowledge(), systemNow);
        signOut =
            std::make_unique<BrowserSignOut>(BrowserSignOut::Parts{manager, *trust, open, systemNow}, hint, limits);
        m_outcome = begin(signOut->run());
    }

    bool hasOpened() const
    {
        return QTest::qWaitFor([this] { return !opened.empty() || m_outcome->has_value(); }, 20'000) && !opened.empty();
    }
    bool isRunning() const { return !m_outcome->has_value(); }
    Result<BrowserAnswer> finish()
    {
        if (!QTest::qWaitFor([this] { return m_outcome->has_value(); }, 30'000))
            return failure(Error{{"test.still-running"}, {}, {}});
        return **m_outcome;
    }
    QString code() { return codeOf(finish()); }

    quint16 port() const { return static_cast<quint16>(opened.back().port()); }
    RawAnswer get(const QByteArray &target) const
    {
        return exchange(port(), getRequest(target, "localhost:" + QByteArray::number(port())));
    }
    /// Where the address that was opened leads.
    QUrlQuery asked()
    {
        address = QUrl::fromEncoded(get(opened.back().path().toLatin1()).header("Location"));
        return QUrlQuery(address);
    }
    RawAnswer comeBack(const QUrlQuery &asked) const
    {
        const QUrl back(asked.queryItemValue(u"post_logout_redirect_uri"_s, QUrl::FullyDecoded));
        return get(back.path().toLatin1() + "?state=" + asked.queryItemValue(u"state"_s).toLatin1());
    }

    Connection changed(Connection connection) const
    {
        connection.redirect.ports = ports;
        return connection;
    }

    FakeTenant tenant;
    std::vector<quint16> ports;
    Result<void> browserAnswer;
    std::vector<QUrl> opened;
    QUrl address;
    net::ExchangeLog log;
    Redactor redactor;
    net::AccessManager manager{log, redactor, systemNow, {}, {}};
    net::HttpClient http{manager};
    std::unique_ptr<TrustStore> trust;
    std::unique_ptr<BrowserSignOut> signOut;

private:
    std::shared_ptr<std::optional<Result<BrowserAnswer>>> m_outcome;
};

} // namespace

class BrowserSignOutTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theBrowserGoesThereAndComesBack()
    {
        Bench bench;
        bench.start();
        QVERIFY(bench.hasOpened());
        const QUrlQuery asked = bench.asked();
        QCOMPARE(bench.address.adjusted(QUrl::RemoveQuery), QUrl(bench.tenant.address(u"/oauth2/v2.0/logout"_s)));
        QCOMPARE(asked.queryItemValue(u"logout_hint"_s, QUrl::FullyDecoded), hint);
        QVERIFY(!asked.hasQueryItem(u"id_token_hint"_s));
        QVERIFY(bench.isRunning());
        QCOMPARE(bench.comeBack(asked).status, 200);
        const Result<BrowserAnswer> answer = bench.finish();
        QVERIFY2(answer, qPrintable(codeOf(answer)));
        QCOMPARE(*answer, BrowserAnswer::signedOut);
        QVERIFY(!bench.signOut->hasLink());
    }

    void processArgumentsSayNothingOfThePerson()
    {
        Bench bench;
        bench.start();
        QVERIFY(bench.hasOpened());
        QCOMPARE(bench.opened.back().host(), u"localhost"_s);
        QVERIFY(bench.opened.back().query().isEmpty());
        for (const net::Exchange &exchange : bench.log.exchanges())
            QVERIFY2(!exchange.url.contains(u"hint"_s), qPrintable(exchange.url));
    }

    void aWrongStateIsIgnoredAndSaid()
    {
        Bench bench;
        bench.start();
        QVERIFY(bench.hasOpened());
        QSignalSpy progressed(bench.signOut.get(), &BrowserSignOut::progressed);
        QUrlQuery asked = bench.asked();
        const QUrlQuery good = asked;
        asked.removeQueryItem(u"state"_s);
        asked.addQueryItem(u"state"_s, u"of-somebody-else"_s);
        QCOMPARE(bench.comeBack(asked).status, 404);
        QTRY_VERIFY(bench.signOut->hasIgnored());
        QVERIFY(!progressed.isEmpty());
        QVERIFY(bench.isRunning());
        QCOMPARE(bench.comeBack(good).status, 200);
        QCOMPARE(bench.code(), u"no error"_s);
    }

    void foreignAddressesAreNeverOpened_data()
    {
        QTest::addColumn<QString>("endpoint");
        QTest::newRow("another host") << u"https://evil.example/logout"_s;
        QTest::newRow("http to another host") << u"http://evil.example/logout"_s;
        QTest::newRow("another port of loopback") << u"http://127.0.0.1:1/logout"_s;
        QTest::newRow("a script") << u"javascript:alert(1)"_s;
        QTest::newRow("a file") << u"file:///etc/passwd"_s;
        QTest::newRow("with user info") << u"https://login.microsoftonline.com@evil.example/logout"_s;
    }

    void foreignAddressesAreNeverOpened()
    {
        QFETCH(QString, endpoint);
        Bench bench(endpoint);
        bench.start();
        QCOMPARE(bench.code(), ids::discoveryEndpointRefused.toString());
        QVERIFY(bench.opened.empty());
    }

    void withoutAnAddressNothingIsOpened()
    {
        Bench bench;
        bench.tenant.moreDiscovery = {};
        bench.start();
        QCOMPARE(bench.code(), ids::signOutUnsupported.toString());
        QVERIFY(bench.opened.empty());
    }

    void theWaitIsLimited()
    {
        Bench bench;
        SignOutLimits limits;
        limits.browser = 300ms;
        bench.start(limits);
        QVERIFY(bench.hasOpened());
        const QUrlQuery asked = bench.asked();
        QCOMPARE(bench.code(), ids::signOutTimedOut.toString());
        // The browser that comes later is told the truth.
        QCOMPARE(bench.comeBack(asked).status, 200);
    }

    void theWaitCanBeCancelled()
    {
        Bench bench;
        bench.start();
        QVERIFY(bench.hasOpened());
        bench.signOut->cancel();
        QCOMPARE(bench.code(), ids::signOutCancelled.toString());
        QVERIFY(!bench.signOut->hasLink());
    }

    void itsEndStopsTheWait()
    {
        Bench bench;
        bench.start();
        QVERIFY(bench.hasOpened());
        bench.signOut.reset();
        QCOMPARE(bench.code(), ids::signOutCancelled.toString());
    }

    void theLinkHelpsWhereNoBrowserOpens()
    {
        Bench bench;
        bench.browserAnswer = failure(ids::browserFailed, u"There is none."_s);
        bench.start();
        QVERIFY(bench.hasOpened());
        QTRY_VERIFY(bench.signOut->browserFailure());
        QVERIFY(bench.isRunning());
        const QUrl link = bench.signOut->newLink();
        QVERIFY(link != bench.opened.back());
        bench.opened.push_back(link);
        QCOMPARE(bench.comeBack(bench.asked()).status, 200);
        QCOMPARE(bench.code(), u"no error"_s);
    }

    void itOpensAgain()
    {
        Bench bench;
        bench.start();
        QVERIFY(bench.hasOpened());
        QTRY_VERIFY(bench.signOut->hasLink());
        bench.signOut->openAgain();
        QCOMPARE(bench.opened.size(), std::size_t{2});
        QVERIFY(bench.opened.front() != bench.opened.back());
    }

    void withoutAListenerNoReturnIsAskedFor()
    {
        QTcpServer taken;
        QVERIFY(taken.listen(QHostAddress::LocalHost));
        Bench bench;
        bench.ports = {taken.serverPort()};
        bench.start();
        const Result<BrowserAnswer> answer = bench.finish();
        QVERIFY2(answer, qPrintable(codeOf(answer)));
        QCOMPARE(*answer, BrowserAnswer::unknown);
        const QUrlQuery asked(bench.opened.back());
        QVERIFY(!asked.hasQueryItem(u"post_logout_redirect_uri"_s));
        QVERIFY(!asked.hasQueryItem(u"state"_s));
        // A browser's command line shows the address to everybody on this computer.
        QVERIFY(!asked.hasQueryItem(u"logout_hint"_s));
    }

    void aFixedPortIsFreeAfterwards()
    {
        QTcpServer any;
        QVERIFY(any.listen(QHostAddress::LocalHost));
        Bench bench;
        bench.ports = {any.serverPort()};
        any.close();
        bench.start();
        QVERIFY(bench.hasOpened());
        QCOMPARE(bench.comeBack(bench.asked()).status, 200);
        QCOMPARE(bench.code(), u"no error"_s);
        QVERIFY(any.listen(QHostAddress::LocalHost, bench.ports.front()));
    }
};

QTEST_GUILESS_MAIN(BrowserSignOutTest)
#include "browser-sign-out-test.moc"
