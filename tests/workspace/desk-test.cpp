#include "identity/errors.h"
#include "jose/signing-key.h"
#include "sandbox/sandbox-server.h"
#include "workspace/desk.h"
#include "workspace/persona-browser.h"
#include "workspace/watched.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using test::Watched;
using workspace::Desk;
using workspace::Surroundings;

namespace {

Result<void> doNothing(const QUrl &) { return {}; }

QString codeOf(const Result<void> &result) { return result ? u"ok"_s : result.error().code.toString(); }

quint16 freePort()
{
    QTcpServer server;
    if (!server.listen(QHostAddress::LocalHost))
        qFatal("No port is free: %s", qPrintable(server.errorString()));
    return server.serverPort();
}

} // namespace

class DeskTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_sandbox.reset(); }
    void init() { m_browser = doNothing; }

    void signsInAndListsBooks();
    void letsALaterSignInSupersedeAnEarlierOne();
    void aWaiterMayBeginAnotherSignIn();
    void supersedesOnTheSamePort();
    void staysSignedInWhileAnotherAttemptFails();
    void cancels();
    void endsItsAttempt();
    void endsItsRequests();
    void mayBeDestroyedByAWaiter();
    void predictsByTheClock();
    void explainsWhyAnIdTokenIsRefused();
    void explainsWhyAFreshIdTokenIsRefused();
    void inspectsTokensWithoutSignIn();
    void theRedactorLearnsWhatIsInspected();
    void inspectsNothingWithoutKeys();
    void fetchesNoKeysForATokenOfAnotherIssuer();

private:
    std::unique_ptr<Desk> newDesk(std::vector<quint16> ports = {})
    {
        Surroundings surroundings;
        surroundings.open = [this](const QUrl &url) { return m_browser(url); };
        identity::Connection connection = m_connection;
        connection.redirect.ports = std::move(ports);
        return std::make_unique<Desk>(std::move(connection), surroundings);
    }
    void becomePersona(const QString &id) { m_browser = workspace::personaBrowser({id}, {}); }

    std::shared_ptr<sandbox::SandboxServer> m_sandbox;
    identity::Connection m_connection;
    identity::OpenUrl m_browser;
};

void DeskTest::initTestCase()
{
    const auto server = QCoro::waitFor(sandbox::SandboxServer::start({}));
    QVERIFY2(server.has_value(), server ? "" : qPrintable(server.error().message));
    m_sandbox = *server;
    const auto connection = identity::readConnection(toCompactJson(m_sandbox->connectionFile()));
    QVERIFY2(connection.has_value(), connection ? "" : qPrintable(connection.error().message));
    m_connection = *connection;
}

void DeskTest::signsInAndListsBooks()
{
    becomePersona(u"riley"_s);
    const auto desk = newDesk();
    QSignalSpy attemptChanged(desk.get(), &Desk::attemptChanged);
    QVERIFY(!desk->attempt());
    QVERIFY(!desk->tokenFacts().grants.isKnown);

    const Watched signedIn(desk->signIn({}));
    QVERIFY(desk->attempt());
    QTRY_VERIFY(signedIn.hasCome());
    QCOMPARE(codeOf(signedIn.result()), u"ok"_s);
    QVERIFY(!desk->attempt());
    QCOMPARE(attemptChanged.size(), 2);
    QCOMPARE(desk->session().current()->identity.name(), u"Riley Reader"_s);
    QVERIFY(desk->tokenFacts().grants.isKnown);
    QVERIFY(desk->tokenFacts().verification.passed());

    const books::ListOutcome list = QCoro::waitFor(desk->books().list());
    QVERIFY(list.outcome.isOk());
    QVERIFY(!list.list->books.empty());
    QCOMPARE(QCoro::waitFor(desk->books().remove(list.list->books.front().id)).outcome.kind,
             books::OutcomeKind::roleMissing);
    QCOMPARE(desk->exchanges().exchanges().back().status, 403);
}

