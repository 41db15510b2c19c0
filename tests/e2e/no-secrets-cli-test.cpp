// The command line, with every log category switched on: no command prints, writes or passes on a token, a code or a
// verifier.
#include "app/cli/cli-process.h"
#include "e2e/fault-proxy.h"
#include "e2e/left-files.h"
#include "e2e/secret-search.h"
#include "identity/connection.h"
#include "workspace/connection-store.h"

#include <QFile>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray strangersCode = "a-code-of-a-stranger-0123456789";

const QString stored = u"Contoso books"_s;

/// Where sign-ins can be kept.
bool hasKeyring() { return qEnvironmentVariableIsSet("BOOKDESK_KEYRING_PID"); }

} // namespace

Q_DECLARE_METATYPE(bookdesk::test::Wrong)

class NoSecretsCliTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        // For the program; this one has read its rules already.
        qputenv("QT_LOGGING_RULES", "*=true");
        connect(&m_proxy, &FaultProxy::asked, this,
                [this](const SeenRequest &request) { m_secrets.knowFrom(request); });
        sandbox::SandboxOptions options;
        options.publicPort = m_proxy.port();
        m_sandbox = std::make_unique<LocalSandbox>(options);
        m_proxy.setTarget(m_sandbox->server().port());
        m_byQuery = m_sandbox->connectionWith({{u"responseMode"_s, u"query"_s}});
        m_browser = m_sandbox->write(u"browser"_s, "printf '%s\\n' \"$1\" >>" + argumentsFile().toUtf8() +
                                                       "\nexec \"" BOOKDESK_VISIT_AS "\" riley \"$1\"\n");
        for (const QString &name : {u"a"_s, u"b"_s}) {
            const Result<Secret> token = m_sandbox->server().sign({{u"sub"_s, name}, {u"scp"_s, u"Books.Read"_s}});
            QVERIFY(token);
            m_secrets.know(token->reveal());
            m_tokens += m_sandbox->write(name, token->reveal().toByteArray());
        }
        m_secrets.know(strangersCode);
        m_sandbox->server().beCareless(sandbox::Carelessness::audienceUnchecked); // So there are findings.
        m_sandbox->server().switchOn(sandbox::Switch::publishesRevocation);
        Result<identity::Connection> connection =
            identity::readConnection(toCompactJson(m_sandbox->server().connectionFile()));
        QVERIFY(connection);
        connection->name = stored;
        connection->responseMode = identity::ResponseMode::query; // Unlike the files, whose sign-ins are not kept.
        QVERIFY(workspace::ConnectionStore(settingsFolder()).add(*connection));
    }
    void cleanup()
    {
        m_sandbox->server().clearFaults();
        QFile::remove(argumentsFile());
        for (const char *name : {"junit.xml", "report.sarif"})
            QFile::remove(report(QString::fromLatin1(name)));
    }

    void aCommandShowsNoSecret_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("mark");
        const auto row = [](const char *name, const QStringList &words, const char *mark) {
            QTest::newRow(name) << words << QByteArray(mark);
            QTest::addRow("%s, as JSON", name) << (words + QStringList{u"--json"_s}) << QByteArray("\"outcome\":");
        };
        const QStringList at{u"--connection"_s, m_sandbox->connection()};
        const QStringList asRiley = at + QStringList{u"--persona"_s, u"riley"_s};
        const QStringList byQuery{u"--connection"_s, m_byQuery, u"--persona"_s, u"riley"_s};
        const QStringList reports{u"--junit"_s, report(u"junit.xml"_s), u"--sarif"_s, report(u"report.sarif"_s)};
        row("a sign-in", QStringList{u"sign-in"_s} + asRiley, "Riley Reader");
        row("a sign-in by query", QStringList{u"sign-in"_s} + byQuery, "Riley Reader");
        row("a sign-in with a browser",
            QStringList{u"sign-in"_s} + at + QStringList{u"--browser"_s, u"sh %1"_s.arg(m_browser)}, "Riley Reader");
        row("a device code", QStringList{u"sign-in"_s, u"--device-code"_s} + asRiley, "Riley Reader");
        row("a list", QStringList{u"books"_s, u"list"_s} + asRiley, "bk-00");
        row("a deletion", QStringList{u"books"_s, u"delete"_s, u"bk-0001"_s} + asRiley, "403");
        row("endpoints", QStringList{u"lab"_s, u"run"_s} + asRiley + reports, "/api/v1/books");
        row("probes", QStringList{u"lab"_s, u"probe"_s} + asRiley + reports, "accepted");
        row("a token shown", QStringList{u"token"_s, u"show"_s} + asRiley, "Books.Read");
        row("a token verified", QStringList{u"token"_s, u"verify"_s, m_tokens[0]} + at, "Signature");
        row("tokens compared", QStringList{u"token"_s, u"compare"_s} + m_tokens + at, "sub");
        row("a token reported", QStringList{u"token"_s, u"report"_s, m_tokens[0]} + at, "scp");
        row("an explanation",
            {u"explain"_s, u"AADSTS50011: http://localhost/?code=%1&state=1"_s.arg(QString::fromLatin1(strangersCode))},
            "50011");
    }

    void aCommandShowsNoSecret()
    {
        QFETCH(const QStringList, words);
        QFETCH(const QByteArray, mark);
        check(words, mark);
    }

    /// A sign-in is kept before each.
    void aCommandShowsNoSecretThatIsKept_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("mark");
        const QStringList at{u"--connection"_s, stored, u"--browser"_s, u"false"_s};
        const auto row = [](const char *name, const QStringList &words, const char *mark) {
            QTest::newRow(name) << words << QByteArray(mark);
            QTest::addRow("%s, as JSON", name) << (words + QStringList{u"--json"_s}) << QByteArray("Riley Reader");
        };
        row("the accounts", {u"accounts"_s, u"list"_s}, "Riley Reader");
        row("a sign-in that is kept", QStringList{u"sign-in"_s} + at, "kept on this computer");
        row("a sign-out", {u"sign-out"_s, u"--all"_s}, "Signed out: Riley Reader");
    }

    void aCommandShowsNoSecretThatIsKept()
    {
        if (!hasKeyring())
            QSKIP("Sign-ins are kept in a keyring.");
        QFETCH(const QStringList, words);
        QFETCH(const QByteArray, mark);
        check({u"sign-in"_s, u"--connection"_s, stored, u"--browser"_s, u"sh %1"_s.arg(m_browser)}, "Riley Reader");
        check(words, mark);
    }

    void aSignInThatFailsShowsNone_data()
    {
        QTest::addColumn<Wrong>("what");
        for (const Wrong what : {Wrong::plainText, Wrong::halfAnswer, Wrong::badGateway})
            QTest::newRow(nameOf(what)) << what;
    }

    void aSignInThatFailsShowsNone()
    {
        QFETCH(const Wrong, what);
        m_proxy.arm(Step::token, what);
        const Run result = run({u"sign-in"_s, u"--connection"_s, m_sandbox->connection(), u"--persona"_s, u"ada"_s});
        m_proxy.clear();
        knowWhatWasMade();
        QVERIFY(result.status != 0);
        QVERIFY(!result.err.isEmpty());
        QCOMPARE(m_secrets.foundIn(result.out + result.err).join(u", "_s), QString());
    }

    /// Of the browser's arguments, and of the reports.
    void aFileHoldsNone_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("mark");
        const QStringList at{u"--connection"_s, m_sandbox->connection()};
        const QStringList asRiley = at + QStringList{u"--persona"_s, u"riley"_s};
        const QStringList junit{u"--junit"_s, report(u"junit.xml"_s)};
        const QStringList sarif{u"--sarif"_s, report(u"report.sarif"_s)};
        const QStringList browser{u"--browser"_s, u"sh %1"_s.arg(m_browser)};
        QTest::newRow("the browser's arguments")
            << QStringList{u"sign-in"_s} + at + browser << argumentsFile() << "http://localhost:"_ba;
        for (const QString &lab : {u"run"_s, u"probe"_s}) {
            const QStringList words = QStringList{u"lab"_s, lab} + asRiley;
            QTest::addRow("lab %s, the report as JUnit", qPrintable(lab))
                << words + junit << report(u"junit.xml"_s) << "<testsuite"_ba;
            QTest::addRow("lab %s, the report as SARIF", qPrintable(lab))
                << words + sarif << report(u"report.sarif"_s) << "\"runs\""_ba;
        }
        QTest::newRow("the settings") << QStringList{u"sign-in"_s} + asRiley << QString() << settingsFolder().toUtf8();
    }

    void aFileHoldsNone()
    {
        QFETCH(const QStringList, words);
        QFETCH(const QString, file);
        QFETCH(const QByteArray, mark);
        const Run done = run(words);
        knowWhatWasMade();
        QVERIFY2(done.status >= 0, done.err.right(2000).constData());
        const QByteArray text = file.isEmpty() ? filesBelow(settingsFolder()) : contentOf(file);
        QVERIFY2(text.contains(mark), text.left(2000).constData());
        QVERIFY(m_secrets.secrets().size() > 5);
        QCOMPARE(m_secrets.foundIn(text).join(u", "_s), QString());
        QVERIFY(!m_secrets.foundIn(text + m_secrets.secrets().constLast()).isEmpty());
    }

