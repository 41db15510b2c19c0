// *Test connection*: what is said about the tenant and the API, over real sockets, and that it ends in time.
#include "core/json.h"
#include "identity/fake-tenant.h"
#include "net/fake-server.h"
#include "sandbox/sandbox-server.h"
#include "workspace/checked.h"
#include "workspace/watched.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using namespace std::chrono_literals;
using test::checked;
using test::FakeServer;
using test::FakeTenant;
using test::httpAnswer;
using test::of;
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

} // namespace

class ConnectionCheckTest : public QObject
{
    Q_OBJECT

private:
    /// The tenant is good, and the API answers this.
    std::unique_ptr<ConnectionCheck> checkedWithApi(const QByteArray &answer)
    {
        FakeServer api(test::always(answer));
        identity::Connection connection = m_tenant.connection();
        connection.apiBaseUrl = api.url(u"/books"_s);
        return checked(connection);
    }

    FakeTenant m_tenant;

private Q_SLOTS:
    void init() { m_tenant.issuingTenant = u"11111111-2222-4333-8444-555555555555"_s; }

    void everythingIsFineAtTheSandbox()
    {
        const auto sandbox = QCoro::waitFor(sandbox::SandboxServer::start({}));
        QVERIFY(sandbox);
        auto connection = identity::readConnection(toCompactJson((*sandbox)->connectionFile()));
        QVERIFY(connection);
        ConnectionCheck check(*connection, {});
        const QSignalSpy rows(&check, &ConnectionCheck::rowChanged);
        const QSignalSpy ended(&check, &ConnectionCheck::ended);
        QVERIFY(QCoro::waitFor(check.run()));
        QVERIFY(!check.isRunning());
        QCOMPARE(ended.size(), 1);
        QCOMPARE(rows.size(), 2 * qsizetype(workspace::allCheckSubjects.size()));
        QCOMPARE(of(check, CheckSubject::discovery).state, CheckState::passed);
        QCOMPARE(of(check, CheckSubject::discovery).detail, u"issuer matches"_s);
        QVERIFY(of(check, CheckSubject::discovery).took);
        QCOMPARE(of(check, CheckSubject::keys).state, CheckState::passed);
        QCOMPARE(of(check, CheckSubject::keys).detail, u"2, all RSA 2048"_s);
        QVERIFY(of(check, CheckSubject::keys).took);
        QCOMPARE(of(check, CheckSubject::api).state, CheckState::passed);
        QCOMPARE(of(check, CheckSubject::api).detail, u"401 without a token, as it should be"_s);
        QVERIFY(of(check, CheckSubject::api).took);
        QCOMPARE(of(check, CheckSubject::certificate).state, CheckState::notDone);
        QCOMPARE(of(check, CheckSubject::proxy).state, CheckState::passed);
        QVERIFY(!of(check, CheckSubject::proxy).took);
        QCOMPARE(of(check, CheckSubject::clock).detail, u"in step with the servers"_s);
        QCOMPARE(of(check, CheckSubject::redirect).state, CheckState::cannotBeChecked);
        QCOMPARE(workspace::worstOf(check.findings()), CheckState::passed);
        QCOMPARE(workspace::summaryOf(check.findings()), u"passed"_s);
    }

