#include "app/cli/cli-process.h"
#include "lab/probe-catalogue.h"

#include <QFile>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// How many probes the report counts under a name.
int probes(const Run &run, const QString &name)
{
    const JsonObject report = run.json();
    const Json *totals = report.find(u"totals");
    const Json *counts = totals && totals->asObject() ? totals->asObject()->find(u"probes") : nullptr;
    const Json *count = counts && counts->asObject() ? counts->asObject()->find(name) : nullptr;
    return count ? static_cast<int>(count->toDouble()) : -1;
}

/// Until the program has said this on standard error.
bool waitFor(QProcess &process, const QByteArray &text)
{
    QByteArray said;
    return QTest::qWaitFor([&] { return (said += process.readAllStandardError()).contains(text); }, 30'000);
}

/// Has no /openapi.json, and never answers any other call.
class SilentApi
{
public:
    SilentApi()
    {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            QTcpSocket *socket = m_server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] { answer(*socket); });
        });
    }

    QString address() const { return u"http://localhost:%1"_s.arg(m_server.serverPort()); }
    bool wasAsked() const { return m_wasAsked; }

private:
    void answer(QTcpSocket &socket)
    {
        if (socket.readAll().startsWith("GET /openapi.json"))
            socket.write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        else
            m_wasAsked = true;
    }

    QTcpServer m_server;
    bool m_wasAsked = false;
};

} // namespace

class LabCommandsTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<LocalSandbox> m_sandbox;
    QTemporaryDir m_folder;

    QStringList probeArguments(const QStringList &arguments) const
    {
        return QStringList{u"lab"_s,       u"probe"_s, u"--connection"_s, m_sandbox->connection(),
                           u"--persona"_s, u"riley"_s} +
               arguments;
    }

    Run probe(const QStringList &arguments) const { return run(probeArguments(arguments)); }

    /// To an API that is not on this computer.
    QStringList distantArguments(const QStringList &arguments) const
    {
        const QString elsewhere = m_sandbox->connectionWith({{u"apiBaseUrl"_s, u"https://books.example.invalid"_s}});
        return QStringList{u"lab"_s,       u"probe"_s,      u"--connection"_s, elsewhere,
                           u"--browser"_s, u"/bin/false"_s, u"--yes"_s} +
               arguments;
    }

    Run runLab(const QStringList &arguments, const QString &connection = {}) const
    {
        return run(QStringList{u"lab"_s, u"run"_s, u"--persona"_s, u"riley"_s, u"--connection"_s,
                               connection.isEmpty() ? m_sandbox->connection() : connection} +
                   arguments);
    }

