#include "app/cli/cli-process.h"
#include "identity/connection.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTcpServer>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;

namespace {

/// A Sandbox in a process of its own.
struct OtherSandbox
{
    std::unique_ptr<QProcess> process;
    QByteArray line;
    QTemporaryDir folder;

    explicit OtherSandbox(const QStringList &options = {})
        : process(start(QStringList{u"sandbox"_s} + options))
    {
        const auto hasLine = [this] { return (line += process->readAllStandardOutput()).endsWith('\n'); };
        if (!QTest::qWaitFor(hasLine, 30'000))
            qWarning("The Sandbox did not print its connection.");
    }

    ~OtherSandbox()
    {
        process->terminate();
        process->waitForFinished();
    }

    QString connection() const
    {
        QFile file(folder.filePath(u"connection.json"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(line) != line.size())
            qFatal("A test file could not be written.");
        return file.fileName();
    }
};

} // namespace

class SandboxCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itPrintsItsConnectionAsOneLine_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QString>("scheme");
        QTest::newRow("http") << QStringList() << u"http"_s;
        QTest::newRow("https") << QStringList{u"--tls"_s} << u"https"_s;
    }

    void itPrintsItsConnectionAsOneLine()
    {
        QFETCH(QStringList, options);
        QFETCH(QString, scheme);
        const OtherSandbox sandbox(options);
        QCOMPARE(sandbox.line.count('\n'), 1);
        const Result<identity::Connection> connection = identity::readConnection(sandbox.line);
        QVERIFY2(connection, sandbox.line.constData());
        QCOMPARE(connection->authority.scheme(), scheme);
        QVERIFY(identity::isLoopbackOnly(*connection));
    }

    void anotherProcessUsesIt_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QStringList>("signIn");
        const QStringList persona{u"--persona"_s, u"ada"_s};
        QTest::newRow("a persona over http") << QStringList() << persona;
        QTest::newRow("a persona over https") << QStringList{u"--tls"_s} << persona;
        QTest::newRow("a browser over http")
            << QStringList() << QStringList{u"--browser"_s, u"\"" BOOKDESK_VISIT_AS "\" ada"_s};
    }

    void anotherProcessUsesIt()
    {
        QFETCH(QStringList, options);
        QFETCH(QStringList, signIn);
        const OtherSandbox sandbox(options);
        const Run listed =
            run(QStringList{u"books"_s, u"list"_s, u"--json"_s, u"--yes"_s, u"--connection"_s, sandbox.connection()} +
                signIn);
        QCOMPARE(listed.status, 0);
        QCOMPARE(listed.outcome(u"kind"_s), u"ok"_s);
        QVERIFY(isFreeOfTokens(listed));
    }

    void itsApiIsAsCarelessAsAsked_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<int>("status");
        QTest::newRow("not at all") << QStringList() << 401;
        QTest::newRow("it needs no token") << QStringList{u"--careless"_s, u"embedded-key,token-optional"_s} << 200;
    }

    void itsApiIsAsCarelessAsAsked()
    {
        QFETCH(QStringList, options);
        QFETCH(int, status);
        const OtherSandbox sandbox(options);
        const Result<identity::Connection> connection = identity::readConnection(sandbox.line);
        QVERIFY(connection);
        QNetworkAccessManager manager;
        const std::unique_ptr<QNetworkReply> reply(
            manager.get(QNetworkRequest(QUrl(connection->apiBaseUrl.toString() + u"/api/v1/books"_s))));
        QTRY_VERIFY(reply->isFinished());
        QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), status);
    }

    void itKnowsNoOtherCarelessness() { QCOMPARE(run({u"sandbox"_s, u"--careless"_s, u"lazy"_s}).status, 2); }

    void itEndsWhenAsked_data()
    {
        QTest::addColumn<bool>("byKeyboard");
        QTest::newRow("SIGINT") << true;
        QTest::newRow("SIGTERM") << false;
    }

    void itEndsWhenAsked()
    {
        QFETCH(bool, byKeyboard);
        OtherSandbox sandbox;
        if (byKeyboard)
            interrupt(*sandbox.process);
        else
            sandbox.process->terminate();
        const Run result = finish(*sandbox.process);
        QCOMPARE(result.status, 0);
        QCOMPARE(result.out, QByteArray());
    }

    void itListensOnThePortAskedFor()
    {
        const quint16 port = closedPort();
        const OtherSandbox sandbox({u"--port"_s, QString::number(port)});
        const Result<identity::Connection> connection = identity::readConnection(sandbox.line);
        QVERIFY(connection);
        QCOMPARE(connection->apiBaseUrl.port(), static_cast<int>(port));
    }

    void aPortThatIsTakenIsARefusal()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        const Run result = run({u"sandbox"_s, u"--json"_s, u"--port"_s, QString::number(other.serverPort())});
        QCOMPARE(result.status, 1);
        QCOMPARE(result.outcome(u"code"_s), u"sandbox.port-taken"_s);
        QCOMPARE(result.outcome(u"status"_s), u"null"_s);
    }
};

QTEST_GUILESS_MAIN(SandboxCommandTest)
#include "sandbox-command-test.moc"
