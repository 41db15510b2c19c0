#include "identity/errors.h"
#include "identity/loopback-server.h"

#include <QNetworkInterface>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#include <unistd.h>
#endif

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace Qt::StringLiterals;

namespace {

const QHostAddress v4{QHostAddress::LocalHost};
const QHostAddress v6{QHostAddress::LocalHostIPv6};

std::unique_ptr<LoopbackServer> listening(const std::vector<quint16> &ports = {})
{
    Result<std::unique_ptr<LoopbackServer>> server = LoopbackServer::listen(ports);
    if (!server)
        qFatal("The server cannot listen: %s", qPrintable(factLines(server.error().facts)));
    return *std::move(server);
}

/// Holds a port on one address.
struct Holder
{
    explicit Holder(const QHostAddress &address, quint16 at = 0)
        : isHeld(server.listen(address, at))
    {}
    quint16 port() const { return server.serverPort(); }

    QTcpServer server;
    bool isHeld;
};

bool canConnect(const QHostAddress &address, quint16 port)
{
    QTcpSocket client;
    client.connectToHost(address, port);
    return client.waitForConnected(1'000);
}

/// Waits for the next connection; nullptr where none comes.
std::unique_ptr<QTcpSocket> awaitedConnection(LoopbackServer &server)
{
    std::unique_ptr<QTcpSocket> connection;
    const bool hasCome = QTest::qWaitFor([&] {
        connection = server.nextConnection();
        return connection != nullptr;
    });
    return hasCome ? std::move(connection) : nullptr;
}

bool hasV6() { return Holder(v6).isHeld; }

QString portsTried(const Result<std::unique_ptr<LoopbackServer>> &server)
{
    return factValue(server.error().facts, facts::portsTried);
}

} // namespace

class LoopbackServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itListensOnBothAddressesWithOnePort();
    void itListensNowhereElse();
    void portsAreTriedInOrder();
    void aPortTakenOnOneAddressIsNotUsed_data();
    void aPortTakenOnOneAddressIsNotUsed();
    void anErrorNamesEveryPortTried();
    void connectionsAreHandedOutOnce();
    void aConnectionOutlivesItsServer();
    void closedItTakesNobody();
    void itRecoversFromTooManyOpenFiles();
};

void LoopbackServerTest::itListensOnBothAddressesWithOnePort()
{
    const auto server = listening();
    QVERIFY(server->port() != 0);
    QVERIFY(canConnect(v4, server->port()));
    QCOMPARE(canConnect(v6, server->port()), hasV6());
}

void LoopbackServerTest::itListensNowhereElse()
{
    const auto server = listening();
    int others = 0;
    for (const QHostAddress &address : QNetworkInterface::allAddresses()) {
        if (address.isLoopback())
            continue;
        ++others;
        QVERIFY2(!canConnect(address, server->port()), qPrintable(address.toString()));
    }
    if (others == 0)
        QSKIP("This computer has loopback addresses only");
}

void LoopbackServerTest::portsAreTriedInOrder()
{
    const Holder taken(v4);
    const quint16 first = listening()->port();
    const quint16 second = listening()->port();
    QCOMPARE(listening({taken.port(), first, second})->port(), first);
}

void LoopbackServerTest::aPortTakenOnOneAddressIsNotUsed_data()
{
    QTest::addColumn<QHostAddress>("address");
    QTest::newRow("on 127.0.0.1") << v4;
    if (hasV6())
        QTest::newRow("on ::1") << v6;
}

void LoopbackServerTest::aPortTakenOnOneAddressIsNotUsed()
{
    QFETCH(const QHostAddress, address);
    const Holder taken(address);
    QVERIFY(taken.isHeld);
    QVERIFY(!LoopbackServer::listen({taken.port()}));
    const bool isV4 = address == v4;
    QVERIFY2(Holder(isV4 ? v6 : v4, taken.port()).isHeld || !hasV6(), "The other address is not let go");
}

void LoopbackServerTest::anErrorNamesEveryPortTried()
{
    const Holder first(v4), second(v4);
    const Result<std::unique_ptr<LoopbackServer>> server = LoopbackServer::listen({first.port(), second.port()});
    QVERIFY(!server);
    QCOMPARE(server.error().code, errors::listenFailed);
    const QStringList lines = portsTried(server).split(u'\n');
    QCOMPARE(lines.size(), 2);
    QVERIFY2(lines.at(0).startsWith(u"127.0.0.1, port %1: "_s.arg(first.port())), qPrintable(lines.at(0)));
    QVERIFY2(lines.at(1).startsWith(u"127.0.0.1, port %1: "_s.arg(second.port())), qPrintable(lines.at(1)));
    QVERIFY(!lines.at(0).endsWith(u": "_s));
}

void LoopbackServerTest::connectionsAreHandedOutOnce()
{
    const auto server = listening();
    QSignalSpy connected(server.get(), &LoopbackServer::connected);
    QVERIFY(!server->nextConnection());
    const bool both = hasV6();
    QTcpSocket fromV4, fromV6;
    fromV4.connectToHost(v4, server->port());
    if (both)
        fromV6.connectToHost(v6, server->port());
    QTRY_COMPARE(connected.size(), both ? 2 : 1);
    QVERIFY(server->nextConnection());
    QCOMPARE(server->nextConnection() != nullptr, both);
    QVERIFY(!server->nextConnection());
}

void LoopbackServerTest::aConnectionOutlivesItsServer()
{
    auto server = listening();
    QTcpSocket client;
    client.connectToHost(v4, server->port());
    const std::unique_ptr<QTcpSocket> connection = awaitedConnection(*server);
    QVERIFY(connection);
    server->close();
    server.reset();
    connection->write("still here");
    QTRY_COMPARE(client.bytesAvailable(), 10);
}

void LoopbackServerTest::closedItTakesNobody()
{
    const auto server = listening();
    const quint16 port = server->port();
    server->close();
    QVERIFY(!canConnect(v4, port));
    QVERIFY(!canConnect(v6, port));
    QVERIFY(!server->nextConnection());
}

void LoopbackServerTest::itRecoversFromTooManyOpenFiles()
{
#ifdef Q_OS_UNIX
    const auto server = listening();
    QTcpSocket client;
    client.connectToHost(v4, server->port());
    // The system takes the connection before the server does.
    QVERIFY(client.waitForConnected());

    rlimit before{};
    QCOMPARE(getrlimit(RLIMIT_NOFILE, &before), 0);
    const int nextFile = dup(0);
    close(nextFile);
    const rlimit none{static_cast<rlim_t>(nextFile), before.rlim_max};
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &none), 0);
    QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    const bool wasTaken = server->nextConnection() != nullptr;
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &before), 0);
    QVERIFY(!wasTaken);
    QVERIFY(awaitedConnection(*server));
#else
    QSKIP("Only Unix lets a test run out of files");
#endif
}

QTEST_GUILESS_MAIN(LoopbackServerTest)
#include "loopback-server-test.moc"