    void saysWhatTheApiDoes_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<CheckState>("state");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("said");
        const auto row = [](const char *name, const QByteArray &answer, CheckState state, const QString &code,
                            const QString &said) { QTest::newRow(name) << answer << state << code << said; };
        row("it refuses", refusal, CheckState::passed, {}, u"as it should be"_s);
        row("it asks for no token", jsonAnswer("200 OK", R"({"books":[],"user":null})"), CheckState::warning,
            u"connection.api-open"_s, u"200 without a token"_s);
        row("it forbids", jsonAnswer("403 Forbidden", R"({"detail":"Not authenticated"})"), CheckState::warning,
            u"connection.api-forbids"_s, u"403"_s);
        row("it is busy", httpAnswer("429 Too Many Requests"), CheckState::warning, u"books.throttled"_s, {});
        row("it is not there", httpAnswer("404 Not Found"), CheckState::failed, u"books.not-found"_s, {});
        row("it crashes", httpAnswer("500 Internal Server Error"), CheckState::failed, u"books.server-error"_s, {});
        row("it is down", httpAnswer("503 Service Unavailable"), CheckState::failed, u"books.server-error"_s, {});
        row("it redirects", httpAnswer("302 Found", {{"Location", "https://elsewhere.example/"}}), CheckState::failed,
            u"books.redirect"_s, {});
        row("it is a web page", httpAnswer("200 OK", {{"Content-Type", "text/html"}}, "<html>"), CheckState::failed,
            u"books.response-invalid"_s, {});
    }

    void saysWhatTheApiDoes()
    {
        QFETCH(const CheckState, state);
        QFETCH(const QString, said);
        QFETCH(const QByteArray, answer);
        QTest::failOnWarning(QRegularExpression(u"QString::arg"_s));
        const auto check = checkedWithApi(answer);
        const CheckFinding &api = of(*check, CheckSubject::api);
        QCOMPARE(api.state, state);
        QTEST(api.code, "code");
        QVERIFY2(!api.detail.isEmpty() && api.detail.contains(said), qPrintable(api.detail));
        QCOMPARE(!api.remedy.isEmpty(), state != CheckState::passed);
        QVERIFY(api.took);
        QCOMPARE(workspace::worstOf(check->findings()), state);
        QCOMPARE(of(*check, CheckSubject::discovery).state, CheckState::passed);
    }

    void saysWhatTheTenantDoes_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("said");
        QTest::newRow("it is another tenant's")
            << jsonAnswer(
                   "400 Bad Request",
                   R"({"error":"invalid_tenant","error_description":"AADSTS90002: Tenant 'contoso' not found."})")
            << u"discovery.unavailable"_s << QString();
        QTest::newRow("it is a web page") << httpAnswer("200 OK", {{"Content-Type", "text/html"}}, "<html>")
                                          << u"discovery.invalid"_s << u"cannot be read"_s;
        QTest::newRow("it is not there") << httpAnswer("404 Not Found") << u"discovery.unavailable"_s << u"HTTP 404"_s;
        QTest::newRow("it is down") << httpAnswer("503 Service Unavailable") << u"discovery.unavailable"_s
                                    << u"HTTP 503"_s;
        QTest::newRow("it has moved") << httpAnswer("301 Moved Permanently", {{"Location", "https://a.example/"}})
                                      << u"discovery.unavailable"_s << u"redirects"_s;
    }

    void saysWhatTheTenantDoes()
    {
        QFETCH(const QByteArray, answer);
        QFETCH(const QString, said);
        FakeServer server(test::always(answer));
        identity::Connection connection = m_tenant.connection();
        connection.authority.setPort(server.port());
        const auto check = checked(connection);
        const CheckFinding &discovery = of(*check, CheckSubject::discovery);
        QCOMPARE(discovery.state, CheckState::failed);
        QTEST(discovery.code, "code");
        QVERIFY2(discovery.detail.contains(said), qPrintable(discovery.detail));
        QVERIFY(!discovery.remedy.isEmpty());
        QCOMPARE(of(*check, CheckSubject::keys).state, CheckState::notDone);
        QVERIFY(of(*check, CheckSubject::api).state != CheckState::notDone);
        QVERIFY2(workspace::summaryOf(check->findings()).startsWith(u"Discovery: "_s),
                 qPrintable(workspace::summaryOf(check->findings())));
    }

    void anotherIssuerIsNamedWithTheOneExpected()
    {
        m_tenant.issuingTenant = u"99999999-2222-4333-8444-555555555555"_s;
        const auto check = checked(m_tenant.connection());
        const CheckFinding &discovery = of(*check, CheckSubject::discovery);
        QCOMPARE(discovery.state, CheckState::failed);
        QCOMPARE(discovery.code, u"discovery.issuer-mismatch"_s);
        QVERIFY2(discovery.detail.contains(u"11111111-"_s), qPrintable(discovery.detail));
        QVERIFY2(discovery.detail.contains(u"99999999-"_s), qPrintable(discovery.detail));
    }

    void aServerThatCannotBeReachedFails()
    {
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        identity::Connection connection = m_tenant.connection();
        connection.apiBaseUrl.setPort(closed.serverPort());
        closed.close();
        const auto check = checked(connection);
        QCOMPARE(of(*check, CheckSubject::api).state, CheckState::failed);
        QCOMPARE(of(*check, CheckSubject::api).code, u"net.connection-failed"_s);
        QVERIFY(!of(*check, CheckSubject::api).remedy.isEmpty());
        QCOMPARE(of(*check, CheckSubject::discovery).state, CheckState::passed);
    }

    void theRedirectToRegisterIsNamed()
    {
        const auto check = checked(m_tenant.connection());
        const CheckFinding &redirect = of(*check, CheckSubject::redirect);
        QCOMPARE(redirect.state, CheckState::cannotBeChecked);
        QVERIFY2(redirect.remedy.contains(m_tenant.connection().redirect.path), qPrintable(redirect.remedy));
        QVERIFY2(redirect.remedy.contains(u"Mobile and desktop applications"_s), qPrintable(redirect.remedy));
    }

    void noTokenIsSent()
    {
        FakeServer api(test::always(refusal));
        identity::Connection connection = m_tenant.connection();
        connection.apiBaseUrl = api.url(u"/books"_s);
        checked(connection);
        QCOMPARE(api.requests().size(), std::size_t{1}); // it is not repeated, either
        QCOMPARE(api.requests().front().target, "/books/api/v1/books"_ba);
        QVERIFY(!net::headerValue(api.requests().front().headers, "Authorization"));
    }

    void aSilentServerHoldsUpItsRowOnly()
    {
        FakeServer silent(test::always({}));
        identity::Connection connection = m_tenant.connection();
        connection.apiBaseUrl = silent.url();
        ConnectionCheck check(connection, {}, 200ms);
        QVERIFY(QCoro::waitFor(check.run()));
        QCOMPARE(of(check, CheckSubject::api).state, CheckState::failed);
        QCOMPARE(of(check, CheckSubject::api).code, u"net.timed-out"_s);
        QVERIFY2(of(check, CheckSubject::api).detail.contains(u"in time"_s),
                 qPrintable(of(check, CheckSubject::api).detail));
        QCOMPARE(of(check, CheckSubject::redirect).state, CheckState::cannotBeChecked);
    }

    void aSilentTenantHoldsUpItsRowOnly()
    {
        FakeServer silent(test::always({}));
        identity::Connection connection = m_tenant.connection();
        connection.authority.setPort(silent.port());
        ConnectionCheck check(connection, {}, 200ms);
        QVERIFY(QCoro::waitFor(check.run()));
        QCOMPARE(of(check, CheckSubject::discovery).code, u"net.timed-out"_s);
        QCOMPARE(of(check, CheckSubject::keys).state, CheckState::notDone);
        QVERIFY(of(check, CheckSubject::api).took);
    }

    void cancellingLeavesTheRestUndone()
    {
        FakeServer silent(test::always({}));
        identity::Connection connection = m_tenant.connection();
        connection.apiBaseUrl = silent.url();
        ConnectionCheck check(connection, {});
        const QSignalSpy ended(&check, &ConnectionCheck::ended);
        const Watched run(check.run());
        QTRY_COMPARE(silent.requests().size(), std::size_t{1});
        check.cancel();
        QVERIFY(run.hasCome());
        QCOMPARE(run.result().error().code.toString(), u"stopped"_s);
        QCOMPARE(ended.size(), 1);
        QVERIFY(!check.isRunning());
        QCOMPARE(of(check, CheckSubject::discovery).state, CheckState::passed);
        QCOMPARE(of(check, CheckSubject::api).state, CheckState::notDone);
        QCOMPARE(of(check, CheckSubject::redirect).state, CheckState::notDone);
    }

    void anotherCheckAsksAnew()
    {
        ConnectionCheck check(m_tenant.connection(), {});
        QVERIFY(QCoro::waitFor(check.run()));
        const int fetches = m_tenant.fetchesOfKeys();
        const Watched first(check.run());
        QVERIFY(QCoro::waitFor(check.run()));
        QVERIFY(first.hasCome());
        QVERIFY(m_tenant.fetchesOfKeys() > fetches);
        QCOMPARE(of(check, CheckSubject::keys).state, CheckState::passed);
    }

    void itMayGoMeanwhile()
    {
        auto check = std::make_unique<ConnectionCheck>(m_tenant.connection(), workspace::Surroundings());
        connect(check.get(), &ConnectionCheck::rowChanged, this, [&check](std::size_t row) {
            if (check && row == 1)
                check.reset();
        });
        const Watched run(check->run());
        QTRY_VERIFY(run.hasCome());
        QVERIFY(!run.result());
        QVERIFY(!check);
    }
};

QTEST_GUILESS_MAIN(ConnectionCheckTest)
#include "connection-check-test.moc"