private Q_SLOTS:
    void initTestCase() { m_sandbox = std::make_unique<LocalSandbox>(); }

    void cleanup()
    {
        m_sandbox->server().clearFaults();
        for (const sandbox::Carelessness one : sandbox::allCarelessness)
            m_sandbox->server().beCareful(one);
    }

    void endpointsThatDoAsPredictedPass()
    {
        const Run result = runLab({u"--json"_s});
        QCOMPARE(result.status, 0);
        QCOMPARE(result.memberNames(),
                 (QStringList{u"outcome"_s, u"bookdesk"_s, u"made"_s, u"connection"_s, u"api"_s, u"person"_s,
                              u"totals"_s, u"endpoints"_s, u"control"_s, u"probes"_s, u"remedies"_s}));
        QCOMPARE(result.outcome(u"code"_s), u"lab.passed"_s);
        QVERIFY(result.out.contains(R"("comparison":"as-predicted")"));
        QVERIFY(!m_sandbox->hasSecretIn(result));
    }

    void nothingIsDeleted()
    {
        const Run result = runLab({});
        QCOMPARE(result.status, 0);
        QVERIFY2(result.out.contains("not called"), result.out.constData());
        QVERIFY(!result.out.contains("409") && result.err.isEmpty());
    }

    void aDifferenceHasAnExitStatusOfItsOwn()
    {
        m_sandbox->server().arm(sandbox::Fault::apiAnswers500, sandbox::FaultSpan::untilCleared);
        const Run result = runLab({u"--json"_s});
        QCOMPARE(result.status, 7);
        QCOMPARE(result.outcome(u"code"_s), u"lab.findings"_s);
        QCOMPARE(result.outcome(u"kind"_s), u"findings"_s);
    }

    void anApiThatCannotBeReachedIsNoFinding()
    {
        const QString nowhere = u"http://localhost:%1"_s.arg(closedPort());
        const Run result = runLab({u"--json"_s}, m_sandbox->connectionWith({{u"apiBaseUrl"_s, nowhere}}));
        QCOMPARE(result.status, 6);
        QCOMPARE(result.outcome(u"code"_s), u"lab.incomplete"_s);
    }

    void aTokenForAnotherApiIsSentOnlyIfAsked()
    {
        m_sandbox->server().arm(sandbox::Fault::accessTokenWrongAudience, sandbox::FaultSpan::untilCleared);
        const QString elsewhere = m_sandbox->connectionWith({{u"apiBaseUrl"_s, u"https://books.example.invalid"_s}});
        const QStringList line{u"lab"_s,          u"run"_s,       u"--json"_s,
                               u"--yes"_s,        u"--browser"_s, u"\"" BOOKDESK_VISIT_AS "\" riley"_s,
                               u"--connection"_s, elsewhere};
        const Run withheld = run(line);
        QCOMPARE(withheld.status, 1);
        QVERIFY2(withheld.out.contains(R"("kind":"withheld")"), withheld.out.constData());
        // Tried, but there is no such host.
        const Run tried = run(line + QStringList{u"--send-anyway"_s});
        QCOMPARE(tried.status, 6);
        QVERIFY(!tried.out.contains(R"("kind":"withheld")"));
    }

    void aStoppedCallIsNotRunAndNoDifference()
    {
        SilentApi api;
        const QString silent = m_sandbox->connectionWith({{u"apiBaseUrl"_s, api.address()}});
        const QString junit = m_folder.filePath(u"stopped.xml"_s);
        const auto process = start({u"lab"_s, u"run"_s, u"--persona"_s, u"riley"_s, u"--connection"_s, silent,
                                    u"--json"_s, u"--junit"_s, junit});
        QTRY_VERIFY_WITH_TIMEOUT(api.wasAsked(), 30'000);
        interrupt(*process);
        const Run result = finish(*process);
        QCOMPARE(result.status, 1);
        QCOMPARE(result.outcome(u"code"_s), u"lab.incomplete"_s);
        QVERIFY(result.out.contains(R"("called":0,"differ":0)"));
        QVERIFY(result.out.contains(R"("comparison":"not-run")"));
        QVERIFY(!contentOf(junit).contains("<error") && !contentOf(junit).contains("<failure"));
    }

    void markdownGoesToStandardOutput()
    {
        const Run result = runLab({u"--markdown"_s});
        QCOMPARE(result.status, 0);
        QVERIFY2(result.out.startsWith("# Access lab report: Sandbox\n"), result.out.constData());
        QVERIFY(result.out.contains("| `GET /api/v1/books` | scope Books.Read | 200 | 200 |"));
    }

    void filesAreWritten()
    {
        const QString junit = m_folder.filePath(u"lab.xml"_s);
        const QString sarif = m_folder.filePath(u"lab.sarif"_s);
        const Run result = runLab({u"--junit"_s, junit, u"--sarif"_s, sarif});
        QCOMPARE(result.status, 0);
        QVERIFY(contentOf(junit).contains("<testcase classname=\"bookdesk.endpoints\" name=\"GET /api/v1/books\""));
        QVERIFY(parseJson(contentOf(sarif)));
        QVERIFY(contentOf(sarif).contains(R"("version":"2.1.0")"));
    }

    void aFileThatCannotBeWrittenIsSaid()
    {
        const Run result = runLab({u"--junit"_s, m_folder.filePath(u"no-folder/lab.xml"_s)});
        QCOMPARE(result.status, 2);
        QVERIFY2(result.err.contains("cannot be written"), result.err.constData());
        QVERIFY(result.out.contains("GET /api/v1/books"));
    }

    void aSoundApiRefusesAllThatTheTenantsKeysCanMake()
    {
        const Run result = run({u"lab"_s, u"probe"_s, u"--persona"_s, u"riley"_s, u"--json"_s});
        QCOMPARE(result.status, 0);
        QCOMPARE(result.outcome(u"code"_s), u"lab.passed"_s);
        QCOMPARE(probes(result, u"refused"_s), int(lab::probeRows().size()));
        QVERIFY(isFreeOfTokens(result));
    }

    /// The keys are in the test's process, not in the program's.
    void whatOnlyTheTenantCouldSignCountsAsNothing()
    {
        const QString junit = m_folder.filePath(u"probes.xml"_s);
        const QString sarif = m_folder.filePath(u"probes.sarif"_s);
        const Run result = probe({u"--json"_s, u"--junit"_s, junit, u"--sarif"_s, sarif});
        QCOMPARE(result.status, 0);
        QVERIFY(probes(result, u"notPossible"_s) > 0);
        QCOMPARE(probes(result, u"refused"_s) + probes(result, u"notPossible"_s), int(lab::probeRows().size()));
        QVERIFY(contentOf(junit).contains("<skipped message="));
        QVERIFY(contentOf(sarif).contains(R"("kind":"notApplicable")"));
        QVERIFY(!m_sandbox->hasSecretIn(result));
        QVERIFY(isFreeOfTokens({0, contentOf(junit), contentOf(sarif)}));
    }

    void anAcceptedForgeryHasAnExitStatusOfItsOwn()
    {
        m_sandbox->server().beCareless(sandbox::Carelessness::signatureUnchecked);
        const Run result = probe({u"--json"_s});
        QCOMPARE(result.status, 7);
        QCOMPARE(result.outcome(u"code"_s), u"lab.findings"_s);
        QVERIFY(probes(result, u"accepted"_s) > 0);
        QVERIFY(result.out.contains(R"("remedy":"signature")"));
    }

    void aCrashHasIt()
    {
        m_sandbox->server().beCareless(sandbox::Carelessness::garbageStumbles);
        const Run result = probe({u"--json"_s});
        QCOMPARE(result.status, 7);
        QCOMPARE(probes(result, u"accepted"_s), 0);
        QVERIFY(probes(result, u"crashed"_s) > 0);
    }

    void aFindingIsSaidAtOnceAndWithItsRemedy()
    {
        m_sandbox->server().beCareless(sandbox::Carelessness::algorithmNone);
        const Run result = probe({});
        QCOMPARE(result.status, 7);
        QVERIFY2(result.err.contains("expected 401, got 200, accepted\n"), result.err.constData());
        QVERIFY(result.err.contains("Probes done: 10 of "));
        QVERIFY2(result.out.startsWith("200 OK: the API accepted "), result.out.constData());
        QVERIFY(result.out.contains("The token chooses the algorithm."));
    }

    void markdownSaysWhatToChange()
    {
        m_sandbox->server().beCareless(sandbox::Carelessness::algorithmNone);
        const Run result = probe({u"--markdown"_s});
        QCOMPARE(result.status, 7);
        QVERIFY(result.out.contains("\n+     algorithms=[\"RS256\"],"));
    }

    /// Every refusal is as expected, and yet nothing is known of the API.
    void anApiThatRefusesTheGenuineTokenPassesNothing()
    {
        m_sandbox->server().arm(sandbox::Fault::apiNamesNoAlgorithm, sandbox::FaultSpan::untilCleared);
        const Run result = probe({u"--json"_s});
        QCOMPARE(result.status, 8);
        QCOMPARE(result.outcome(u"code"_s), u"lab.unproven"_s);
        QCOMPARE(result.outcome(u"kind"_s), u"unproven"_s);
        QCOMPARE(probes(result, u"refused"_s), 0);
        QVERIFY(probes(result, u"unproven"_s) > 0);
        QCOMPARE(result.outcome(u"explanation"_s),
                 u"Nothing is proven: the API refuses the genuine token too, with 401"_s);
        QVERIFY(result.outcome(u"remedy"_s).startsWith("Get a fresh token"_L1));
        const Run text = probe({});
        QCOMPARE(text.status, 8);
        QVERIFY2(text.err.contains("too, with 401. Get a fresh token"), text.err.constData());
        QVERIFY(text.out.startsWith("Nothing is proven: "));
    }

    void anAnswerThatCannotBeReadPassesNothing()
    {
        m_sandbox->server().arm(sandbox::Fault::apiAnswersTooMuch, sandbox::FaultSpan::once);
        const Run result = probe({u"--json"_s});
        QCOMPARE(result.status, 8);
        QCOMPARE(result.outcome(u"explanation"_s), u"Nothing is proven: the API does not answer the genuine token"_s);
    }

    void anApiThatCannotBeReachedIsNotProbed()
    {
        const QString nowhere = u"http://localhost:%1"_s.arg(closedPort());
        const Run result = run({u"lab"_s, u"probe"_s, u"--json"_s, u"--persona"_s, u"riley"_s, u"--connection"_s,
                                m_sandbox->connectionWith({{u"apiBaseUrl"_s, nowhere}})});
        QCOMPARE(result.status, 6);
        QCOMPARE(result.outcome(u"code"_s), u"lab.incomplete"_s);
    }

    void aDistantApiIsProbedOnlyByThoseWhoMay_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("nothing said") << QStringList();
        QTest::newRow("another host") << QStringList{u"--i-may-probe"_s, u"example.invalid"_s};
        QTest::newRow("the host and a port") << QStringList{u"--i-may-probe"_s, u"books.example.invalid:443"_s};
    }

    void aDistantApiIsProbedOnlyByThoseWhoMay()
    {
        QFETCH(QStringList, arguments);
        const Run result = run(distantArguments(arguments + QStringList{u"--json"_s}));
        QCOMPARE(result.status, 2);
        QCOMPARE(result.outcome(u"code"_s), u"cli.usage"_s);
        QCOMPARE(result.fact(u"host"_s), u"books.example.invalid"_s);
    }

    void whoMaySignsIn()
    {
        const auto process = start(distantArguments({u"--i-may-probe"_s, u"books.example.invalid"_s}));
        QVERIFY(waitFor(*process, "Sign in to"));
        interrupt(*process);
        QCOMPARE(finish(*process).status, 5);
    }

    void anInterruptKeepsTheResultsSoFar()
    {
        const auto process = start(probeArguments({}));
        QVERIFY(waitFor(*process, "Probes done: 10 of "));
        interrupt(*process);
        const Run result = finish(*process);
        QCOMPARE(result.status, 1);
        QVERIFY2(result.out.contains(" not sent\n"), result.out.constData());
        QVERIFY(result.out.contains(" refused"));
    }
};

QTEST_GUILESS_MAIN(LabCommandsTest)

#include "lab-commands-test.moc"
