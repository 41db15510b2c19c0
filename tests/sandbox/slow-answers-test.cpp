// Answers that come later: who gets them, and what happens where nobody waits for them any more.
#include "sandbox/sandbox-server.h"
#include "sandbox/wire.h"

#include <QCoroTask>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::sandbox;
using namespace Qt::StringLiterals;
using test::exchangeRaw;
using test::requestText;

namespace {

constexpr std::chrono::milliseconds slowness{300};

std::shared_ptr<SandboxServer> started()
{
    auto result = QCoro::waitFor(SandboxServer::start({}));
    if (!result)
        qFatal("%s", qPrintable(result.error().message));
    return *result;
}

QByteArray tokenPath(const SandboxServer &sandbox)
{
    const QString authority = *sandbox.connectionFile().find(u"authority")->asString();
    return QUrl(authority).path().toLatin1() + "/oauth2/v2.0/token";
}

QByteArray tokenRequest(const SandboxServer &sandbox)
{
    return requestText("POST", tokenPath(sandbox), sandbox.port(),
                       "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n", "a=b");
}

} // namespace

class SlowAnswersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_sandbox = started();
        m_sandbox->slowDown(slowness);
    }

    void cleanup() { m_sandbox.reset(); }

    void tokensAndBooksComeLater()
    {
        QElapsedTimer time;
        time.start();
        QCOMPARE(exchangeRaw(m_sandbox->port(), tokenRequest(*m_sandbox)).status, 400);
        QVERIFY(std::chrono::milliseconds(time.elapsed()) >= slowness);
        time.start();
        const Response books = exchangeRaw(m_sandbox->port(), requestText("GET", "/api/v1/books", m_sandbox->port()));
        QCOMPARE(books.status, 401);
        QCOMPARE(books.body, R"({"detail":"Not authenticated"})"_ba);
        QVERIFY(std::chrono::milliseconds(time.elapsed()) >= slowness);
        m_sandbox->slowDown({});
        QCOMPARE(exchangeRaw(m_sandbox->port(), tokenRequest(*m_sandbox)).status, 400);
    }

    void aConnectionServesOneAnswerAfterTheOther()
    {
        QTcpSocket socket;
        QByteArray received;
        connect(&socket, &QTcpSocket::readyRead, &socket, [&] { received += socket.readAll(); });
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_sandbox->port());
        const QByteArray request = requestText("GET", "/api/v1/books", m_sandbox->port());
        socket.write(request);
        QTRY_COMPARE(received.count("HTTP/1.1 401"), 1);
        socket.write(request);
        QTRY_COMPARE(received.count("HTTP/1.1 401"), 2);
    }

    void nobodyWaitsForTheAnswerAnyMore()
    {
        {
            QTcpSocket socket;
            socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_sandbox->port());
            socket.write(tokenRequest(*m_sandbox));
            QVERIFY(QSignalSpy(&socket, &QTcpSocket::bytesWritten).wait());
            socket.abort();
        }
        // The answer to this one comes after the time of the other.
        QCOMPARE(exchangeRaw(m_sandbox->port(), tokenRequest(*m_sandbox)).status, 400);
    }

    void theSandboxEndsBeforeItsAnswer()
    {
        QTcpSocket socket;
        QSignalSpy closed(&socket, &QTcpSocket::disconnected);
        m_sandbox->slowDown(std::chrono::hours(1));
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_sandbox->port());
        socket.write(tokenRequest(*m_sandbox));
        QVERIFY(QSignalSpy(&socket, &QTcpSocket::bytesWritten).wait());
        // Served after the request above, which therefore is under way.
        QCOMPARE(exchangeRaw(m_sandbox->port(), requestText("GET", "/control", m_sandbox->port())).status, 200);
        m_sandbox.reset();
        QTRY_COMPARE(closed.size(), 1);
        QVERIFY(socket.readAll().isEmpty());
    }

private:
    std::shared_ptr<SandboxServer> m_sandbox;
};

QTEST_GUILESS_MAIN(SlowAnswersTest)
#include "slow-answers-test.moc"