void DeskTest::letsALaterSignInSupersedeAnEarlierOne()
{
    const auto desk = newDesk();
    QUrl firstLink;
    m_browser = [&firstLink](const QUrl &url) -> Result<void> {
        firstLink = url;
        return {};
    };
    const Watched first(desk->signIn({}));
    QTRY_VERIFY(!firstLink.isEmpty());
    QVERIFY(!first.hasCome());

    becomePersona(u"ada"_s);
    const Watched second(desk->signIn({}));
    QVERIFY(first.hasCome());
    QCOMPARE(codeOf(first.result()), u"sign-in.cancelled"_s);
    const Watched third(desk->signIn({}));
    QVERIFY(second.hasCome());
    QCOMPARE(codeOf(second.result()), u"sign-in.cancelled"_s);

    QTRY_VERIFY(third.hasCome());
    QCOMPARE(codeOf(third.result()), u"ok"_s);
    QCOMPARE(desk->session().current()->identity.name(), u"Ada Admin"_s);
    QVERIFY(!desk->attempt());
}

void DeskTest::aWaiterMayBeginAnotherSignIn()
{
    const auto desk = newDesk();
    std::optional<Watched<Result<void>>> fromWaiter;
    QCoro::connect(desk->signIn({}), this, [&](const Result<void> &) { fromWaiter.emplace(desk->signIn({})); });
    becomePersona(u"ada"_s);
    const Watched late(desk->signIn({}));
    QVERIFY(fromWaiter.has_value());
    QVERIFY(late.hasCome());
    QCOMPARE(codeOf(late.result()), u"sign-in.cancelled"_s);
    QTRY_VERIFY(fromWaiter->hasCome());
    QCOMPARE(codeOf(fromWaiter->result()), u"ok"_s);
}

void DeskTest::supersedesOnTheSamePort()
{
    const auto desk = newDesk({freePort()});
    bool isOpened = false;
    m_browser = [&isOpened](const QUrl &) -> Result<void> {
        isOpened = true;
        return {};
    };
    const Watched first(desk->signIn({}));
    QTRY_VERIFY(isOpened);
    becomePersona(u"riley"_s);
    QCOMPARE(codeOf(QCoro::waitFor(desk->signIn({}))), u"ok"_s);
    QCOMPARE(codeOf(QCoro::waitFor(desk->signIn({}))), u"ok"_s);
}

void DeskTest::staysSignedInWhileAnotherAttemptFails()
{
    becomePersona(u"riley"_s);
    const auto desk = newDesk();
    QCOMPARE(codeOf(QCoro::waitFor(desk->signIn({}))), u"ok"_s);

    m_browser = workspace::personaBrowser({u"ada"_s, true}, {});
    QCOMPARE(codeOf(QCoro::waitFor(desk->signIn({}))), u"sign-in.declined"_s);
    QCOMPARE(desk->session().current()->identity.name(), u"Riley Reader"_s);
}

void DeskTest::cancels()
{
    const auto desk = newDesk();
    const Watched signedIn(desk->signIn({}));
    QVERIFY(desk->attempt());
    desk->attempt()->cancel();
    QVERIFY(signedIn.hasCome());
    QCOMPARE(codeOf(signedIn.result()), u"sign-in.cancelled"_s);
    QVERIFY(!desk->attempt());
    QVERIFY(!desk->session().current());
}

void DeskTest::endsItsAttempt()
{
    bool isOpened = false;
    m_browser = [&isOpened](const QUrl &) -> Result<void> {
        isOpened = true;
        return {};
    };
    auto desk = newDesk();
    const Watched early(desk->signIn({}));
    desk.reset();
    QVERIFY(early.hasCome());
    QCOMPARE(codeOf(early.result()), u"sign-in.cancelled"_s);

    desk = newDesk();
    const Watched late(desk->signIn({}));
    QTRY_VERIFY(isOpened);
    desk.reset();
    QVERIFY(late.hasCome());
    QCOMPARE(codeOf(late.result()), u"sign-in.cancelled"_s);
}

