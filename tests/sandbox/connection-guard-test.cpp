// What every connection to the Sandbox is bounded by, over real sockets.
#include "sandbox/sandbox-server.h"
#include "sandbox/wire.h"

#include <QCoroTask>
#include <QElapsedTimer>
#include <QSslSocket>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <memory>
#include <vector>

using namespace bookdesk;
using namespace bookdesk::sandbox;
using namespace Qt::StringLiterals;
using test::exchangeRaw;
using test::requestText;

namespace {

/// A Sandbox with limits of its own.
class Bounded
{
public:
    explicit Bounded(ConnectionLimits limits, bool usesTls = false)
    {
        SandboxOptions options;
        options.connections = limits;
        options.usesTls = usesTls;
        const auto started = QCoro::waitFor(SandboxServer::start(options));
        if (!started)
            qFatal("%s", qPrintable(started.error().message));
        m_server = *started;
    }

    quint16 port() const { return static_cast<quint16>(m_server->baseUrl().port()); }

    std::unique_ptr<QTcpSocket> connected() const
    {
        auto socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(QHostAddress(QHostAddress::LocalHost), port());
        const bool isConnected =
            QTest::qWaitFor([&socket] { return socket->state() == QAbstractSocket::ConnectedState; });
        return isConnected ? std::move(socket) : nullptr;
    }

private:
    std::shared_ptr<SandboxServer> m_server;
};

bool isOpen(const std::unique_ptr<QTcpSocket> &socket) { return socket->state() == QAbstractSocket::ConnectedState; }

bool isClosedSoon(const std::unique_ptr<QTcpSocket> &socket)
{
    return QTest::qWaitFor([&socket] { return !isOpen(socket); }, 4000);
}

ConnectionLimits quick()
{
    ConnectionLimits limits;
    limits.silence = std::chrono::milliseconds(400);
    return limits;
}

} // namespace

class ConnectionGuardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tooMuchIsNotTaken_data()
    {
        QTest::addColumn<QByteArray>("beginning");
        QTest::newRow("a body of 1.5 GB")
            << "POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1500000000\r\n\r\n"_ba;
        QTest::newRow("a header line without end") << "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: "_ba;
        QTest::newRow("a request line without end") << "GET /"_ba;
        QTest::newRow("chunks without end")
            << "POST /token HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFF\r\n"_ba;
    }

    void tooMuchIsNotTaken()
    {
        QFETCH(const QByteArray, beginning);
        const Bounded server({});
        const auto socket = server.connected();
        QVERIFY(socket);
        const QByteArray block(256 * 1024, 'x');
        qint64 sent = 0;
        connect(socket.get(), &QTcpSocket::bytesWritten, socket.get(), [&](qint64 bytes) {
            sent += bytes;
            socket->write(block);
        });
        socket->write(beginning);
        QVERIFY(isClosedSoon(socket));
        // What the system's own buffers hold is not in our memory.
        QVERIFY2(sent < 16 * 1024 * 1024, QByteArray::number(sent).constData());
        QCOMPARE(exchangeRaw(server.port(), requestText("GET", "/openapi.json", server.port())).status, 200);
    }

    void silenceEndsAConnection_data()
    {
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("nothing is said") << ""_ba;
        QTest::newRow("half a request") << "GET / HTTP/1.1\r\nHost: local"_ba;
        QTest::newRow("less than the body that was announced")
            << "POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc"_ba;
        QTest::newRow("nothing after a whole request") << "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"_ba;
    }

    void silenceEndsAConnection()
    {
        QFETCH(const QByteArray, said);
        const Bounded server(quick());
        const auto socket = server.connected();
        QVERIFY(socket);
        socket->write(said);
        QVERIFY(isClosedSoon(socket));
    }

    void aDripOfBytesIsNoAnswer()
    {
        const Bounded server(quick());
        const auto socket = server.connected();
        QVERIFY(socket);
        socket->write("GET /");
        QTimer drip;
        connect(&drip, &QTimer::timeout, socket.get(), [&socket] { socket->write("a"); });
        drip.start(20);
        QVERIFY(isClosedSoon(socket));
    }

    void aHandshakeThatDoesNotBeginEnds()
    {
        const Bounded server(quick(), true);
        const auto socket = server.connected();
        QVERIFY(socket);
        QVERIFY(isClosedSoon(socket));
    }

    void silenceAfterAHandshakeEndsToo()
    {
        const Bounded server(quick(), true);
        QSslSocket socket;
        socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        socket.connectToHostEncrypted(u"localhost"_s, server.port());
        QTRY_VERIFY(socket.isEncrypted());
        socket.write("GET / HTTP/1.1\r\n");
        QTRY_COMPARE_WITH_TIMEOUT(socket.state(), QAbstractSocket::UnconnectedState, 4000);
    }

    void aConnectionThatIsUsedStaysOpen()
    {
        const Bounded server(quick());
        const auto socket = server.connected();
        QVERIFY(socket);
        QElapsedTimer time;
        time.start();
        while (time.elapsed() < 1200) {
            socket->write(requestText("GET", "/openapi.json", server.port()));
            QTRY_VERIFY(socket->bytesAvailable() > 0);
            socket->readAll();
            QTest::qWait(100);
            QVERIFY(isOpen(socket));
        }
    }

    void silentOnesMakeRoom()
    {
        ConnectionLimits limits;
        limits.connections = 8;
        const Bounded server(limits);
        std::vector<std::unique_ptr<QTcpSocket>> silent;
        for (int i = 0; i < 40; ++i)
            silent.push_back(server.connected());
        QCOMPARE(exchangeRaw(server.port(), requestText("GET", "/openapi.json", server.port())).status, 200);
        QTRY_VERIFY(std::ranges::count_if(silent, isOpen) < limits.connections);
        QVERIFY(isOpen(silent.back()));
        QVERIFY(!isOpen(silent.front()));
    }

    void answersThatNobodyTakesEndTheConnection()
    {
        ConnectionLimits limits;
        limits.answerBytes = 64 * 1024;
        const Bounded server(limits);
        const auto socket = server.connected();
        QVERIFY(socket);
        socket->setReadBufferSize(1);
        const QByteArray request = requestText("GET", "/openapi.json", server.port());
        QTimer again;
        connect(&again, &QTimer::timeout, socket.get(), [&] {
            if (isOpen(socket))
                socket->write(request.repeated(20));
        });
        again.start(1);
        QVERIFY(isClosedSoon(socket));
    }
};

QTEST_GUILESS_MAIN(ConnectionGuardTest)
#include "connection-guard-test.moc"
