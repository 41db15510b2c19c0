#include "identity/authorization-flow.h"
#include "net/exchange-log.h"

#include <QTest>
#include <QUrlQuery>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace Qt::StringLiterals;

namespace {

AuthorizationRequest sampleRequest()
{
    AuthorizationRequest request;
    request.clientId = u"client & id"_s;
    request.scopes = {u"openid"_s};
    request.redirectUri = u"http://localhost:8400"_s;
    request.responseMode = u"query"_s;
    request.secrets = {"the-state", "the-nonce", Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")};
    return request;
}

/// The query that reaches the browser for an endpoint with @p query.
QString queryFor(const QString &query)
{
    net::ExchangeLog log;
    net::AccessManager manager(log, Redactor(), systemNow, {}, {});
    DiscoveryDocument discovery;
    discovery.authorizationEndpoint = QUrl(u"https://login.example/authorize"_s + query);
    discovery.tokenEndpoint = QUrl(u"https://login.example/token"_s);
    AuthorizationFlow flow(manager, discovery, sampleRequest(), systemNow);
    return flow.authorizationUrl().query(QUrl::FullyEncoded);
}

} // namespace

class AuthorizationFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheEndpointsOwnQuery_data();
    void keepsTheEndpointsOwnQuery();
    void noParameterComesTwice_data();
    void noParameterComesTwice();
};

void AuthorizationFlowTest::keepsTheEndpointsOwnQuery_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("kept");
    QTest::newRow("none") << QString() << QString();
    QTest::newRow("one that is empty") << u"?"_s << QString();
    QTest::newRow("a policy") << u"?p=b2c_1_sign_in"_s << u"p=b2c_1_sign_in&"_s;
    QTest::newRow("encoded ones, as they are") << u"?a=1%262&b=c+d%20e&flag"_s << u"a=1%262&b=c+d%20e&flag&"_s;
    QTest::newRow("its own names twice") << u"?a=1&a=2"_s << u"a=1&a=2&"_s;
}

void AuthorizationFlowTest::keepsTheEndpointsOwnQuery()
{
    QFETCH(const QString, query);
    QFETCH(const QString, kept);
    QCOMPARE(queryFor(query), kept + queryFor({}));
}

void AuthorizationFlowTest::noParameterComesTwice_data()
{
    QTest::addColumn<QString>("query");
    QTest::newRow("the state") << u"?state=of-the-server"_s;
    QTest::newRow("the state, encoded") << u"?st%61te=of-the-server"_s;
    QTest::newRow("the state in capitals") << u"?STATE=of-the-server"_s;
    QTest::newRow("the redirect URI") << u"?redirect_uri=https%3A%2F%2Fevil.example"_s;
    QTest::newRow("another client") << u"?client_id=another"_s;
    QTest::newRow("another challenge") << u"?code_challenge=x&code_challenge_method=plain"_s;
    QTest::newRow("another mode and type") << u"?response_mode=fragment&response_type=token"_s;
}

void AuthorizationFlowTest::noParameterComesTwice()
{
    QFETCH(const QString, query);
    QCOMPARE(queryFor(query + u"&p=1"_s), u"p=1&"_s + queryFor({}));
}

QTEST_GUILESS_MAIN(AuthorizationFlowTest)
#include "authorization-flow-test.moc"