void DeskTest::endsItsRequests()
{
    becomePersona(u"riley"_s);
    auto desk = newDesk();
    QCOMPARE(codeOf(QCoro::waitFor(desk->signIn({}))), u"ok"_s);
    const Watched list(desk->books().list());
    const Watched refreshed(desk->session().refresh());
    auto other = newDesk(); // where no endpoints are known, so that it has to wait for them
    const Watched inspected(other->inspectToken(desk->session().current()->tokens.accessToken));
    other.reset();
    desk.reset();
    QVERIFY(list.hasCome());
    QCOMPARE(list.result().outcome.kind, books::OutcomeKind::stopped);
    QVERIFY(refreshed.hasCome());
    QVERIFY(!refreshed.result());
    QVERIFY(inspected.hasCome());
    QVERIFY(!inspected.result());
}

void DeskTest::mayBeDestroyedByAWaiter()
{
    becomePersona(u"riley"_s);
    auto desk = newDesk();
    bool isOver = false;
    const auto destroy = [&](const Result<void> &result) {
        desk.reset();
        isOver = result.has_value();
    };
    QCoro::connect(desk->signIn({}), this, destroy);
    QTRY_VERIFY(isOver);
    QVERIFY(!desk);

    desk = newDesk();
    connect(&desk->session(), &identity::Session::personChanged, this, [&desk] { desk.reset(); });
    const Watched signedIn(desk->signIn({}));
    QTRY_VERIFY(signedIn.hasCome());
    QVERIFY(!desk);

    m_browser = doNothing;
    desk = newDesk();
    QCoro::connect(desk->signIn({}), this, [&desk](const Result<void> &) { desk.reset(); });
    desk->attempt()->cancel();
    QVERIFY(!desk);
}

void DeskTest::predictsByTheClock()
{
    TimePoint now = systemNow();
    Surroundings surroundings;
    surroundings.open = [this](const QUrl &url) { return m_browser(url); };
    surroundings.clock = [&now] { return now; };
    Desk desk(m_connection, surroundings);
    becomePersona(u"riley"_s);
    QVERIFY(QCoro::waitFor(desk.signIn({})));
    QCOMPARE(books::predict(books::listRule(), desk.tokenFacts()).status, 200);
    now += std::chrono::hours(2);
    QCOMPARE(books::predict(books::listRule(), desk.tokenFacts()).status, 401);
}

void DeskTest::explainsWhyAnIdTokenIsRefused()
{
    becomePersona(u"riley"_s);
    Surroundings surroundings;
    surroundings.open = m_browser;
    surroundings.clock = [] { return systemNow() + std::chrono::hours(2); };
    Desk desk(m_connection, surroundings);
    const Result<void> signedIn = QCoro::waitFor(desk.signIn({}));
    QCOMPARE(codeOf(signedIn), u"sign-in.id-token-rejected"_s);
    QVERIFY2(signedIn.error().message.contains(u"so nobody is signed in. It was made for this sign-in a moment ago"_s),
             qPrintable(signedIn.error().message));
    QVERIFY2(signedIn.error().remedy.contains(u"time zone"_s), qPrintable(signedIn.error().remedy));
    QCOMPARE(factValue(signedIn.error().facts, facts::check), u"expiry"_s);
}

void DeskTest::explainsWhyAFreshIdTokenIsRefused()
{
    becomePersona(u"riley"_s);
    std::chrono::hours ahead{0};
    Surroundings surroundings;
    surroundings.open = m_browser;
    surroundings.clock = [&ahead] { return systemNow() + ahead; };
    Desk desk(m_connection, surroundings);
    QCOMPARE(codeOf(QCoro::waitFor(desk.signIn({}))), u"ok"_s);
    ahead = std::chrono::hours(2);
    const Result<void> renewed = QCoro::waitFor(desk.session().refresh());
    QCOMPARE(codeOf(renewed), u"sign-in.id-token-rejected"_s);
    QVERIFY2(renewed.error().message.contains(u"the fresh tokens were thrown away. It was made"_s),
             qPrintable(renewed.error().message));
    QVERIFY2(renewed.error().remedy.contains(u"time zone"_s), qPrintable(renewed.error().remedy));
}

