/// What strangers on this computer may send to the redirect listener: none of it breaks the sign-in or signs anybody
/// in.
#include "core/results.h"
#include "identity/connection.h"
#include "identity/raw-browser.h"
#include "sandbox/sandbox-server.h"
#include "sandbox/visitor.h"
#include "workspace/desk.h"

#include <QCoroTask>
#include <QTcpServer>
#include <QTest>
#include <QUrlQuery>

#include <functional>
#include <memory>
#include <optional>

using namespace bookdesk;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

std::shared_ptr<sandbox::SandboxServer> startSandbox(const QByteArray &opaqueEnding = {})
{
    sandbox::SandboxOptions options;
    options.opaqueEnding = opaqueEnding;
    return valueOf(QCoro::waitFor(sandbox::SandboxServer::start(options)));
}

/// A sign-in that waits for its browser, while the test first plays the strangers and then the browser.
class Waiting
{
public:
    Waiting(const sandbox::SandboxServer &sandbox, bool isQuery, identity::SignInLimits limits = {},
            std::vector<quint16> ports = {})
    {
        JsonObject file = sandbox.connectionFile();
        file.set(u"responseMode"_s, isQuery ? u"query"_s : u"form_post"_s);
        workspace::Surroundings surroundings;
        surroundings.signInLimits = std::move(limits);
        surroundings.open = [this](const QUrl &url) -> Result<void> {
            m_link = url;
            return {};
        };
        identity::Connection connection = valueOf(identity::readConnection(toCompactJson(file)));
        connection.redirect.ports = std::move(ports);
        m_desk = std::make_unique<workspace::Desk>(std::move(connection), surroundings);
        collect(m_desk->signIn({}), m_outcome);
        if (!QTest::qWaitFor([this] { return !m_link.isEmpty() || m_outcome->has_value(); }, 20'000))
            qWarning("The sign-in has not begun.");
    }

    /// The address to which the start leads. A start of its own tells it, so that the browser's stays unused.
    QUrlQuery link() const
    {
        if (m_seen != m_link) {
            m_seen = m_link;
            const QByteArray start = m_desk->attempt()->newLink().path().toLatin1();
            m_authorizationUrl = QUrl::fromEncoded(exchange(port(), getRequest(start, host())).header("Location"));
        }
        return QUrlQuery(m_authorizationUrl);
    }
    QByteArray start() const { return m_link.path().toLatin1(); }
    quint16 port() const { return static_cast<quint16>(m_link.port()); }
    QByteArray path() const { return m_desk->connection().redirect.path.toLatin1(); }
    QByteArray host() const { return "localhost:" + QByteArray::number(port()); }
    QByteArray state() const { return link().queryItemValue(u"state"_s).toLatin1(); }
    bool isWaiting() const { return !m_outcome->has_value() && m_desk->attempt(); }
    QString notice() const { return m_desk->attempt() ? m_desk->attempt()->notice() : QString(); }
    bool isAnybodySignedIn() const { return m_desk->session().current().has_value(); }

    /// Lets Riley sign in on the tenant's page; returns the page that the browser ends on.
    sandbox::VisitedPage visit() { return valueOf(QCoro::waitFor(m_visitor.visit(m_link, {u"riley"_s}))); }
    bool rileyIsSignedIn()
    {
        const bool hasEnded = QTest::qWaitFor([this] { return m_outcome->has_value(); }, 20'000);
        const auto &current = m_desk->session().current();
        return hasEnded && m_outcome->value() && current && current->identity.displayName() == u"Riley Reader";
    }
    workspace::Desk &desk() { return *m_desk; }

private:
    QUrl m_link;
    mutable QUrl m_seen;
    mutable QUrl m_authorizationUrl;
    Outcome<void> m_outcome = std::make_shared<std::optional<Result<void>>>();
    sandbox::Visitor m_visitor{{}};
    std::unique_ptr<workspace::Desk> m_desk;
};

/// A stranger's request, made when the port and the state are known.
using Stranger = std::function<QByteArray(const Waiting &)>;

/// @p target may hold `@PATH@` for the redirect's path and `@STATE@`.
Stranger get(const QByteArray &target, const QByteArray &headers = {})
{
    return [target, headers](const Waiting &at) {
        return getRequest(QByteArray(target).replace("@PATH@", at.path()).replace("@STATE@", at.state()), at.host(),
                          headers);
    };
}

/// A redirect in the mode in use.
Stranger redirect(const QByteArray &form)
{
    return [form](const Waiting &at) {
        const bool isQuery = at.link().queryItemValue(u"response_mode"_s) == u"query";
        const QByteArray text = QByteArray(form).replace("@STATE@", at.state());
        return isQuery ? getRequest(at.path() + '?' + text, at.host()) : postRequest(at.path(), at.host(), text);
    };
}

} // namespace

Q_DECLARE_METATYPE(Stranger)

class HostileRedirectTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_sandbox = startSandbox(); }
    void strangersChangeNothing_data();
    void strangersChangeNothing();
    void aWrongStateIsNoticed();
    void silentConnectionsKeepNobodyOut();
    void aPortTakenOnOneFamilyIsNotUsed_data();
    void aPortTakenOnOneFamilyIsNotUsed();
    void aCodeOfSomebodyElseIsNotTaken();
    void whoIsFirstIsNoticed();
    void nastyCodesAndRefreshTokensSurvive_data();
    void nastyCodesAndRefreshTokensSurvive();
    void aSecondSignInSupersedesTheFirst();

private:
    std::shared_ptr<sandbox::SandboxServer> m_sandbox;
};