private:
    /// Neither what it prints nor the settings hold a secret.
    void check(const QStringList &words, const QByteArray &mark)
    {
        m_sandbox->server().arm(sandbox::Fault::accessTokenExpired, sandbox::FaultSpan::once); // So there is a refresh.
        const Run result = run(words);
        QVERIFY2((result.out + result.err).contains(mark), (result.out + result.err).right(2000).constData());
        knowWhatWasMade();
        QVERIFY(result.err.contains("qt.core.") || words.front() == u"explain");
        for (const QByteArray &text : {result.out, result.err}) {
            QCOMPARE(m_secrets.foundIn(text).join(u", "_s), QString());
            QCOMPARE(SecretSearch::namedIn(text).join(u", "_s), QString());
        }
        QCOMPARE(m_secrets.foundIn(filesBelow(settingsFolder())).join(u", "_s), QString());
    }

    /// Besides what was sent.
    void knowWhatWasMade()
    {
        for (const Secret &secret : m_sandbox->secrets())
            m_secrets.know(secret.reveal());
    }

    QString report(const QString &name) const { return m_folder.filePath(name); }
    QString argumentsFile() const { return m_folder.filePath(u"arguments"_s); }

    QTemporaryDir m_folder;
    FaultProxy m_proxy;
    SecretSearch m_secrets;
    std::unique_ptr<LocalSandbox> m_sandbox;
    QString m_byQuery;
    QString m_browser;
    QStringList m_tokens;
};

QTEST_GUILESS_MAIN(NoSecretsCliTest)
#include "no-secrets-cli-test.moc"
