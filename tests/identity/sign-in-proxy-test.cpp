// The proxy of the token endpoint is asked before anybody is sent to the browser.
#include "identity/sample-connection.h"
#include "identity/sign-in.h"
#include "identity/trust-store.h"
#include "net/exchange-log.h"
#include "net/fake-proxy.h"
#include "net/http-client.h"
#include "net/test-authority.h"

#include <QCoroTask>
#include <QTest>

#include <algorithm>
#include <vector>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray connected = "HTTP/1.1 200 Connection established\r\n\r\n"_ba;
const QString tenantId = u"c6b1a2d3-0f5e-4a7b-9c8d-1e2f3a4b5c6d"_s;
/// An External ID tenant: its authority has a name, its token endpoint may have its number.
const QString authorityHost = u"contoso.ciamlogin.com"_s;
const QString tokenHost = tenantId + u".ciamlogin.com"_s;

QByteArray loginWanted(const QByteArray &schemes)
{
    return httpAnswer("407 Proxy Authentication Required", {{"Proxy-Authenticate"_ba, schemes}});
}

QByteArray discoveryAnswer()
{
    const QString own = u"https://%1/%2"_s.arg(tokenHost, tenantId);
    return httpAnswer(
        "200 OK", {{"Content-Type"_ba, "application/json"_ba}},
        toCompactJson(JsonObject{{u"issuer"_s, QString(own + "/v2.0"_L1)},
                                 {u"authorization_endpoint"_s, QString(own + "/oauth2/v2.0/authorize"_L1)},
                                 {u"token_endpoint"_s, QString(own + "/oauth2/v2.0/token"_L1)},
                                 {u"jwks_uri"_s, QString(own + "/discovery/v2.0/keys"_L1)}}));
}

Task<void> withoutValue(Task<SignedIn> task)
{
    const Result<SignedIn> result = co_await task;
    co_return result ? Result<void>() : failure(result.error());
}

/// A sign-in through a proxy that answers @p answer where the token endpoint's host is asked for.
class ProxiedSignIn
{
public:
    explicit ProxiedSignIn(const QByteArray &answer)
        : m_tenant([](const SeenRequest &) { return discoveryAnswer(); },
                   m_authority.serverTls({"DNS:" + authorityHost.toLatin1()}))
        , m_proxy(
              [answer](const SeenRequest &request) {
                  return request.target.startsWith(tokenHost.toLatin1()) ? answer : connected;
              },
              m_tenant.port())
    {}

    Result<void> run()
    {
        SignInLimits limits;
        limits.whole = 20s;
        SignIn *running = nullptr;
        const OpenUrl open = [this, &running](const QUrl &) -> Result<void> {
            ++opened;
            running->cancel();
            return {};
        };
        SignIn signIn(SignIn::Parts{m_manager, m_trust, m_redactor, open, systemNow}, {}, limits);
        running = &signIn;
        return QCoro::waitFor(withoutValue(signIn.run()));
    }

    std::ptrdiff_t questionsForTokens() const
    {
        return std::count_if(m_proxy.requests().begin(), m_proxy.requests().end(), [](const SeenRequest &request) {
            return request.target == tokenHost.toLatin1() + ":443";
        });
    }

    QString proxyName() const { return m_proxy.name(); }

    int opened = 0;

private:
    net::ProxyRules rules() const
    {
        net::ProxyRules rules;
        rules.environment = QProcessEnvironment();
        rules.environment.insert(u"https_proxy"_s, m_proxy.name());
        rules.system = [](const QUrl &) { return QNetworkProxy(QNetworkProxy::NoProxy); };
        return rules;
    }

    TestAuthority m_authority{"Our CA"};
    FakeServer m_tenant;
    FakeProxy m_proxy;
    Redactor m_redactor;
    net::ExchangeLog m_log;
    net::AccessManager m_manager{m_log, m_redactor, systemNow, {{m_authority.sslCertificate()}, {authorityHost}},
                                 {},    rules()};
    net::HttpClient m_http{m_manager};
    TrustStore m_trust{m_http, sampleConnection(u"https://%1/%2"_s.arg(authorityHost, tenantId)), {}, systemNow};
};

} // namespace

class SignInProxyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aProxyThatWantsALogInEndsItBeforeTheBrowser_data()
    {
        QTest::addColumn<QByteArray>("schemes");
        QTest::addColumn<QString>("code");
        QTest::newRow("NTLM") << "NTLM"_ba << u"net.proxy-unsupported"_s;
        QTest::newRow("Negotiate") << "Negotiate"_ba << u"net.proxy-unsupported"_s;
        QTest::newRow("both") << "Negotiate, NTLM"_ba << u"net.proxy-unsupported"_s;
        QTest::newRow("Basic") << "Basic realm=\"corp\""_ba << u"net.proxy-refused"_s;
    }

    void aProxyThatWantsALogInEndsItBeforeTheBrowser()
    {
        QFETCH(const QByteArray, schemes);
        QFETCH(const QString, code);
        ProxiedSignIn attempt(loginWanted(schemes));
        const Result<void> outcome = attempt.run();
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code.toString(), code);
        QVERIFY2(outcome.error().message.contains(attempt.proxyName()), qPrintable(outcome.error().message));
        QCOMPARE(attempt.questionsForTokens(), 1);
        QCOMPARE(attempt.opened, 0);
    }

    void aProxyThatConnectsLetsItGoOn()
    {
        ProxiedSignIn attempt(connected);
        const Result<void> outcome = attempt.run();
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code.toString(), u"sign-in.cancelled"_s);
        QCOMPARE(attempt.questionsForTokens(), 1);
        QCOMPARE(attempt.opened, 1);
    }
};

QTEST_GUILESS_MAIN(SignInProxyTest)
#include "sign-in-proxy-test.moc"