void HostileRedirectTest::strangersChangeNothing_data()
{
    QTest::addColumn<Stranger>("stranger");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isQuery");
    const auto add = [](const char *name, const Stranger &stranger, int status) {
        QTest::addRow("%s, form_post", name) << stranger << status << false;
        QTest::addRow("%s, query", name) << stranger << status << true;
    };
    const QByteArray header(70 * 1024, 'x');
    add("wrong state", redirect("code=stolen&state=forged"), 404);
    add("no state", redirect("code=stolen"), 404);
    add("missing code", redirect("state=@STATE@"), 400);
    add("error without our state", redirect("error=access_denied&error_description=AADSTS65004"), 404);
    add("error with a wrong state", redirect("error=access_denied&state=forged"), 404);
    add("duplicate code", redirect("code=one&code=two&state=@STATE@"), 404);
    add("duplicate state", redirect("code=one&state=@STATE@&state=forged"), 404);
    add("favicon", get("/favicon.ico"), 404);
    add("another path", get("/cb?code=x&state=@STATE@"), 404);
    add("the path of Microsoft's public cloud", get("/?code=x&state=@STATE@"), 404);
    add(
        "HEAD",
        [](const Waiting &at) {
            return "HEAD " + at.path() + "?code=x&state=" + at.state() + " HTTP/1.1\r\nHost: " + at.host() + "\r\n\r\n";
        },
        405);
    add("prefetch", get("@PATH@?code=x&state=@STATE@", "Sec-Purpose: prefetch\r\n"), 404);
    add(
        "wrong Host",
        [](const Waiting &at) { return getRequest(at.path() + "?code=x&state=" + at.state(), "evil.example"); }, 404);
    add("70 KB of headers", get("@PATH@", "X-Long: " + header + "\r\n"), 431);
    add(
        "port scan noise", [](const Waiting &) { return "\x16\x03\x01 SSH-2.0 EHLO\r\n\r\n"_ba; }, 400);
}

void HostileRedirectTest::strangersChangeNothing()
{
    QFETCH(Stranger, stranger);
    QFETCH(int, status);
    QFETCH(bool, isQuery);
    Waiting at(*m_sandbox, isQuery);
    const QByteArray request = stranger(at);
    QCOMPARE(exchange(at.port(), request).status, status);
    QVERIFY(at.isWaiting());
    QVERIFY(!at.isAnybodySignedIn());
    const sandbox::VisitedPage page = at.visit();
    QCOMPARE(page.status, 200);
    QVERIFY(page.text.contains(u"You are signed in, you can close this tab"));
    QVERIFY(at.rileyIsSignedIn());
}

void HostileRedirectTest::aWrongStateIsNoticed()
{
    Waiting at(*m_sandbox, false);
    QVERIFY(at.notice().isEmpty());
    const QByteArray request = redirect("code=stolen&state=forged")(at);
    QVERIFY(exchange(at.port(), request).body.contains("does not belong to your sign-in"));
    QTRY_COMPARE(at.notice(), u"This redirect does not belong to your sign-in; it was ignored"_s);
    at.visit();
    QVERIFY(at.rileyIsSignedIn());
}

