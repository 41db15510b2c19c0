// A network that goes away and comes back: what a desk does by itself then.
#include "identity/sign-in-bench.h"
#include "workspace/desk.h"

#include <QCoroTask>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using test::FakeServer;
using test::httpAnswer;
using test::SeenRequest;
using test::SignInBench;

namespace {

identity::SignedIn signedInAt(SignInBench &tenancy)
{
    if (!tenancy.start())
        qFatal("The sign-in does not start");
    tenancy.arrive(tenancy.goodValues());
    const Result<identity::SignedIn> person = tenancy.finish();
    if (!person)
        qFatal("The sign-in fails: %s", qPrintable(person.error().message));
    return *person;
}

identity::Connection connectionTo(const SignInBench &tenancy, const QUrl &api)
{
    identity::Connection connection = tenancy.tenant.connection(tenancy.mode);
    connection.apiBaseUrl = api;
    return connection;
}

workspace::Surroundings sendingOnce()
{
    workspace::Surroundings surroundings;
    surroundings.netLimits.retries.tries = 1;
    return surroundings;
}

/// Somebody signed in, and servers that can go away.
struct Bench
{
    Bench() { desk.session().begin(signedInAt(tenancy)); }

    void loseNetwork()
    {
        tenancy.tenant.server().goAway();
        api.goAway();
    }
    void regainNetwork()
    {
        tenancy.tenant.server().comeBack();
        api.comeBack();
    }
    books::OutcomeKind list() { return QCoro::waitFor(desk.books().list()).outcome.kind; }
    QByteArray token() { return desk.session().current()->tokens.accessToken.reveal().toByteArray(); }

    SignInBench tenancy;
    FakeServer api{test::always(httpAnswer("200 OK", {}, R"({"books":[]})"))};
    workspace::Desk desk{connectionTo(tenancy, api.url()), sendingOnce()};
};

} // namespace

class DeskRecoveryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsThePersonAndTheToken()
    {
        Bench bench;
        const QByteArray token = bench.token();
        bench.loseNetwork();
        QCOMPARE(bench.list(), books::OutcomeKind::network);
        QVERIFY(bench.desk.reachability().failure());
        bench.regainNetwork();
        QCOMPARE(bench.list(), books::OutcomeKind::ok);
        QVERIFY(!bench.desk.reachability().failure());
        QCOMPARE(bench.token(), token);
    }

    void catchesUpOnARenewalThatFailed()
    {
        Bench bench;
        const QByteArray token = bench.token();
        bench.loseNetwork();
        QVERIFY(!QCoro::waitFor(bench.desk.session().refresh()));
        QCOMPARE(bench.list(), books::OutcomeKind::network);
        QVERIFY(bench.desk.session().renewalFailure());
        bench.regainNetwork();
        bench.tenancy.tenant.now += std::chrono::seconds{1}; // tokens differ by their times
        QCOMPARE(bench.list(), books::OutcomeKind::ok);
        QTRY_VERIFY(!bench.desk.session().renewalFailure());
        QVERIFY(bench.token() != token);
    }

    void fetchesKeysWithoutTheUsualDelay()
    {
        Bench bench;
        const identity::KeySource source{u"https://issuer.example"_s, bench.api.url(u"/keys"_s)};
        bench.loseNetwork();
        QVERIFY(!QCoro::waitFor(bench.desk.keys().keysFor(source, {})));
        const std::size_t before = bench.api.requests().size();
        bench.regainNetwork();
        QVERIFY(!QCoro::waitFor(bench.desk.keys().keysFor(source, {})));
        QCOMPARE(bench.api.requests().size(), before); // the delay
        QCOMPARE(bench.list(), books::OutcomeKind::ok);
        QVERIFY(!QCoro::waitFor(bench.desk.keys().keysFor(source, {}))); // no key set, but asked
        QCOMPARE(bench.api.requests().back().target, "/keys"_ba);
    }
};

QTEST_GUILESS_MAIN(DeskRecoveryTest)
#include "desk-recovery-test.moc"
