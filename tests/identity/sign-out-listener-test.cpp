// What a browser, and whoever else calls, gets from the listener of a sign-out.
#include "identity/raw-browser.h"
#include "identity/sign-out-listener.h"

#include <QSignalSpy>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray goodState = "the-state-of-this-sign-out";
const QUrl goodServer(u"https://login.example/logout?logout_hint=O.Ci&state=x"_s);
const QByteArray returnPath = "/cb/0123456789abcdef";

struct Bench
{
    Bench()
    {
        Result<std::unique_ptr<SignOutListener>> listening =
            SignOutListener::listen({{u"localhost"_s, QString::fromLatin1(returnPath), {}}, goodState});
        if (!listening)
            qFatal("The listener cannot listen: %s", qPrintable(factLines(listening.error().facts)));
        listener = std::move(*listening);
        port = static_cast<quint16>(QUrl(listener->redirectUri()).port());
        listener->sendTo(goodServer);
        QObject::connect(listener.get(), &SignOutListener::ignored, listener.get(), [this] { ++ignored; });
        listener->returned().whenSet([this](bool hasReturned) { returned = hasReturned; });
    }

    QByteArray host() const { return "localhost:" + QByteArray::number(port); }
    RawAnswer get(const QByteArray &target, const QByteArray &headers = {}) const
    {
        return exchange(port, getRequest(target, host(), headers));
    }

    std::unique_ptr<SignOutListener> listener;
    quint16 port = 0;
    int ignored = 0;
    std::optional<bool> returned;
};

} // namespace

class SignOutListenerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStartAddressWorksOnce()
    {
        Bench bench;
        const QUrl start = bench.listener->newStart();
        QCOMPARE(start.host(), u"localhost"_s);
        QVERIFY(start.query().isEmpty());
        QVERIFY(!bench.listener->isVisited());
        const RawAnswer first = bench.get(start.path().toLatin1());
        QCOMPARE(first.status, 303);
        QCOMPARE(first.header("Location"), goodServer.toEncoded());
        QVERIFY(bench.listener->isVisited());
        const RawAnswer second = bench.get(start.path().toLatin1());
        QCOMPARE(second.status, 404);
        QVERIFY(second.header("Location").isEmpty());
        QCOMPARE(bench.get(bench.listener->newStart().path().toLatin1()).status, 303);
    }

    void theBrowserIsToldThatItIsSignedOut()
    {
        Bench bench;
        const RawAnswer answer = bench.get(returnPath + "?state=" + goodState);
        QCOMPARE(answer.status, 200);
        QVERIFY(answer.body.contains("You are signed out in this browser"));
        QVERIFY(answer.head.contains("default-src 'none'"));
        QTRY_COMPARE(bench.returned, std::optional(true));
        // Loading it again is no harm.
        QCOMPARE(bench.get(returnPath + "?state=" + goodState).status, 200);
        QCOMPARE(bench.ignored, 0);
    }

    void whatIsNotOursChangesNothing_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::newRow("another state") << "?state=another"_ba;
        QTest::newRow("a state that begins like ours") << "?state=" + goodState + "x";
        QTest::newRow("an empty state") << "?state="_ba;
        QTest::newRow("no state") << "?x=y"_ba;
        QTest::newRow("no query") << ""_ba;
        QTest::newRow("our state twice") << "?state=" + goodState + "&state=" + goodState;
        QTest::newRow("a broken encoding") << "?state=" + goodState + "&a=%zz";
    }

    void whatIsNotOursChangesNothing()
    {
        QFETCH(QByteArray, query);
        Bench bench;
        const RawAnswer answer = bench.get(returnPath + query);
        QCOMPARE(answer.status, 404);
        QVERIFY(answer.body.contains("does not belong to your sign-out"));
        QVERIFY(!answer.body.contains(goodState));
        QTRY_COMPARE(bench.ignored, 1);
        QVERIFY(!bench.returned);
        QCOMPARE(bench.get(returnPath + "?state=" + goodState).status, 200);
        QTRY_COMPARE(bench.returned, std::optional(true));
    }

    void strangersAreRefused_data()
    {
        QTest::addColumn<QByteArray>("request");
        const QByteArray good = returnPath + "?state=" + goodState;
        QTest::newRow("another host") << getRequest(good, "evil.example");
        QTest::newRow("a host without the port") << getRequest(good, "localhost");
        QTest::newRow("a prefetch") << getRequest(good, "@HOST@", "Sec-Purpose: prefetch\r\n");
        QTest::newRow("a post") << postRequest(returnPath, "@HOST@", "state=" + goodState);
        QTest::newRow("another path") << getRequest("/other?state=" + goodState, "@HOST@");
        QTest::newRow("a start address that was not given out") << getRequest("/start/x", "@HOST@");
    }

    void strangersAreRefused()
    {
        QFETCH(QByteArray, request);
        Bench bench;
        const RawAnswer answer = exchange(bench.port, request.replace("@HOST@", bench.host()));
        QCOMPARE(answer.status, 404);
        QVERIFY(!bench.returned);
        QVERIFY(!bench.listener->isVisited());
    }

    void manyConnectionsDoNotKeepTheBrowserOut()
    {
        Bench bench;
        std::vector<std::unique_ptr<RawBrowser>> silent;
        for (int i = 0; i < 50; ++i)
            silent.push_back(std::make_unique<RawBrowser>(bench.port));
        QCOMPARE(bench.get(returnPath + "?state=" + goodState).status, 200);
        QTRY_COMPARE(bench.returned, std::optional(true));
    }

    void lateBrowsersAreToldTheSame()
    {
        QObject owner;
        Bench bench;
        const QUrl start = bench.listener->newStart();
        SignOutListener::remain(std::move(bench.listener), owner, std::chrono::minutes(1));
        QCOMPARE(bench.get(returnPath + "?state=" + goodState).status, 200);
        QCOMPARE(bench.get(start.path().toLatin1()).status, 404);
        SignOutListener *late = owner.findChild<SignOutListener *>();
        QVERIFY(late);
        QSignalSpy ended(late, &QObject::destroyed);
        Bench another;
        SignOutListener::remain(std::move(another.listener), owner, std::chrono::milliseconds(1));
        QTRY_COMPARE(ended.size(), 1);
        QTRY_VERIFY(!owner.findChild<SignOutListener *>());
    }

    void itsEndIsTold()
    {
        Bench bench;
        bench.listener.reset();
        QCOMPARE(bench.returned, std::optional(false));
    }
};

QTEST_GUILESS_MAIN(SignOutListenerTest)
#include "sign-out-listener-test.moc"