void HostileRedirectTest::silentConnectionsKeepNobodyOut()
{
    identity::SignInLimits limits;
    limits.requestRead = 500ms;
    Waiting at(*m_sandbox, true, limits);
    std::vector<std::unique_ptr<RawBrowser>> strangers;
    for (int i = 0; i < 30; ++i) {
        strangers.push_back(std::make_unique<RawBrowser>(at.port()));
        strangers.back()->send("GET / HTTP/1.1\r\nHo");
    }
    at.visit();
    QVERIFY(at.rileyIsSignedIn());
    for (const auto &stranger : strangers)
        QTRY_VERIFY(stranger->isClosed());
}

void HostileRedirectTest::aPortTakenOnOneFamilyIsNotUsed_data()
{
    QTest::addColumn<bool>("isV6");
    QTest::newRow("taken on 127.0.0.1") << false;
    QTest::newRow("taken on ::1, or no such family") << true;
}

void HostileRedirectTest::aPortTakenOnOneFamilyIsNotUsed()
{
    QFETCH(bool, isV6);
    QTcpServer taken;
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress(QHostAddress::LocalHost)));
    const quint16 free = probe.serverPort();
    probe.close();
    const bool hasFamily = taken.listen(QHostAddress(isV6 ? QHostAddress::LocalHostIPv6 : QHostAddress::LocalHost));
    std::vector<quint16> ports;
    if (hasFamily)
        ports = {taken.serverPort(), free};
    Waiting at(*m_sandbox, false, {}, ports);
    QVERIFY(at.isWaiting());
    QVERIFY(!hasFamily || at.port() == free);
    at.visit();
    QVERIFY(at.rileyIsSignedIn());
}

void HostileRedirectTest::aCodeOfSomebodyElseIsNotTaken()
{
    // Who knows the state, but has not come by the start address in this browser.
    Waiting at(*m_sandbox, true);
    const QByteArray theirs = redirect("code=another&state=@STATE@")(at);
    for (int i = 0; i < 2; ++i) {
        const RawAnswer moved = exchange(at.port(), theirs);
        QCOMPARE(moved.status, 303);
        QCOMPARE(exchange(at.port(), getRequest(moved.header("Location"), at.host())).status, 403);
    }
    QVERIFY(at.isWaiting());
    QTRY_VERIFY(at.notice().contains(u"did not begin this sign-in"_s));
    at.visit();
    QVERIFY(at.rileyIsSignedIn());
}

void HostileRedirectTest::whoIsFirstIsNoticed()
{
    Waiting at(*m_sandbox, true);
    QCOMPARE(exchange(at.port(), getRequest(at.start(), at.host())).status, 303);
    const sandbox::VisitedPage page = at.visit();
    QCOMPARE(page.status, 409);
    QVERIFY(page.text.contains(u"Somebody else on this computer"_s));
    QTRY_VERIFY(!at.isWaiting());
    QVERIFY(!at.isAnybodySignedIn());
}

void HostileRedirectTest::nastyCodesAndRefreshTokensSurvive_data()
{
    QTest::addColumn<bool>("isQuery");
    QTest::newRow("by form") << false;
    QTest::newRow("by query") << true;
}

void HostileRedirectTest::nastyCodesAndRefreshTokensSurvive()
{
    QFETCH(bool, isQuery);
    const auto sandbox = startSandbox("+/=%25!*$&'()~;?#");
    Waiting at(*sandbox, isQuery);
    at.visit();
    QVERIFY(at.rileyIsSignedIn());
    const Secret before = at.desk().session().current()->tokens.refreshToken;
    const Result<void> refreshed = QCoro::waitFor(at.desk().session().refresh());
    QVERIFY2(refreshed, refreshed ? "" : qPrintable(refreshed.error().message));
    QVERIFY(at.desk().session().current()->tokens.refreshToken != before);
}

void HostileRedirectTest::aSecondSignInSupersedesTheFirst()
{
    Waiting at(*m_sandbox, false);
    const quint16 firstPort = at.port();
    const QByteArray firstState = at.state();
    const Outcome<void> second = begin(at.desk().signIn({}));
    QTRY_VERIFY(at.state() != firstState);
    QVERIFY(exchange(firstPort, getRequest(at.path(), "localhost:" + QByteArray::number(firstPort)))
                .body.contains("It ended without signing anybody in"));
    const QByteArray stale = postRequest(at.path(), at.host(), "code=x&state=" + firstState);
    QCOMPARE(exchange(at.port(), stale).status, 404);
    at.visit();
    QTRY_VERIFY(second->has_value());
    QVERIFY(second->value());
    QVERIFY(at.isAnybodySignedIn());
}

QTEST_GUILESS_MAIN(HostileRedirectTest)
#include "hostile-redirect-test.moc"
