// Revoking a refresh token: what is sent, and what every kind of answer means.
#include "core/results.h"
#include "identity/errors.h"
#include "identity/fake-tenant.h"
#include "identity/token-revocation.h"
#include "net/exchange-log.h"

#include <QCoroTask>
#include <QElapsedTimer>
#include <QTest>

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

const Secret token("RT-of-riley~+/=");

struct Bench
{
    Bench() { tenant.moreDiscovery = {{u"revocation_endpoint"_s, tenant.address(u"/oauth2/v2.0/revoke"_s)}}; }

    Result<void> revoke(std::chrono::milliseconds limit = 20s)
    {
        TokenRevocation revocation({http, trust, redactor}, limit);
        return QCoro::waitFor(revocation.run(token));
    }

    FakeTenant tenant;
    net::ExchangeLog log;
    Redactor redactor;
    net::AccessManager manager{log, redactor, systemNow, {}, {}};
    net::HttpClient http{manager};
    TimePoint now = systemNow();
    TrustStore trust{http, tenant.connection(), ApiKnowledge(), [this] { return now; }};
};

} // namespace

class TokenRevocationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTokenIsSentAsTheStandardSays()
    {
        Bench bench;
        const Result<void> revoked = bench.revoke();
        QVERIFY2(revoked, qPrintable(codeOf(revoked)));
        QCOMPARE(bench.tenant.revocations().size(), std::size_t{1});
        const Form &form = bench.tenant.revocations().front();
        QCOMPARE(form.value("token"), token.reveal().toByteArray());
        QCOMPARE(form.value("token_type_hint"), "refresh_token"_ba);
        QCOMPARE(form.value("client_id"), bench.tenant.connection().clientId.toLatin1());
        QCOMPARE(form.size(), 3);
    }

    void theRecordHidesTheToken()
    {
        Bench bench;
        bench.tenant.onRevoke = [](const Form &form) { return httpAnswer("400 Bad Request", {}, form.value("token")); };
        QCOMPARE(codeOf(bench.revoke()), ids::notRevoked.toString());
        QVERIFY(!bench.log.exchanges().empty());
        for (const net::Exchange &exchange : bench.log.exchanges()) {
            QVERIFY(!exchange.requestBody.contains(u"RT-of-riley"_s));
            QVERIFY(!exchange.responseBody.contains(u"RT-of-riley"_s));
        }
    }

    void withoutAnAddressNothingIsSent()
    {
        Bench bench;
        bench.tenant.moreDiscovery = {};
        QVERIFY(bench.revoke().has_value());
        QVERIFY(bench.tenant.revocations().empty());
    }

    void aDocumentThatIsKnownIsNotFetchedAgain()
    {
        Bench bench;
        bench.tenant.moreDiscovery = {};
        QVERIFY(QCoro::waitFor(bench.trust.endpoints()).has_value());
        bench.now += 2h; // A sign-in would fetch it again.
        bench.tenant.server().goAway();
        QVERIFY(bench.revoke().has_value());
    }

    void whatWentWrongIsSaid_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("fact");
        QTest::newRow("refused") << oauthFailure("unsupported_token_type", "Not this one.")
                                 << u"unsupported_token_type"_s;
        QTest::newRow("out of order") << httpAnswer("503 Service Unavailable") << u"503"_s;
        QTest::newRow("a web page") << httpAnswer("404 Not Found", {{"Content-Type"_ba, "text/html"_ba}}, "<html>")
                                    << u"404"_s;
        QTest::newRow("a redirect") << httpAnswer("302 Found", {{"Location"_ba, "https://evil.example/"_ba}})
                                    << u"302"_s;
    }

    void whatWentWrongIsSaid()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, fact);
        Bench bench;
        bench.tenant.onRevoke = [answer](const Form &) { return answer; };
        const Result<void> revoked = bench.revoke();
        QCOMPARE(codeOf(revoked), ids::notRevoked.toString());
        QVERIFY2(factLines(revoked.error().facts).contains(fact), qPrintable(factLines(revoked.error().facts)));
        QVERIFY(!revoked.error().remedy.isEmpty());
    }

    void aSilentServerIsNotWaitedFor()
    {
        Bench bench;
        bench.tenant.onRevoke = [](const Form &) { return QByteArray(); };
        QElapsedTimer time;
        time.start();
        QCOMPARE(codeOf(bench.revoke(200ms)), ids::notRevoked.toString());
        QVERIFY(time.elapsed() < 10'000);
        QCOMPARE(bench.tenant.revocations().size(), std::size_t{1});
    }

    void aForeignAddressGetsNothing()
    {
        FakeServer evil(always(httpAnswer("200 OK")));
        Bench bench;
        bench.tenant.moreDiscovery = {{u"revocation_endpoint"_s, evil.url(u"/revoke"_s).toString()}};
        QCOMPARE(codeOf(bench.revoke()), ids::notRevoked.toString());
        QVERIFY(evil.requests().empty());
    }

    void itsEndStopsIt()
    {
        Bench bench;
        bench.tenant.onRevoke = [](const Form &) { return QByteArray(); };
        auto revocation =
            std::make_unique<TokenRevocation>(TokenRevocation::Parts{bench.http, bench.trust, bench.redactor}, 1h);
        const auto outcome = begin(revocation->run(token));
        QTRY_COMPARE(bench.tenant.revocations().size(), std::size_t{1});
        revocation.reset();
        QVERIFY(outcome->has_value());
    }
};

QTEST_GUILESS_MAIN(TokenRevocationTest)
#include "token-revocation-test.moc"