void DeskTest::inspectsTokensWithoutSignIn()
{
    becomePersona(u"ada"_s);
    const auto desk = newDesk();
    QCOMPARE(codeOf(QCoro::waitFor(desk->signIn({}))), u"ok"_s);
    const identity::TokenSet tokens = desk->session().current()->tokens;

    const auto other = newDesk();
    const auto access = QCoro::waitFor(other->inspectToken(tokens.accessToken));
    QVERIFY(access.has_value());
    QVERIFY(access->verification.passed());
    QVERIFY(access->token == tokens.accessToken);
    const auto id = QCoro::waitFor(other->inspectToken(tokens.idToken));
    QVERIFY(id.has_value());
    QVERIFY(id->verification.passed());

    QByteArray forged = tokens.accessToken.reveal().toByteArray();
    const qsizetype signature = forged.lastIndexOf('.') + 10;
    forged[signature] = forged[signature] == 'A' ? 'B' : 'A';
    const auto broken = QCoro::waitFor(other->inspectToken(Secret(forged)));
    QVERIFY(broken.has_value());
    QCOMPARE(broken->verification.firstFailure()->kind, jose::CheckKind::signature);
    QVERIFY(!other->session().current());
}

void DeskTest::theRedactorLearnsWhatIsInspected()
{
    const Surroundings surroundings;
    Desk desk(m_connection, surroundings);
    const QString token = u"an opaque token"_s;
    QVERIFY(QCoro::waitFor(desk.inspectToken(Secret(token.toUtf8()))).has_value());
    QVERIFY(surroundings.redactor.redacted(token) != token);
}

void DeskTest::inspectsNothingWithoutKeys()
{
    becomePersona(u"riley"_s);
    const auto signedInDesk = newDesk();
    QCOMPARE(codeOf(QCoro::waitFor(signedInDesk->signIn({}))), u"ok"_s);
    const Secret token = signedInDesk->session().current()->tokens.accessToken;

    identity::Connection elsewhere = m_connection;
    elsewhere.authority.setPort(freePort());
    Desk desk(elsewhere, {});
    const auto inspected = QCoro::waitFor(desk.inspectToken(token));
    QVERIFY(!inspected);
    QCOMPARE(inspected.error().code.toString(), u"net.connection-failed"_s);

    const std::size_t sent = desk.exchanges().exchanges().size();
    const auto opaque = QCoro::waitFor(desk.inspectToken(Secret("not-a-token-at-all")));
    QVERIFY(opaque.has_value());
    QVERIFY(!opaque->decoded);
    QCOMPARE(opaque->verification.firstFailure()->kind, jose::CheckKind::structure);
    QCOMPARE(desk.exchanges().exchanges().size(), sent);
}

void DeskTest::fetchesNoKeysForATokenOfAnotherIssuer()
{
    becomePersona(u"riley"_s);
    const auto desk = newDesk();
    QCOMPARE(codeOf(QCoro::waitFor(desk->signIn({}))), u"ok"_s);
    const auto fetches = [&desk] {
        const auto isOfKeys = [](const net::Exchange &exchange) { return exchange.url.endsWith("/keys"_L1); };
        const auto &exchanges = desk->exchanges().exchanges();
        return std::count_if(exchanges.begin(), exchanges.end(), isOfKeys);
    };
    QCOMPARE(fetches(), 1);

    const Result<jose::SigningKey> unknownKey = jose::SigningKey::generateRsa();
    QVERIFY(unknownKey.has_value());
    const auto inspect = [&](const QString &issuer) {
        const Result<Secret> token = unknownKey->sign({}, {{u"iss"_s, issuer}, {u"sub"_s, u"somebody"_s}});
        const auto inspected = QCoro::waitFor(desk->inspectToken(token ? *token : Secret()));
        return inspected && inspected->decoded && !inspected->verification.passed();
    };
    QVERIFY(inspect(u"https://another.example/v2.0"_s));
    QCOMPARE(fetches(), 1);
    QVERIFY(inspect(desk->session().current()->identity.issuer()));
    QCOMPARE(fetches(), 2);
}

QTEST_GUILESS_MAIN(DeskTest)
#include "desk-test.moc"
